"""What files say, and their bodies, kept between runs: SQLite, safe to delete."""

import hashlib
import os
import platform
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from feeds.articles.article import Article, Reading
from feeds.articles.bodies import Asked, Bodies, Kept

_LAYOUT = 3
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS looks (path TEXT PRIMARY KEY, look TEXT, key BLOB);
CREATE TABLE IF NOT EXISTS contents
    (key BLOB PRIMARY KEY, digest TEXT, facts BLOB, left_at REAL);
CREATE TABLE IF NOT EXISTS bodies (digest TEXT PRIMARY KEY, body TEXT);
CREATE TABLE IF NOT EXISTS asked (path TEXT PRIMARY KEY, asked BLOB);
CREATE INDEX IF NOT EXISTS leaving ON contents (left_at) WHERE left_at IS NOT NULL;
PRAGMA user_version = {_LAYOUT};
COMMIT;
"""
# What no file says any more is kept for a day, for those who have not looked since.
_DAY = 24 * 3600
_PATIENCE = 5.0
_SOURCES = (".py", ".html", ".css", ".toml")
# What has a part in it, beside this program.
_OTHERS = (
    *("comrak", "dateutil", "docutils", "imagesize", "nh3", "selectolax", "tinytag"),
    *("yaml", "feedgen", "jinja2", "lxml"),
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Article).decode
_decode_asked = msgspec.json.Decoder(Asked).decode


class Cache:
    """The cache of a content folder, in a file that several processes may share.

    What cannot be kept there is kept in memory; a damaged file is begun anew.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._inherited: sqlite3.Connection | None = None
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._unkept: dict[str, str] = {}
        self._is_out_of_reach = False

    def known(self, looks: Mapping[str, str]) -> tuple[dict[str, Article], set[str]]:
        """What those files say that look as they did when they were read, by path.

        And the paths of files that are gone.
        """
        found, gone = {}, set()
        query = "SELECT path, look, facts FROM looks JOIN contents USING (key)"
        with suppress(sqlite3.Error, OSError), self._opened() as connection:
            for path, look, facts in connection.execute(query):
                if path not in looks:
                    gone.add(path)
                elif looks[path] == look and (article := _read(facts)) is not None:
                    found[path] = article
        return found, gone

    def article(self, key: bytes) -> Article | None:
        """What a file says whose content has this key, if that is known."""
        rows = self._ask("SELECT facts FROM contents WHERE key = ?", key)
        return _read(rows[0][0]) if rows else None

    def __getitem__(self, digest: str) -> str:
        """The body with that digest; KeyError where it is not known."""
        if digest in self._unkept:
            return self._unkept[digest]
        rows = self._ask("SELECT body FROM bodies WHERE digest = ?", digest)
        if not rows:
            raise KeyError(digest)
        return str(rows[0][0])

    def take(self, bodies: Bodies, articles: Iterable[Article]) -> None:
        """Have the bodies of `articles`, which were read before there was a cache."""
        for article in articles:
            if article.digest:
                self._unkept[article.digest] = bodies[article.digest]

    def leave(self, gone: Iterable[str], now: datetime) -> None:
        """Keep no longer, but for a day, what was read at the paths `gone`."""
        with suppress(sqlite3.Error, OSError), self._opened() as connection, connection:
            _leave(connection, gone, now.timestamp())
            rows = [(path,) for path in gone]
            connection.executemany("DELETE FROM asked WHERE path = ?", rows)
            _forget(connection, now.timestamp())

    def keep(self, kept: Iterable[Kept], now: datetime) -> None:
        """Keep what was read, and no longer what was at the same paths."""
        kept = list(kept)
        try:
            with self._opened() as connection, connection:
                paths = [each.article.path for each in kept]
                _leave(connection, paths, now.timestamp())
                _write(connection, kept)
        except (sqlite3.Error, OSError):
            self._unkept |= {k.article.digest: k.body for k in kept if k.body}

    def asked(self) -> Mapping[str, Asked]:
        """What was asked when articles were published, by their paths."""
        rows = self._ask("SELECT path, asked FROM asked")
        try:
            return {path: _decode_asked(asked) for path, asked in rows}
        except msgspec.MsgspecError:
            return {}

    def note(self, asked: Mapping[str, Asked]) -> None:
        """Keep what was asked, by path."""
        rows = [(path, _encode(each)) for path, each in asked.items()]
        with suppress(sqlite3.Error, OSError), self._opened() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO asked VALUES (?, ?)", rows)

    def _ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._opened() as connection:
                return connection.execute(query, values).fetchall()
        except (sqlite3.Error, OSError):
            return []

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if self._process != os.getpid():
            # A connection may not be taken along into a fork, nor be closed there.
            self._inherited = self._connection
            self._begin()
        with self._lock:
            if self._is_out_of_reach:
                raise sqlite3.OperationalError("out of reach")
            if self._connection is None:
                # Who waited in vain once need not wait for every article.
                self._is_out_of_reach = True
                self._connection = _open(self._place)
                self._is_out_of_reach = False
            yield self._connection


