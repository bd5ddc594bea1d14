"""Looking at the folder again and again, so that no request has to."""

import gc
import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feeds import dates
from feeds.errors import Problem
from feeds.freed import give_back
from feeds.site import Site

_log = logging.getLogger("feeds")
#: So often a small folder is looked at, in seconds.
OFTEN = 0.5
_WHILE_WRITTEN = 0.2
# What a look at many files has taken for a while is much.
_LONG = 0.2
# A look may take this part of one core: large folders are looked at less often.
_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the folder: when it ended, and how many seconds it took."""

    at: datetime
    seconds: float


class Watch:
    """Refreshes a site, by `look`, or in the background once this process starts it.

    A small folder is looked at every `often` seconds. `last` is the last look that did
    not fail, in this process.
    """

    def __init__(self, site: Site, often: float = OFTEN) -> None:
        self._site = site
        self._often = often
        self._process = 0
        self._took = 0.0
        self.last: Look | None = None
        self._told: frozenset[Problem] = frozenset(site.problems)

    def ensure(self) -> None:
        """Start the thread, unless this process has it: a fork does not copy it."""
        if self._process != os.getpid():
            self._process = os.getpid()
            threading.Thread(target=self._run, name="feeds-watch", daemon=True).start()

    def _run(self) -> None:
        while True:
            self.rest(self.look())

    def look(self) -> float:
        """Look once; return the seconds until the next look."""
        start = time.monotonic()
        try:
            if self._site.refresh():
                # To look through what stays for what does not would stop requests.
                gc.freeze()
                _log.info("%s articles", len(self._site.edition.articles))
            else:  # nothing but a look
                self._took = time.monotonic() - start
            self.last = Look(self._site.clock(), time.monotonic() - start)
            if self.last.seconds > _LONG:
                give_back()
        except Exception:
            _log.exception("the folder could not be read anew; what was known stays")
        self._tell(self._site.problems)
        return self._pause(self._took)

    def rest(self, seconds: float) -> None:
        """Wait so long, or until a file comes or goes, which is soon seen."""
        end, pause = time.monotonic() + seconds, self._often
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, pause))
            start = time.monotonic()
            if self._site.is_touched():
                return
            pause = max(self._often, (time.monotonic() - start) / _SHARE)

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Say what went wrong, and what is right again, once each."""
        now = frozenset(problems)
        for problem in sorted(now - self._told, key=str):
            _log.warning("%s", problem)
        for problem in sorted(self._told - now, key=str):
            _log.warning("mended: %s", problem)
        self._told = now

    def _pause(self, took: float) -> float:
        edition = self._site.edition
        pause = max(self._often, took / _SHARE)
        if edition.library.unsettled:
            pause = min(pause, max(_WHILE_WRITTEN, took / _SHARE))
        if (due := self._site.due) is not None:
            pause = min(pause, max(0.05, (due - dates.now()).total_seconds()))
        return pause
