"""The folder goes, the disk is full, the server is killed: nothing is lost by it."""

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.documents.formats import FORMATS
from tests.e2e.conftest import Serve
from tests.e2e.disks import fill, make_room, needs_disks, read_only, small_disk
from tests.e2e.polls import polled
from tests.e2e.programs import (
    FEEDS,
    PATIENCE,
    Answer,
    Server,
    get,
    needs,
    replaced,
    started,
    wait_for,
    workers,
    write,
)

pytestmark = pytest.mark.e2e
_HOME = "https://folderfeed.example/"
_NAMES = [form.filename for form in FORMATS.values()]
# No article has a date: what is known of them is in the ledger alone.
_SITE = {
    "feeds.toml": 'title = "Kept"\nid = "tag:folderfeed.example,2026:"\nlimit = 500\n',
    "a.md": "# One\n",
    "b.md": "# Two\n",
}


@contextmanager
def serving(folder: Path, place: Path, *flags: str) -> Iterator[Server]:
    """`folder` served anew, at the same address as far as feeds say."""
    command = (*FEEDS, "serve", str(folder), "-p", "0", "--base-url", _HOME, *flags)
    with started(command, folder, place) as server:
        yield server


def published(server: Server) -> list[tuple[bytes, str | None]]:
    """All feeds, with their validators."""
    answers = [get(server.url + name) for name in _NAMES]
    return [(answer.body, answer.headers["ETag"]) for answer in answers]


def wait_until_read(server: Server, word: bytes) -> Answer:
    """Wait for what is written in the folder to be in the feeds."""

    def answer() -> Answer | None:
        found = get(server.url + "atom.xml")
        return found if word in found.body else None

    return wait_for(answer, f"{word!r} in the feed")


def kill(server: Server) -> None:
    """End all its processes at once, with no chance to do anything."""
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait(PATIENCE)


# The folder ----------------------------------------------------------------------


def vanish(server: Server) -> Path:
    """Move the folder away, and wait until the server has missed it."""
    away = server.folder.with_name("away")
    server.folder.rename(away)
    wait_for(lambda: "the folder cannot be read" in server.stderr(), "it is missed")
    return away


def return_to(server: Server, away: Path) -> None:
    """Move it back, and wait until the server has seen that."""
    away.rename(server.folder)
    wait_for(lambda: "mended" in server.stderr(), "it is seen again")


def test_polls_go_on_while_the_folder_is_away(serve: Serve) -> None:
    server = serve(_SITE, "--base-url", _HOME)
    url = server.url + "rss.xml"
    with polled(url, None, get(url).headers["ETag"]) as seen:
        away = vanish(server)
        before = seen.total()
        wait_for(lambda: seen.total() > before + 50, "polls go on without it")
        return_to(server, away)
    assert set(seen) == {200, 304}


def test_the_feeds_are_the_same_while_the_folder_is_away_and_after(
    serve: Serve,
) -> None:
    server = serve(_SITE, "--base-url", _HOME)
    before = published(server)
    away = vanish(server)
    assert published(server) == before
    return_to(server, away)
    assert published(server) == before


@needs("pgrep")
def test_new_workers_have_what_was_known_while_the_folder_is_away(
    serve: Serve,
) -> None:
    server = serve(_SITE, "--base-url", _HOME)
    before = published(server)
    old = workers(server)
    vanish(server)
    server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: replaced(server, old), "the worker is another")
    assert published(server) == before


def test_a_folder_that_is_emptied_and_filled_again_is_the_same(serve: Serve) -> None:
    # As where a disk is unmounted, which leaves the bare folder.
    server = serve(_SITE, "--base-url", _HOME)
    before = published(server)
    away = server.folder.with_name("away")
    server.folder.rename(away)
    server.folder.mkdir()
    wait_for(lambda: "is empty all at once" in server.stderr(), "it is missed")
    assert published(server) == before
    server.folder.rmdir()
    return_to(server, away)
    assert published(server) == before


def test_a_folder_that_is_back_is_followed_again(serve: Serve) -> None:
    server = serve(_SITE, "--base-url", _HOME)
    away = vanish(server)
    write(away, {"c.md": "# Three\n"})
    return_to(server, away)
    wait_until_read(server, b"Three")


