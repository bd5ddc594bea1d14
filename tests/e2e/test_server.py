"""Servers start, stop and fail as they should, and all send the same bytes."""

import http.client
import importlib.util
import json
import os
import re
import signal
import socket
import ssl
import subprocess
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
    needs,
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


# What it logs --------------------------------------------------------------------

_COMBINED = re.compile(
    r"127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}(:\d\d){3} \+0000\] "
    r'"GET /rss\.xml HTTP/1\.1" 200 [1-9]\d* "([^"]*)" "([^"]*)"'
)


def line_about_a_poll(server: Server) -> str:
    """What is logged of a poll by a reader with 3 subscribers."""
    connection = http.client.HTTPConnection(
        urlsplit(server.url).netloc, timeout=PATIENCE
    )
    headers = {
        "User-Agent": "Reader (3 subscribers)",
        "Referer": "http://a.example/?s=1",
    }
    connection.request("GET", "/rss.xml?token=secret", headers=headers)
    connection.getresponse().read()
    connection.close()
    wait_for(lambda: "Reader" in server.stderr(), "the line about it")
    (line,) = [line for line in server.stderr().splitlines() if "Reader" in line]
    return line


def test_a_combined_log_names_readers_and_no_secrets(serve: Serve) -> None:
    found = _COMBINED.fullmatch(line_about_a_poll(serve(None, "--log-format=combined")))
    assert found
    assert found.groups()[1:] == ("http://a.example/", "Reader (3 subscribers)")


def test_a_json_log_names_readers_and_no_secrets(serve: Serve) -> None:
    line = line_about_a_poll(serve(None, "--log-format=json"))
    visit = json.loads(line)
    assert (visit["status"], visit["path"]) == (200, "/rss.xml")
    assert visit["user_agent"] == "Reader (3 subscribers)"
    assert "secret" not in line


# TLS -----------------------------------------------------------------------------


def certificate_in(folder: Path) -> tuple[str, str]:
    """A self-signed certificate for localhost and its key, as files of `folder`."""
    cert, key = str(folder / "cert.pem"), str(folder / "key.pem")
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    named = "-addext subjectAltName=DNS:localhost"
    run(*made.split(), *named.split(), "-out", cert, "-keyout", key)
    return cert, key


@dataclass(frozen=True)
class Secure:
    """A server that answers over TLS."""

    address: tuple[str, int]
    cert: str
    process: subprocess.Popen[bytes]

    def shown(self) -> str:
        """The certificate that it shows now."""
        return ssl.get_server_certificate(self.address)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    """The sample site over TLS."""
    cert, key = certificate_in(tmp_path)
    address = "localhost", free_port()
    flags = ("-p", str(address[1]), "--tls-cert", cert, "--tls-key", key)
    command = (*FEEDS, "serve", str(sample_in(tmp_path / "site")), *flags)
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    server = Secure(address, cert, process)

    def answers() -> bool:
        assert process.poll() is None, (tmp_path / "said").read_text()
        try:
            return bool(server.shown())
        except OSError:
            return False

    try:
        wait_for(answers, "it shows its certificate")
        yield server
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0


@needs("openssl", "curl")
@pytest.mark.parametrize("version", ["1.1", "2"])
def test_both_versions_of_http_are_spoken_over_tls(
    secure: Secure, version: str
) -> None:
    if b"HTTP2" not in run("curl", "--version").stdout:
        pytest.skip("this curl has no HTTP/2")
    url = f"https://localhost:{secure.address[1]}/rss.xml"
    said = ("-s", "-o", os.devnull, "-w", "%{http_version} %{http_code}")
    asked = run("curl", "--cacert", secure.cert, f"--http{version}", *said, url)
    assert asked.stdout.decode() == f"{version} 200"


@needs("openssl")
def test_readers_without_tls_1_3_are_served(secure: Secure) -> None:
    context = ssl.create_default_context(cafile=secure.cert)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    plain = socket.create_connection(secure.address, PATIENCE)
    with context.wrap_socket(plain, server_hostname="localhost") as wrapped:
        assert wrapped.version() == "TLSv1.2"


@needs("openssl")
def test_a_renewed_certificate_is_shown_after_sighup(
    secure: Secure, tmp_path: Path
) -> None:
    old = secure.shown()
    certificate_in(tmp_path)
    secure.process.send_signal(signal.SIGHUP)
    wait_for(lambda: secure.shown() != old, "the new certificate")


@needs("openssl")
def test_a_broken_certificate_is_not_taken_up(secure: Secure, tmp_path: Path) -> None:
    old = secure.shown()
    Path(secure.cert).write_text("broken")
    secure.process.send_signal(signal.SIGHUP)
    told = tmp_path / "said"
    wait_for(lambda: "not reloaded: " in told.read_text(), "what is wrong")
    assert secure.shown() == old


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


# What it counts ------------------------------------------------------------------


def test_all_workers_are_counted_and_nothing_is_left(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    server = serve(None, "--workers", "2")
    for _ in range(40):
        assert get(server.url + "none").status == 404
    wanted = b'feeds_requests_total{document="other",status="404"} 40\n'
    wait_for(lambda: wanted in get(server.url + "metrics").body, "all are counted")
    assert list(temporary.rglob("*.counts"))
    assert server.end() == 0
    assert not list(temporary.iterdir())


def test_its_health_is_told(serve: Serve) -> None:
    server = serve({"a.md": "# One\n", "b.md": "---\ntitle: open"})

    def told() -> dict[str, object]:
        found = json.loads(get(server.url + "healthz").body)
        assert isinstance(found, dict)
        return found

    wait_for(lambda: told()["scanned_seconds_ago"] == 0, "a look at the folder")
    assert told()["articles"] == 1
    assert told()["problems"] == {"error": 1, "warning": 0}
