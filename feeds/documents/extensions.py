"""What RSS and Atom say in the same words of others' vocabularies."""

from collections.abc import Callable
from datetime import datetime

from lxml import etree

from feeds import dates
from feeds.documents.xml import add, number, qualified, text
from feeds.feed import Author, Comments, Deleted, Entry, Feed, Paging, Source, Variant

_ATOM = "atom:link"
_HISTORY = {"current": "current", "prev-archive": "previous"}
_HISTORY |= {"next-archive": "following"}
_HOURS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def tell_feed(
    parent: etree._Element, feed: Feed, topic: str, media_type: str, link: str = _ATOM
) -> None:
    """Add where the rest of a feed lies, when it changes, and what is no more.

    `link` is what the format calls Atom's link element.
    """
    filename = topic.rpartition("/")[2]
    for rel, name in _HISTORY.items():
        if there := getattr(feed.paging, name):
            add(parent, link, rel=rel, type=media_type, href=there + filename)
    # Readers differ in which of several alternates they take for the site's address.
    for variant in feed.variants:
        address = variant.url + filename
        add(
            parent,
            link,
            rel="related",
            type=media_type,
            hreflang=variant.language,
            href=address,
        )
    if feed.paging.current:
        add(parent, "fh:archive")
    elif feed.complete:
        add(parent, "fh:complete")
    if feed.fresh and 60 % feed.fresh == 0:
        add(parent, "sy:updatePeriod", "hourly")
        add(parent, "sy:updateFrequency", str(60 // feed.fresh))
    for deleted in feed.deleted:
        add(
            parent, "at:deleted-entry", ref=deleted.id, when=dates.rfc3339(deleted.when)
        )


def tell_entry(
    parent: etree._Element, entry: Entry, spell: Callable[[str], str] = str
) -> None:
    """Add where an entry is from, its comments, and what it was made from.

    Plain text is spelled by `spell`.
    """
    if entry.source and not entry.source.url:
        add(parent, "dc:source", spell(entry.source.title))
    if entry.comments and entry.comments.count is not None:
        add(parent, "slash:comments", str(entry.comments.count))
    if entry.comments and entry.comments.feed:
        add(parent, "wfw:commentRss", entry.comments.feed)
    if entry.markdown:
        add(parent, "source:markdown", entry.markdown)


def links(parent: etree._Element, rel: str, name: str = _ATOM) -> list[etree._Element]:
    """The link elements of one relation; without any it is `alternate`."""
    found = parent.iterfind(qualified(name))
    return [each for each in found if each.get("rel", "alternate") == rel]


def href(parent: etree._Element, rel: str, name: str = _ATOM) -> str:
    """The address of the first link of one relation, or ""."""
    return next((each.get("href", "") for each in links(parent, rel, name)), "")


def read_paging(parent: etree._Element, name: str = _ATOM) -> Paging:
    """Where the rest of a feed lies."""
    # In a document that is no archive, `current` is the document itself.
    is_archive = parent.find(qualified("fh:archive")) is not None
    return Paging(
        **{
            field: href(parent, rel, name).rpartition("/")[0] + "/"
            for rel, field in _HISTORY.items()
            if href(parent, rel, name) and (is_archive or rel != "current")
        }
    )


def read_variants(parent: etree._Element, name: str = _ATOM) -> tuple[Variant, ...]:
    """The feeds of other languages."""
    return tuple(
        Variant(
            str(each.get("hreflang")), each.get("href", "").rpartition("/")[0] + "/"
        )
        for each in links(parent, "related", name)
        if each.get("hreflang")
    )


def read_deleted(parent: etree._Element) -> tuple[Deleted, ...]:
    """The entries that are no more."""
    found = parent.iterfind(qualified("at:deleted-entry"))
    told = ((each.get("ref", ""), read_date(each.get("when"))) for each in found)
    return tuple(Deleted(ref, when) for ref, when in told if ref and when)


def read_fresh(parent: etree._Element) -> int:
    """For how many minutes the feed counts as new, by sy: or ttl."""
    hours = _HOURS.get(text(parent, "sy:updatePeriod"), 0)
    often = number(text(parent, "sy:updateFrequency")) or 1
    return number(text(parent, "ttl")) or hours * 60 // often


def read_comments(parent: etree._Element, url: str) -> Comments | None:
    """The comments of an entry, which are at `url`."""
    count = text(parent, "slash:comments") or text(parent, "thr:total")
    feed = text(parent, "wfw:commentRss")
    if not (url or count or feed):
        return None
    return Comments(True, url, number(count) if count else None, feed)


def read_source(parent: etree._Element) -> Source | None:
    """Where an entry is from, if only a name is known."""
    title = text(parent, "dc:source")
    return Source(title) if title else None


def read_person(element: etree._Element, prefix: str) -> Author:
    """Someone as Atom spells people, its elements' names after `prefix`."""
    name, email, uri = (text(element, prefix + key) for key in ("name", "email", "uri"))
    return Author(name or email, email, uri)


def read_date(told: str | None) -> datetime | None:
    """A date of the wire; None where it cannot be read."""
    try:
        return dates.parse(told or "")
    except ValueError:
        return None
