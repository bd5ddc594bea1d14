"""The HTML pages: where people look, and where they subscribe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds import dates, languages
from feeds.documents.statistics import Statistics
from feeds.feed import Entry, Feed, Variant
from feeds.visits import Visits

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"

Variants = Sequence[Variant]
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

    Without a path it is only a name.
    """

    label: str
    path: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of one kind; `path` leads to all of them, "" where these are all."""

    title: str
    path: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What every page has around what it shows.

    `site` is the site's own feed; `offered` are the feeds that readers find on the
    page, `own` those that it shows; `root` leads to the front page.
    """

    site: Feed
    offered: tuple[Subscription, ...]
    own: tuple[Subscription, ...]
    root: str


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("feeds.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # it would look at the templates' files for each page
    )
    environment.filters["day"] = _day
    environment.filters["rfc3339"] = dates.rfc3339
    environment.filters["direction"] = languages.direction
    return environment


def _day(when: date) -> str:
    """31 January 2024, on the author's own calendar."""
    return f"{when.day} {when:%B %Y}"


def listing(
    feed: Feed,
    archive: str,
    links: Mapping[str, str],
    people: Mapping[str, str],
    groups: Sequence[Group],
    around: Around,
) -> bytes:
    """The page of a feed, or of one of its archives; the site's is its front page.

    `links` has the path of each entry's page by its id, `people` that of each
    author's by the name.
    """
    return _render(
        "listing.html",
        around,
        feed=feed,
        archive=archive,
        links=links,
        people=people,
        groups=groups,
    )


def article(
    entry: Entry,
    tags: Sequence[Link],
    people: Mapping[str, str],
    variants: Variants,
    around: Around,
    visits: Visits | None = None,
) -> bytes:
    """An article's own page; it shows `visits` where there are some."""
    return _render(
        "article.html",
        around,
        entry=entry,
        tags=tags,
        people=people,
        variants=variants,
        visits=visits,
    )


def directory(title: str, links: Sequence[Link], around: Around) -> bytes:
    """All pages of one kind: every tag, every author."""
    return _render("directory.html", around, title=title, links=links)


def not_found(around: Around) -> bytes:
    """What is shown where nothing lies: a short page that lists the feeds."""
    return _render("404.html", around)


def statistics(told: Statistics, around: Around) -> bytes:
    """The page of what was counted, with its charts."""
    values = {"told": told, "days": told.days, "rows": _MOST_ROWS}
    return _render("stats.html", around, **values)


def source(name: str) -> bytes:
    """A stylesheet as it is."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0].encode()


def _render(name: str, around: Around, **values: object) -> bytes:
    template = _environment().get_template(name)
    told = {name: getattr(around, name) for name in ("site", "offered", "own", "root")}
    return template.render({**told, **values}).encode()
