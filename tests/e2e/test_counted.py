"""What is counted while a server runs is there after it, however it ends."""

import os
import signal
from datetime import date
from pathlib import Path

import pytest

from feeds.statistics.counts import counts_at
from feeds.statistics.store import place_of
from tests.e2e.conftest import Serve
from tests.e2e.programs import (
    PATIENCE,
    Server,
    get,
    needs,
    replaced,
    wait_for,
    workers,
)

pytestmark = [pytest.mark.e2e, needs("pgrep")]
FILES = {"a.md": "# One\n", "feeds.toml": 'base_url = "https://ann.example/"\n'}
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}


def visits(folder: Path) -> int:
    counts = counts_at(place_of(folder.resolve()), date(1990, 1, 1))
    return sum(counts.totals.values())


def visit(server: Server, times: int) -> None:
    for _ in range(times):
        assert get(server.url + "a/", BROWSER).status == 200


def test_visits_are_on_the_disk_within_seconds(serve: Serve) -> None:
    server = serve(FILES)
    visit(server, 3)
    wait_for(lambda: visits(server.folder) == 3, "all visits")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("count", [1, 2])
def test_a_server_that_is_stopped_loses_no_visit(
    serve: Serve, number: signal.Signals, count: int
) -> None:
    server = serve(FILES, "--workers", str(count))
    visit(server, 20)
    assert server.end(number) == 0
    assert visits(server.folder) == 20


@pytest.mark.parametrize("count", [1, 2])
def test_workers_that_are_replaced_lose_no_visit(serve: Serve, count: int) -> None:
    server = serve(FILES, "--workers", str(count))
    for _ in range(2):
        visit(server, 10)
        old = workers(server)
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda old=old: replaced(server, old), "every worker is another")
    visit(server, 5)
    assert server.end() == 0
    assert visits(server.folder) == 25
    assert server.stderr() == ""


def test_a_server_that_is_killed_keeps_what_was_written(serve: Serve) -> None:
    server = serve(FILES, "--workers", "2")
    visit(server, 10)
    wait_for(lambda: visits(server.folder) == 10, "all visits")
    visit(server, 10)
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait(PATIENCE)
    assert 10 <= visits(server.folder) <= 20
