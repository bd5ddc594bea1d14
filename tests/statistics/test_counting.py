"""Counting: what is written, when, and what becomes of it where it cannot be."""

import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from feeds.errors import StatisticsError
from feeds.statistics import counting as module
from feeds.statistics.counting import Counting
from feeds.statistics.counts import counts_at
from feeds.statistics.tally import Tally
from feeds.statistics.writing import KEPT
from tests.conftest import NOW, ROOT

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
READER = "newsboat/2.36"
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
LONG_AGO = date(1990, 1, 1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / "state" / "site.sqlite"


@pytest.fixture
def begin(place, clock):
    """begin() is counting at `place`, as each process of a server does."""
    return lambda zone=UTC: Counting(place, clock, lambda: zone)


@pytest.fixture
def counting(begin) -> Counting:
    return begin()


def visits(place: Path) -> dict[str, int]:
    """The visits of each article in all."""
    return dict(counts_at(place, LONG_AGO).totals)


def subscribers(place: Path, day: date = TODAY) -> dict[tuple[str, str], int]:
    """The subscribers of a day, by document and service."""
    found = counts_at(place, LONG_AGO).subscribers
    return {key: days[day] for key, days in found.items() if day in days}


def bytes_of(place: Path) -> bytes:
    """All that is in the file, and in those beside it."""
    return b"".join(file.read_bytes() for file in sorted(place.parent.iterdir()))


def damage(place: Path) -> None:
    place.write_bytes(b"This is no database. " * 1000)


def test_visits_are_added_up(counting, place):
    for _ in range(2):
        counting.visited(("a", BROWSER))
        counting.visited(("b", BROWSER))
        counting.visited(("a", BROWSER))
        counting.write()
    assert visits(place) == {"a": 4, "b": 2}
    assert counts_at(place, LONG_AGO).visits == {"a": {TODAY: 4}, "b": {TODAY: 2}}


def test_programs_do_not_visit(counting, place):
    counting.visited(("a", "curl/8.5.0"))
    counting.write()
    assert visits(place) == {}


def test_of_a_service_the_greatest_number_of_the_day_is_taken(counting, place):
    for number in (7, 9, 8):
        counting.polled(("rss.xml", f"Some/1 ({number} subscribers)", "192.0.2.1"))
        counting.write()
    assert subscribers(place) == {("rss.xml", "Some"): 9}


def test_a_service_that_asks_from_many_places_is_one(counting, place):
    for number in range(5):
        counting.polled(("rss.xml", "Some/1 (7 subscribers)", f"192.0.2.{number}"))
    counting.write()
    assert subscribers(place) == {("rss.xml", "Some"): 7}


def test_a_service_that_has_a_feed_twice_has_the_subscribers_of_both(counting, place):
    for feed in ("1", "2"):
        agent = f"Some feed-id:{feed} - 7 subscribers"
        counting.polled(("rss.xml", agent, "192.0.2.1"))
    counting.write()
    assert subscribers(place) == {("rss.xml", "Some"): 14}


def test_documents_have_subscribers_of_their_own(counting, place):
    counting.polled(("rss.xml", "Some/1 (7 subscribers)", ""))
    counting.polled(("atom.xml", "Some/1 (2 subscribers)", ""))
    counting.write()
    assert subscribers(place) == {("rss.xml", "Some"): 7, ("atom.xml", "Some"): 2}


def test_who_asks_again_is_one_subscriber(counting, place):
    for _ in range(3):
        counting.polled(("rss.xml", READER, "192.0.2.1"))
        counting.polled(("rss.xml", READER, "192.0.2.2"))
        counting.write()
    assert subscribers(place) == {("rss.xml", ""): 2}


def test_processes_know_the_same_clients(begin, place):
    for _ in range(3):
        counting = begin()
        counting.polled(("rss.xml", READER, "192.0.2.1"))
        counting.write()
    assert subscribers(place) == {("rss.xml", ""): 1}


def test_no_address_and_no_user_agent_is_kept(counting, place):
    counting.polled(("rss.xml", "Newsletter/7 (Linux)", "192.0.2.77"))
    counting.polled(("rss.xml", "Some/1 (secret; 7 subscribers)", "192.0.2.78"))
    counting.write()
    kept = bytes_of(place)
    assert b"Some" in kept
    assert not [word for word in (b"192.0.2", b"Newsl", b"secret") if word in kept]


def test_at_midnight_the_salt_and_the_digests_are_gone_from_the_disk(
    counting, place, clock
):
    for number in range(2000):
        counting.polled(("rss.xml", READER, f"192.0.2.{number}"))
    counting.write()
    with closing(sqlite3.connect(place)) as connection:
        rows = connection.execute("SELECT digest FROM direct").fetchall()
        rows += connection.execute("SELECT salt FROM salts").fetchall()
    assert len(rows) == 2001
    assert all(row in bytes_of(place) for (row,) in rows)
    clock.now += timedelta(days=1)
    counting.write()
    kept = bytes_of(place)
    assert not [row for (row,) in rows if row in kept]
    assert subscribers(place) == {("rss.xml", ""): 2000}


def test_what_another_process_reads_at_midnight_is_gone_when_it_has_read(
    counting, place, clock
):
    counting.polled(("rss.xml", READER, "192.0.2.1"))
    counting.write()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("BEGIN")
        (digest,) = connection.execute("SELECT digest FROM direct").fetchone()
        clock.now += timedelta(days=1)
        counting.write()
        connection.rollback()
    counting.write()
    assert digest not in bytes_of(place)


def test_on_another_day_a_client_has_another_digest(counting, place, clock):
    digests = set()
    for _ in range(2):
        counting.write()
        counting.polled(("rss.xml", READER, "192.0.2.1"))
        counting.write()
        with closing(sqlite3.connect(place)) as connection:
            digests |= set(connection.execute("SELECT digest FROM direct"))
        clock.now += timedelta(days=1)
    assert len(digests) == 2


def test_days_are_kept_apart(counting, place, clock):
    counting.visited(("a", BROWSER))
    counting.polled(("rss.xml", "Some/1 (7 subscribers)", ""))
    counting.write()
    clock.now += timedelta(days=1)
    counting.write()
    counting.visited(("a", BROWSER))
    counting.polled(("rss.xml", "Some/1 (8 subscribers)", ""))
    counting.write()
    assert counts_at(place, LONG_AGO).visits == {"a": {TODAY: 1, TOMORROW: 1}}
    assert visits(place) == {"a": 2}
    assert subscribers(place) == {("rss.xml", "Some"): 7}
    assert subscribers(place, TOMORROW) == {("rss.xml", "Some"): 8}


def test_what_was_counted_before_midnight_is_of_that_day(counting, place, clock):
    counting.visited(("a", BROWSER))
    counting.polled(("rss.xml", READER, "192.0.2.1"))
    clock.now += timedelta(days=1)
    counting.write()
    assert counts_at(place, LONG_AGO).visits == {"a": {TODAY: 1}}
    assert subscribers(place) == {("rss.xml", ""): 1}


def test_midnight_is_that_of_the_site(begin, place, clock):
    clock.now = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    counting = begin(ZoneInfo("Europe/Berlin"))
    counting.visited(("a", BROWSER))
    counting.write()
    assert counts_at(place, LONG_AGO).visits == {"a": {date(2026, 3, 2): 1}}


def test_after_years_the_days_are_forgotten_and_totals_stay(counting, place, clock):
    counting.visited(("a", BROWSER))
    counting.write()
    clock.now += KEPT + timedelta(days=1)
    counting.write()
    assert counts_at(place, LONG_AGO).visits == {}
    assert visits(place) == {"a": 1}


def test_where_nothing_is_counted_nothing_is_written(counting, place):
    counting.write()
    assert not place.parent.exists()


def test_only_its_owner_may_read_the_file(counting, place):
    counting.visited(("a", BROWSER))
    counting.write()
    assert place.stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_put_aside_and_said(counting, place, caplog):
    counting.visited(("a", BROWSER))
    counting.write()
    damage(place)
    damaged = place.read_bytes()
    for _ in range(2):
        counting.visited(("a", BROWSER))
        counting.write()
    assert visits(place) == {"a": 2}
    (aside,) = place.parent.glob("*.damaged-*")
    assert aside.read_bytes() == damaged
    assert f"damaged; it is now {aside.name}" in caplog.text


def test_a_file_that_is_damaged_inside_is_put_aside(counting, place):
    for number in range(2000):
        counting.visited((f"article {number}", BROWSER))
    counting.write()
    body = bytearray(place.read_bytes())
    body[4096:] = b"\xa5" * (len(body) - 4096)
    place.write_bytes(body)
    for _ in range(2):
        counting.visited(("a", BROWSER))
        counting.write()
    assert visits(place) == {"a": 2}


def test_what_another_process_began_anew_is_not_put_aside(begin, place):
    one, two = begin(), begin()
    place.parent.mkdir()
    damage(place)
    for counting in (one, two):
        counting.visited(("a", BROWSER))
        counting.write()
    one.write()
    assert visits(place) == {"a": 2}
    assert len(list(place.parent.glob("*.damaged-*"))) == 1


def test_where_it_cannot_be_written_counts_wait(counting, place, caplog):
    caplog.set_level(logging.WARNING, "feeds")
    place.parent.write_text("in the way")
    for _ in range(3):
        counting.visited(("a", BROWSER))
        counting.polled(("rss.xml", READER, "192.0.2.1"))
        counting.write()
    place.parent.unlink()
    counting.write()
    assert visits(place) == {"a": 3}
    assert subscribers(place) == {("rss.xml", ""): 1}
    assert len(caplog.records) == 1


def test_a_file_that_is_full_or_read_only_makes_counts_wait(
    counting, place, monkeypatch
):
    for reason in ("database or disk is full", "attempt to write a readonly database"):
        with monkeypatch.context() as patch:

            def fail(*given, reason=reason):
                raise sqlite3.OperationalError(reason)

            patch.setattr(module, "write", fail)
            counting.visited(("a", BROWSER))
            counting.write()
    counting.write()
    assert visits(place) == {"a": 2}


def test_while_it_is_locked_counts_wait(counting, place, monkeypatch):
    monkeypatch.setattr("feeds.statistics.store._PATIENCE", 0)
    counting.visited(("a", BROWSER))
    counting.write()
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        counting.visited(("a", BROWSER))
        counting.write()
        connection.execute("ROLLBACK")
    assert visits(place) == {"a": 1}
    counting.write()
    assert visits(place) == {"a": 2}


def test_what_waits_knows_no_address(place):
    tally = Tally(TODAY)
    tally.polled.append(("rss.xml", READER, "192.0.2.1"))
    tally.put_back(tally.take(TODAY), lambda day: b"salt")
    (batch,) = tally.take(TODAY)
    assert (batch.polls, len(batch.direct)) == (set(), 1)


def test_what_waits_is_bounded():
    tally = Tally(TODAY)
    for number in range(100):
        day = TODAY + timedelta(days=number)
        tally.visited.append(("a", BROWSER))
        tally.put_back(tally.take(day), lambda day: b"salt")
    for number in range(60_000):
        tally.polled.append(("rss.xml", READER, f"{number}"))
    batches = tally.take(day)
    assert len(batches) <= 32
    assert sum(len(batch.polls) for batch in batches) == 20_000


def test_a_file_of_a_later_release_is_left_alone(counting, place, caplog):
    place.parent.mkdir()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA user_version = 99")
    counting.visited(("a", BROWSER))
    counting.write()
    assert "wait to be written: written by a later release" in caplog.text
    assert [file.name for file in place.parent.iterdir()] == [place.name]


def test_what_cannot_be_read_is_said(place):
    place.parent.mkdir()
    damage(place)
    with pytest.raises(StatisticsError, match="cannot be read: file is not a database"):
        counts_at(place, LONG_AGO)


def test_to_read_writes_nothing(place):
    assert counts_at(place, LONG_AGO).totals == {}
    assert not place.parent.exists()


def test_threads_are_counted_together(counting, place):
    def ask() -> None:
        for _ in range(1000):
            counting.visited(("a", BROWSER))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        counting.write()
    counting.write()
    assert visits(place) == {"a": 4000}


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from feeds.statistics.counting import Counting

now = datetime(2026, 3, 1, tzinfo=UTC)
counting = Counting(Path(sys.argv[1]), lambda: now, lambda: UTC)
for number in range(int(sys.argv[2])):
    counting.visited(("a", "Mozilla/5.0 Firefox"))
    counting.polled(("rss.xml", "newsboat/2", str(number)))
    counting.write()
print("written", flush=True)
counting.visited(("a", "Mozilla/5.0 Firefox"))
sys.stdin.read()
"""


def process(place: Path, count: int) -> subprocess.Popen:
    """A process that counts and writes so often, and then waits."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(place), str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def end(process: subprocess.Popen) -> None:
    with process:
        process.communicate()


def test_processes_that_write_at_once_lose_nothing(place):
    processes = [process(place, 30) for _ in range(4)]
    for each in processes:
        end(each)
    assert visits(place) == {"a": 120}
    assert subscribers(place) == {("rss.xml", ""): 30}


def test_a_process_that_is_killed_loses_only_what_it_had_not_written(place):
    with process(place, 5) as killed:
        assert killed.stdout.readline() == b"written\n"
        killed.kill()
    assert visits(place) == {"a": 5}


@pytest.mark.thorough
def test_processes_that_are_killed_while_they_write_damage_nothing(place):
    for number in range(5):
        with process(place, 10**6) as killed:
            while visits(place).get("a", 0) < 20 * (number + 1):
                pass
            killed.kill()
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_was_counted_is_written_when_the_process_ends(place):
    program = (
        PROGRAM.replace("for number", "counting.ensure()\nfor number")
        .replace("    counting.write()", "    pass")
        .replace("sys.stdin.read()", "")
    )
    done = subprocess.run([sys.executable, "-c", program, str(place), "3"], cwd=ROOT)
    assert done.returncode == 0
    assert visits(place) == {"a": 4}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_does_not_count_again_what_its_parent_did(place):
    program = PROGRAM.replace(
        "sys.stdin.read()",
        """
import os
counting._process = os.getpid()
if not os.fork():
    counting._run = lambda: None
    counting.ensure()
    counting.visited(("a", "Mozilla/5.0 Firefox"))
    counting.write()
    os._exit(0)
os.wait()
counting.write()
""",
    )
    subprocess.run([sys.executable, "-c", program, str(place), "0"], cwd=ROOT)
    assert visits(place) == {"a": 2}
