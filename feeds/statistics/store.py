"""Where counts are kept: a SQLite file of a content folder, which processes share."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feeds.articles.homes import name_of, state_folder

_LAYOUT = 1
# A visit of an article is in its total too, so that old days can go.
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS visits
    (day TEXT, article TEXT, count INTEGER, PRIMARY KEY (day, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS totals (article TEXT PRIMARY KEY, count INTEGER)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subscribers
    (day TEXT, document TEXT, service TEXT, count INTEGER,
     PRIMARY KEY (day, document, service)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS services
    (day TEXT, document TEXT, service TEXT, feed TEXT, count INTEGER,
     PRIMARY KEY (day, document, service, feed)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS direct
    (day TEXT, document TEXT, digest BLOB, PRIMARY KEY (day, document, digest))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS salts (day TEXT PRIMARY KEY, salt BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarters (quarter TEXT);
CREATE TABLE IF NOT EXISTS shown
    (article TEXT PRIMARY KEY, total INTEGER, today INTEGER, since TEXT) WITHOUT ROWID;
PRAGMA user_version = {_LAYOUT};
COMMIT;
"""
_PATIENCE = 5.0
_PAUSE = 0.02


def place_of(folder: Path) -> Path:
    """The file of a content folder, in the state folder of this user."""
    return state_folder() / f"{name_of(folder)}.statistics.sqlite"


@contextmanager
def opened(place: Path) -> Iterator[sqlite3.Connection]:
    """The file to write to, made where there is none; sqlite3.Error, OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)  # with a day's salt, digests could be tried out
    connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None)
    try:
        # Losing the last of it to a loss of power is no loss.
        connection.executescript(
            "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON"
        )
        _begin_log(connection)
        _lay_out(connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def read(place: Path) -> Iterator[sqlite3.Connection | None]:
    """The file to read alone, None where there is none yet; sqlite3.Error."""
    if not place.exists():
        yield None
        return
    # SQLite wants to write beside it even to read, unless nobody else is at it.
    log = place.with_name(f"{place.name}-wal")
    is_alone = not (log.exists() or os.access(place.parent, os.W_OK))
    address = f"{place.as_uri()}?{'immutable=1' if is_alone else 'mode=ro'}"
    connection = sqlite3.connect(
        address, uri=True, timeout=_PATIENCE, isolation_level=None
    )
    try:
        is_begun = _check(connection) > 0
        yield connection if is_begun else None
    finally:
        connection.close()


def _begin_log(connection: sqlite3.Connection) -> None:
    """Have changes in a log, so that who reads and who writes need not wait."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # Where several begin it at once, SQLite does not wait by itself.
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE)


def _lay_out(connection: sqlite3.Connection) -> None:
    if _check(connection) == 0:
        connection.executescript(_TABLES)


def _check(connection: sqlite3.Connection) -> int:
    layout = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if layout > _LAYOUT:
        raise sqlite3.OperationalError("written by a later release")
    return layout


def identity(place: Path) -> int | None:
    """What tells the file from another that takes its place."""
    try:
        return place.stat().st_ino
    except OSError:
        return None


def put_aside(place: Path, known: int | None) -> Path | None:
    """Give a damaged file another name, unless another process has done so."""
    if known is None or identity(place) != known:
        return None
    aside = place.with_name(f"{place.name}.damaged-{secrets.token_hex(4)}")
    # The log first: beside a new file, it would be taken for that one's.
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            place.with_name(place.name + end).rename(aside.with_name(aside.name + end))
    return aside
