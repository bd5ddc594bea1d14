"""The rules of Atom 1.0 (RFC 4287): the feed and its entries."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from feeds.documents.conformance import constructs, links
from feeds.documents.conformance.document import Vocabulary
from feeds.documents.conformance.finding import (
    ATOM,
    MIME,
    XML,
    Finding,
    Findings,
    is_uri,
    needless,
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
    "atom-in-reply-to": "thr:in-reply-to has a ref that is the absolute id of the "
    "entry (RFC 4685 3): Thunderbird makes threads by it.",
    "atom-tombstone": "at:deleted-entry has the absolute id of the entry as ref, and "
    "the time as when, in Zulu time (RFC 6721 3). Write both.",
}

_FEED = frozenset(
    """author category contributor generator icon id link logo rights subtitle title
    updated""".split()
)
_PERSON = frozenset("name uri email".split())
WORDS = Vocabulary(
    ATOM,
    {
        "feed": _FEED | {"entry"},
        "source": _FEED,
        "entry": frozenset(
            """author category content contributor id link published rights source
            summary title updated""".split()
        ),
        "author": _PERSON,
        "contributor": _PERSON,
    },
    {
        "link": frozenset("href rel type hreflang title length".split()),
        "category": frozenset("term scheme label".split()),
        "generator": frozenset("uri version".split()),
        "content": frozenset("type src".split()),
        **{n: frozenset({"type"}) for n in ("title", "subtitle", "summary", "rights")},
    },
    frozenset("author category contributor entry link".split()),
    frozenset("title subtitle summary rights content link category".split()),
)
_TITLE_CDATA = re.compile(rb"<(title|subtitle)\b[^<>]*>\s*<!\[CDATA\[")
_DAY = re.compile(r".*:(00|15|30|45):00Z")  # midnight somewhere: a mere date
_AT = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_THR = "{http://purl.org/syndication/thread/1.0}in-reply-to"


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
    for grave in feed.findall(_AT):
        ref, when = grave.get("ref", ""), grave.get("when", "")
        if not is_uri(ref) or constructs.instant(when) is None:
            yield Finding("atom-tombstone", "", f"{shown(ref)} {when!r}")
    seen = {text(feed.find(f"{ATOM}id"))}
    signed = feed.find(f"{ATOM}author") is not None
    for number, entry in enumerate(entries, 1):
        told = name_of(entry, number)
        own = text(entry.find(f"{ATOM}id"))
        if own and own in seen:
            yield Finding("atom-id-twice", told, shown(own))
        seen.add(own)
        if not signed and entry.find(f"{ATOM}author") is None:
            yield Finding("atom-author", told, "no author")
        yield from _of_both(entry, told)
        yield from _of_entry(entry, told)
        yield from links.of_entry(entry, told)
    yield from _of_instants(entries)


def name_of(entry: etree._Element, number: int) -> str:
    """What an entry is called in a finding."""
    return text(entry.find(f"{ATOM}id")) or f"#{number}"


def _of_both(parent: etree._Element, entry: str) -> Findings:
    """What a feed and an entry have alike."""
    for name in ("id", "title", "updated"):
        if parent.find(f"{ATOM}{name}") is None:
            yield Finding("atom-lacks", entry, f"no <{name}>")
    yield from constructs.examine(parent, entry)


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
        constructs.instant(text(entry.find(f"{ATOM}{name}")))
        for name in ("published", "updated")
    )
    if published and updated and updated < published:
        yield Finding("atom-updated-early", told, f"{updated} before {published}")
    for source in entry.findall(f"{ATOM}source"):
        for name in ("id", "title", "updated"):
            if source.find(f"{ATOM}{name}") is None:
                yield Finding("atom-source", told, f"no <{name}>")
        yield from constructs.examine(source, told)
    for reply in entry.findall(_THR):
        ref = reply.get("ref", "")
        if not is_uri(ref) or needless(ref):
            yield Finding("atom-in-reply-to", told, shown(ref))


def _of_instants(entries: Iterable[etree._Element]) -> Findings:
    seen: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        value = text(entry.find(f"{ATOM}updated"))
        told = name_of(entry, number)
        if value in seen and not _DAY.fullmatch(value):
            yield Finding("atom-updated-twice", told, f"{value} as {seen[value]!r}")
        seen[value] = told
