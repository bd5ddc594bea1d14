"""Counting while a site is served: in memory at once, on the disk every few seconds."""

import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from multiprocessing.util import Finalize
from pathlib import Path

from feeds.statistics.days import day_of, midnight
from feeds.statistics.store import identity, put_aside
from feeds.statistics.tally import Tally
from feeds.statistics.writing import write

_log = logging.getLogger("feeds")
_OFTEN = 1.0
_WRITTEN = 3  # each third time


class Counting:
    """Counts visits and polls, and writes them at `place` once `ensure` was called.

    Whatever is wrong with the file, requests do not hear of it: counts wait. `clock`
    tells the time, and `zone` where midnight is.
    """

    def __init__(
        self, place: Path, clock: Callable[[], datetime], zone: Callable[[], tzinfo]
    ) -> None:
        self._place = place
        self._clock = clock
        self._zone = zone
        self._process = 0
        self._tally = Tally(self._today())
        self._begin()
        # One of a request costs next to nothing, so it is done as it is.
        self.visited = self._tally.visited.append
        self.polled = self._tally.polled.append

    def _begin(self) -> None:
        self._writing = threading.Lock()
        self._salts: dict[date, bytes] = {}
        self._is_clean = False
        self._ended: date | None = None
        self._failed = ""

    def ensure(self) -> None:
        """Write from now on, in this process too: a fork takes no thread along."""
        if self._process == os.getpid():
            return
        if self._process:
            self._tally.begin(self._today())
            self._begin()
        self._process = os.getpid()
        threading.Thread(target=self._run, name="feeds-counting", daemon=True).start()
        # Workers of a server end as those of multiprocessing do, without atexit.
        Finalize(None, self._finish, exitpriority=1)

    def _run(self) -> None:
        waiting = threading.Event()
        while True:
            self._try()
            for _ in range(_WRITTEN):
                now = self._clock()
                left = (midnight(now, self._zone()) - now).total_seconds()
                waiting.wait(min(_OFTEN, left + 0.001))
                self._tally.gather()
                if left < _OFTEN:  # it is another day
                    break

    def _finish(self) -> None:
        if self._process == os.getpid():
            self._try()

    def _try(self) -> None:
        try:
            self.write()
        except Exception:  # what is counted must not stop what is served
            _log.exception("the statistics could not be written")

    def write(self) -> None:
        """Write what was counted so far, and end the days that are over."""
        with self._writing:
            today = self._today()
            self._salts = {d: salt for d, salt in self._salts.items() if d >= today}
            batches = self._tally.take(today)
            is_done = self._is_clean and self._ended == today
            if not batches and (is_done or not self._place.exists()):
                return
            known = identity(self._place)
            try:
                self._is_clean = write(self._place, batches, today, self._salt)
            except (sqlite3.Error, OSError) as error:
                self._tally.put_back(batches, self._salt)
                self._tell(error, known)
            else:
                self._ended, self._failed = today, ""

    def _tell(self, error: Exception, known: int | None) -> None:
        """Say once what is wrong; what is damaged makes room for a new file."""
        is_damaged = type(error) is sqlite3.DatabaseError
        if is_damaged and (aside := put_aside(self._place, known)) is not None:
            _log.warning("%s: damaged; it is now %s", self._place, aside.name)
        elif not is_damaged and str(error) != self._failed:
            self._failed = str(error)
            _log.warning("the statistics wait to be written: %s", error)

    def _salt(self, day: date) -> bytes:
        return self._salts.setdefault(day, secrets.token_bytes(32))

    def _today(self) -> date:
        return day_of(self._clock(), self._zone())
