"""What pages show of the counts: for a quarter of an hour, the same everywhere."""

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, tzinfo
from pathlib import Path

from feeds.statistics.days import day_of, quarter
from feeds.statistics.store import opened, read, writing
from feeds.visits import Visits

_NUMBERS = """
SELECT totals.article, totals.count, COALESCE(visits.count, 0)
FROM totals LEFT JOIN visits ON visits.article = totals.article AND visits.day = ?
"""


def shown_at(
    place: Path, now: datetime, zone: tzinfo, *, reads: bool = False
) -> Mapping[str, Visits] | None:
    """The visits of each article, by its id, as pages show them in this quarter.

    They are those of when somebody first asked in it, which is kept at `place` for all
    others; who only `reads` keeps nothing. None where they cannot be read.
    """
    begun, today = quarter(now), day_of(now, zone)
    # What is wrong with the file is told by who counts.
    with suppress(sqlite3.Error, OSError):
        if not reads:
            return _kept(place, begun, today)
    with suppress(sqlite3.Error, OSError), read(place) as connection:
        return {} if connection is None else _numbers(connection, begun, today)
    return None


def _kept(place: Path, begun: datetime, today: date) -> Mapping[str, Visits]:
    with opened(place) as connection:
        if not _is_of(connection, begun):
            with writing(connection):
                if not _is_of(connection, begun):  # or another process was first
                    _keep(connection, begun, today)
        return _shown(connection)


def _is_of(connection: sqlite3.Connection, begun: datetime) -> bool:
    """Whether what is kept is of that quarter, or of a later one."""
    found = connection.execute("SELECT MAX(quarter) FROM quarters").fetchone()[0]
    return found is not None and datetime.fromisoformat(found) >= begun


def _keep(connection: sqlite3.Connection, begun: datetime, today: date) -> None:
    new = [
        (article, visits.total, visits.today, begun.isoformat())
        for article, visits in _numbers(connection, begun, today).items()
        if visits.since == begun
    ]
    connection.executemany("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)", new)
    connection.execute("DELETE FROM quarters")
    connection.execute("INSERT INTO quarters VALUES (?)", (begun.isoformat(),))


def _numbers(
    connection: sqlite3.Connection, begun: datetime, today: date
) -> Mapping[str, Visits]:
    """What is to be shown in that quarter: where it is the same, since when it was."""
    before = _shown(connection)
    if _is_of(connection, begun):
        return before
    found = {}
    for article, total, of_today in connection.execute(_NUMBERS, (f"{today}",)):
        known = before.get(article)
        is_same = known and (known.total, known.today) == (total, of_today)
        since = known.since if known and is_same else begun
        found[article] = Visits(total, of_today, since)
    return found


def _shown(connection: sqlite3.Connection) -> Mapping[str, Visits]:
    rows = connection.execute("SELECT article, total, today, since FROM shown")
    return {
        article: Visits(total, today, datetime.fromisoformat(since))
        for article, total, today, since in rows
    }
