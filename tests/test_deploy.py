"""What deploy/ holds is what its programs accept, and starts what there is."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from feeds.articles.media import MEDIA_TYPES
from feeds.cli import main
from tests.conftest import ROOT
from tests.e2e.programs import needs, run

DEPLOY = ROOT / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def joined(name: str) -> str:
    """The text of a file, its continued lines as one."""
    return text(name).replace("\\\n", "")


@contextmanager
def answering(status: int) -> Iterator[tuple[int, list[str]]]:
    """The port of a server that gives one answer, and what it was asked for."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response_only(status)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.handle_request, daemon=True)
        thread.start()
        yield server.server_port, asked
        thread.join()


@pytest.mark.parametrize("name", ["feeds.service", "Dockerfile"])
def test_what_is_started_is_a_command_with_these_options(name: str) -> None:
    started_by = re.search(r"^(?:ExecStart=|CMD )(.*)$", text(name), re.MULTILINE)
    assert started_by
    words = re.sub(r'[\[\]",]', "", started_by[1]).split()
    assert words[0].rpartition("/")[2] == "feeds"
    known = {opt for p in main.commands[words[1]].params for opt in p.opts}
    asked = {word for word in words if word.startswith("-")}
    assert asked
    assert asked <= known


def test_recordings_pass_by_the_cache() -> None:
    listed = re.search(r"location ~\* \\\.\(([\w|]+)\)\$", text("nginx.conf"))
    assert listed
    assert {f".{suffix}" for suffix in listed[1].split("|")} == {
        suffix
        for suffix, kind in MEDIA_TYPES.items()
        if kind.startswith(("audio/", "video/", "application/pdf", "application/epub"))
    }


def test_the_image_is_made_of_what_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", text("Dockerfile"), re.MULTILINE)
    names = " ".join(copied).split()
    assert {"pyproject.toml", "feeds"} <= set(names)
    assert all((ROOT / name).exists() for name in names)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (404, 1), (500, 1)])
def test_the_image_is_healthy_where_healthz_says_200(status: int, code: int) -> None:
    check = re.search(r"^HEALTHCHECK .* CMD (\[.*?\])$", joined("Dockerfile"), re.M)
    assert check
    python, option, program = json.loads(check[1])
    assert (python, option) == ("python", "-c")
    with answering(status) as (port, asked):
        program = program.replace("8000", str(port))
        run(sys.executable, "-c", program, code=code)
    assert asked == ["/healthz"]


@pytest.mark.parametrize(
    ("name", "home"),
    [("feeds.service", "%S"), ("Dockerfile", "/state")],
)
def test_the_ledger_has_a_place_that_can_be_written(name: str, home: str) -> None:
    assert f"XDG_STATE_HOME={home}" in text(name)


@pytest.mark.parametrize(
    ("name", "home"),
    [("feeds.service", "%C"), ("Dockerfile", "/cache")],
)
def test_the_cache_has_a_place_that_can_be_written(name: str, home: str) -> None:
    assert f"XDG_CACHE_HOME={home}" in text(name)


@pytest.mark.e2e
@needs("systemd-analyze")
def test_systemd_knows_every_word_of_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "feeds.service"
    # The program need not be installed here.
    unit.write_text(
        text("feeds.service").replace("/opt/folderfeed/bin/feeds", "/bin/sh")
    )
    done = run("systemd-analyze", "verify", str(unit))
    assert done.stderr == b""


@pytest.mark.e2e
@needs("hadolint")
def test_the_dockerfile_passes_its_linter() -> None:
    run("hadolint", str(DEPLOY / "Dockerfile"))
