"""What is exported is byte for byte what is served."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.programs import FEEDS, get, run

pytestmark = pytest.mark.e2e

_HOME = "https://folderfeed.example/blog/"


def test_every_exported_file_is_served_at_its_path(
    serve: Serve, tmp_path: Path
) -> None:
    server, out = serve(None, "--base-url", _HOME), tmp_path / "out"
    run(*FEEDS, "export", str(server.folder), "-o", str(out), "--base-url", _HOME)
    files = {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file() and file.name != ".feeds-export"
    }
    # 12 articles, 4 pictures; 15 feeds (the site's own and one of feeds.toml, 7 tags,
    # 3 authors, 3 languages) in 3 formats with a page each, and 3 pages of all of a
    # kind; the 404 page, 2 stylesheets, and 3 lists for programs.
    assert len(files) == 12 + 4 + 15 * 4 + 3 + 3 + 3
    for path, data in files.items():
        answer = get(server.url + path.removesuffix("index.html"))
        assert answer.status == (404 if path == "404.html" else 200), path
        assert answer.body == data, path


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "index.html", "feeds.css"])
def test_one_document_is_printed_as_it_is_served(serve: Serve, path: str) -> None:
    server = serve(None, "--base-url", _HOME)
    flags = ("--base-url", _HOME)
    printed = run(*FEEDS, "export", str(server.folder), path, *flags)
    assert printed.stdout == get(server.url + path.removesuffix("index.html")).body
    assert printed.stderr == b""
