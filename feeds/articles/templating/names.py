"""What the names mean that templates go by: pictures, embeds, links, quotations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]++)\s*+[=:](?!//)\s*+)?+
    (?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>(?:[^'\\]|\\.)*+)'
    |`(?P<raw>[^`]*+)`|(?P<bare>[^\s,"'()]++))""",
    re.VERBOSE | re.DOTALL,
)
# More than a template needs, and a bound for what it takes to read one.
_LONGEST = 4000
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_VARIABLE = re.compile(r"(?:page|post|site|include|layout|forloop|config)\.[\w.-]+")
_ADDRESS = re.compile(r"\S*(?:/|\.(?:avif|gif|jpe?g|png|svg|webp))\S*", re.IGNORECASE)
_SPACED = re.compile(r".*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_ID = re.compile(r"[\w@.-]+(?:/[\w@.-]+)?", re.ASCII)
_LINK = re.compile(r"\[(?P<text>[^\[\]]++)\]\((?P<url>[^()\s<>\"]++)\)")

FIGURES = frozenset("figure fig image img picture photo".split())
QUOTES = frozenset("quote blockquote".split())
REFERENCES = frozenset("post_url post_link link ref relref".split())
MEDIA = {"video": ("video", "Video"), "audio": ("audio", "Recording")}

#: name -> what the link says, the address before the id, the same where a user is
#: known too, and what stands between the user and the id then.
EMBEDS: Mapping[str, tuple[str, str, str, str]] = {
    "asciinema": ("Recording on asciinema", "https://asciinema.org/a/", "", ""),
    "codepen": (
        "Example on CodePen",
        "https://codepen.io/pen/",
        "https://codepen.io/",
        "/pen/",
    ),
    "gist": (
        "Code on GitHub Gist",
        "https://gist.github.com/",
        "https://gist.github.com/",
        "/",
    ),
    "instagram": ("Photo on Instagram", "https://www.instagram.com/p/", "", ""),
    "jsfiddle": ("Example on JSFiddle", "https://jsfiddle.net/", "", ""),
    "soundcloud": ("Recording on SoundCloud", "https://soundcloud.com/", "", ""),
    "twitter": (
        "Post on Twitter",
        "https://twitter.com/i/status/",
        "https://twitter.com/",
        "/status/",
    ),
    "vimeo": ("Video on Vimeo", "https://vimeo.com/", "", ""),
    "youtube": ("Video on YouTube", "https://www.youtube.com/watch?v=", "", ""),
}
_ALIASES = {"tweet": "twitter", "x": "twitter", "youtubeplayer": "youtube"}
_ALIASES |= {"yt": "youtube"}

_SOURCES = ("src", "url", "path", "image_path", "image", "img", "file", "source")
_IDS = ("id", "video_id", "videoid", "vid", "slug", "hash", "url", "src")


@dataclass(frozen=True, slots=True)
class Call:
    """A template's name, and the values that it is given by key and by place."""

    name: str
    named: Mapping[str, str]
    words: tuple[str, ...]

    def get(self, *keys: str) -> str:
        """The value of the first of `keys` that has one, else ""."""
        return next((v for k in keys if (v := self.named.get(k, "").strip())), "")


def call(name: str, arguments: str) -> Call:
    """Read the arguments of any dialect: `a b`, `k=v`, `k="v"`, `k: v`, `(k="v")`."""
    named: dict[str, str] = {}
    words = []
    for found in _ARGUMENT.finditer(arguments[:_LONGEST]):
        text = found["double"] or found["single"] or ""
        value = _ESCAPE.sub(r"\1", text) or found["raw"] or found["bare"] or ""
        if found["bare"] and _VARIABLE.fullmatch(value):
            value = ""
        if found["key"]:
            named.setdefault(found["key"].lower(), value)
        elif value:
            words.append(value)
    return Call(name.lower(), named, tuple(words))


def included(call: Call) -> Call:
    """`include dir/post-image.html src=…` as what its file is called after: image."""
    if not call.words:
        return call
    stem = call.words[0].rpartition("/")[2].partition(".")[0].lower()
    parts = [stem, *re.split(r"[-_\d]+", stem)]
    known = (p for p in parts if p in FIGURES or p in MEDIA or _embed(p) in EMBEDS)
    return Call(next(known, stem), call.named, call.words[1:])


def block(call: Call) -> str:
    """The HTML that a call means; "" where it means none, or too little is given."""
    name = _embed(call.get("provider").lower() or call.name)
    if name in EMBEDS:
        return _embedded(call, name)
    if call.name in FIGURES:
        return _figure(call)
    return _media(call) if call.name in MEDIA else ""


def reference(call: Call) -> str:
    """`ref:` and the article that is meant, as the author named it; "" for none.

    What would end a link in Markdown is percent-encoded.
    """
    target = call.get("path") or next(iter(call.words), "")
    if target.startswith("#"):
        return target
    return "ref:" + re.sub(r'[\s()<>"]', _quoted, target) if target else ""


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0])


def _embed(name: str) -> str:
    return _ALIASES.get(name, name)


def _embedded(call: Call, name: str) -> str:
    label, alone, with_user, between = EMBEDS[name]
    words = [*call.words]
    found = call.get(*_IDS) or (words.pop(0) if words else "")
    user = call.get("user", "username") if with_user else ""
    # `{{< gist user id >}}` names both by their places.
    if name == "gist" and words and not user and "/" not in found:
        user, found = found, words[0]
    if found.startswith(("https://", "http://", "//")):
        url = found if found[0] == "h" else f"https:{found}"
    elif _ID.fullmatch(found):
        url = f"{with_user}{user}{between}{found}" if user else f"{alone}{found}"
    else:
        return ""
    return f'<p><a href="{escape(url)}">{escape(call.get("title") or label)}</a></p>'


def _figure(call: Call) -> str:
    words = [*call.words]
    source = call.get(*_SOURCES)
    while not source and words:
        word = words.pop(0)
        source = word if _ADDRESS.fullmatch(word) or _SPACED.fullmatch(word) else ""
    if not source or "{" in source:
        return ""
    texts = [word for word in words if not word.rstrip("px%").isdecimal()]
    alt = call.get("alt", "alt_text") or next(iter(texts), "")
    image = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    if link := call.get("link", "href"):
        image = f'<a href="{escape(link)}">{image}</a>'
    caption = _caption(call, texts[1:] if not call.get("alt") else [])
    shown = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{image}{shown}</figure>"


def _caption(call: Call, texts: list[str]) -> str:
    credit = _markup(call.get("attr"))
    if credit and (link := call.get("attrlink")):
        credit = f'<a href="{escape(link)}">{credit}</a>'
    told = [call.get("title"), call.get("caption", "description"), *texts[:1]]
    parts = [*map(_markup, told), credit]
    return "<br>".join(dict.fromkeys(part for part in parts if part))


def _markup(text: str) -> str:
    """A caption: HTML as it is, links of Markdown as HTML, on one line."""
    return _LINK.sub(r'<a href="\g<url>">\g<text></a>', " ".join(text.split()))


def _media(call: Call) -> str:
    tag, label = MEDIA[call.name]
    source = call.get(*_SOURCES, "mp4", "webm") or next(iter(call.words), "")
    if "/" not in source and "." not in source:
        return ""
    link = f'<a href="{escape(source)}">{label}</a>'
    return f'<figure><{tag} src="{escape(source)}" controls>{link}</{tag}></figure>'
