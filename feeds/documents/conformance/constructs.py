"""The rules of what Atom is made of: ids, dates, people, categories and texts."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from feeds.documents.conformance import content
from feeds.documents.conformance.finding import (
    ATOM,
    EMAIL,
    Finding,
    Findings,
    instant,
    is_address,
    is_uri,
    needless,
    shown,
    text,
)

RULES: Final[dict[str, str]] = {
    "atom-person": "A person has a name without an address in it, an email of the form "
    "user@host and an absolute http(s) uri. Mend the author.",
    "atom-id-uri": "An id is an absolute URI of ASCII characters, with no space around "
    "it (RFC 4287 4.2.6): readers compare ids letter by letter. Write a tag: URI.",
    "atom-id-spelling": "An id is in the normal spelling of RFC 3986: lower-case "
    "scheme and host, no default port, no needless escape; something else on the way "
    "may put it so, and it would be new.",
    "atom-date": "Dates are written `2003-12-13T18:30:02Z`, in capitals, with no "
    "fraction: newsboat loses the zone after one. Leave them to the program.",
    "atom-text-type": "A text is of type text, html or xhtml, and xhtml is one XHTML "
    "<div> (RFC 4287 3.1): readers show others as source. Write html.",
    "atom-title-cdata": "A title is in no CDATA section: Miniflux decodes it once more "
    "there. Escape it.",
    "atom-category": "A category has a term that is not blank; a scheme is an absolute "
    "URI, and a label is plain text. Leave it out or fill it.",
    "atom-address": "icon, logo and a generator's uri are absolute http(s) URLs: "
    "readers fetch them as they are. Make them so.",
}
_TEXTUAL = re.compile(r"text/[\w.+-]+|[\w.-]+/([\w.-]+\+)?xml", re.ASCII)
_DIV = "{http://www.w3.org/1999/xhtml}div"


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def examine(parent: etree._Element, entry: str) -> Findings:
    """The rules of each child of a feed or entry that is Atom's, by its name."""
    for element in parent.iterchildren(f"{ATOM}*"):
        if check := _CHECKS.get(local(element)):
            yield from check(element, entry)


def _of_id(element: etree._Element, entry: str) -> Findings:
    value = element.text or ""
    if value and not is_uri(value):
        yield Finding("atom-id-uri", entry, shown(value))
    elif reason := needless(value):
        yield Finding("atom-id-spelling", entry, f"{shown(value)}: {reason}")


def _of_date(element: etree._Element, entry: str) -> Findings:
    when = instant(element.text or "")
    if when is None:
        yield Finding("atom-date", entry, shown(element.text or ""))
    elif when.year < 1990:
        yield Finding("date-early", entry, shown(element.text or ""))


def _of_person(element: etree._Element, entry: str) -> Findings:
    name, email, uri = (element.find(f"{ATOM}{n}") for n in ("name", "email", "uri"))
    if name is None or re.search(f"<{EMAIL.pattern}>", text(name)):
        yield Finding("atom-person", entry, f"name {shown(text(name))}")
    if email is not None and not EMAIL.fullmatch(email.text or ""):
        yield Finding("atom-person", entry, f"email {shown(text(email))}")
    if uri is not None and not is_address(uri.text or ""):
        yield Finding("atom-person", entry, f"uri {shown(text(uri))}")
    yield from content.of_plain(text(name), entry, "name", decoded=True)


def _of_category(element: etree._Element, entry: str) -> Findings:
    term, scheme = element.get("term", ""), element.get("scheme")
    label = element.get("label", "")
    if not term.strip() or not (scheme is None or is_uri(scheme)):
        yield Finding("atom-category", entry, f"term {shown(term)} of {scheme!r}")
    if "," in term:
        yield Finding("category-comma", entry, shown(term))
    yield from content.of_plain(label, entry, "category", decoded=True)


def _of_address(element: etree._Element, entry: str) -> Findings:
    value = element.text or ""
    if local(element) == "generator":
        yield from content.of_plain(value, entry, "generator")
        value = element.get("uri", "https://a.example/")
    if not is_address(value):
        yield Finding("atom-address", entry, f"{local(element)} {shown(value)}")


def _as_html(div: etree._Element) -> str:
    """XHTML as the HTML that says the same."""
    copied = deepcopy(div)
    for element in copied.iter("{*}*"):
        element.tag = local(element)
    html = etree.tostring(copied, encoding="unicode", method="html", with_tail=False)
    return str(html)


def _of_text(element: etree._Element, entry: str) -> Findings:
    name, value = local(element), element.text or ""
    kind = element.get("type", "text")
    heading = name in ("title", "subtitle")
    if element.get("src") is not None:
        return
    if kind == "html" and not len(element):
        rule = content.of_title if heading else content.of_html
        yield from rule(value, entry)
    elif kind == "text" and not len(element):
        yield from content.of_plain(value, entry, name, decoded=True)
    elif kind == "xhtml" and [e.tag for e in element] == [_DIV] and not value.strip():
        rule = content.of_title if heading and len(element[0]) else content.of_html
        yield from rule(_as_html(element[0]), entry)
    elif name != "content" or not _TEXTUAL.fullmatch(kind):
        yield Finding("atom-text-type", entry, f"{kind!r} of <{name}>")


_CHECKS: dict[str, Callable[[etree._Element, str], Findings]] = {
    "id": _of_id,
    "updated": _of_date,
    "published": _of_date,
    "author": _of_person,
    "contributor": _of_person,
    "category": _of_category,
    "icon": _of_address,
    "logo": _of_address,
    "generator": _of_address,
    **{n: _of_text for n in ("title", "subtitle", "summary", "rights", "content")},
}
