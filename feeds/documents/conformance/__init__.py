"""Whether finished feeds are what the formats and their readers ask."""

from typing import Final

from lxml import etree

from feeds.documents.conformance import (
    atom,
    content,
    document,
    extensions,
    jsonfeed,
    links,
    rss,
    show,
)
from feeds.documents.conformance.finding import ATOM, Finding, Findings, shown

#: Of each code: what the rule is, who stumbles over it, and what to do.
RULES: Final[dict[str, str]] = {
    **document.RULES,
    **links.RULES,
    **content.RULES,
    **rss.RULES,
    **atom.RULES,
    **extensions.RULES,
    **show.RULES,
    **jsonfeed.RULES,
}

__all__ = ["RULES", "Finding", "examine"]


def examine(body: bytes, topic: str) -> tuple[Finding, ...]:
    """Every rule that a finished feed breaks, each fault once.

    `topic` is the absolute address at which the feed lies. The bytes are all that
    is looked at: not how they were made, no clock, no network.
    """
    return tuple(dict.fromkeys(_examine(body, topic)))


def _examine(body: bytes, topic: str) -> Findings:
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        yield from jsonfeed.examine(body, topic)
    else:
        yield from _of_xml(body, topic)


def _of_xml(body: bytes, topic: str) -> Findings:
    yield from document.of_bytes(body)
    try:
        root = document.parse(body)
    except etree.XMLSyntaxError as error:
        yield Finding("xml-broken", "", str(error.msg)[:100])
        return
    if doctype := document.doctype(root):
        yield Finding("xml-doctype", "", shown(doctype))
        return
    if root.tag not in ("rss", f"{ATOM}feed"):
        yield Finding("xml-root", "", shown(str(root.tag)))
        return
    yield from document.of_instructions(root)
    form = rss if root.tag == "rss" else atom
    yield from document.of_namespaces(root)
    entries = {}
    for number, entry in enumerate(root.iter("item", f"{ATOM}entry"), 1):
        entries[entry] = form.name_of(entry, number)
    yield from document.of_tree(root, entries, form.WORDS)
    yield from form.examine(root, body, topic)
