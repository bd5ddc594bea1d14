"""Liferea asks for what is new alone, gets it, and loses nothing by it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.liferea import liferea
from tests.e2e.listener import listening
from tests.e2e.programs import get, needs, wait_for, write

pytestmark = [
    pytest.mark.e2e,
    needs("liferea", "xvfb-run", "dbus-run-session", "dbus-send"),
]
_SITE = {f"{n}.md": f"---\ntitle: {n}\ndate: 2026-02-01\n---\n\nText.\n" for n in "ab"}
_NEW = {"c.md": "---\ntitle: c\ndate: 2026-02-02\n---\n\nText.\n"}


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_liferea_gets_what_is_new_alone_and_has_everything_once(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve(_SITE)
    with (
        listening(server.url) as listener,
        liferea(tmp_path / "liferea", listener.url + name) as reader,
    ):
        wait_for(lambda: reader.titles().total() == 2, "its first articles")
        write(server.folder, _NEW)
        wait_for(lambda: b"c<" in get(server.url + name).body, "the new article")
        reader.refresh()
        wait_for(lambda: reader.titles().total() == 3, "the new article in Liferea")
        titles = reader.titles()
    *_, first, second = listener.of(f"/{name}")
    assert titles == Counter("abc")
    assert second.asked["A-IM"] == "feed"
    assert second.asked["If-None-Match"] == first.told["etag"]
    assert (first.status, second.status) == (200, 226)
