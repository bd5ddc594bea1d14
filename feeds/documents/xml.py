"""What RSS and Atom share: feedgen, told of a feed, and the repairs of its work."""

from datetime import datetime

import feedgen.feed  # isort: skip  # feedgen.util cannot be imported before it
import feedgen.entry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds import dates
from feeds.feed import Entry, Feed

_GENERATOR = "folderfeed"
_RSS_RULES = "https://www.rssboard.org/rss-specification"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _spell_date(when: datetime) -> str:
    return dates.rfc822(when)


# feedgen sets the locale of the whole process, for a moment, around each RSS date.
feedgen.feed.formatRFC2822 = _spell_date
feedgen.entry.formatRFC2822 = _spell_date


class FeedRepair(BaseExtension):  # type: ignore[misc]
    """feedgen's hook at a feed's finished element; `feed` is what it should say."""

    feed: Feed


class EntryRepair(BaseEntryExtension):  # type: ignore[misc]
    """feedgen's hook at an entry's finished element, likewise."""

    feed: Feed
    entry: Entry


def generator(
    feed: Feed,
    topic: str,
    media_type: str,
    repairs: tuple[type[FeedRepair], type[EntryRepair]],
) -> FeedGenerator:
    """feedgen, told all that it writes right, or that `repairs` will put right."""
    made = FeedGenerator()
    made.register_extension("repair", *repairs)
    made.repair.feed = feed
    made.id(feed.id)
    made.title(feed.title)
    made.link(href=topic, rel="self", type=media_type)
    made.link(href=feed.url, rel="alternate", type="text/html")  # last: RSS takes it
    made.description(feed.description)
    made.language(feed.language)
    made.generator(_GENERATOR)
    made.docs(_RSS_RULES)
    # Left alone, both are the time of rendering, and no two documents are equal.
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    for entry in feed.entries:
        _tell(made.add_entry(order="append"), entry, feed)
    return made


def _tell(told: feedgen.entry.FeedEntry, entry: Entry, feed: Feed) -> None:
    told.repair.feed = feed
    told.repair.entry = entry
    told.id(entry.id)
    told.title(entry.title)
    told.link(href=entry.url, rel="alternate", type="text/html")
    told.published(entry.published)
    told.updated(entry.updated)
    if entry.summary:
        told.summary(entry.summary)
    if entry.content:
        told.content(entry.content, type="html")
    for enclosure in entry.enclosures[:1]:  # RSS has one; Atom's links are repaired
        told.enclosure(enclosure.url, str(enclosure.length), enclosure.media_type)
    told.category([{"term": category} for category in entry.categories])


def wrap(element: etree._Element, html: str) -> None:
    """Put HTML into `element` as CDATA: the same to parsers, legible to people."""
    element.text = etree.CDATA(html)


def serialise(root: etree._Element) -> bytes:
    """The document as bytes: UTF-8, no byte order mark, an element a line."""
    body = etree.tostring(
        root, pretty_print=True, encoding="UTF-8", xml_declaration=True
    )
    return bytes(body)
