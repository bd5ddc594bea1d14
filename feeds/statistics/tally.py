"""What was counted and is not written yet: a day's visits, and who asked for feeds."""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from threading import Lock
from typing import TypeVar

from feeds.statistics.agents import (
    LONGEST,
    is_browser,
    is_robot,
    service_of,
    tells_readers,
)

_T = TypeVar("_T")
# So few at once that no request waits for it.
_FEW = 200
# Requests that nobody has looked at yet, more than a process answers meanwhile.
_MOST_REQUESTS = 50_000
# What is known of a day at most before it is written, and of how many days.
_MOST_POLLS = 20_000
_MOST_DAYS = 31


class Batch:
    """The counts of one day: visits by the articles' ids, and polls of feeds.

    `polls` are those of which nobody has asked yet who they are. `settle` makes of them
    `services`, the subscribers by document, service and its name of the feed, and
    `direct`, a digest for each document and client.
    """

    __slots__ = ("day", "direct", "polls", "services", "visits")

    def __init__(self, day: date) -> None:
        self.day = day
        self.visits: Counter[str] = Counter()
        self.polls: set[tuple[str, str, str]] = set()
        self.services: dict[tuple[str, str, str], int] = {}
        self.direct: set[tuple[str, bytes]] = set()

    def __bool__(self) -> bool:
        return bool(self.visits or self.polls or self.services or self.direct)

    def settle(self, salt: bytes) -> None:
        """Find out who polled, and know no address and no user agent any more."""
        for document, agent, client in self.polls:
            service = service_of(agent)
            if service is not None and service.subscribers:
                self._note(document, service.name, service.feed, service.subscribers)
            elif not (is_robot(agent) or tells_readers(agent)):
                self.direct.add((document, digest(salt, client, agent)))
        self.polls = set()

    def take_in(self, other: "Batch") -> None:
        """Add what another batch of this day has counted."""
        self.visits.update(other.visits)
        for key, count in other.services.items():
            self._note(*key, count)
        self.direct |= other.direct if len(self.direct) < _MOST_POLLS else set()
        self.polls |= other.polls

    def _note(self, document: str, service: str, feed: str, count: int) -> None:
        key = document, service, feed
        if key in self.services or len(self.services) < _MOST_POLLS:
            self.services[key] = max(self.services.get(key, 0), count)


class Tally:
    """Counts requests in memory; what is not taken away in time is bounded.

    A request only leaves a note of itself, `visited` or `polled`: the id of an article
    and the user agent, or a feed's document, the user agent and the client. What they
    are is found out as they are gathered, by one thread.
    """

    def __init__(self, day: date) -> None:
        self.visited: deque[tuple[str, str]] = deque(maxlen=_MOST_REQUESTS)
        self.polled: deque[tuple[str, str, str]] = deque(maxlen=_MOST_REQUESTS)
        self.begin(day)

    def begin(self, day: date) -> None:
        """Forget everything: a fork has its parent's counts, which are not its own."""
        self._lock = Lock()
        self._batch = Batch(day)
        self._waiting: dict[date, Batch] = {}
        self.visited.clear()
        self.polled.clear()

    def gather(self) -> None:
        """Look at the notes that requests left, before there are too many of them."""
        with self._lock:
            batch = self._batch
            for few in _emptied(self.visited):
                for (article, agent), count in Counter(few).items():
                    if is_browser(agent[:LONGEST]):
                        batch.visits[article] += count
            for polls in _emptied(self.polled):
                for document, agent, client in polls:
                    if len(batch.polls) < _MOST_POLLS:
                        batch.polls.add((document, agent[:LONGEST], client))

    def take(self, today: date) -> list[Batch]:
        """All that was counted, by its day; from now on it is counted for `today`."""
        self.gather()
        with self._lock:
            taken, self._batch = self._batch, Batch(today)
            waiting, self._waiting = self._waiting, {}
        if taken:
            _put(waiting, taken)
        return list(waiting.values())

    def put_back(
        self, batches: Iterable[Batch], salt_of: Callable[[date], bytes]
    ) -> None:
        """Have what could not be written wait; of too many days, the first are lost."""
        for batch in batches:
            batch.settle(salt_of(batch.day))
            with self._lock:
                _put(self._waiting, batch)
                while len(self._waiting) > _MOST_DAYS:
                    del self._waiting[min(self._waiting)]


def digest(salt: bytes, client: str, agent: str) -> bytes:
    """What tells one client of a day from others, and nobody who it is."""
    told = f"{client}\n{agent}".encode("utf-8", "replace")
    return hashlib.blake2b(told, digest_size=8, key=salt).digest()


def _emptied(noted: deque[_T]) -> Iterator[list[_T]]:
    """What is in a queue now, a few at a time; others go on adding to it."""
    left = len(noted)
    while left > 0:
        yield [noted.popleft() for _ in range(min(left, _FEW))]
        left -= _FEW


def _put(batches: dict[date, Batch], batch: Batch) -> None:
    if (known := batches.get(batch.day)) is not None:
        known.take_in(batch)
    else:
        batches[batch.day] = batch
