"""Atom 1.0 (RFC 4287)."""

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape, unescape

from lxml import etree

from feeds import dates
from feeds.documents import xml
from feeds.documents.document import FeedFormat
from feeds.feed import Author, Entry, Feed

_MEDIA_TYPE = "application/atom+xml"
# What a reader may take for markup. A lone & is none, and sfeed shows it best so.
_TAG = re.compile(r"<[A-Za-z/!?]")
# feedgen writes Atom's elements with no namespace, and xmlns as an attribute.


class _Feed(xml.FeedRepair):
    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_atom(self, root: etree._Element) -> etree._Element:
        _put_text(root, "title", self.feed.title)
        _put_text(root, "subtitle", self.feed.description)
        _put_date(root, "updated", self.feed.updated)
        return root


class _Entry(xml.EntryRepair):
    def extend_atom(self, element: etree._Element) -> etree._Element:
        entry = self.entry
        if entry.language not in ("", self.feed.language):
            element.set(xml.LANG, entry.language)
        _put_text(element, "title", entry.title)
        # rss2email prefers any plain text to HTML: a plain summary would be all it
        # mails of the article.
        _put_text(element, "summary", entry.summary, html=True)
        _put_date(element, "published", entry.published)
        _put_date(element, "updated", entry.updated)
        _put_links(element, entry)
        content = element.find("content")
        if content is not None:
            xml.wrap(content, entry.content)
        return element


def _put_text(parent: etree._Element, name: str, text: str, html: bool = False) -> None:
    """Plain text, as escaped HTML where a reader might take it for some (3.1.1)."""
    element = parent.find(name)
    if element is None:
        return
    if not text:
        parent.remove(element)
    elif html or _TAG.search(text) or unescape(text) != text:
        element.set("type", "html")
        element.text = escape(text, quote=False)
    else:
        element.set("type", "text")
        element.text = text


def _put_date(parent: etree._Element, name: str, when: datetime) -> None:
    element = parent.find(name)
    if element is not None:
        element.text = dates.rfc3339(when)


def _put_links(element: etree._Element, entry: Entry) -> None:
    # feedgen loses every attribute but href.
    for link in element.findall("link"):
        element.remove(link)
    made = [("alternate", "text/html", entry.url, 0)]
    made += [("enclosure", e.media_type, e.url, e.length) for e in entry.enclosures]
    for rel, media_type, url, length in made:
        link = etree.SubElement(element, "link", rel=rel, type=media_type, href=url)
        if length:
            link.set("length", str(length))


def _people(authors: Iterable[Author]) -> list[dict[str, str]]:
    return [
        {
            name: value
            for name in ("name", "email", "uri")
            if (value := getattr(author, name))
        }
        for author in authors
    ]


def render(feed: Feed, topic: str) -> bytes:
    """The feed as an Atom document that lies at `topic`."""
    made = xml.generator(feed, topic, _MEDIA_TYPE, (_Feed, _Entry))
    made.author(_people(feed.authors))
    for told, entry in zip(made.entry(), feed.entries, strict=True):
        told.author(_people(entry.authors))
    return xml.serialise(made._create_atom()[0])


_GUESSES = "atom feed.atom feed/atom feeds/all.atom.xml feeds/atom index.atom"
FORMAT = FeedFormat("atom", "Atom", "atom.xml", _MEDIA_TYPE, _GUESSES, render)
