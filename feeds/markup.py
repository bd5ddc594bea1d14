"""HTML text made safe: allowed elements, absolute links, XML-legal characters."""

import html
import re
from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import nh3

# XML 1.0 2.2 forbids these, or advises against them. C1 controls are Windows-1252
# in disguise (HTML 13.2.5.80 reads numeric references so). The non-characters
# FDD0-FDEF are kept out because documents/ uses some of them as marks.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Nearly all text is legal, and to find that it is costs a fifth this way round.
_LEGAL = re.compile(
    "[\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*"
)
_NEWLINE = re.compile("\r\n?")

_TAGS = frozenset(
    """a abbr address article aside audio b bdi big blockquote br caption cite code
    col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2
    h3 h4 h5 h6 header hr i img ins kbd li main mark ol p picture pre q rp rt ruby s
    samp section small source span strike strong sub summary sup table tbody td tfoot
    th thead time tr track tt u ul var video wbr""".split()
)
_DROPPED_WHOLE = frozenset(
    "script style iframe object embed noscript template svg math title".split()
)
_URLS = frozenset({"href", "src", "poster", "cite", "srcset"})
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "srcset", "sizes", "media", "type"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "align", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
}
# Elements that let others nest which they would else end (HTML 13.2.4.2).
_SCOPES = re.compile(
    r"<(?:applet|button|foreignobject|marquee|math|object|option|select|svg|template)",
    re.IGNORECASE,
)
_SOURCELESS = re.compile(r'<img(?: (?!src=)[\w-]+="[^"]*")*>')
_FIRST_BLANK = re.compile(r"<pre[^>]*>(?=\n)")
# HTML 4.8.4.2.1: an address, then a descriptor up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*([^\s,](?:\S*[^\s,])?)(?:\s+([^,]*))?")
_DESCRIPTOR = re.compile(r"(?:(?:\d+[wh]|\d*\.?\d+x)\s*)*")
_NETLOC = re.compile(
    r"(?:[\w.~!$&'()*+,;=:%-]*@)?(?:\[[\da-f:.]+\]|[\w.~-]+)(?::\d*)?", re.A | re.I
)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure"
    r"|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|summary|table|td|th|tr|ul)\b"
)
_ENDING = re.compile(r"</(?:a|b|code|em|i|p|span|strong)>|<(?:br|p) ?/?>")
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_LANGUAGE = re.compile(r"language-[\w+#.-]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# An address that is already as it should be: most are, and parsing costs.
_FINISHED = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,4})?/(?!\.)([\w@$&'()*+,;=~%-]"
    r"|/(?!\.)|\.)*([?#][\w/:@$&'()*+,;=~%.-]*)?",
    re.ASCII,
)
_SPACE = re.compile(r"\s+")


Resolve = Callable[[str], str]


def clean(text: str) -> str:
    """`text` without what XML cannot hold; lines end in a newline alone."""
    if _LEGAL.fullmatch(text):
        return text
    return _ILLEGAL.sub(_replace, _NEWLINE.sub("\n", text))


def _replace(match: re.Match[str]) -> str:
    character = match[0]
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""


def line(text: str) -> str:
    """`text` as one clean line: for titles, names and categories."""
    return _SPACE.sub(" ", clean(text)).strip()


def plain(markup: str) -> str:
    """The text of some HTML, as one line."""
    if "<" not in markup and "&" not in markup:
        return line(markup)
    spaced = _BLOCK.sub(r" \g<0>", markup)
    return line(html.unescape(_BARE.clean(spaced)))


def told(text: str) -> str:
    """What an author wrote where text is asked for: its tags go, if it has any.

    `a <b and c> d` has none; `<em>so</em>` has.
    """
    return plain(text) if _ENDING.search(text) else line(text)


def excerpt(markup: str, length: int = 280) -> str:
    """The first paragraph of some HTML as plain text, cut between two words."""
    paragraphs = (plain(match[1]) for match in _PARAGRAPH.finditer(markup))
    text = next((text for text in paragraphs if text), "") or plain(markup)
    if len(text) <= length:
        return text
    start = text[: length - 1]
    return (start.rpartition(" ")[0] or start).rstrip(" ,;:–—-") + "…"


def safe(markup: str, resolve: Resolve) -> str:
    """`markup` cut down to an allow-list, each address in it passed by `resolve`.

    `resolve` gets an address as written and returns it absolute, or "" to drop it.
    """
    before = _resolve.set(resolve)
    try:
        nests_anew = _SCOPES.search(markup) is not None
        markup = _allowed(markup)
        # What stood in an element that is taken out may nest as in no parser.
        while nests_anew and (again := _allowed(markup)) != markup:
            markup = again
    finally:
        _resolve.reset(before)
    # `]]>` would end the CDATA section that the HTML is wrapped in.
    cleaned = clean(_SOURCELESS.sub("", markup)).replace("]]>", "]]&gt;")
    return cleaned.strip()


def _allowed(markup: str) -> str:
    # A parser takes away the newline that <pre> begins with, and gives none back.
    return _FIRST_BLANK.sub("\\g<0>\n", _SAFE.clean(markup))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """What an attribute is to be, None where it is to go."""
    if name == "srcset":
        return _srcset(value, _resolve.get()) or None
    if name in _URLS:
        return _resolve.get()(value) or None
    if name == "class":
        return next((w for w in value.split() if _LANGUAGE.fullmatch(w)), None)
    return value


# Made once: to hand over the lists takes half as long as to clean a page.
_resolve: ContextVar[Resolve] = ContextVar("resolve")
_SAFE = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "ref"},  # `_attribute` decides
)
_BARE = nh3.Cleaner(tags=set(), clean_content_tags=set(_DROPPED_WHOLE))


