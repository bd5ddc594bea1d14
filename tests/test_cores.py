"""Work on all cores: the same results in the same order, whatever happens there."""

import os
import threading

import pytest

from feeds.cores import batches, spread

HERE = os.getpid()


def test_batches_are_all_in_their_order():
    parts = batches(list(range(1000)))
    assert [number for part in parts for number in part] == list(range(1000))
    assert len(parts) > 2


def test_what_is_much_is_done_elsewhere_in_its_order(monkeypatch):
    monkeypatch.setattr("feeds.cores._cores", lambda: 2)
    seen = list(spread(lambda n: (n, os.getpid()), range(20)))
    assert [n for n, _ in seen] == list(range(20))
    if threading.active_count() == 1:
        assert HERE not in {process for _, process in seen}


def test_what_is_little_is_done_here():
    assert set(spread(lambda n: os.getpid(), range(2))) == {HERE}


def test_a_core_that_dies_is_no_loss(monkeypatch):
    monkeypatch.setattr("feeds.cores._cores", lambda: 2)

    def work(n: int) -> int:
        if n == 7 and os.getpid() != HERE:
            os._exit(1)
        return n

    assert list(spread(work, range(20))) == list(range(20))


def test_an_error_is_an_error_here(monkeypatch):
    monkeypatch.setattr("feeds.cores._cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 // (n - 7), range(20)))


def test_nothing_forks_beside_a_thread(monkeypatch):
    monkeypatch.setattr("feeds.cores._cores", lambda: 2)
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert set(spread(lambda n: os.getpid(), range(20))) == {HERE}
    finally:
        stop.set()
        thread.join()
