"""The HTML pages: where people look, and where they subscribe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from markupsafe import Markup

from feeds.documents import previews
from feeds.documents.outline import readied
from feeds.documents.statistics import Statistics
from feeds.documents.theme import OURS, Theme
from feeds.documents.words import FALLBACK, Words, are_spoken, words_of
from feeds.feed import Entry, Feed, Image, Variant
from feeds.languages import direction, name_of
from feeds.visits import Visits

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"

# Of articles, feeds and services in the tables of the statistics.
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that a page offers: its format, its title, where it lies, what it is.

    `path` leads there from the front page; `url` is the absolute address.
    """

    label: str
    title: str
    path: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site by its path from the front page, and how many articles it has.

    Without a path it is only a name. `language` is that of the label, "" for the
    site's.
    """

    label: str
    path: str = ""
    count: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of one kind; `path` leads to all `count` of them, "" if these are all."""

    title: str
    path: str
    links: tuple[Link, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What every page has around what it shows.

    `site` is the site's own feed, `root` leads to the front page. `spoken` are the
    attributes of what says our own words, where they are not in the site's language.
    `linked` and `subscribe` are finished HTML: of the feeds that readers find on the
    page, and of those that it shows.
    """

    site: Feed
    root: str
    words: Words
    spoken: Markup
    linked: Markup
    subscribe: Markup
    theme: Theme


@dataclass(frozen=True, slots=True)
class Facts:
    """When an entry was published and changed, and how long it is, in words.

    `spoken` are the attributes of what says so, where that is in another language.
    """

    published: str
    updated: str
    minutes: str
    spoken: Markup


@dataclass(frozen=True, slots=True)
class Teaser:
    """An entry as a page lists it; `path` leads to its own page, as in `Link`.

    `picture` is there where it can be shown.
    """

    entry: Entry
    path: str
    minutes: int = 0
    picture: Image | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists entries: of a feed, or of one of its archives.

    `title` names the page wherever it is named, `heading` stands above it, below the
    ways that lead there. `picture` and `about` are addresses, "" for none.
    """

    feed: Feed
    url: str
    title: str
    heading: str
    teasers: tuple[Teaser, ...]
    ways: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    is_archive: bool = False
    picture: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What an article's page leads to: `newer` and `older` are articles, if any."""

    tags: tuple[Link, ...] = ()
    variants: tuple[Variant, ...] = ()
    newer: Link | None = None
    older: Link | None = None


def around(
    site: Feed,
    root: str,
    offered: Sequence[Subscription],
    own: Sequence[Subscription],
    theme: Theme = OURS,
) -> Around:
    """What is around pages that name the feeds `offered`, and show their `own`."""
    words = words_of(site.language)
    told = {"root": root, "words": words, "site": site, "offered": offered, "own": own}
    return Around(
        site,
        root,
        words,
        _spoken(words, site.language),
        Markup(theme.render("links.html", told)),
        Markup(theme.render("subscribe.html", told)),
        theme,
    )


def listing(shown: Listing, people: Mapping[str, str], around: Around) -> bytes:
    """The page of a feed, or of one of its archives; the site's is its front page.

    `people` has the path of each author's page by the name.
    """
    feed, site = shown.feed, around.site
    is_front = shown.url == site.url
    return _render(
        "listing.html",
        around,
        listing=shown,
        feed=feed,
        people=people,
        facts_of=lambda teaser: _facts(teaser.entry, teaser.minutes, around),
        language_of=lambda entry: _language(entry.language, site.language),
        is_front=is_front,
        locale=previews.locale(feed.language),
        data=previews.of_site(site) if is_front else "",
    )


def article(
    entry: Entry,
    minutes: int,
    beside: Beside,
    people: Mapping[str, str],
    around: Around,
    visits: Visits | None = None,
) -> bytes:
    """An article's own page; it shows `visits` where there are some."""
    variants = [v for v in beside.variants if v.language != entry.language]
    return _render(
        "article.html",
        around,
        entry=entry,
        content=Markup(readied(entry.content)),
        beside=beside,
        people=people,
        visits=visits,
        facts=_facts(entry, minutes, around),
        language=_written(entry.language, _way(entry, around)),
        said=_words(entry.language, around),
        variants=[(v, name_of(v.language)) for v in variants],
        files=[e for e in entry.enclosures if e.url not in entry.content],
        locale=previews.locale(entry.language),
        data=previews.of_article(entry, minutes, around.site),
    )


def directory(title: str, links: Sequence[Link], url: str, around: Around) -> bytes:
    """All pages of one kind: every tag, every author."""
    return _render("directory.html", around, title=title, links=links, url=url)


def not_found(around: Around) -> bytes:
    """What is shown where nothing lies: a short page that lists the feeds."""
    return _render("404.html", around)


def statistics(told: Statistics, around: Around) -> bytes:
    """The page of what was counted, with its charts."""
    values = {"told": told, "days": told.days, "rows": _MOST_ROWS}
    values["english"] = words_of(FALLBACK)
    return _render("stats.html", around, **values)


def source(name: str, theme: Theme = OURS) -> bytes:
    """A stylesheet as it is."""
    return theme.source(name).encode()


def _render(name: str, around: Around, **values: object) -> bytes:
    told = {each: getattr(around, each) for each in _AROUND}
    return around.theme.render(name, {**told, **values}).encode()


_AROUND = tuple(field.name for field in fields(Around) if field.name != "theme")


def _words(language: str, around: Around) -> Words:
    """The words to be said in a text: its own language's, if there are any."""
    return words_of(language) if are_spoken(language) else around.words


def _facts(entry: Entry, minutes: int, around: Around) -> Facts:
    words = _words(entry.language, around)
    changed = entry.updated.date() != entry.published.date()
    day = words.day(entry.updated) if changed else ""
    return Facts(
        words.day(entry.published),
        words["updated"].format(day=day) if day else "",
        words.minutes(minutes),
        _spoken(words, entry.language),
    )


def _spoken(words: Words, language: str) -> Markup:
    """The attribute of what is said in another language than what is around it."""
    is_same = _base(words.language) == _base(language)
    return Markup("") if is_same else Markup(' lang="{}"').format(words.language)


def _language(language: str, around: str) -> Markup:
    if language == around:
        return Markup(' dir="auto"')
    return _written(language, direction(language))


def _written(language: str, way: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(language, way)


def _way(entry: Entry, around: Around) -> str:
    is_same = entry.language == around.site.language
    return "auto" if is_same else direction(entry.language)


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
