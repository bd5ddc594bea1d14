"""Servers start, stop and fail as they should, and all send the same bytes."""

import http.client
import importlib.util
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.programs import (
    FEEDS,
    PATIENCE,
    Server,
    free_port,
    get,
    run,
    sample_in,
    started,
    wait_for,
)

pytestmark = pytest.mark.e2e

_HOME = "https://folderfeed.example/"
_SERVERS = {
    "flask": "flask run -p {port}",
    "gunicorn": "gunicorn wsgi:app -b 127.0.0.1:{port}",
    "waitress": "waitress --listen=127.0.0.1:{port} wsgi:app",
}


# How it ends ---------------------------------------------------------------------


def is_gone(group: int) -> bool:
    """Whether no process is left of a process group."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_status_0_and_nothing_is_left(
    serve: Serve, number: signal.Signals
) -> None:
    server = serve()
    assert server.end(number) == 0
    wait_for(lambda: is_gone(server.process.pid), "its workers are gone", 5)
    assert server.stderr() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_all_its_processes_ends_it_with_status_0(
    serve: Serve, number: signal.Signals
) -> None:
    # So a terminal does on Ctrl-C, and systemd when it stops a service.
    server = serve()
    os.killpg(server.process.pid, number)
    assert server.process.wait(10) == 0
    wait_for(lambda: is_gone(server.process.pid), "its workers are gone", 5)
    assert server.stderr() == ""


@dataclass
class Asked:
    """What became of many requests."""

    whole: int = 0
    refused: int = 0
    cut: list[str] = field(default_factory=list)


def ask(url: str, wanted: bytes, asked: Asked) -> bool:
    """Ask once over a fresh connection; return whether a server was there.

    A connection may be refused, or closed before a byte of an answer is sent; an
    answer that begins must come whole.
    """
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        try:
            connection.request("GET", parts.path)
            begun = connection.sock.recv(1, socket.MSG_PEEK)
        except ConnectionError:
            begun = b""
        if not begun:
            asked.refused += 1
            return False
        response = connection.getresponse()
        assert (response.status, response.read()) == (200, wanted)
        asked.whole += 1
    except (OSError, http.client.HTTPException, AssertionError) as error:
        asked.cut.append(repr(error)[:200])
    finally:
        connection.close()
    return True


@contextmanager
def asking(url: str, wanted: bytes, threads: int = 4) -> Iterator[Asked]:
    """Threads that ask in a loop until the server is gone."""
    asked, stop = Asked(), threading.Event()

    def loop() -> None:
        while not stop.is_set() and ask(url, wanted, asked):
            pass

    running = [threading.Thread(target=loop) for _ in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield asked
    finally:
        stop.set()
        for thread in running:
            thread.join(PATIENCE)


def test_requests_under_way_are_finished_before_it_ends(serve: Serve) -> None:
    server = serve()
    url = server.url + "rss.xml"
    with asking(url, get(url).body) as asked:
        wait_for(lambda: asked.whole > 50, "requests are under way")
        assert server.end(signal.SIGTERM) == 0
        wait_for(lambda: asked.refused == 4, "every thread was refused in the end")
    assert asked.cut == []


# How it fails --------------------------------------------------------------------


def test_a_busy_port_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    folder = sample_in(tmp_path / "site")
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        done = run(*FEEDS, "serve", str(folder), "-p", port, code=1)
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"127.0.0.1:{port}: address already in use (")


def test_a_missing_folder_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    folder = str(tmp_path / "nowhere")
    done = run(*FEEDS, "serve", folder, "-p", "0", code=2)
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"{folder}:1: no such folder")


# Other servers -------------------------------------------------------------------

Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """start("flask") serves a copy of the sample site with another server."""
    folder = sample_in(tmp_path / "site")
    monkeypatch.setenv("FEEDS_FOLDER", str(folder))
    monkeypatch.setenv("FEEDS_BASE_URL", _HOME)
    with ExitStack() as stack:

        def start_one(name: str, *flags: str) -> Server:
            if importlib.util.find_spec(name) is None:
                pytest.skip(f"not installed: {name}")
            port = free_port()
            command = (sys.executable, "-m", *_SERVERS[name].format(port=port).split())
            url = f"http://127.0.0.1:{port}/"
            place = tmp_path / name
            return stack.enter_context(started((*command, *flags), folder, place, url))

        yield start_one


@pytest.mark.parametrize("name", _SERVERS)
def test_other_servers_send_what_is_exported(start: Start, name: str) -> None:
    server = start(name)
    for document in ("rss.xml", "atom.xml", "ids-are-for-ever/index.html"):
        exported = run(*FEEDS, "export", str(server.folder), document).stdout
        answer = get(server.url + document.removesuffix("index.html"))
        assert (answer.status, answer.body) == (200, exported)
        assert _HOME.encode() in exported


def test_gunicorn_with_preload_follows_an_edited_file(start: Start) -> None:
    server = start("gunicorn", "--preload")
    article = server.folder / "ids-are-for-ever.md"
    article.write_text(article.read_text().replace("Ids are", "Names are", 1))
    url = server.url + "rss.xml"
    wait_for(lambda: b"Names are for ever<" in get(url).body, "the new title", 4)
