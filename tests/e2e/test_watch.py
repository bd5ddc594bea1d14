"""feeds serve --watch in a real browser: pages load again as they are written."""

import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.browser import tab
from tests.e2e.conftest import Serve
from tests.e2e.programs import FEEDS, get, needs, started, wait_for, write

pytestmark = [pytest.mark.e2e, needs("chromium")]

_LONG = "---\ntitle: A\ndate: 2026-02-01\n---\n" + "Some words.\n\n" * 300
_TEXT = "document.body?.innerText ?? ''"


def test_a_page_loads_again_where_it_was(serve: Serve, tmp_path: Path) -> None:
    server = serve({"a.md": _LONG}, "--watch")
    with tab(tmp_path / "profile", server.url + "a/") as ask:
        wait_for(lambda: "Some words" in ask(_TEXT), "the page")
        ask("scrollTo(0, 1000)")
        (server.folder / "a.md").write_text(_LONG + "News.\n")
        wait_for(lambda: "News." in ask(_TEXT), "the page as it is now")
        wait_for(lambda: ask("scrollY") == 1000, "where it was")


def test_a_page_that_is_not_there_yet_comes(serve: Serve, tmp_path: Path) -> None:
    server = serve({"a.md": _LONG}, "--watch")
    with tab(tmp_path / "profile", server.url + "b/") as ask:
        wait_for(lambda: "A" in ask(_TEXT), "a page that says so")
        write(server.folder, {"b.md": "# B\n\nHere.\n"})
        wait_for(lambda: "Here." in ask(_TEXT), "the page")


def test_a_server_that_starts_again_is_waited_for(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {"a.md": _LONG})
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    command = (*FEEDS, "serve", str(folder), "-p", port, "--watch")
    with started(command, folder, tmp_path / "one") as server:
        url = server.url
        assert urlsplit(url).port == int(port)
        with tab(tmp_path / "profile", url + "a/") as ask:
            wait_for(lambda: "Some words" in ask(_TEXT), "the page")
            assert server.end(signal.SIGTERM) == 0
            (folder / "a.md").write_text(_LONG + "News.\n")
            with started(command, folder, tmp_path / "two"):
                wait_for(lambda: "News." in ask(_TEXT), "the page as it is now")


def test_the_browser_has_nothing_to_complain_of(serve: Serve, tmp_path: Path) -> None:
    server = serve({"a.md": _LONG}, "--watch")
    asked = "performance.getEntriesByType('resource').filter(e => e.name.match(/a.$/))"
    with tab(tmp_path / "profile", server.url + "a/") as ask:
        wait_for(lambda: ask(f"{asked}.length") >= 2, "it asks again and again")
        assert ask("document.querySelectorAll('script').length") == 1


def test_without_watch_no_page_has_a_script(serve: Serve) -> None:
    assert b"<script" not in get(serve({"a.md": _LONG}).url + "a/").body


def test_others_who_can_ask_are_told_of(serve: Serve, tmp_path: Path) -> None:
    serve({"a.md": _LONG}, "--watch", "--host", "0.0.0.0")
    told = (tmp_path / "serve/stderr").read_text()
    assert "--watch is for you alone, and others can ask at 0.0.0.0" in told