def _srcset(value: str, resolve: Resolve) -> str:
    """The candidates of HTML 4.8.4.2.1 with absolute addresses."""
    candidates = []
    for match in _CANDIDATE.finditer(value):
        descriptor = (match[2] or "").strip()
        if _DESCRIPTOR.fullmatch(descriptor) and (url := resolve(match[1])):
            candidates.append(f"{url.replace(',', '%2C')} {descriptor}".strip())
    return ", ".join(candidates)


def link(address: str, base: str) -> str:
    """`address` made absolute on `base`; "" unless it is http, https or mailto."""
    # A browser drops these characters, so "java\nscript:" is a scheme to it.
    address = re.sub(r"[\x00-\x20]+", lambda m: " " if " " in m[0] else "", address)
    address = re.sub("[\ud800-\udfff]", "", address).strip()
    if address.lower().startswith("mailto:"):
        return quote(address, safe=":/?#[]@!$&'()*+,;=%")
    return http_url(address, base)


def http_url(address: str, base: str = "") -> str:
    """`address`, on `base` where it is relative, as an ASCII http(s) URL, or ""."""
    if _FINISHED.fullmatch(address):
        return address
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        host, port = parts.hostname or "", parts.port
        netloc = parts.netloc
        if not netloc.isascii():
            who, at, _ = netloc.rpartition("@")
            netloc = quote(who, safe="!$&'()*+,;=:~%") + at + _ascii(host)
            netloc += f":{port}" if port is not None else ""
        parts.geturl().encode()
    except ValueError:  # UnicodeError is one
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    if not _NETLOC.fullmatch(netloc):
        return ""
    return urlunsplit(
        (
            parts.scheme,
            netloc,
            quote(parts.path or "/", safe="/:@!$&'()*+,;=~%"),
            quote(parts.query, safe="/?:@!$&'()*+,;=~%[]"),
            quote(parts.fragment, safe="/?:@!$&'()*+,;=~%"),
        )
    )


def _ascii(host: str) -> str:
    return host.encode("idna").decode()


def is_uri(text: str) -> bool:
    """Whether `text` is an absolute URI that can be an id (RFC 4287 4.2.6)."""
    found = _SCHEME.match(text)
    return (
        found is not None
        and found.end() < len(text)
        and text.isascii()
        and text.isprintable()
        and not set(text) & set(' <>"{}|\\^`')
    )
