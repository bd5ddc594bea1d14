"""A site's own templates tried out, before anybody sees a page made with them."""

from datetime import UTC, datetime, timedelta

from feeds.documents import pages
from feeds.documents.theme import Theme
from feeds.feed import (
    Author,
    Category,
    Comments,
    Enclosure,
    Entry,
    Feed,
    Image,
    Paging,
    Source,
    Variant,
)

_HOME = "https://example.org/"
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_ANN = Author("Ann", uri=_HOME)
_RICH = Entry(
    id=_HOME,
    url=f"{_HOME}a/",
    title="A title",
    content="<p>A text.</p>",
    summary="A summary.",
    published=_WHEN,
    updated=_WHEN + timedelta(days=1),
    authors=(_ANN,),
    categories=(Category("tag"),),
    language="en",
    image=Image(f"{_HOME}a.png", "alt", "caption", "credit"),
    comments=Comments(url=f"{_HOME}talk", count=1),
    enclosures=(Enclosure(f"{_HOME}a.mp3", "audio/mpeg"),),
    link=_HOME,
    source=Source("Source", _HOME),
    rights="Ann",
    license=_HOME,
)
_BARE = Entry(_HOME, f"{_HOME}b/", "A title", "", "", _WHEN, _WHEN, language="he")


def try_out(theme: Theme) -> None:
    """Make pages of every kind, of much and of nothing; what cannot be is dropped."""
    known = -1
    while known < (known := len(theme.problems)):
        for feed in (_feed(_RICH, _BARE), _feed()):
            _make(feed, theme)
        theme.drop_broken()


def _feed(*entries: Entry) -> Feed:
    paging = Paging(_HOME, _HOME, _HOME) if entries else Paging()
    about = "A description." if entries else "A site"
    variants = (Variant("de", _HOME),) if entries else ()
    return Feed(
        *(_HOME, _HOME, "A site", about, _WHEN, (_ANN,), "en", entries),
        image=f"{_HOME}a.png",
        paging=paging,
        variants=variants,
    )


def _make(feed: Feed, theme: Theme) -> None:
    offered = [pages.Subscription("RSS", "A site", "rss.xml", _HOME, "text/xml")] * 2
    around = pages.around(feed, "../", offered, offered, theme)
    people = {"Ann": "authors/ann/"}
    link = pages.Link("A link", "a/", 1)
    teasers = tuple(pages.Teaser(entry, "a/", 1, entry.image) for entry in feed.entries)
    groups = (pages.Group("Tags", "tags/", (link,), 20),)
    for url, is_archive in ((_HOME, False), (f"{_HOME}archives/", True)):
        shown = pages.Listing(
            feed, url, "A title", "A heading", teasers, (link,), groups, is_archive
        )
        pages.listing(shown, people, around)
    for entry in feed.entries:
        beside = pages.Beside((link,), (Variant("de", _HOME),), link, link)
        pages.article(entry, 1, beside, people, around)
        pages.article(entry, 0, pages.Beside(), people, around)
    pages.directory("Tags", (link,), _HOME, around)
    pages.not_found(around)
