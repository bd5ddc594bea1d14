"""What programs read in a feed is what its entries are, in every format."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import escape, unescape
from pathlib import Path

import feedparser
import pytest

from feeds import markup
from feeds.documents.formats import FORMATS
from feeds.feed import (
    Author,
    Category,
    Comments,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Image,
    Source,
)
from tests.documents.programs import READERS, Seen, seen_in
from tests.documents.strategies import HOSTILE

pytestmark = pytest.mark.thorough

WHEN = datetime(2026, 2, 3, 10, tzinfo=UTC)

# What no program can see, or this one does not look for ---------------------------


def first(values: tuple) -> tuple:
    return values[:1]


def last(values: tuple) -> tuple:
    return values[-1:]


def none(values: tuple) -> tuple:
    return ()


def terms(categories: tuple) -> tuple:
    return tuple((term, "") for term, _ in categories)


def unmeasured(files: tuple) -> tuple:
    return tuple((url, kind, 0) for url, kind, _ in files)


def first_measured(files: tuple) -> tuple:
    return files[:1] + unmeasured(files[1:])


def untold(content: str) -> str:
    """feedparser knows <details>, and not its <summary>."""
    return content.replace("<summary>", "").replace("</summary>", "")


#: All else is seen, as it is in the entry. feedparser reads no JSON.
UNSEEN: dict[tuple[str, str], dict[str, Callable]] = {
    ("feedparser", "rss"): {"content": untold},
    ("feedparser", "atom"): {"content": untold},
    ("fastfeedparser", "rss"): {"authors": first, "enclosures": first_measured},
    ("fastfeedparser", "atom"): {"authors": first, "enclosures": unmeasured},
    ("fastfeedparser", "json"): {"authors": first, "categories": terms},
    ("reader", "rss"): {
        "authors": last,
        "categories": none,
        "enclosures": first,
        "content": untold,
    },
    ("reader", "atom"): {"authors": last, "categories": none, "content": untold},
    ("reader", "json"): {"categories": none},
}
every = pytest.mark.parametrize(
    ("program", "name"), UNSEEN, ids=[" ".join(key) for key in UNSEEN]
)

# Atom writes a title that could be taken for markup as HTML (RFC 4287 3.1.1), for
# those who would take it so. These programs hand over the source; feedparser alone
# says beside it what it is.
MARKED = (
    "the <b> element",
    "a </b> alone",
    "<b>bold</b>",
    "&amp; means &",
    "&copy &copy; &#38;",
    "<![CDATA[no start",
    "<!-- no comment",
)
# With a name of HTML in it and a semicolon, feedparser takes any RSS title for HTML.
GUESSED = {"&copy &copy; &#38;": "&copy; &copy; &#38;"}
TITLES: dict[tuple[str, str], dict[str, str]] = {
    **{key: {} for key in UNSEEN},
    **{key: GUESSED for key in [("feedparser", "rss"), ("reader", "rss")]},
    **{
        (program, "atom"): {title: escape(title, quote=False) for title in MARKED}
        for program in READERS
    },
}


@pytest.fixture(scope="module", autouse=True)
def _today() -> Iterator[None]:
    """reader's own copy of feedparser wants a module that pip no longer brings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READER_NO_VENDORED_FEEDPARSER", "1")
        yield


def feed_of(*entries: Entry) -> Feed:
    url, authors = "https://a.example/", (Author("Ann"),)
    return Feed("tag:a.example,2026:f", url, "A", "D", WHEN, authors, "en", entries)


def entry(number: int = 0, **changes) -> Entry:
    told = {
        "id": f"tag:a.example,2026:{number}",
        "url": f"https://a.example/{number}/",
        "title": "A",
        "content": "<p>a</p>",
        "summary": "s",
        "published": WHEN,
        "updated": WHEN,
        "authors": (Author("Ann"),),
    }
    return Entry(**{**told, **changes})


def seen_by(program: str, name: str, feed: Feed, place: Path) -> list[Seen]:
    form = FORMATS[name]
    body = form.render(feed, f"https://a.example/{form.filename}", None)
    return sorted(READERS[program](body, name, place), key=lambda seen: seen.id)


def left(program: str, name: str, *entries: Entry) -> list[Seen]:
    """What that program can see of these entries, in that format."""
    unseen = UNSEEN[program, name]
    found = [
        replace(
            seen, **{field: of(getattr(seen, field)) for field, of in unseen.items()}
        )
        for seen in map(seen_in, entries)
    ]
    return sorted(found, key=lambda seen: seen.id)


@every
def test_the_sample_site_is_read_as_it_is(program, name, sample, tmp_path):
    body = sample.document(FORMATS[name].filename).body
    entries = sample.edition.feed.entries
    titled = unescape if name == "atom" else str  # one of the titles is MARKED
    found = [
        replace(seen, title=titled(seen.title))
        for seen in READERS[program](body, name, tmp_path)
    ]
    assert sorted(found, key=lambda seen: seen.id) == left(program, name, *entries)
    assert len(found) == 12


@every
def test_all_that_an_entry_says_is_read(program, name, tmp_path):
    zone = timezone(timedelta(hours=-5))
    whole = entry(
        published=datetime(2026, 2, 2, 22, 30, tzinfo=zone),
        authors=(
            Author("Ann"),
            Author("Ben & Co", "ben@a.example", "https://b.example/"),
        ),
        categories=(
            Category("clocks", "https://a.example/tags/"),
            Category("a & <b>, c", "https://a.example/tags/"),
        ),
        enclosures=(
            Enclosure("https://a.example/1.mp3?a=1&b=2", "audio/mpeg", 1234, 61),
            Enclosure("https://a.example/1.ogg", "audio/ogg", 5678),
        ),
        image=Image("https://a.example/1.jpg", "alt", "caption", "Ben", "image/jpeg"),
        summary='It ticks & <tocks>, "so" ]]> &copy; 😀',
        content="<p>a &amp; <em>b</em> &lt;c&gt; ]]&gt; &amp;copy;</p>\n<pre> d</pre>",
        episode=Episode("7", 2, "full"),
        comments=Comments(url="https://a.example/#talk", count=3),
        source=Source("B", "https://b.example/"),
        link="https://c.example/",
        rights="© Ben",
        markdown="a & *b*",
    )
    assert seen_by(program, name, feed_of(whole), tmp_path) == left(
        program, name, whole
    )


@every
def test_every_title_is_read_as_it_is_written(program, name, tmp_path):
    titles = sorted(map(markup.line, HOSTILE))
    entries = [entry(number, title=title) for number, title in enumerate(titles, 10)]
    found = seen_by(program, name, feed_of(*entries), tmp_path)
    known = TITLES[program, name]
    assert [seen.title for seen in found] == [known.get(t, t) for t in titles]


def test_feedparser_says_which_titles_are_html():
    body = FORMATS["atom"].render(
        feed_of(*(entry(number, title=t) for number, t in enumerate(HOSTILE))),
        "x",
        None,
    )
    told = {
        unescape(e.title): e.title_detail.type for e in feedparser.parse(body).entries
    }
    assert {title for title, kind in told.items() if kind == "text/html"} == set(MARKED)


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_feedparser_sees_the_feed_as_it_is(name, sample):
    feed = sample.edition.feed
    told = feedparser.parse(sample.document(FORMATS[name].filename).body).feed
    assert told.link == feed.url
    assert (told.title, told.subtitle) == (feed.title, feed.description)
    assert told.language == feed.language
    assert datetime(*told.updated_parsed[:6], tzinfo=UTC) == feed.updated
    assert tuple(author.name for author in told.authors) == tuple(
        author.name for author in feed.authors
    )
