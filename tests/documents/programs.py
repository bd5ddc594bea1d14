"""Programs that read feeds, and what they see of an entry."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import fastfeedparser
import feedparser
from lxml import etree, html

from feeds.documents.formats import FORMATS
from feeds.feed import Entry

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """An entry as a program sees it, in the words that all of them have."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    enclosures: tuple[tuple[str, str, int], ...]
    summary: str
    content: str


def seen_in(entry: Entry) -> Seen:
    """All that there is to see of an entry."""
    return Seen(
        entry.id,
        entry.title,
        entry.url,
        entry.published,
        entry.updated,
        tuple(author.name for author in entry.authors),
        tuple((each.term, each.scheme) for each in entry.categories),
        tuple((each.url, each.media_type, each.length) for each in entry.enclosures),
        entry.summary,
        same(entry.content),
    )


def same(content: str) -> str:
    """HTML spelt in one way, so that what means the same is the same."""
    root = html.fragment_fromstring(content, create_parent="div")
    return etree.tostring(root, method="c14n").decode()


def by_feedparser(body: bytes, name: str, place: Path) -> Iterator[Seen]:
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    for e in parsed.entries:
        # RSS has one <enclosure>; the others are Media RSS.
        files = [f for f in e.get("media_content", ()) if f["medium"] != "image"]
        more = ((f["url"], f["type"], int(f["filesize"])) for f in files)
        yield Seen(
            e.id,
            e.title,
            e.link,
            datetime(*e.published_parsed[:6], tzinfo=UTC),
            datetime(*e.updated_parsed[:6], tzinfo=UTC),
            tuple(author.name for author in e.authors),
            tuple((tag.term, tag.scheme or "") for tag in e.get("tags", ())),
            tuple((f.href, f.type, int(f.length)) for f in e.enclosures) + tuple(more),
            unescape(e.summary),
            same(e.content[0].value),
        )


def by_fastfeedparser(body: bytes, name: str, place: Path) -> Iterator[Seen]:
    for e in fastfeedparser.parse(body).entries:
        links = [link for link in e.links if link["rel"] == "enclosure"]
        files = [f for f in e.get("media_content", ()) if f["medium"] != "image"]
        told = [*e.get("enclosures", ()), *({**f, "url": f["href"]} for f in links)]
        yield Seen(
            e.id,
            e.title,
            e.link,
            datetime.fromisoformat(e.published),
            datetime.fromisoformat(e.updated),
            tuple(author["name"] for author in e.authors),
            tuple((tag["term"], tag["scheme"] or "") for tag in e.get("tags", ())),
            tuple((f["url"], f["type"], f.get("length", 0)) for f in [*told, *files]),
            e.description if name == "json" else unescape(e.description),
            same(e.content[0]["value"]),
        )


def by_reader(body: bytes, name: str, place: Path) -> Iterator[Seen]:
    from reader import make_reader

    filename = FORMATS[name].filename
    (place / filename).write_bytes(body)
    with closing(make_reader(":memory:", feed_root=str(place))) as reader:
        reader.add_feed(filename)
        reader.update_feed(filename)
        found = {entry.id: entry for entry in reader.get_entries()}
    for e in found.values():
        yield Seen(
            e.id,
            e.title or "",
            e.link or "",
            e.published or NEVER,
            e.updated or NEVER,
            tuple(author.name or "" for author in e.authors),
            (),
            tuple((f.href, f.type or "", f.length or 0) for f in e.enclosures),
            (e.summary or "") if name == "json" else unescape(e.summary or ""),
            same(e.content[0].value),
        )


READERS: dict[str, Callable[[bytes, str, Path], Iterable[Seen]]] = {
    "feedparser": by_feedparser,
    "fastfeedparser": by_fastfeedparser,
    "reader": by_reader,
}
