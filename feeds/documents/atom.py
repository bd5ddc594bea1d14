"""Atom 1.0 (RFC 4287)."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape, unescape

from lxml import etree

from feeds import dates, markup
from feeds.documents import extensions, media, podcast, xml
from feeds.documents.document import FeedFormat, Fragment, Frame
from feeds.documents.xml import add, qualified, text
from feeds.errors import FeedSyntaxError
from feeds.feed import Author, Category, Enclosure, Entry, Feed, Source

_MEDIA_TYPE = "application/atom+xml"
_HTML = "text/html"
_ALIKE = "atom:"
_XHTML = "{http://www.w3.org/1999/xhtml}"
# What a reader may take for markup. A lone & is none, and sfeed shows it best so.
_TAG = re.compile(r"<[A-Za-z/!?]")
# The text constructs that feedgen writes as plain text, whatever they hold, and what
# of a feed or an entry they say.
_TEXTS = {"title": "title", "subtitle": "description", "rights": "rights"}
_DATES = ("published", "updated")
# feedgen writes Atom's elements with no namespace, and xmlns as an attribute.


def frame(feed: Feed, topic: str, prefixes: frozenset[str]) -> Frame:
    """The feed without its entries, as it lies at `topic`."""
    made = xml.generator(feed, topic, _MEDIA_TYPE)
    made.author(_people(feed.authors))
    bare = made._create_atom(extensions=False)[0]
    root = etree.Element("feed", bare.attrib, nsmap=xml.NAMESPACES)
    root.extend(bare)
    _mend(root, feed)
    if feed.license:
        add(root, "link", rel="license", href=feed.license)
    extensions.tell_feed(root, feed, topic, _MEDIA_TYPE, "link")
    podcast.tell_show(root, feed)
    return xml.frame(root, prefixes, feed.stylesheet)


def write(entries: Sequence[Entry], feed: Feed) -> list[Fragment]:
    """The entries as elements."""
    return xml.fragments((_element(entry, feed) for entry in entries), level=1)


def _element(entry: Entry, feed: Feed) -> etree._Element:
    told = xml.told_entry(entry)
    told.author(_people(entry.authors))
    if not entry.content:  # then feedgen wants a link
        told.link(href=entry.url)
    if entry.rights:
        told.rights(entry.rights)
    element = told.atom_entry(extensions=False)
    if entry.language not in ("", feed.language):
        element.set(xml.LANG, entry.language)
    summary = _mend(element, entry).get("summary")
    _put_links(element, entry)
    extensions.tell_entry(element, entry)
    media.tell_image(element, entry)
    if summary is not None and media.is_described(entry):
        element.append(summary)
    podcast.tell_episode(element, entry)
    return element


def _mend(parent: etree._Element, told: Feed | Entry) -> dict[str, etree._Element]:
    """Put right what feedgen wrote; return its elements by their names."""
    found = {}
    for element in parent:
        name = element.tag
        found[name] = element
        if name in _TEXTS:
            _put_text(element, getattr(told, _TEXTS[name]))
        elif name in _DATES:
            element.text = dates.rfc3339(getattr(told, name))
        elif name == "content":
            element.set("type", "html")
    subtitle = found.get("subtitle")
    if subtitle is not None and not subtitle.text:
        parent.remove(subtitle)
    return found


def _put_text(element: etree._Element, text: str) -> None:
    """Plain text, as escaped HTML where a reader might take it for some (3.1.1)."""
    if _TAG.search(text) or unescape(text) != text:
        element.set("type", "html")
        element.text = escape(text, quote=False)
    else:
        element.set("type", "text")


def _put_links(element: etree._Element, entry: Entry) -> None:
    # feedgen loses every attribute but href, so it was told of none, if it could be.
    if not entry.content:
        element.remove(element.find("link"))
    add(element, "link", rel="alternate", type=_HTML, href=entry.url)
    for each in entry.enclosures:
        size = str(each.length or "")
        add(
            element,
            "link",
            rel="enclosure",
            type=each.media_type,
            href=each.url,
            length=size,
        )
    if entry.link:
        add(element, "link", rel="related", href=entry.link)
    if entry.source and entry.source.url:
        name = entry.source.title
        add(element, "link", rel="via", title=name, href=entry.source.url)
    if entry.license:
        add(element, "link", rel="license", href=entry.license)
    if entry.comments and entry.comments.url:
        add(element, "link", rel="replies", type=_HTML, href=entry.comments.url)
    if entry.comments and entry.comments.count is not None:
        add(element, "thr:total", str(entry.comments.count))


def _people(authors: Iterable[Author]) -> list[dict[str, str]]:
    return [
        {
            name: value
            for name in ("name", "email", "uri")
            if (value := getattr(author, name))
        }
        for author in authors
    ]


def parse(body: bytes) -> Feed:
    """The feed that an Atom document is; FeedSyntaxError for what is none."""
    root = xml.parse(body)
    if root.tag != qualified("atom:feed"):
        raise FeedSyntaxError(f"not Atom: the root is <{etree.QName(root).localname}>")
    language = root.get(xml.LANG, "")
    show = podcast.read_show(root)
    entries = root.iterfind(qualified("atom:entry"))
    return Feed(
        id=text(root, "atom:id"),
        url=extensions.href(root, "alternate"),
        title=_text(root, "title"),
        description=_text(root, "subtitle"),
        updated=_date(root, "updated") or xml.EPOCH,
        authors=_authors(root),
        language=language,
        entries=tuple(_entry(each, language, show is not None) for each in entries),
        rights=_text(root, "rights"),
        license=extensions.href(root, "license"),
        icon=text(root, "atom:icon"),
        image=text(root, "atom:logo"),
        complete=root.find(qualified("fh:complete")) is not None,
        paging=extensions.read_paging(root),
        variants=extensions.read_variants(root),
        deleted=extensions.read_deleted(root),
        podcast=show,
        moved=text(root, "itunes:new-feed-url"),
        stylesheet=xml.stylesheet(root),
        fresh=extensions.read_fresh(root),
    )


def _entry(element: etree._Element, language: str, in_podcast: bool) -> Entry:
    updated = _date(element, "updated") or xml.EPOCH
    url = extensions.href(element, "alternate")
    enclosures = _enclosures(element)
    replies = [
        link.get("href", "")
        for link in extensions.links(element, "replies")
        if link.get("type") == _HTML
    ]
    return Entry(
        id=text(element, "atom:id") or url,
        url=url,
        title=_text(element, "title"),
        content=_html(element.find(qualified("atom:content"))),
        summary=_text(element, "summary"),
        published=_date(element, "published") or updated,
        updated=updated,
        authors=_authors(element),
        categories=tuple(
            Category(each.get("label") or each.get("term", ""), each.get("scheme", ""))
            for each in element.iterfind(qualified("atom:category"))
        ),
        language=element.get(xml.LANG, language),
        image=media.read_image(element),
        comments=extensions.read_comments(element, "".join(replies[:1])),
        enclosures=enclosures,
        link=extensions.href(element, "related"),
        source=_source(element),
        rights=_text(element, "rights"),
        license=extensions.href(element, "license"),
        episode=podcast.read_episode(element, in_podcast and bool(enclosures)),
        markdown=text(element, "source:markdown"),
    )


def _text(parent: etree._Element, name: str) -> str:
    """A text construct as plain text (3.1)."""
    element = parent.find(qualified(_ALIKE + name))
    if element is None:
        return ""
    if element.get("type", "text") == "text":
        return markup.line(element.text or "")
    return markup.plain(_html(element))


def _html(element: etree._Element | None) -> str:
    """A text construct, or content, as HTML (3.1, 4.1.3)."""
    if element is None:
        return ""
    kind = element.get("type", "text")
    told = (element.text or "").strip()
    if kind == "xhtml":
        return _xhtml(element)
    if kind in ("html", _HTML):
        return told
    return escape(told) if kind.startswith("text") else ""


def _xhtml(element: etree._Element) -> str:
    """The HTML in the one <div> that XHTML is put into (3.1.1.3)."""
    for each in element.iter(_XHTML + "*"):
        each.tag = etree.QName(each).localname
    div = element.find("div")
    inside = element if div is None or div.attrib else div
    parts = (etree.tostring(each, encoding="unicode", method="html") for each in inside)
    told = escape(inside.text or "") + "".join(parts)
    return markup.safe(told, lambda address: address)


def _date(parent: etree._Element, name: str) -> datetime | None:
    return extensions.read_date(text(parent, _ALIKE + name))


def _authors(parent: etree._Element) -> tuple[Author, ...]:
    found = parent.iterfind(qualified("atom:author"))
    people = (extensions.read_person(element, _ALIKE) for element in found)
    return tuple(person for person in people if person.name)


def _enclosures(element: etree._Element) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(
            link.get("href", ""),
            link.get("type", ""),
            xml.number(link.get("length")),
            podcast.seconds(element) if number == 0 else 0,
        )
        for number, link in enumerate(extensions.links(element, "enclosure"))
        if link.get("href")
    )


def _source(element: etree._Element) -> Source | None:
    for link in extensions.links(element, "via"):
        return Source(link.get("title", ""), link.get("href", ""))
    return extensions.read_source(element)


_GUESSES = "atom feed.atom feed/atom feeds/all.atom.xml feeds/atom index.atom"
FORMAT = FeedFormat(
    "atom", "Atom", "atom.xml", _MEDIA_TYPE, _GUESSES, write, frame, parse
)
