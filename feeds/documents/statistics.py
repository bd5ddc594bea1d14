"""Visits and subscribers as they are told: values, and their CSV and JSON."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO

CSV = "text/csv; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article: its visits on each day, the last one today, in a week, and in all.

    `path` leads to its page from the front page; the week is seven days until today.
    """

    title: str
    path: str
    days: tuple[int, ...]
    week: int
    total: int

    @property
    def today(self) -> int:
        """The visits of today."""
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class FollowedDocument:
    """A feed in one format: those who read it through services, and by themselves."""

    label: str
    path: str
    services: int
    direct: int


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed in all its formats; `services` are the largest first, each by its name.

    What is said of now is the greater number of yesterday and today, as most ask once a
    day; `days` has those of each day, the last one today.
    """

    title: str
    path: str
    documents: tuple[FollowedDocument, ...]
    services: tuple[tuple[str, int], ...]
    days: tuple[int, ...]

    @property
    def by_services(self) -> int:
        """How many read it through services."""
        return sum(document.services for document in self.documents)

    @property
    def direct(self) -> int:
        """How many read it by themselves."""
        return sum(document.direct for document in self.documents)

    @property
    def subscribers(self) -> int:
        """How many follow it."""
        return self.by_services + self.direct


@dataclass(frozen=True, slots=True)
class Record:
    """A count of one day: `visits` of a page, or subscribers of a document.

    Those are by `service`, whose name they have, or `direct`.
    """

    day: date
    kind: str
    path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was counted of a site on `days`, the last of which is today."""

    title: str
    home: str
    days: tuple[date, ...]
    feeds: tuple[FollowedFeed, ...]
    articles: tuple[ReadArticle, ...]
    records: tuple[Record, ...]

    @property
    def visits(self) -> tuple[int, ...]:
        """The visits of all articles on each day."""
        return _sums(self.days, (article.days for article in self.articles))

    @property
    def subscribers(self) -> tuple[int, ...]:
        """The subscribers of all feeds on each day."""
        return _sums(self.days, (feed.days for feed in self.feeds))


def _sums(days: tuple[date, ...], counts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    none = (0,) * len(days)
    return tuple(map(sum, zip(none, *counts, strict=True)))


def to_csv(told: Statistics) -> str:
    """A line for each count of each day."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("day", "kind", "path", "name", "count"))
    lines.writerows((r.day, r.kind, r.path, r.name, r.count) for r in told.records)
    return out.getvalue()


def to_json(told: Statistics) -> str:
    """Everything, as JSON."""
    value = {
        "title": told.title,
        "home": told.home,
        "days": [f"{day}" for day in told.days],
        "feeds": [_feed(feed) for feed in told.feeds],
        "articles": [
            {
                "title": article.title,
                "path": article.path,
                "today": article.today,
                "week": article.week,
                "total": article.total,
                "days": article.days,
            }
            for article in told.articles
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _feed(feed: FollowedFeed) -> dict[str, object]:
    return {
        "title": feed.title,
        "path": feed.path,
        "subscribers": feed.subscribers,
        "by_services": feed.by_services,
        "direct": feed.direct,
        "formats": [
            {
                "format": document.label,
                "path": document.path,
                "by_services": document.services,
                "direct": document.direct,
            }
            for document in feed.documents
        ],
        "services": dict(feed.services),
        "days": feed.days,
    }
