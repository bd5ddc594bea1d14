"""RSS 2.0, as the RSS Advisory Board's profile has it."""

import re
from collections.abc import Sequence
from html import escape

from lxml import etree

from feeds import dates, markup
from feeds.documents import extensions, media, podcast, xml
from feeds.documents.document import FeedFormat, Fragment, Frame
from feeds.documents.xml import add, qualified, text
from feeds.errors import FeedSyntaxError
from feeds.feed import Author, Category, Enclosure, Entry, Feed, Source

_MEDIA_TYPE = "application/rss+xml"
# Readers differ in how often they decode plain text. The profile's way to write &
# and < is a numeric reference, which no serialiser does by itself: until the bytes
# are made, non-characters stand for them that `markup.clean` keeps out of text.
_MARKS = str.maketrans("&<>", "\ufdd0\ufdd1\ufdd2")
_REFERENCES = {
    mark.encode(): f"&#x{ord(character):X};".encode()
    for character, mark in zip("&<>", "\ufdd0\ufdd1\ufdd2", strict=True)
}
_SPECIAL = re.compile("[&<>]")
# What makes HTML of a description that stands alone.
_TAG = re.compile(r"<[A-Za-z/!]")
_MARKED = re.compile(b"\xef\xb7[\x90-\x92]")
_GUESSES = (
    "feed feed.rss feed.xml feed/rss feed/rss2 feeds feeds/rss index.rss index.xml rss "
    "rss.php rss/feed.xml rss2 rss2.xml"
)


def frame(feed: Feed, topic: str, prefixes: frozenset[str]) -> Frame:
    """The channel without its items, as it lies at `topic`."""
    root = etree.Element("rss", version="2.0", nsmap=xml.NAMESPACES)
    channel = xml.generator(feed, topic, _MEDIA_TYPE)._create_rss(False)[0][0]
    root.append(channel)
    add(channel, "atom:id", feed.id)
    if feed.icon:
        add(channel, "atom:icon", feed.icon)
    if feed.license:
        add(channel, "creativeCommons:license", feed.license)
    _put_authors(channel, feed.authors)
    extensions.tell_feed(channel, feed, topic, _MEDIA_TYPE)
    podcast.tell_show(channel, feed)
    for name in ("title", "description", "copyright", "image/title"):
        element = channel.find(name)
        if element is not None:
            element.text = _marked(element.text)
    return xml.frame(root, prefixes, feed.stylesheet, _unmarked)


def write(entries: Sequence[Entry], feed: Feed) -> list[Fragment]:
    """The entries as items."""
    made = xml.fragments((_item(entry, feed) for entry in entries), level=2)
    return [Fragment(_unmarked(each.body), each.prefixes) for each in made]


def _item(entry: Entry, feed: Feed) -> etree._Element:
    told = xml.told_entry(entry, _marked)
    told.link(href=entry.url, rel="alternate")
    if entry.comments and entry.comments.url:
        told.comments(entry.comments.url)
    for enclosure in entry.enclosures[:1]:  # there may be one; see media.tell_more
        told.enclosure(enclosure.url, str(enclosure.length), enclosure.media_type)
    # Without a summary feedgen puts the content into the description, as the profile
    # asks.
    item = told.rss_entry(extensions=False)
    _put_authors(item, entry.authors)
    if entry.updated:
        add(item, "atom:updated", dates.rfc3339(entry.updated))
    if entry.language not in ("", feed.language):
        add(item, "dc:language", entry.language)
    if entry.rights:
        add(item, "dc:rights", _marked(entry.rights))
    if entry.license:
        add(item, "creativeCommons:license", entry.license)
    if entry.link:
        add(item, "atom:link", rel="related", href=entry.link)
    if entry.source and entry.source.url:
        name = entry.source.title or entry.source.url
        add(item, "source", _marked(name), url=entry.source.url)
    extensions.tell_entry(item, entry, _marked)
    media.tell_image(item, entry)
    if media.is_described(entry):
        summary = escape(entry.summary, quote=False)
        again = add(item, "atom:summary", summary, type="html")
        again.set(xml.LANG, entry.language or feed.language)
    media.tell_more(item, entry)
    podcast.tell_episode(item, entry)
    return item


def _put_authors(parent: etree._Element, authors: tuple[Author, ...]) -> None:
    # <author> must be an e-mail address; people have names (profile, dc:creator). What
    # else is known of them may not stand in a second author: readers would list both.
    for author in authors:
        add(parent, "dc:creator", _marked(author.name))
    for author in authors:
        if author.email or author.uri:
            details = add(parent, "atom:contributor")
            add(details, "atom:name", author.name)
            if author.email:
                add(details, "atom:email", author.email)
            if author.uri:
                add(details, "atom:uri", author.uri)


def _marked(text: str) -> str:
    return text.translate(_MARKS) if _SPECIAL.search(text) else text


