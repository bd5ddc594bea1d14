"""The rules of HTML in a feed, and of text that must not look like HTML."""

import html
import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.documents.conformance.finding import Finding, Findings, shown

RULES: Final[dict[str, str]] = {
    "html-forbidden": "No script, style, frame, form, embedded object or page header "
    "is in the content: readers strip them, and a weak one runs them. Link to it "
    "instead.",
    "html-unknown": "Every element is one that readers keep: of others (svg, math, "
    "custom elements) they drop the tag and what it did. Write plain HTML.",
    "html-attribute": "No on… and no style attribute: readers strip them, and a weak "
    "one runs them. Take them out.",
    "html-address": "Every address is absolute, and http, https or mailto: readers "
    "disagree on the base of relative ones and drop other schemes. Make it absolute.",
    "html-image-src": "Every picture has its address in src: without one nothing is "
    "shown. Write it, or take the picture out.",
    "html-image-alt": "Every picture has an alt (empty for mere decoration): it is "
    "what people get who do not see it. Write one.",
    "html-lazy": "No picture waits for a script (data-src): no script runs in a "
    "reader. Write its address into src.",
    "html-picture": "Every <picture> has an <img>: readers drop <picture> and "
    "<source>, and would show nothing. Add one.",
    "html-nesting": "Every element is closed, in order, and where HTML lets it be: an "
    "open one swallows the rest of the page in some readers. Mend the HTML.",
    "html-escapes": "In HTML an & or < that is text is written &amp; or &lt;, and "
    "there are no comments: readers differ in what they make of others. Escape it.",
    "text-markup": "Plain text has nothing that a reader might take for a tag or an "
    "entity, and strip or decode. Reword it, or in Atom escape it as type=html.",
    "title-markup": "A title has no elements: Thunderbird, FreshRSS and Miniflux strip "
    "them each in its way. Write it plain.",
}
_FORBIDDEN = frozenset(
    """applet base basefont body button canvas command dialog embed fieldset form frame
    frameset head html iframe input keygen link meta meter noframes noscript object
    optgroup option output param plaintext progress script select slot style template
    textarea title xmp""".split()
)
_ALLOWED = frozenset(
    """a abbr acronym address area article aside audio b bdi big blockquote br caption
    center cite code col colgroup data dd del details dfn dir div dl dt em figcaption
    figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd legend li main
    map mark menu nav ol p picture pre q rp rt ruby s samp section small source span
    strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul
    var video wbr""".split()
)
_VOID = frozenset("area br col hr img source track wbr".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LINKS = frozenset("a")
_NEAR = 9  # how far up from a link or a heading another one is looked for
_IMPLIED = frozenset("tbody colgroup".split())  # the parser writes those itself
_TAG = re.compile(
    r"<(/?)([a-z][^\s/>]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE
)
_RISKY = re.compile(r"[\s\"'/](on\w+|style)\s*=", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#?\w+;?)?")
_USUAL = frozenset("&amp; &lt; &gt; &quot; &nbsp;".split())
_C1 = re.compile(r"&#(1[2-5]\d|x0*[89][0-9a-f]);", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"/?#\\]+[^\s<>\"]*|mailto:[^\s<>\"]+")
_ADDRESSES = ("href", "src", "poster", "cite", "srcset")
_LAZY = ("data-src", "data-srcset", "data-original", "data-lazy-src")
_HTML_TAG = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_TAG_LIKE = re.compile(r"<[a-z/!?]|&#?\w*[0-9_]|&#", re.IGNORECASE)


def of_html(fragment: str, entry: str) -> Findings:
    """The rules of an HTML fragment."""
    tags = _TAG.findall(fragment)
    names = {name for _, name, _ in tags}
    if not all(map(str.islower, names)):
        tags = [(slash, name.lower(), inner) for slash, name, inner in tags]
        names = set(map(str.lower, names))
    for name in sorted(names - _ALLOWED):
        code = "html-forbidden" if name in _FORBIDDEN else "html-unknown"
        yield Finding(code, entry, f"<{name}>")
    yield from _of_escapes(fragment, len(tags), entry)
    if not tags:
        return
    body = LexborHTMLParser(f"<!doctype html><body>{fragment}").body
    assert body is not None  # there always is one, even of no tag at all
    if names <= _ALLOWED:
        yield from _of_nesting(tags, body, entry)
    if any(inner and _RISKY.search(inner) for _, _, inner in tags):
        yield from _of_attributes(body.css("*"), entry)
    for name in _ADDRESSES:
        for node in body.css(f"[{name}]") if name in fragment else ():
            yield from _of_address(name, node.attrs.get(name) or "", node.tag, entry)
    for picture in body.css("img") if "img" in names else ():
        yield from _of_picture(picture, entry)
    for element in body.css("picture:not(:has(img))") if "picture" in names else ():
        yield Finding("html-picture", entry, shown(element.html or ""))


def _of_escapes(fragment: str, tags: int, entry: str) -> Findings:
    for reference in sorted(set(_REFERENCE.findall(fragment)) - _USUAL):
        whole = reference.endswith(";") and html.unescape(reference) != reference
        if not whole or _C1.fullmatch(reference):
            yield Finding("html-escapes", entry, shown(reference))
    if fragment.count("<") != tags:  # one of them may be within an attribute
        _, sign, rest = _TAG.sub("", fragment).partition("<")
        if sign:
            yield Finding("html-escapes", entry, shown(f"<{rest}", 20))


def _of_nesting(
    tags: Iterable[tuple[str, str, str]], body: LexborNode, entry: str
) -> Findings:
    awaited: list[str] = []
    written = 0
    for slash, name, _ in tags:
        if not slash:
            written += name not in _IMPLIED
            kin = _HEADINGS if name in _HEADINGS else _LINKS
            if name in kin and not kin.isdisjoint(awaited[-_NEAR:]):
                yield Finding("html-nesting", entry, f"<{name}> in {awaited[-3:]}")
            if name not in _VOID:
                awaited.append(name)
        elif awaited and awaited[-1] == name:
            awaited.pop()
        else:
            yield Finding("html-nesting", entry, f"</{name}> after {awaited[-3:]}")
            return
    # The parser closes and moves what may not be where it is: <p><div></div></p>.
    made = sum(node.tag not in _IMPLIED for node in body.css("body *"))
    if awaited:
        yield Finding("html-nesting", entry, f"<{awaited[-1]}> is never closed")
    elif made != written:
        yield Finding("html-nesting", entry, f"{written} elements make {made}")


def _of_attributes(nodes: Iterable[LexborNode], entry: str) -> Findings:
    for node in nodes:
        for name in node.attributes:
            if name == "style" or name.startswith("on"):
                yield Finding("html-attribute", entry, f"{name!r} on <{node.tag}>")


def _of_address(name: str, value: str, tag: str | None, entry: str) -> Findings:
    if name == "srcset":
        candidates = [part.split()[:1] for part in re.split(r",\s+", value.strip())]
        addresses = [first[0] if first else "" for first in candidates]
    else:
        addresses = [value]
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            yield Finding("html-address", entry, f"{name}={shown(address)} on <{tag}>")


def _of_picture(picture: LexborNode, entry: str) -> Findings:
    attributes = picture.attributes
    if not attributes.get("src"):
        yield Finding("html-image-src", entry, shown(picture.html or ""))
    if "alt" not in attributes:
        yield Finding(
            "html-image-alt",
            entry,
            f"src={shown(attributes['src'] or '')}" if "src" in attributes else "<img>",
        )
    for name in _LAZY:
        if name in attributes:
            yield Finding("html-lazy", entry, f"{name!r} on <img>")


def of_plain(text: str, entry: str, name: str, decoded: bool = False) -> Findings:
    """The rules of plain text; `decoded` where readers may decode it twice.

    RSS text is so written that a lone < or & does no harm there, but an end tag is
    stripped by FreshRSS and warned of by the validator.
    """
    if decoded:
        tagged = _TAG_LIKE.search(text) or html.unescape(text) != text
    else:
        ends = {tag.lower() for tag in re.findall(r"</(\w+)>", text)}
        tagged = bool(ends & (_ALLOWED | _FORBIDDEN))
    if tagged:
        yield Finding("text-markup", entry, f"<{name}> is {shown(text)}")


def of_title(fragment: str, entry: str) -> Findings:
    """The rules of a title that is written as HTML."""
    if found := _HTML_TAG.search(fragment):
        yield Finding("title-markup", entry, f"{found[0]!r} in {shown(fragment)}")
    else:
        yield from _of_escapes(fragment, 0, entry)
