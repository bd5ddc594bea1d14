"""The rules of Atom 1.0 (RFC 4287): the feed and its entries."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from feeds.documents.conformance import (
    constructs,
    extensions,
    links,
    show,
    vocabulary,
)
from feeds.documents.conformance.finding import (
    ATOM,
    MIME,
    XML,
    Finding,
    Findings,
    instant,
    is_uri,
    shown,
    text,
)

MEDIA_TYPE = "application/atom+xml"
RULES: Final[dict[str, str]] = {
    **constructs.RULES,
    "atom-lacks": "Feed and entry have an id, a title and an updated each (RFC 4287 "
    "4.1): Thunderbird passes over an entry without. Write all three.",
    "atom-order": "All that a feed says of itself comes before its first entry: "
    "readers that stream do not wait for the rest. Move it up.",
    "atom-author": "The feed has an author, or every entry has one (RFC 4287 4.1.1). "
    "Name one.",
    "atom-id-twice": "No two entries of a feed have one id, nor has the feed an "
    "entry's: readers show one of them only. Give each article an id of its own.",
    "atom-updated-early": "An entry is not updated before it is published: readers "
    "sort by either. Mend the article's dates.",
    "atom-updated-twice": "No two entries are updated in the same second, unless both "
    "carry a mere date: readers sort by it. Give them times of their own.",
    "atom-entry-empty": "An entry has content or a summary, and content or an "
    "alternate link (RFC 4287 4.1.2): else there is nothing to show. Write a text.",
    "atom-content-src": "Content with a src is empty, has a media type, and a summary "
    "is beside it (RFC 4287 4.1.3.2). Put the text itself there.",
    "atom-source": "A source has the id, title and updated of the feed that the entry "
    "comes from (RFC 4287 4.2.11). Write them, or leave it out.",
}

_TITLE_CDATA = re.compile(rb"<(title|subtitle)\b[^<>]*>\s*<!\[CDATA\[")
_DAY = re.compile(r".*:(00|15|30|45):00Z")  # midnight somewhere: a mere date
WORDS = vocabulary.ATOM


def examine(feed: etree._Element, body: bytes, topic: str) -> Findings:
    """The rules of Atom; `body` is what `feed` was parsed from."""
    for name in _TITLE_CDATA.findall(body):
        yield Finding("atom-title-cdata", "", f"<{name.decode()}>")
    if not feed.get(f"{XML}lang"):
        yield Finding("language-missing", "", "no xml:lang")
    entries = feed.findall(f"{ATOM}entry")
    after = entries[0].itersiblings(f"{ATOM}*") if entries else ()
    for element in after:
        if element.tag != f"{ATOM}entry":
            yield Finding(
                "atom-order", "", f"{constructs.local(element)!r} after an entry"
            )
    yield from links.of_feed(feed, topic, MEDIA_TYPE)
    yield from _of_both(feed, "")
    named = [(entry, name_of(entry, n)) for n, entry in enumerate(entries, 1)]
    living = {told: text(entry.find(f"{ATOM}updated")) for entry, told in named}
    yield from extensions.of_rhythm(feed)
    yield from extensions.of_deleted(feed, living)
    yield from show.examine(feed, named)
    yield from _of_entries(feed, named)
    yield from _of_instants(named)


def name_of(entry: etree._Element, number: int) -> str:
    """What an entry is called in a finding."""
    return text(entry.find(f"{ATOM}id")) or f"#{number}"


def _of_entries(
    feed: etree._Element, entries: Iterable[tuple[etree._Element, str]]
) -> Findings:
    seen = {text(feed.find(f"{ATOM}id"))}
    signed = feed.find(f"{ATOM}author") is not None
    for entry, told in entries:
        own = text(entry.find(f"{ATOM}id"))
        if own and own in seen:
            yield Finding("atom-id-twice", told, shown(own))
        seen.add(own)
        if not signed and entry.find(f"{ATOM}author") is None:
            yield Finding("atom-author", told, "no author")
        yield from _of_both(entry, told)
        yield from _of_entry(entry, told)
        yield from links.of_entry(entry, told)


def _of_both(parent: etree._Element, entry: str) -> Findings:
    """What a feed and an entry have alike."""
    for name in ("id", "title", "updated"):
        if parent.find(f"{ATOM}{name}") is None:
            yield Finding("atom-lacks", entry, f"no <{name}>")
    yield from constructs.examine(parent, entry)
    yield from extensions.examine(parent, entry)


def _of_entry(entry: etree._Element, told: str) -> Findings:
    body, summary = entry.find(f"{ATOM}content"), entry.find(f"{ATOM}summary")
    rels = {link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")}
    if body is None and (summary is None or "alternate" not in rels):
        yield Finding("atom-entry-empty", told, "no content")
    elif body is not None and (address := body.get("src")) is not None:
        whole = MIME.fullmatch(body.get("type", "")) and is_uri(address)
        if not whole or text(body) or summary is None:
            yield Finding("atom-content-src", told, shown(address))
    published, updated = (
        instant(text(entry.find(f"{ATOM}{name}"))) for name in ("published", "updated")
    )
    if published and updated and updated < published:
        yield Finding("atom-updated-early", told, f"{updated} before {published}")
    for source in entry.findall(f"{ATOM}source"):
        for name in ("id", "title", "updated"):
            if source.find(f"{ATOM}{name}") is None:
                yield Finding("atom-source", told, f"no <{name}>")
        yield from constructs.examine(source, told)


def _of_instants(entries: Iterable[tuple[etree._Element, str]]) -> Findings:
    seen: dict[str, str] = {}
    for entry, told in entries:
        value = text(entry.find(f"{ATOM}updated"))
        if value in seen and not _DAY.fullmatch(value):
            yield Finding("atom-updated-twice", told, f"{value} as {seen[value]!r}")
        seen[value] = told
