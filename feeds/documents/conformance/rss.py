"""The rules of RSS 2.0 and of the RSS Advisory Board's profile."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree

from feeds.documents.conformance import (
    channel,
    constructs,
    content,
    extensions,
    links,
    show,
    vocabulary,
)
from feeds.documents.conformance.finding import (
    ATOM,
    COUNT,
    EMAIL,
    MIME,
    Finding,
    Findings,
    is_address,
    is_uri,
    shown,
    text,
)

MEDIA_TYPE = "application/rss+xml"
RULES: Final[dict[str, str]] = {
    "rss-item-empty": "An item has a title or a description: Thunderbird passes over "
    "one with neither, even with full text. Write one.",
    "rss-guid-missing": "Every item has a guid: without one readers tell items apart "
    "by address and title, and show an edited one again. Write it.",
    "rss-guid-twice": "No two items of a feed have one guid: readers show one of them "
    "only. Give each article an id of its own.",
    "rss-guid-short": "A guid is no short number: newsboat knows items by guid alone, "
    "over all feeds. Write a tag: URI.",
    "rss-guid-uri": "A guid is an absolute URI, unique in the world and the same in "
    "Atom. Write a tag: URI.",
    "rss-guid-permalink": "isPermaLink is `false`, or the guid is the http(s) address "
    "of a page: readers open it. Write isPermaLink='false'.",
    "rss-content-order": "A description comes before content:encoded: some readers "
    "take the last of them. Without a summary the description is the full text.",
    "rss-author": "author, managingEditor and webMaster are `user@host (Real Name)`: a "
    "bare name or address is shown wrong. Write dc:creator for a name.",
    "rss-synonyms": "No core element is beside its synonym (author and dc:creator, "
    "pubDate and dc:date): readers show both, or either. Keep one.",
    "rss-date": "Dates are written `Wed, 02 Oct 2002 08:00:00 GMT`, the one spelling "
    "that all readers know; others are read as now.",
    "rss-date-day": "A date's day name is that of its day. Leave the name to the "
    "program.",
    "rss-enclosure": "An enclosure has an absolute http(s) url, a length in bytes (0 "
    "where it is unknown) and a media type. Write all three.",
    "rss-enclosures": "An item has at most one enclosure: most readers take one of "
    "them at random. Keep one; Atom may have several.",
    "rss-address": "Addresses are absolute http(s) URLs, with what URLs cannot hold "
    "escaped: readers follow them as they are. Make them so.",
    "rss-escapes": "In plain text & and < are written &#x26; and &#x3C;: readers "
    "differ in how often they decode the other spellings (RSS profile, Character "
    "Data).",
    **channel.RULES,
}

_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
WORDS = vocabulary.RSS
_SYNONYMS = (
    ("author", f"{_DC}creator"),
    ("managingEditor", f"{_DC}creator"),
    ("webMaster", f"{_DC}publisher"),
    ("category", f"{_DC}subject"),
    ("pubDate", f"{_DC}date"),
    ("pubDate", f"{ATOM}published"),
    ("guid", f"{ATOM}id"),
    ("source", f"{_DC}source"),
    ("language", f"{_DC}language"),
    ("copyright", f"{_DC}rights"),
    ("lastBuildDate", "{http://purl.org/dc/terms/}modified"),
    (
        "{http://backend.userland.com/creativeCommonsRssModule}license",
        "{http://web.resource.org/cc/}license",
    ),
)
_PLAIN = ("title", "category", "copyright", "source", f"{_DC}creator", f"{_DC}rights")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DATE = re.compile(
    rf"({'|'.join(_DAYS)}), \d\d [A-Z][a-z]{{2}} \d{{4}} \d\d:\d\d:\d\d"
    r" (GMT|[+-]\d\d[03]0)",
    re.ASCII,
)
_PERSON = re.compile(rf"{EMAIL.pattern} \([^()]+\)")
_NAMED = re.compile(
    rb"<(title|category|dc:creator|copyright|description)\b[^<>]*>"
    rb"([^<]*&(?!#x)[^<]*|\s*<!\[CDATA\[)"
)


def examine(root: etree._Element, body: bytes, topic: str) -> Findings:
    """The rules of RSS; `body` is what `root` was parsed from."""
    if root.get("version") != "2.0":
        yield Finding("rss-version", "", f"{root.get('version')!r}")
    yield from _of_escapes(body)
    about = root.find("channel")
    if about is None:
        yield Finding("rss-channel-lacks", "", "no <channel>")
        return
    yield from channel.examine(about)
    yield from links.of_feed(about, topic, MEDIA_TYPE)
    yield from _of_both(about, "")
    for plain in about.findall("description"):
        yield from content.of_plain(text(plain), "", "description")
    yield from extensions.of_rhythm(about)
    named = [(e, name_of(e, n)) for n, e in enumerate(about.findall("item"), 1)]
    yield from show.examine(about, named)
    yield from extensions.of_deleted(about, {i: _updated(item) for item, i in named})
    seen: set[str] = set()
    for item, entry in named:
        yield from _of_item(item, entry)
        yield from _of_guid(item, entry, seen)
        yield from _of_both(item, entry)
        yield from links.of_entry(item, entry)


def name_of(item: etree._Element, number: int) -> str:
    """What an item is called in a finding."""
    return text(item.find("guid")) or text(item.find("link")) or f"#{number}"


def _of_escapes(body: bytes) -> Findings:
    items = body.find(b"<item>")
    for found in _NAMED.finditer(body):
        name, value = (part.decode("utf-8", "replace") for part in found.groups())
        if name != "description" or found.start() < items or items < 0:
            yield Finding("rss-escapes", "", f"{shown(value.strip())} in <{name}>")


def _updated(item: etree._Element) -> str:
    """When an item was updated, as RFC 3339 writes it; "" where it is not known."""
    if told := text(item.find(f"{ATOM}updated")):
        return told
    try:
        when = parsedate_to_datetime(text(item.find("pubDate")))
        return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError):
        return ""


def _of_item(item: etree._Element, entry: str) -> Findings:
    if not (text(item.find("title")) or text(item.find("description"))):
        yield Finding("rss-item-empty", entry, "no title and no description")
    tags = [child.tag for child in item]
    if _CONTENT in tags and "description" not in tags[: tags.index(_CONTENT)]:
        yield Finding("rss-content-order", entry, "no description before it")
    for element in item.iterchildren("description", _CONTENT):
        yield from content.of_html(element.text or "", entry)
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield Finding("rss-enclosures", entry, f"{len(enclosures)} enclosures")
    for enclosure in enclosures:
        url, length, kind = (enclosure.get(n, "") for n in ("url", "length", "type"))
        whole = COUNT.fullmatch(length) and MIME.fullmatch(kind) and is_address(url)
        if not whole:
            yield Finding("rss-enclosure", entry, f"{shown(url)} {length!r} {kind!r}")
    for source in item.findall("source"):
        if not is_address(source.get("url", "")):
            yield Finding("rss-address", entry, f"source {source.get('url')!r}")


def _of_guid(item: etree._Element, entry: str, seen: set[str]) -> Findings:
    guid = item.find("guid")
    value = text(guid)
    if guid is None:
        yield Finding("rss-guid-missing", entry, "no guid")
    elif value in seen:
        yield Finding("rss-guid-twice", entry, shown(value))
    elif len(value) < 9 and value.isdigit():
        yield Finding("rss-guid-short", entry, shown(value))
    elif value and not is_uri(value):
        yield Finding("rss-guid-uri", entry, shown(value))
    elif value:
        link = guid.get("isPermaLink", "true")
        if link != "false" and not (link == "true" and is_address(value)):
            yield Finding("rss-guid-permalink", entry, f"{link!r} for {shown(value)}")
    seen.add(value)


def _of_both(parent: etree._Element, entry: str) -> Findings:
    """What a channel and an item have alike."""
    tags = {str(child.tag) for child in parent}
    for core, synonym in _SYNONYMS:
        if core in tags and synonym in tags:
            yield Finding("rss-synonyms", entry, f"{core!r} and {synonym!r}")
    for element in parent.iterchildren(*_PLAIN):
        name = str(element.tag).rpartition("}")[2]
        yield from content.of_plain(text(element), entry, name)
        if name == "category" and "," in text(element):
            yield Finding("category-comma", entry, shown(text(element)))
    for element in parent.iterchildren("author", "managingEditor", "webMaster"):
        if not _PERSON.fullmatch(text(element)):
            yield Finding("rss-author", entry, f"{element.tag} {shown(text(element))}")
    for element in parent.iterchildren("link", "comments", "docs"):
        if not is_address(text(element)):
            yield Finding("rss-address", entry, f"{element.tag} {shown(text(element))}")
    for element in parent.iterchildren("pubDate", "lastBuildDate"):
        yield from _of_date(element.text or "", entry)
    yield from constructs.examine(parent, entry)
    yield from extensions.examine(parent, entry)


def _of_date(value: str, entry: str) -> Findings:
    try:
        when = parsedate_to_datetime(value) if _DATE.fullmatch(value) else None
    except ValueError:
        when = None
    if when is None:
        yield Finding("rss-date", entry, shown(value))
    elif _DAYS[when.weekday()] != value[:3]:
        yield Finding("rss-date-day", entry, shown(value))
    elif when.year < 1990:
        yield Finding("date-early", entry, shown(value))
