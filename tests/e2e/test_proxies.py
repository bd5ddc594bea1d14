"""Feeds pass whole through the proxies of deploy/, and the operator's pages do not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.programs import (
    FEEDS,
    Server,
    free_port,
    get,
    needs,
    run,
    sample_in,
    started,
    wait_for,
)
from tests.e2e.proxies import DEPLOY, ask, caddy_before, listens, nginx_before

pytestmark = pytest.mark.e2e
_BEFORE = {"nginx": nginx_before, "caddy": caddy_before}
_NEEDS = {"nginx": needs("nginx", "openssl"), "caddy": needs("caddy")}
_SAME = """Content-Type Content-Length Content-Encoding ETag Last-Modified Vary
Cache-Control Link Content-Security-Policy Access-Control-Allow-Origin""".split()
_HIDDEN = [
    "metrics",
    "metrics?x=1",
    "%6detrics",
    "/metrics",
    "./metrics",
    "x/../metrics",
]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=mark) for name, mark in _NEEDS.items()],
)
def front(
    request: pytest.FixtureRequest,
    sample: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of each proxy before the sample site."""
    place = tmp_path_factory.mktemp(request.param)
    with _BEFORE[request.param](sample, place) as address:
        yield address


def chosen(headers: Message) -> dict[str, str | None]:
    return {name: headers[name] for name in _SAME}


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("path", ["", "rss.xml", "feed.json", "ids-are-for-ever/"])
def test_what_is_passed_on_is_the_same(
    front: str, sample: Server, path: str, coding: str
) -> None:
    direct = ask(sample.url + path, Accept_Encoding=coding)
    for _ in ("fetched", "kept"):
        answer = ask(front + path, Accept_Encoding=coding)
        assert (answer.status, answer.body) == (200, direct.body)
        assert chosen(answer.headers) == chosen(direct.headers)


@pytest.mark.parametrize(
    ("asked", "validator"),
    [("If_None_Match", "ETag"), ("If_Modified_Since", "Last-Modified")],
)
def test_what_a_reader_has_is_answered_304_with_its_validators(
    front: str, asked: str, validator: str
) -> None:
    first = ask(front + "rss.xml")
    answer = ask(front + "rss.xml", **{asked: first.headers[validator]})
    assert (answer.status, answer.body) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert answer.headers[name] == first.headers[name]


def test_a_date_that_is_later_is_answered_304(front: str) -> None:
    # Thunderbird has the date of its last poll.
    later = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert ask(front + "rss.xml", If_Modified_Since=later).status == 304


@pytest.mark.parametrize("path", _HIDDEN)
def test_the_metrics_are_kept_to_the_operator(front: str, path: str) -> None:
    answer = ask(front + path)
    assert answer.status == 404
    # What the site itself does not find has a policy.
    assert answer.headers["Content-Security-Policy"] is None
    assert ask(front + "nope").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=mark) for name, mark in _NEEDS.items()]
)
def test_the_site_is_asked_by_the_name_that_the_reader_asks(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve({"feeds.toml": 'hosts = ["localhost", "127.0.0.1"]', "a.md": "# A"})
    with _BEFORE[name](server, tmp_path / name) as front:
        assert ask(front + "rss.xml").status == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("nginx", 200, marks=_NEEDS["nginx"]),
        pytest.param("caddy", 226, marks=_NEEDS["caddy"]),
    ],
)
def test_who_asks_for_what_is_new_alone_is_told_it(
    serve: Serve, tmp_path: Path, name: str, status: int
) -> None:
    # nginx, which keeps the whole for all, sends that.
    server = serve({"a.md": "# One\n", "b.md": "# Two\n"})
    known = ask(server.url + "rss.xml").headers["ETag"]
    (server.folder / "c.md").write_text("# Three\n")
    wait_for(lambda: b"Three" in get(server.url + "rss.xml").body, "the new article")
    with _BEFORE[name](server, tmp_path / name) as front:
        answer = ask(front + "rss.xml", A_IM="feed", If_None_Match=known)
    assert answer.status == status
    assert b"Three" in answer.body
    assert (b"One" in answer.body) == (status == 200)


@needs("nginx", "openssl")
def test_nginx_sends_what_it_kept_while_the_server_is_away(tmp_path: Path) -> None:
    folder = sample_in(tmp_path / "site")
    command = (*FEEDS, "serve", str(folder), "-p", "0")
    with (
        started(command, folder, tmp_path / "serve") as server,
        nginx_before(server, tmp_path / "nginx", fresh="1s") as front,
    ):
        before = ask(front + "rss.xml")
        server.end()
        assert not listens(int(server.url.rstrip("/").rpartition(":")[2]))
        # It is asked until it has to ask, and cannot.
        log = tmp_path / "nginx" / "log"
        wait_for(
            lambda: ask(front + "rss.xml").body and "refused" in log.read_text(),
            "nginx has asked the server that is away",
        )
        after = ask(front + "rss.xml")
    assert (after.status, after.body) == (200, before.body)


@needs("caddy")
def test_caddy_waits_for_a_server_that_restarts(tmp_path: Path) -> None:
    folder = sample_in(tmp_path / "site")
    command = (*FEEDS, "serve", str(folder), "-p", str(free_port()))
    with (
        started(command, folder, tmp_path / "first") as server,
        caddy_before(server, tmp_path / "caddy") as front,
        ThreadPoolExecutor() as pool,
    ):
        before = ask(front + "rss.xml")
        server.end()
        polls = [pool.submit(ask, front + "rss.xml") for _ in range(3)]
        with started(command, folder, tmp_path / "second"):
            answers = [poll.result() for poll in polls]
    assert [(each.status, each.body) for each in answers] == [(200, before.body)] * 3


@needs("caddy")
def test_caddy_accepts_its_file_as_it_is() -> None:
    file = str(DEPLOY / "Caddyfile")
    run("caddy", "validate", "--adapter", "caddyfile", "--config", file)
