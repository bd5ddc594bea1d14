"""Programs from outside: run to their end, or started, waited for and ended."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
FEEDS = (sys.executable, "-m", "feeds")
#: How long a program may take to do what it always does at once.
PATIENCE = 20.0
_T = TypeVar("_T")


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where one of `programs` is not installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(
        bool(missing), reason=f"not installed: {', '.join(missing)}"
    )


def wait_for(condition: Callable[[], _T], what: str, seconds: float = PATIENCE) -> _T:
    """Return what `condition` returns as soon as it is true; fail at the deadline."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.03)
    return found


def run(
    *command: str, given: bytes = b"", code: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run `command` to its end, which must be exit status `code`."""
    done = subprocess.run(
        command, input=given, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == code, (command, done.returncode, done.stderr.decode())
    return done


@dataclass(frozen=True)
class Answer:
    """What a server said, whole."""

    status: int
    headers: Message
    body: bytes


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """GET `url` over a connection of its own, following nothing."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", parts.path, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def answers(url: str) -> bool:
    """Whether a server is there already."""
    try:
        return get(url).status == 200
    except (OSError, http.client.HTTPException):
        return False


def free_port() -> int:
    """A port that is free now, for servers that cannot say which one they took."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that runs and answers."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    told: Path
    greeting: int

    def stderr(self) -> str:
        """What it has written to standard error since it answered first."""
        return self.told.read_bytes()[self.greeting :].decode()

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status, which must come within 10 s."""
        self.process.send_signal(number)
        return self.process.wait(10)


def workers(server: Server) -> set[int]:
    """The processes that answer, by id."""
    command = ("pgrep", "-P", str(server.process.pid))
    # Its status is 1 where there is none.
    found = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    return {int(pid) for pid in found.stdout.split()}


def replaced(server: Server, old: set[int]) -> bool:
    """Whether no worker of `old` is left, and as many others are there."""
    now = workers(server)
    return len(now) == len(old) and not now & old


@contextmanager
def started(
    command: tuple[str, ...], folder: Path, place: Path, url: str = ""
) -> Iterator[Server]:
    """`command` in a process group of its own, which is ended whole.

    Without `url`, the first address on its standard output is taken for it.
    """
    place.mkdir()
    said, told = place / "stdout", place / "stderr"
    with said.open("wb") as out, told.open("wb") as err:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=err, start_new_session=True
        )

    def address() -> str:
        assert process.poll() is None, (command, said.read_text(), told.read_text())
        found = re.search(r"http://\S+/$", said.read_text(), re.MULTILINE)
        return url or (found[0] if found else "")

    try:
        at = wait_for(address, f"an address from {command}")
        wait_for(lambda: address() and answers(at), f"an answer from {command}")
        yield Server(at, folder, process, told, told.stat().st_size)
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
        # Workers that outlived it, if any; the group is its own and nobody else's.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def sample_in(folder: Path) -> Path:
    """A copy of the sample site at `folder`."""
    return Path(shutil.copytree(ROOT / "data", folder))


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write `files` (path -> text) below `folder`."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder
