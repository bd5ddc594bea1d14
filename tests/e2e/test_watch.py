"""feeds serve --watch in a real browser: pages load again as they are written."""

import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Open, Serve
from tests.e2e.programs import FEEDS, free_port, get, started, wait_for, write

pytestmark = pytest.mark.e2e

_LONG = "---\ntitle: A\ndate: 2026-02-01\n---\n" + "Some words.\n\n" * 300


def test_a_page_loads_again_where_it_was(serve: Serve, open_page: Open) -> None:
    server = serve({"a.md": _LONG}, "--watch")
    page = open_page(server.url + "a/")
    page.evaluate("scrollTo(0, 1000)")
    (server.folder / "a.md").write_text(_LONG + "News.\n")
    page.get_by_text("News.").wait_for()
    wait_for(lambda: page.evaluate("scrollY") == 1000, "where it was")


def test_a_page_that_is_not_there_yet_comes(serve: Serve, open_page: Open) -> None:
    server = serve({"a.md": _LONG}, "--watch")
    page = open_page(server.url + "b/")
    write(server.folder, {"b.md": "# B\n\nHere.\n"})
    page.get_by_text("Here.").wait_for()


def test_a_server_that_starts_again_is_waited_for(
    tmp_path: Path, open_page: Open
) -> None:
    folder = write(tmp_path / "site", {"a.md": _LONG})
    port = str(free_port())
    command = (*FEEDS, "serve", str(folder), "-p", port, "--watch")
    with started(command, folder, tmp_path / "one") as server:
        page = open_page(server.url + "a/")
        assert server.end(signal.SIGTERM) == 0
    (folder / "a.md").write_text(_LONG + "News.\n")
    with started(command, folder, tmp_path / "two"):
        page.get_by_text("News.").wait_for()


def test_the_browser_has_nothing_to_complain_of(serve: Serve, open_page: Open) -> None:
    page = open_page(serve({"a.md": _LONG}, "--watch").url + "a/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.location["url"]))
    with page.expect_response(lambda answer: answer.request.method == "HEAD"):
        pass
    assert page.locator("script:not([type])").count() == 1
    assert said == []


def test_without_watch_no_page_has_a_script(serve: Serve) -> None:
    assert b"<script src" not in get(serve({"a.md": _LONG}).url + "a/").body


def test_others_who_can_ask_are_told_of(serve: Serve, tmp_path: Path) -> None:
    serve({"a.md": _LONG}, "--watch", "--host", "0.0.0.0")
    told = (tmp_path / "serve/stderr").read_text()
    assert "--watch is for you alone, and others can ask at 0.0.0.0" in told
