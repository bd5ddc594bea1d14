"""The months of a feed that are past, each for ever the same (RFC 5005 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from feeds.articles.article import Article

FOLDER = "archives/"
# Of a busy month there are several archives, each closed as soon as it is full.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Archive:
    """Some articles of one month, newest first; `name` is `2024-05`, or `2024-05-2`."""

    name: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """What a feed itself carries, and its archives, oldest first.

    `complete`: the feed carries all there is, and so has no archives.
    """

    current: tuple[Article, ...]
    archives: tuple[Archive, ...] = ()
    complete: bool = False


def divide(
    articles: Sequence[Article], limit: int, now: datetime, zone: tzinfo
) -> Division:
    """Part a feed's articles, newest first, into what it lists and its archives.

    It lists the newest `limit` (0: all), whatever has not got into an archive yet, and
    archived articles that were updated since, so that subscribers hear of it (RFC 5005
    4.1). A single archive could lead nowhere, so there is none until there are two.
    """
    if not limit or len(articles) <= limit:
        return Division(tuple(articles), complete=True)
    archives = _archives(articles, now, zone)
    if len(archives) < 2:
        return Division(tuple(articles[:limit]))
    archived = sum(len(archive.articles) for archive in archives)
    count = max(limit, len(articles) - archived)
    month = _month(now, zone)
    updated = [
        article
        for article in articles[count:]
        if article.updated is not None
        and article.updated <= now
        and _month(article.updated, zone) == month
    ]
    return Division((*articles[:count], *updated[:limit]), archives)


def next_month(now: datetime, zone: tzinfo) -> datetime:
    """When this month is past."""
    here = now.astimezone(zone)
    years, month = divmod(here.month, 12)
    return datetime(here.year + years, month + 1, 1, tzinfo=zone)


def _archives(
    articles: Sequence[Article], now: datetime, zone: tzinfo
) -> tuple[Archive, ...]:
    """Every month that is past, and of this one what fills archives, oldest first."""
    months: dict[str, list[Article]] = {}
    for article in reversed(articles):
        if article.published is not None:
            months.setdefault(_month(article.published, zone), []).append(article)
    found = []
    for month, written in sorted(months.items()):
        for start in range(0, len(written), _MOST):
            part = written[start : start + _MOST]
            if month == _month(now, zone) and len(part) < _MOST:
                continue
            name = f"{month}-{start // _MOST + 1}" if start else month
            found.append(Archive(name, tuple(reversed(part))))
    return tuple(found)


def _month(when: datetime, zone: tzinfo) -> str:
    return f"{when.astimezone(zone):%Y-%m}"
