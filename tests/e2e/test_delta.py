"""newsboat asks for what is new alone, gets it, and loses nothing by it."""

import sqlite3
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from feeds.documents.formats import FORMATS
from tests.e2e.conftest import Serve
from tests.e2e.listener import listening
from tests.e2e.programs import PATIENCE, get, needs, run, wait_for

pytestmark = [pytest.mark.e2e, needs("newsboat")]
both = pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])

SITE = {
    f"{name}.md": f"---\ntitle: {name}\ndate: 2026-02-0{day}\n---\n\nOf {name}.\n"
    for day, name in enumerate(("one", "two", "three"), 1)
}
NEW = "---\ntitle: four\ndate: 2026-02-04\n---\n\nOf four.\n"


def reload(place: Path, url: str) -> Counter[str]:
    """Reload as newsboat does; the titles that it has then, and how often each."""
    place.mkdir(exist_ok=True)
    urls, cache, config = place / "urls", place / "cache.db", place / "config"
    urls.write_text(f"{url}\n")
    config.touch()
    files = ("-u", str(urls), "-c", str(cache), "-C", str(config))
    done = run("newsboat", *files, "-x", "reload")
    assert not done.stderr.strip(), done.stderr.decode()
    connection = sqlite3.connect(cache)
    try:
        query = "SELECT title FROM rss_item WHERE NOT deleted"
        return Counter(title for (title,) in connection.execute(query))
    finally:
        connection.close()


def subscribe(place: Path, url: str) -> Counter[str]:
    """Load the feed for the first time, and once more.

    newsboat keeps validators only of feeds that its cache has from an earlier run.
    """
    reload(place, url)
    return reload(place, url)


def change(folder: Path, url: str) -> None:
    """Write an article and edit another, and wait until the server knows of both."""
    two = folder / "two.md"
    two.write_text(two.read_text().replace("title: two", "title: deux"))
    (folder / "four.md").write_text(NEW)

    def is_served() -> bool:
        body = get(url).body
        return b"deux<" in body and b"four<" in body

    wait_for(is_served, "both articles")


@both
def test_newsboat_gets_what_changed_alone_and_has_everything_once(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve(SITE)
    with listening(server.url) as listener:
        before = subscribe(tmp_path / "newsboat", listener.url + name)
        change(server.folder, server.url + name)
        after = reload(tmp_path / "newsboat", listener.url + name)
    assert before == Counter(["one", "two", "three"])
    assert after == Counter(["one", "deux", "three", "four"])
    *_, first, second = listener.heard
    assert (first.status, second.status) == (200, 226)
    assert second.asked["A-IM"] == "feed"
    assert second.asked["If-None-Match"] == first.told["etag"]


@both
def test_newsboat_asks_next_with_the_validator_of_the_delta(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve(SITE)
    with listening(server.url) as listener:
        subscribe(tmp_path / "newsboat", listener.url + name)
        change(server.folder, server.url + name)
        told = reload(tmp_path / "newsboat", listener.url + name)
        again = reload(tmp_path / "newsboat", listener.url + name)
    *_, changed, unchanged = listener.heard
    assert (changed.status, unchanged.status) == (226, 304)
    assert unchanged.asked["If-None-Match"] == changed.told["etag"]
    assert again == told


@both
def test_newsboat_keeps_what_it_has_of_an_article_that_is_taken_out(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve(SITE)
    with listening(server.url) as listener:
        subscribe(tmp_path / "newsboat", listener.url + name)
        (server.folder / "one.md").unlink()
        change(server.folder, server.url + name)
        after = reload(tmp_path / "newsboat", listener.url + name)
    assert listener.heard[-1].status == 226
    assert after == Counter(["one", "deux", "three", "four"])


@both
def test_newsboat_loses_nothing_by_a_delta_without_entries(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    server = serve(SITE)
    with listening(server.url) as listener:
        before = subscribe(tmp_path / "newsboat", listener.url + name)
        (server.folder / "one.md").unlink()
        wait_for(lambda: b">one<" not in get(server.url + name).body, "its end")
        after = reload(tmp_path / "newsboat", listener.url + name)
    assert listener.heard[-1].status == 226
    assert after == before


def deltas(url: str, tag: str) -> tuple[int, dict[str, str], bytes]:
    """What is said to who has the version `tag` and asks for what is new alone."""
    line = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        headers = {"A-IM": "feed", "If-None-Match": tag}
        line.request("GET", urlsplit(url).path, headers=headers)
        answer = line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, told, answer.read()
    finally:
        line.close()


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_a_delta_is_a_feed_of_what_changed_under_the_new_validator(
    serve: Serve, form
) -> None:
    server = serve(SITE)
    url = server.url + form.filename
    old = get(url).headers["ETag"]
    two = server.folder / "two.md"
    two.write_text(two.read_text().replace("Of two", "Of deux"))
    wait_for(lambda: b"Of deux" in get(url).body, "the edit")
    status, told, body = deltas(url, old)
    assert (status, told["im"]) == (226, "feed")
    assert told["etag"] == get(url).headers["ETag"]
    assert "no-store" in told["cache-control"]
    assert [entry.title for entry in form.parse(body).entries] == ["two"]
