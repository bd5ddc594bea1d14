"""The cache: what it saves, that it changes nothing, and that it may be lost."""

import gc
import os
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from feeds.articles import contents
from feeds.articles.cache import Cache
from feeds.site import Site
from tests.conftest import NOW, write

LONG_AGO = NOW - timedelta(days=1)
FILES = {
    "feeds.toml": 'title = "T"\nbase_url = "https://ann.example/"\n',
    "a.md": "---\ntitle: A\ndate: 2026-01-01T09:30:00+02:00\ntags: [x]\n---\nAlpha.",
    "b.md": "---\ntitle: B\nauthor: Ben <ben@ann.example>\n---\n[a](a.md) ![p](p.png)",
    "c.md": "---\nbroken: [\n---\n",
    "d.txt": "A text of a newsroom\n\nwith no date",
    "p.png": b"\x89PNG",
}


@pytest.fixture(autouse=True)
def _for_small_folders_too(monkeypatch):
    monkeypatch.setattr(contents, "_LARGE", -1)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The file of the cache of the site in `tmp_path`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return lambda: next((tmp_path / "cache" / "folderfeed").glob("*.sqlite"))


def aged(folder, files):
    """`files` in a folder, last changed long ago."""
    write(folder, files)
    for path in files:
        os.utime(folder / path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


@pytest.fixture
def opened(tmp_path, place):
    """opened() -> the site as a new run finds it."""
    folder = tmp_path / "site"
    aged(folder, FILES)
    return lambda now=NOW: Site(folder, clock=lambda: now)


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read from now on."""
    names = []

    def read_file(file, read=contents.read_file):
        names.append(os.path.basename(file.place))
        return read(file)

    monkeypatch.setattr(contents, "read_file", read_file)
    return names


def whole(site):
    """Every document, and every problem."""
    made = {path: site.document(path).body for path in site.edition.paths}
    return made, site.problems


def test_a_later_run_reads_only_what_it_could_not_understand(opened, read):
    opened()
    assert sorted(read) == ["a.md", "b.md", "c.md", "d.txt"]
    read.clear()
    opened()
    assert read == ["c.md"]


def test_a_later_run_makes_the_same_documents(opened, monkeypatch, tmp_path):
    first = whole(opened())
    assert whole(opened()) == first
    monkeypatch.setattr(contents, "_LARGE", 10**9)
    assert whole(opened()) == first


def test_what_changed_is_read_and_nothing_else(opened, read, tmp_path):
    opened()
    write(tmp_path / "site", {"a.md": FILES["a.md"].replace("Alpha", "Omega")})
    read.clear()
    made, _ = whole(opened())
    assert sorted(read) == ["a.md", "c.md"]
    assert b"Omega" in made["a/index.html"]


def test_what_is_the_same_in_another_file_is_not_understood_anew(
    opened, tmp_path, monkeypatch
):
    opened()
    (tmp_path / "site/a.md").unlink()
    aged(tmp_path / "site", {"a.md": FILES["a.md"]})
    monkeypatch.setattr(contents, "read_article", None)
    (tmp_path / "site/c.md").unlink()
    assert b"Alpha" in opened().document("a/index.html").body


def test_a_file_that_may_change_within_its_own_instant_is_read_again(
    opened, read, tmp_path
):
    write(tmp_path / "site", {"a.md": "# Now"})
    just = datetime.fromtimestamp((tmp_path / "site/a.md").stat().st_mtime, UTC)
    opened(just)
    read.clear()
    opened(just)
    assert sorted(read) == ["a.md", "c.md"]


def test_another_configuration_reads_dates_anew(opened, read, tmp_path):
    opened()
    read.clear()
    write(
        tmp_path / "site", {"feeds.toml": FILES["feeds.toml"] + 'timezone="Asia/Tokyo"'}
    )
    opened()
    assert sorted(read) == ["a.md", "b.md", "c.md", "d.txt"]


def test_a_cache_that_was_deleted_while_in_use_is_not_missed(opened, place):
    site = opened()
    with sqlite3.connect(place()) as connection:
        connection.execute("DELETE FROM bodies")
    connection.close()
    assert b"Alpha" in site.document("a/index.html").body


@pytest.mark.parametrize(
    "content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 99]
)
def test_a_damaged_cache_is_begun_anew(opened, place, read, content):
    first = whole(opened())
    gc.collect()  # and so it is closed
    for suffix in ("-wal", "-shm"):
        place().with_name(place().name + suffix).unlink(missing_ok=True)
    place().write_bytes(content)
    assert whole(opened()) == first
    read.clear()
    opened()
    assert read == ["c.md"]


def test_a_cache_of_another_version_is_begun_anew(opened, place):
    first = whole(opened())
    with sqlite3.connect(place()) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert whole(opened()) == first


def test_where_nothing_can_be_kept_all_is_read(opened, monkeypatch, tmp_path, read):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    first = whole(opened())
    read.clear()
    assert whole(opened()) == first
    assert set(read) == {"a.md", "b.md", "c.md", "d.txt"}


def test_a_cache_that_others_keep_locked_is_waited_for_once(
    opened, place, monkeypatch, read
):
    opened()
    gc.collect()
    monkeypatch.setattr("feeds.articles.cache._PATIENCE", 0.01)
    other = sqlite3.connect(place())
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    read.clear()
    site = opened()
    other.close()
    assert sorted(read) == ["a.md", "b.md", "c.md", "d.txt"]
    assert b"Alpha" in site.document("a/index.html").body


def test_what_is_gone_is_forgotten_after_a_day(opened, place, tmp_path):
    def kept():
        with sqlite3.connect(place()) as connection:
            rows = connection.execute("SELECT body FROM bodies").fetchall()
        connection.close()
        return {body for (body,) in rows}

    opened()
    (tmp_path / "site/a.md").unlink()
    opened(NOW + timedelta(hours=1))
    assert "Alpha." in kept()
    opened(NOW + timedelta(hours=26))
    assert "Alpha." not in kept()
    assert kept()


def test_a_fork_opens_the_cache_for_itself(opened):
    site = opened()
    site.document("a/index.html")
    process = os.fork()
    if not process:
        found = site.edition.library.body(site.edition.articles[0])
        os._exit(0 if found else 1)
    assert os.waitpid(process, 0)[1] == 0


def test_a_folder_that_grows_large_takes_its_bodies_along(
    opened, monkeypatch, tmp_path
):
    monkeypatch.setattr(contents, "_LARGE", 10**9)
    site = opened()
    assert not isinstance(site.edition.library.contents.bodies, Cache)
    monkeypatch.setattr(contents, "_LARGE", -1)
    write(tmp_path / "site", {"e.md": "# E"})
    site.refresh()
    assert isinstance(site.edition.library.contents.bodies, Cache)
    assert b"Alpha" in site.document("a/index.html").body
