"""Work spread over all cores, where there is much of it."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

_BATCH = 250
# To begin on other cores costs as much as a few hundred articles.
_FEW = 4
# So many batches for each core are under way, so that none waits for the next.
_AHEAD = 2


def batches(items: Sequence[_T], size: int = _BATCH) -> list[Sequence[_T]]:
    """`items` in parts that are each worth sending to another core."""
    return [items[at : at + size] for at in range(0, len(items), size)]


def spread(work: Callable[[_T], _R], tasks: Sequence[_T]) -> Iterator[_R]:
    """What `work` makes of each task, in their order.

    On other cores it sees all as it is now, and only its result comes back. What is
    little, or where forking is not safe, is done here.
    """
    done = 0
    if len(tasks) >= _FEW and _cores() > 1 and _can_fork():
        try:
            for result in _forked(work, tasks):
                done += 1
                yield result
        except BrokenProcessPool:  # as where memory is short; here it may do
            pass
    yield from map(work, tasks[done:])


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    # Another thread may hold a lock, which nobody would ever open in the fork.
    return sys.platform == "linux" and threading.active_count() == 1


def _forked(work: Callable[[_T], _R], tasks: Sequence[_T]) -> Iterator[_R]:
    waiting = deque(tasks)
    under_way: deque[Future[_R]] = deque()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        _cores(), context, initializer=_begin, initargs=(work,)
    ) as pool:
        while waiting or len(under_way) > 1:
            while waiting and len(under_way) < _AHEAD * _cores():
                under_way.append(pool.submit(_do, waiting.popleft()))
            yield under_way.popleft().result()
        last = under_way.popleft().result()
    # By now the other processes have ended, and whoever takes it may begin anew.
    yield last


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    # Ctrl-C is for the process that waits for all this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _work
    _work = work


def _do(task: Any) -> Any:
    return _work(task)
