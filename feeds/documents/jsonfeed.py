"""JSON Feed 1.1."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from feeds import dates, markup
from feeds.documents import values
from feeds.documents.document import FeedFormat, Fragment, Frame
from feeds.documents.xml import EPOCH
from feeds.errors import FeedSyntaxError
from feeds.feed import (
    Author,
    Category,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Image,
    Paging,
)

_MEDIA_TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"
# What JSON Feed has no key for is in an object of our own, under the names of Feed and
# Entry: extensions begin with an underscore, and readers pass over them.
_OURS = "_folderfeed"
_OF_FEED: tuple[str, ...] = ("id", "updated", "rights", "license", "complete")
_OF_FEED += ("paging", "variants", "deleted", "podcast", "moved", "fresh")
_OF_ENTRY = ("comments", "source", "rights", "license", "episode", "markdown")
_COMMENT = (
    "This is a feed. To read it, copy this document's address into a feed reader. "
    "The same in a web page: "
)


def frame(feed: Feed, topic: str, prefixes: frozenset[str]) -> Frame:
    """The feed without its items, as it lies at `topic`."""
    filename = topic.rpartition("/")[2]
    following = feed.paging.previous
    head = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": topic,
        "description": feed.description,
        "user_comment": _COMMENT + feed.url,
        "next_url": following and following + filename,
        "icon": feed.image,
        "favicon": feed.icon,
        "authors": _people(feed.authors),
        "language": feed.language,
        _OURS: _told(feed, _OF_FEED) | _emails(feed.authors),
    }
    told = _dump({key: value for key, value in head.items() if value})
    before = told.removesuffix("\n}") + ',\n  "items": ['
    return Frame(before.encode(), b",", b"\n  ]\n}\n")


def write(entries: Sequence[Entry], feed: Feed) -> list[Fragment]:
    """The entries as items, each on lines of its own."""
    return [Fragment(_item(entry)) for entry in entries]


def _item(entry: Entry) -> bytes:
    image = entry.image.url if entry.image else ""
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.link,
        "title": entry.title,
        "content_html": entry.content,
        "content_text": "" if entry.content else entry.summary or entry.title,
        "summary": entry.summary,
        "image": image,
        "date_published": dates.rfc3339(entry.published),
        "date_modified": dates.rfc3339(entry.updated),
        "authors": _people(entry.authors),
        "tags": [category.term for category in entry.categories],
        "language": entry.language,
        "attachments": [_attachment(enclosure) for enclosure in entry.enclosures],
        _OURS: _told(entry, _OF_ENTRY)
        | _emails(entry.authors)
        | _schemes(entry)
        | ({"image": values.plain(entry.image)} if entry.image else {}),
    }
    told = _dump({key: value for key, value in item.items() if value})
    # textwrap.indent would split a text at U+2028 too.
    return ("\n    " + told.replace("\n", "\n    ")).encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _people(authors: tuple[Author, ...]) -> list[dict[str, str]]:
    return [
        {"name": author.name} | ({"url": author.uri} if author.uri else {})
        for author in authors
    ]


def _emails(authors: tuple[Author, ...]) -> dict[str, object]:
    found = {author.name: author.email for author in authors if author.email}
    return {"emails": found} if found else {}


def _schemes(entry: Entry) -> dict[str, object]:
    """The scheme that all categories are from, else that of each one that has any."""
    found = {each.term: each.scheme for each in entry.categories if each.scheme}
    every = {each.scheme for each in entry.categories}
    return {"scheme": every.pop() if len(every) == 1 else found} if found else {}


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    # NetNewsWire drops an attachment without a type.
    told = {
        "url": enclosure.url,
        "mime_type": enclosure.media_type or "application/octet-stream",
        "size_in_bytes": enclosure.length,
        "duration_in_seconds": enclosure.duration,
    }
    return {key: value for key, value in told.items() if value}


def _told(value: Feed | Entry, names: tuple[str, ...]) -> dict[str, object]:
    found = {name: values.plain(getattr(value, name)) for name in names}
    return {
        name: told for name, told in found.items() if told not in ("", None, {}, [], 0)
    }


def parse(body: bytes) -> Feed:
    """The feed that a JSON document is; FeedSyntaxError for what is none."""
    try:
        told = json.loads(body)
    except json.JSONDecodeError as error:
        raise FeedSyntaxError(f"not JSON: {error.msg.lower()}", error.lineno) from None
    except (ValueError, RecursionError):
        raise FeedSyntaxError("not JSON that can be read") from None
    if not isinstance(told, dict) or "jsonfeed.org" not in values.text(told, "version"):
        raise FeedSyntaxError("not JSON Feed: it says no version of it")
    language = values.text(told, "language")
    ours = values.mapping(told, _OURS)
    in_podcast = bool(values.mapping(ours, "podcast"))
    items = values.mappings(told, "items")
    entries = tuple(_entry(item, language, in_podcast) for item in items)
    url = values.text(told, "home_page_url")
    updated = max((entry.updated for entry in entries), default=EPOCH)
    paging = values.text(told, "next_url").rpartition("/")[0]
    said: dict[str, Any] = {
        "id": values.text(told, "feed_url") or url,
        "updated": updated,
        "image": values.text(told, "icon"),
        "paging": Paging(previous=f"{paging}/" if paging else ""),
    }
    return Feed(
        **(said | values.read(ours, Feed, _OF_FEED)),
        url=url,
        title=markup.line(values.text(told, "title")),
        description=values.text(told, "description"),
        authors=_authors(told),
        language=language,
        entries=entries,
        icon=values.text(told, "favicon"),
    )


def _entry(item: Mapping[str, Any], language: str, in_podcast: bool) -> Entry:
    ours = values.mapping(item, _OURS)
    said = values.read(ours, Entry, _OF_ENTRY)
    published = (
        values.date(item, "date_published")
        or values.date(item, "date_modified")
        or EPOCH
    )
    url = values.text(item, "url")
    title = markup.line(values.text(item, "title"))
    schemes = values.mapping(ours, "scheme")
    scheme = values.text(ours, "scheme")
    image = values.text(item, "image")
    enclosures = _enclosures(item)
    if in_podcast and enclosures:
        said.setdefault("episode", Episode())
    return Entry(
        **said,
        id=values.text(item, "id") or str(values.count(item, "id") or url),
        url=url,
        title=title,
        content=values.text(item, "content_html"),
        summary=_summary(item, title),
        published=published,
        updated=values.date(item, "date_modified") or published,
        authors=_authors(item),
        categories=tuple(
            Category(term, scheme or values.text(schemes, term))
            for term in values.texts(item, "tags")
        ),
        language=values.text(item, "language") or language,
        image=values.value(ours.get("image"), Image)
        or (Image(image) if image else None),
        enclosures=enclosures,
        link=values.text(item, "external_url"),
    )


def _summary(item: Mapping[str, Any], title: str) -> str:
    """The summary, or else the text of an item that has no HTML, if it says more."""
    told = markup.line(values.text(item, "summary"))
    if told or values.text(item, "content_html"):
        return told
    plain = markup.line(values.text(item, "content_text"))
    return plain if plain != title else ""


def _enclosures(item: Mapping[str, Any]) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(
            url,
            values.text(each, "mime_type"),
            values.count(each, "size_in_bytes"),
            values.count(each, "duration_in_seconds"),
        )
        for each in values.mappings(item, "attachments")
        if (url := values.text(each, "url"))
    )


def _authors(told: Mapping[str, Any]) -> tuple[Author, ...]:
    emails = values.mapping(values.mapping(told, _OURS), "emails")
    people = values.mappings(told, "authors") or [values.mapping(told, "author")]
    return tuple(
        Author(name, values.text(emails, name), values.text(person, "url"))
        for person in people
        if (name := values.text(person, "name"))
    )


_GUESSES = "index.json json feed/json feeds/json"
FORMAT = FeedFormat(
    "json", "JSON", "feed.json", _MEDIA_TYPE, _GUESSES, write, frame, parse
)