# The disk ------------------------------------------------------------------------


@needs_disks()
def test_a_read_only_folder_is_the_same_after_a_restart(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", _SITE)
    with read_only(folder, tmp_path / "view") as view:
        with serving(view, tmp_path / "first") as server:
            write(folder, {"c.md": "# Three\n"})
            wait_until_read(server, b"Three")
            before = published(server)
        with serving(view, tmp_path / "second") as server:
            assert published(server) == before
    assert not list(folder.glob("*.ledger"))


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk that is full, with all that the server keeps for itself on it."""
    with small_disk(tmp_path / "disk") as disk:
        for home in ("STATE", "CACHE"):
            monkeypatch.setenv(f"XDG_{home}_HOME", str(disk))
        fill(disk)
        yield disk


@needs_disks()
def test_articles_are_published_though_nothing_can_be_written(
    tmp_path: Path, full: Path
) -> None:
    folder = write(tmp_path / "site", _SITE)
    with (
        read_only(folder, tmp_path / "view") as view,
        serving(view, tmp_path / "first") as server,
        polled(server.url + "rss.xml", None) as seen,
    ):
        write(folder, {"c.md": "# Three\n"})
        wait_until_read(server, b"Three")
    assert set(seen) == {200}
    assert (
        "cannot be kept"
        in (tmp_path / "first" / "stdout").read_text()
        + (tmp_path / "first" / "stderr").read_text()
    )


@needs_disks()
def test_what_could_not_be_written_is_written_once_there_is_room(
    tmp_path: Path, full: Path
) -> None:
    folder = write(tmp_path / "site", _SITE)
    with read_only(folder, tmp_path / "view") as view:
        with serving(view, tmp_path / "first") as server:
            make_room(full)
            write(folder, {"c.md": "# Three\n"})
            wait_until_read(server, b"Three")
            before = published(server)
        with serving(view, tmp_path / "second") as server:
            assert published(server) == before


@needs_disks()
def test_a_ledger_on_a_disk_that_fills_up_stays_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        folder = write(disk / "site", _SITE)
        with serving(folder, tmp_path / "first") as server:
            kept = (folder / "feeds.ledger").read_bytes()
            fill(disk, but=1)
            write(folder, {"c.md": "# Three\n"})
            wait_until_read(server, b"Three")
            before = published(server)
        assert (folder / "feeds.ledger").read_bytes() == kept
        with serving(folder, tmp_path / "second") as server:
            assert published(server) == before


@needs_disks()
def test_a_large_site_is_the_same_without_room_for_its_cache(
    tmp_path: Path, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Some words that fill a page.\n" * 4000
    files = {f"{number}.md": f"# New {number}\n\n{text}" for number in range(40)}
    folder = write(tmp_path / "site", _SITE | files)
    with serving(folder, tmp_path / "first") as server:
        before = published(server)
    roomy = tmp_path / "roomy"
    monkeypatch.setenv("XDG_CACHE_HOME", str(roomy))
    with serving(folder, tmp_path / "second") as server:
        assert published(server) == before
    assert list(roomy.rglob("*.sqlite"))


# The server ----------------------------------------------------------------------


def ids_and_dates(server: Server) -> set[tuple[str, object, object]]:
    """What readers know each article by."""
    feed = FORMATS["atom"].parse(get(server.url + "atom.xml").body)
    return {(entry.id, entry.published, entry.updated) for entry in feed.entries}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_readers_saw_before_a_kill_is_what_they_see_after(
    serve: Serve, tmp_path: Path, workers: str
) -> None:
    server = serve(_SITE, "--base-url", _HOME, "--workers", workers)
    seen: set[tuple[str, object, object]] = set()
    number = itertools.count()

    def has_seen_some() -> bool:
        write(server.folder, {f"new/{next(number)}.md": "# New\n"})
        seen.update(ids_and_dates(server))
        return len(seen) > 20

    with polled(server.url + "rss.xml", None, None):
        wait_for(has_seen_some, "articles are published while others are written")
        kill(server)
    with serving(server.folder, tmp_path / "again") as again:
        assert seen <= ids_and_dates(again)
