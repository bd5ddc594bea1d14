"""What is rendered can be read again, and every format says the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from feeds import markup
from feeds.documents.formats import FORMATS
from feeds.feed import Comments, Entry, Feed
from tests.documents.strategies import feeds

#: What a format cannot hold, as what is left of it; all else comes back as it was.
LOST_OF_FEED = {
    "rss": {
        # Foreign feeds have HTML here as often as text: closing tags tell them apart.
        "description": lambda feed: markup.told(feed.description),
    },
    "atom": {},
    "json": {
        # It is no XML, and browsers style it themselves.
        "stylesheet": lambda feed: "",
    },
}


def _pictured(entry: Entry):
    """Media RSS describes what lies at an address.

    Without a summary, feedparser would take the caption for it: none is written.
    """
    image = entry.image
    if image is None or not image.url:
        return None
    return image if entry.summary else replace(image, caption="")


def _open(entry: Entry):
    """No vocabulary says that comments are closed."""
    told = entry.comments
    known = told and (told.url or told.feed or told.count is not None)
    return Comments(True, told.url, told.count, told.feed) if known else None


def _first_timed(entry: Entry):
    """itunes:duration is of an episode; Media RSS has one for each of the others."""
    first, rest = entry.enclosures[:1], entry.enclosures[1:]
    if entry.episode is None:
        first = tuple(replace(each, duration=0) for each in first)
    return first + rest


def _only_first_timed(entry: Entry):
    """Atom's links have no room for it."""
    first = _first_timed(entry)[:1]
    return first + tuple(replace(each, duration=0) for each in entry.enclosures[1:])


LOST_OF_ENTRY = {
    "rss": {"image": _pictured, "comments": _open, "enclosures": _first_timed},
    "atom": {"image": _pictured, "comments": _open, "enclosures": _only_first_timed},
    "json": {},
}


def kept(feed: Feed, name: str) -> Feed:
    """What a format holds of a feed."""
    of_feed, of_entry = LOST_OF_FEED[name], LOST_OF_ENTRY[name]
    entries = tuple(
        replace(entry, **{field: left(entry) for field, left in of_entry.items()})
        for entry in feed.entries
    )
    told = {field: left(feed) for field, left in of_feed.items()}
    return replace(feed, entries=entries, **told)


thorough = settings(deadline=None)


def rendered(feed: Feed, name: str) -> bytes:
    form = FORMATS[name]
    return form.render(feed, f"https://a.example/{form.filename}", None)


def read_again(feed: Feed, name: str) -> Feed:
    return FORMATS[name].parse(rendered(feed, name))


@pytest.mark.parametrize("name", FORMATS)
@thorough
@given(feed=feeds())
def test_what_is_rendered_is_read_as_it_was(name, feed):
    assert read_again(feed, name) == kept(feed, name)


@pytest.mark.parametrize("name", FORMATS)
@thorough
@given(feed=feeds())
def test_what_was_read_is_rendered_to_the_same_bytes(name, feed):
    feed = kept(feed, name)
    assert rendered(read_again(feed, name), name) == rendered(feed, name)


@thorough
@given(feed=feeds())
def test_every_format_says_the_same(feed):
    read = [read_again(feed, name) for name in FORMATS]
    for name in FORMATS:
        read = [kept(each, name) for each in read]
    assert read == read[:1] * len(FORMATS)
