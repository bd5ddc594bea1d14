"""Counts written down: added up by day, and what a day kept of clients forgotten."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from feeds.statistics.store import opened, writing
from feeds.statistics.tally import Batch

# What is believed of a day at most, whoever asks: rows of clients, and of services.
_MOST_DIRECT = 200_000
_MOST_SERVICES = 10_000
#: For so long each day is known by itself; totals stay.
KEPT = timedelta(days=3 * 366)


def write(
    place: Path,
    batches: Iterable[Batch],
    today: date,
    salt_of: Callable[[date], bytes],
) -> bool:
    """Add `batches` to what is kept at `place`, all or nothing, and end days before.

    `salt_of` gives a day's salt where no process gave one yet. Returns whether nothing
    of what was forgotten is left in any file: another process may be reading one.
    sqlite3.Error or OSError where it cannot be written.
    """
    with opened(place) as connection:
        with writing(connection):
            for batch in batches:
                batch.settle(_salt(connection, batch.day, salt_of))
                _add(connection, batch)
            _end_days(connection, today)
        # What was deleted is still in the log, until that is begun anew.
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _salt(
    connection: sqlite3.Connection, day: date, salt_of: Callable[[date], bytes]
) -> bytes:
    connection.execute(
        "INSERT OR IGNORE INTO salts VALUES (?, ?)", (f"{day}", salt_of(day))
    )
    query = "SELECT salt FROM salts WHERE day = ?"
    return bytes(connection.execute(query, (f"{day}",)).fetchone()[0])


def _add(connection: sqlite3.Connection, batch: Batch) -> None:
    day = f"{batch.day}"
    connection.executemany(
        "INSERT INTO visits VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(day, article, count) for article, count in batch.visits.items()],
    )
    connection.executemany(
        "INSERT INTO totals VALUES (?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count",
        list(batch.visits.items()),
    )
    if batch.services and _room(connection, "services", day, _MOST_SERVICES):
        connection.executemany(
            "INSERT INTO services VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
            [(day, *key, count) for key, count in batch.services.items()],
        )
    if batch.direct and _room(connection, "direct", day, _MOST_DIRECT):
        connection.executemany(
            "INSERT OR IGNORE INTO direct VALUES (?, ?, ?)",
            [(day, *each) for each in batch.direct],
        )


def _room(connection: sqlite3.Connection, table: str, day: str, most: int) -> bool:
    query = f"SELECT COUNT(*) FROM {table} WHERE day = ?"
    return int(connection.execute(query, (day,)).fetchone()[0]) < most


def _end_days(connection: sqlite3.Connection, today: date) -> None:
    """Keep of days that are over their sums alone."""
    ended = (f"{today}",)
    # Of a day that was ended, another process may have had the last to write.
    connection.execute(
        "INSERT INTO subscribers SELECT day, document, service, SUM(count) "
        "FROM services WHERE day < ? GROUP BY day, document, service "
        "ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
        ended,
    )
    connection.execute(
        "INSERT INTO subscribers SELECT day, document, '', COUNT(*) "
        "FROM direct WHERE day < ? GROUP BY day, document "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ended,
    )
    for table in ("services", "direct", "salts"):
        connection.execute(f"DELETE FROM {table} WHERE day < ?", ended)
    for table in ("visits", "subscribers"):
        query = f"DELETE FROM {table} WHERE day < ?"
        connection.execute(query, (f"{today - KEPT}",))
