"""The counts that were written, by day, to be told of."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from feeds.errors import StatisticsError
from feeds.statistics.store import read

_SUBSCRIBERS = """
SELECT document, service, day, count FROM subscribers WHERE day >= :since
UNION ALL
SELECT document, service, day, SUM(count) FROM services WHERE day >= :since
GROUP BY document, service, day
UNION ALL
SELECT document, '', day, COUNT(*) FROM direct WHERE day >= :since
GROUP BY document, day
"""
#: How many there were on each day on which there were any.
Days = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Visits by the article's id, in all and by day; subscribers by day.

    Those are by the feed's document and the service through which they read, which is
    "" for who asks directly.
    """

    totals: Mapping[str, int] = field(default_factory=dict)
    visits: Mapping[str, Days] = field(default_factory=dict)
    subscribers: Mapping[tuple[str, str], Days] = field(default_factory=dict)


def counts_at(place: Path, since: date) -> Counts:
    """What is kept at `place`, by day from `since` on; or StatisticsError."""
    try:
        with read(place) as connection:
            return Counts() if connection is None else _counts(connection, since)
    except (sqlite3.Error, OSError) as error:
        fix = "check its rights; feeds serve puts a damaged file aside"
        raise StatisticsError(f"{place}: cannot be read: {error} ({fix})") from None


def _counts(connection: sqlite3.Connection, since: date) -> Counts:
    told = {"since": f"{since}"}
    visits: dict[str, dict[date, int]] = {}
    subscribers: dict[tuple[str, str], dict[date, int]] = {}
    connection.execute("BEGIN")  # so that all is of one moment
    query = "SELECT article, day, count FROM visits WHERE day >= :since"
    for article, day, count in connection.execute(query, told):
        visits.setdefault(article, {})[date.fromisoformat(day)] = count
    for document, service, day, count in connection.execute(_SUBSCRIBERS, told):
        days = subscribers.setdefault((document, service), {})
        # The last of a day that is over may not have been added to it yet.
        known = days.get(date.fromisoformat(day), 0)
        days[date.fromisoformat(day)] = max(known, count)
    totals = dict(connection.execute("SELECT article, count FROM totals"))
    return Counts(totals, visits, subscribers)