def _unmarked(body: bytes) -> bytes:
    return _MARKED.sub(lambda mark: _REFERENCES[mark[0]], body)


def parse(body: bytes) -> Feed:
    """The feed that an RSS document is; FeedSyntaxError for what is none."""
    root = xml.parse(body)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise FeedSyntaxError(f"not RSS: the root is <{etree.QName(root).localname}>")
    language = text(channel, "language")
    show = podcast.read_show(channel)
    entries = tuple(
        _entry(item, language, show is not None) for item in channel.iterfind("item")
    )
    url = text(channel, "link")
    return Feed(
        id=text(channel, "atom:id") or url,
        url=url,
        title=markup.line(text(channel, "title")),
        description=markup.told(text(channel, "description")),
        updated=extensions.read_date(text(channel, "lastBuildDate"))
        or max((entry.updated for entry in entries), default=xml.EPOCH),
        authors=_authors(channel),
        language=language,
        entries=entries,
        rights=text(channel, "copyright"),
        license=text(channel, "creativeCommons:license"),
        icon=text(channel, "atom:icon"),
        image=text(channel, "image/url"),
        complete=channel.find(qualified("fh:complete")) is not None,
        paging=extensions.read_paging(channel),
        variants=extensions.read_variants(channel),
        deleted=extensions.read_deleted(channel),
        podcast=show,
        moved=text(channel, "itunes:new-feed-url"),
        stylesheet=xml.stylesheet(root),
        fresh=extensions.read_fresh(channel),
    )


def _entry(item: etree._Element, language: str, in_podcast: bool) -> Entry:
    content, summary = _html(item)
    url = text(item, "link") or _permalink(item)
    enclosures = _enclosures(item)
    published = extensions.read_date(text(item, "pubDate") or text(item, "dc:date"))
    updated = extensions.read_date(text(item, "atom:updated"))
    published = published or updated or xml.EPOCH
    return Entry(
        id=text(item, "guid") or url,
        url=url,
        title=markup.line(text(item, "title")),
        content=content,
        summary=summary,
        published=published,
        updated=updated or published,
        authors=_authors(item),
        categories=tuple(
            Category(label, found.get("domain", ""))
            for found in item.iterfind("category")
            if (label := markup.line(found.text or ""))
        ),
        language=text(item, "dc:language") or language,
        image=media.read_image(item),
        comments=extensions.read_comments(item, text(item, "comments")),
        enclosures=enclosures,
        link=extensions.href(item, "related"),
        source=_source(item),
        rights=text(item, "dc:rights"),
        license=text(item, "creativeCommons:license"),
        episode=podcast.read_episode(item, in_podcast and bool(enclosures)),
        markdown=text(item, "source:markdown"),
    )


def _html(item: etree._Element) -> tuple[str, str]:
    """An item's content and its summary. A description alone is either."""
    content, description = text(item, "content:encoded"), text(item, "description")
    summary = markup.plain(description)
    if content or (summary and not _TAG.search(description)):
        return content, summary
    return description, ""


def _permalink(item: etree._Element) -> str:
    """The guid, where it is an address: it is one unless it says that it is none."""
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink", "true") != "true":
        return ""
    return markup.http_url(guid.text or "")


def _authors(parent: etree._Element) -> tuple[Author, ...]:
    details = {
        known.name: known
        for found in parent.iterfind(qualified("atom:contributor"))
        if (known := extensions.read_person(found, "atom:")).name
    }
    for name in ("dc:creator", "author", "managingEditor", "itunes:author"):
        found = (e.text or "" for e in parent.iterfind(qualified(name)))
        if told := [line for text in found if (line := markup.line(text))]:
            read = Author if name == "dc:creator" else _person
            return tuple(details.get(line) or read(line) for line in told)
    return ()


def _person(told: str) -> Author:
    """Someone as `ann@a.example (Ann)`, or as else people write it."""
    words = re.split(r"[\s()<>]+", told)
    email = next((word for word in words if "@" in word), "")
    name = told.replace(email, "", 1).strip(" ()<>") if email else told
    return Author(name or email, email)


def _enclosures(item: etree._Element) -> tuple[Enclosure, ...]:
    found = [each for each in item.iterfind("enclosure") if each.get("url")]
    told = [
        Enclosure(
            each.get("url", ""),
            each.get("type", ""),
            xml.number(each.get("length")),
            podcast.seconds(item) if number == 0 else 0,
        )
        for number, each in enumerate(found)
    ]
    known = {each.url for each in told}
    return *told, *(more for more in media.read_more(item) if more.url not in known)


def _source(item: etree._Element) -> Source | None:
    found = item.find("source")
    if found is None:
        return extensions.read_source(item)
    title, url = (found.text or "").strip(), found.get("url", "")
    return Source("" if title == url else title, url)


FORMAT = FeedFormat("rss", "RSS", "rss.xml", _MEDIA_TYPE, _GUESSES, write, frame, parse)
