"""RSS 2.0, as the RSS Advisory Board's profile has it."""

from html import escape

from lxml import etree

from feeds.documents import xml
from feeds.documents.document import FeedFormat
from feeds.feed import Feed

_MEDIA_TYPE = "application/rss+xml"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
# Readers differ in how often they decode plain text. The profile's way to write &
# and < is a numeric reference, which no serialiser does by itself: until the bytes
# are made, non-characters stand for them that `markup.clean` keeps out of text.
_MARKS = str.maketrans("&<>", "\ufdd0\ufdd1\ufdd2")
_REFERENCES = {"\ufdd0": b"&#x26;", "\ufdd1": b"&#x3C;", "\ufdd2": b"&#x3E;"}
_PLAIN = ("title", "description", "category", f"{{{_DC}}}creator")
_GUESSES = (
    "feed feed.rss feed.xml feed/rss feed/rss2 feeds feeds/rss index.rss index.xml rss "
    "rss.php rss/feed.xml rss2 rss2.xml"
)


class _Channel(xml.FeedRepair):
    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}

    def extend_rss(self, root: etree._Element) -> etree._Element:
        _mark(root[0])
        return root


class _Item(xml.EntryRepair):
    def extend_rss(self, item: etree._Element) -> etree._Element:
        entry = self.entry
        # <author> must be an e-mail address; people have names (profile, dc:creator).
        for author in entry.authors:
            etree.SubElement(item, f"{{{_DC}}}creator").text = author.name
        if entry.language not in ("", self.feed.language):
            etree.SubElement(item, f"{{{_DC}}}language").text = entry.language
        _mark(item)
        # Both of these are HTML. Without a summary feedgen puts the content into the
        # description, as the profile asks.
        description = item.find("description")
        content = item.find(f"{{{_CONTENT}}}encoded")
        if content is not None:
            xml.wrap(content, entry.content)
        if description is not None and entry.summary:
            description.text = escape(entry.summary, quote=False)
        elif description is not None:
            xml.wrap(description, entry.content)
        return item


def _mark(parent: etree._Element) -> None:
    for element in parent:
        if element.tag in _PLAIN and element.text:
            element.text = element.text.translate(_MARKS)


def render(feed: Feed, topic: str) -> bytes:
    """The feed as an RSS document that lies at `topic`."""
    made = xml.generator(feed, topic, _MEDIA_TYPE, (_Channel, _Item))
    body = xml.serialise(made._create_rss()[0])
    for mark, reference in _REFERENCES.items():
        body = body.replace(mark.encode(), reference)
    return body


FORMAT = FeedFormat("rss", "RSS", "rss.xml", _MEDIA_TYPE, _GUESSES, render)
