"""Polls go on while the server's processes come and go."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.polls import polled
from tests.e2e.programs import (
    FEEDS,
    PATIENCE,
    get,
    needs,
    replaced,
    started,
    wait_for,
    workers,
)

pytestmark = [pytest.mark.e2e, needs("pgrep")]
_HOME = "https://folderfeed.example/"


@pytest.mark.parametrize("count", [1, 2])
def test_no_poll_fails_while_workers_are_replaced(serve: Serve, count: int) -> None:
    server = serve(None, "--workers", str(count))
    old = workers(server)
    assert len(old) == count
    url = server.url + "rss.xml"
    with polled(url, None, None, get(url).headers["ETag"]) as seen:
        wait_for(lambda: seen.total() > 50, "polls are under way")
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: replaced(server, old), "every worker is another")
        before = seen.total()
        wait_for(lambda: seen.total() > before + 50, "the new workers answer")
    assert set(seen) == {200, 304}
    assert server.stderr() == ""


def test_a_new_worker_knows_what_changed_since_the_server_started(serve: Serve) -> None:
    server = serve({"a.md": "# One\n"})
    old = workers(server)
    (server.folder / "b.md").write_text("# Two\n")
    url = server.url + "rss.xml"
    wait_for(lambda: b"Two" in get(url).body, "the new article")
    etag = get(url).headers["ETag"]
    with polled(url, etag, etag) as seen:
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: replaced(server, old), "the worker is another")
        before = seen.total()
        wait_for(lambda: seen.total() > before + 50, "the new worker answers")
    assert set(seen) == {304}


def test_a_worker_that_is_killed_is_replaced_and_polls_go_on(serve: Serve) -> None:
    # A poll that this worker had begun to answer is lost with it; no other is.
    server = serve(None, "--workers", "2")
    old = workers(server)
    url = server.url + "rss.xml"
    with polled(url, None, None, get(url).headers["ETag"]) as seen:
        wait_for(lambda: seen.total() > 50, "polls are under way")
        os.kill(min(old), signal.SIGKILL)
        wait_for(lambda: len(workers(server) - old) == 1, "another worker")
        before = seen.total()
        wait_for(lambda: seen.total() > before + 50, "polls go on")
    failed = {what: count for what, count in seen.items() if what not in (200, 304)}
    assert sum(failed.values()) <= 3, failed
    assert not [what for what in failed if "Refused" in str(what)]


def test_it_ends_with_status_0_after_a_worker_was_killed(serve: Serve) -> None:
    server = serve(None)
    old = workers(server)
    os.kill(min(old), signal.SIGKILL)
    wait_for(lambda: replaced(server, old), "another worker")
    assert get(server.url + "rss.xml").status == 200
    assert server.end(signal.SIGTERM) == 0


def test_a_server_that_is_killed_forgets_nothing(serve: Serve, tmp_path: Path) -> None:
    # The date of an article that names none is in the ledger alone.
    server = serve({"a.md": "# One\n"}, "--base-url", _HOME)
    (server.folder / "b.md").write_text("# Two\n")
    wait_for(lambda: b"Two" in get(server.url + "atom.xml").body, "the new article")
    names = ("rss.xml", "atom.xml", "feed.json")
    before = [get(server.url + name) for name in names]
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait(PATIENCE)
    command = (*FEEDS, "serve", str(server.folder), "-p", "0", "--base-url", _HOME)
    with started(command, server.folder, tmp_path / "again") as again:
        after = [get(again.url + name) for name in names]
    assert [one.body for one in after] == [one.body for one in before]
    assert [one.headers["ETag"] for one in after] == [
        one.headers["ETag"] for one in before
    ]
