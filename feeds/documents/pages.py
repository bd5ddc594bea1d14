"""The HTML pages: where people look, and where they subscribe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds import dates, languages
from feeds.feed import Entry, Feed

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that a page offers: what it is called, where it lies, what it is."""

    label: str
    filename: str
    media_type: str


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("feeds.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = _day
    environment.filters["rfc3339"] = dates.rfc3339
    environment.filters["direction"] = languages.direction
    return environment


def _day(when: datetime) -> str:
    """31 January 2024, on the author's own calendar."""
    return f"{when.day} {when:%B %Y}"


def landing(
    feed: Feed, offered: tuple[Subscription, ...], links: Mapping[str, str]
) -> bytes:
    """The site's front page; `links` leads from an entry's id to its page."""
    return _render("landing.html", feed=feed, offered=offered, links=links, root="")


def article(
    entry: Entry, feed: Feed, offered: tuple[Subscription, ...], root: str
) -> bytes:
    """An article's own page; `root` leads from it to the site's front page."""
    return _render("article.html", entry=entry, feed=feed, offered=offered, root=root)


def not_found(feed: Feed, offered: tuple[Subscription, ...], root: str) -> bytes:
    """What is shown where nothing lies: a short page that lists the feeds."""
    return _render("404.html", feed=feed, offered=offered, root=root)


def stylesheet() -> bytes:
    """The one stylesheet of all pages."""
    return _source("feeds.css").encode()


def _render(name: str, **values: object) -> bytes:
    return _environment().get_template(name).render(values).encode()


def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]