def _open(place: Path) -> sqlite3.Connection:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(place)
    except sqlite3.OperationalError:  # locked for long, or not to be written
        raise
    except sqlite3.DatabaseError:
        for name in (place.name, f"{place.name}-wal", f"{place.name}-shm"):
            place.with_name(name).unlink(missing_ok=True)
        return _connect(place)


def _connect(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=_PATIENCE, check_same_thread=False)
    try:
        # Losing the last of it to a loss of power is no loss.
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
        )
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("of another version")
        if layout == 0:
            connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _leave(connection: sqlite3.Connection, paths: Iterable[str], now: float) -> None:
    """Note that the files at `paths` do not say any more what they said."""
    rows = [(path,) for path in paths]
    connection.executemany(
        "UPDATE contents SET left_at = ? "
        "WHERE key = (SELECT key FROM looks WHERE path = ?)",
        [(now, *row) for row in rows],
    )
    connection.executemany("DELETE FROM looks WHERE path = ?", rows)


def _write(connection: sqlite3.Connection, kept: Iterable[Kept]) -> None:
    looks, contents, bodies = [], [], []
    for each in kept:
        article = each.article
        if each.body is not None:
            bodies.append((article.digest, each.body))
        if (facts := _facts(article)) is not None:
            looks.append((article.path, each.look, each.key))
            contents.append((each.key, article.digest, facts))
    insert = "INSERT OR REPLACE INTO"
    connection.executemany(f"{insert} bodies VALUES (?, ?)", bodies)
    connection.executemany(f"{insert} contents VALUES (?, ?, ?, NULL)", contents)
    connection.executemany(f"{insert} looks VALUES (?, ?, ?)", looks)


def _forget(connection: sqlite3.Connection, now: float) -> None:
    forgotten = connection.execute(
        "DELETE FROM contents WHERE left_at < ?", (now - _DAY,)
    )
    if forgotten.rowcount:
        connection.execute(
            "DELETE FROM bodies WHERE digest NOT IN (SELECT digest FROM contents)"
        )


def encoded(article: Article) -> bytes | None:
    """The article as JSON, or None where there is no JSON of it."""
    try:
        return _encode(article)
    except (TypeError, ValueError):  # a lone surrogate, for one
        return None


def _facts(article: Article) -> bytes | None:
    """The article as JSON, or None where that would not say the same."""
    facts = encoded(article)
    return facts if facts is not None and _read(facts) == article else None


def _read(facts: bytes) -> Article | None:
    try:
        return _decode(facts)
    except msgspec.MsgspecError:
        return None


def key_of(path: str, reading: Reading, data: bytes, beside: bytes | None) -> bytes:
    """A name for what the bytes of a file say, with those of the one beside it."""
    known = hashlib.sha256(f"{manner_of(reading)} {len(data)} {path}\n".encode())
    known.update(data)
    if beside is not None:
        known.update(beside)
    return known.digest()[:16]


def manner_of(reading: Reading) -> str:
    """A name for how files are read: by `reading`, and by this program."""
    return hashlib.sha256(f"{reading!r} {program()}".encode()).hexdigest()[:12]


@cache
def program() -> str:
    """What reads and writes: another release may make others of the same bytes."""
    folder = Path(__file__).parent.parent
    own = sorted(p for p in folder.rglob("*.*") if p.suffix in _SOURCES)
    found = filter(None, map(find_spec, _OTHERS))
    files = [*own, *(Path(str(module.origin)) for module in found)]
    looks = [(file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    return f"{platform.python_version()} {looks}"
