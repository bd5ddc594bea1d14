"""What was counted, told of a site: its feeds and articles by their names of now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from feeds.articles.article import Article
from feeds.documents.statistics import (
    FollowedDocument,
    FollowedFeed,
    ReadArticle,
    Record,
    Statistics,
)
from feeds.edition import Edition
from feeds.navigation import formats_of
from feeds.shelves import Shelf
from feeds.statistics.counts import Counts, Days, counts_at
from feeds.statistics.days import day_of, days_until

#: How many days are told, unless somebody says otherwise.
SPAN = 30
_WEEK = 7


def statistics_of(
    edition: Edition, place: Path, now: datetime, span: int = SPAN
) -> Statistics:
    """The statistics of a site, as they are kept at `place`; or StatisticsError."""
    days = days_until(day_of(now, edition.config.timezone), span)
    counts = counts_at(place, days_until(days[-1], max(span, _WEEK))[0])
    followed: dict[str, dict[str, Days]] = {}
    for (document, service), told in counts.subscribers.items():
        followed.setdefault(document, {})[service] = told
    articles = (
        _article(article, edition, counts, days) for article in edition.articles
    )
    feeds = [
        _feed(shelf, followed, days)
        for shelf in edition.shelves.values()
        if not shelf.archive
    ]
    return Statistics(
        edition.config.title,
        edition.config.home,
        days,
        tuple(feed for feed in feeds if any(feed.days) or not feed.path),
        tuple(sorted(filter(_is_read, articles), key=_rank)),
        tuple(_records(edition, counts, days)),
    )


def _is_read(article: ReadArticle) -> bool:
    return article.total > 0


def _rank(article: ReadArticle) -> tuple[int, int, str]:
    return -sum(article.days), -article.total, article.title


def _article(
    article: Article, edition: Edition, counts: Counts, days: tuple[date, ...]
) -> ReadArticle:
    name = edition.ids[article.path]
    own = article.visits.total if article.visits else 0
    visits = counts.visits.get(name, {})
    return ReadArticle(
        article.title,
        quote(edition.addresses.pages[article.path]),
        tuple(visits.get(day, 0) for day in days),
        sum(visits.get(day, 0) for day in days_until(days[-1], _WEEK)),
        counts.totals.get(name, 0) + own,
    )


def _feed(
    shelf: Shelf,
    followed: Mapping[str, Mapping[str, Days]],
    days: tuple[date, ...],
) -> FollowedFeed:
    # Yesterday is needed to tell what is so now.
    now = days_until(days[-1], 2)
    documents, services = [], dict[str, int]()
    found: list[Days] = []
    for form in formats_of(shelf.offer):
        path = shelf.place + form.filename
        by_service = followed.get(path, {})
        latest = {name: _greatest(told, now) for name, told in by_service.items()}
        direct = latest.pop("", 0)
        for name, count in latest.items():
            services[name] = services.get(name, 0) + count
        told = sum(latest.values())
        documents.append(FollowedDocument(form.label, quote(path), told, direct))
        found += by_service.values()
    largest = sorted(services.items(), key=lambda item: (-item[1], item[0]))
    each = tuple(sum(counts.get(day, 0) for counts in found) for day in days)
    return FollowedFeed(
        shelf.offer.title,
        quote(shelf.place),
        tuple(documents),
        tuple((name, count) for name, count in largest if count),
        each,
    )


def _greatest(told: Days, days: Iterable[date]) -> int:
    return max(told.get(day, 0) for day in days)


def _records(
    edition: Edition, counts: Counts, days: tuple[date, ...]
) -> Iterator[Record]:
    """Every count of these days, by day, of what the site still has."""
    pages = {
        edition.ids[article.path]: edition.addresses.pages[article.path]
        for article in edition.articles
    }
    every = [
        Record(day, "visits", quote(pages[article]), "", count)
        for article, told in counts.visits.items()
        if article in pages
        for day, count in told.items()
    ]
    every += [
        Record(day, "service" if name else "direct", quote(document), name, count)
        for (document, name), told in counts.subscribers.items()
        for day, count in told.items()
    ]
    every.sort(key=lambda record: (record.day, record.kind, record.path, record.name))
    return (record for record in every if record.day >= days[0])
