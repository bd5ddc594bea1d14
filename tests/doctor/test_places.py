"""What the doctor finds of the folder, and of what is kept beside it."""

import os
import shutil
import subprocess
from collections import namedtuple

import pytest

from feeds.articles.homes import cache_folder
from feeds.articles.ledger import places_of
from feeds.doctor import places
from feeds.doctor.finding import Finding
from tests.conftest import write
from tests.e2e.programs import needs

Usage = namedtuple("Usage", "total used free")


def only(found) -> Finding:
    (finding,) = found
    return finding


@pytest.fixture
def forbid(monkeypatch):
    """forbid(folder, …): nobody may write there, whoever runs the tests."""

    def take(*folders):
        monkeypatch.setattr(
            os, "access", lambda path, mode: path not in folders or not mode & os.W_OK
        )

    return take


@pytest.fixture
def git(tmp_path):
    """Run git in the folder."""
    return lambda *words: subprocess.run(
        ["git", "-C", str(tmp_path), *words], check=True
    )


def test_a_folder_that_can_be_written_is_well(tmp_path):
    assert only(places.folder(tmp_path)).level == "ok"


def test_a_folder_that_cannot_be_written_has_its_ledger_elsewhere(tmp_path, forbid):
    forbid(tmp_path)
    assert only(places.folder(tmp_path)).level == "note"
    assert str(places_of(tmp_path)[1]) in only(places.ledger(tmp_path)).found


def test_a_ledger_that_is_not_there_yet_is_well(tmp_path):
    assert only(places.ledger(tmp_path)).found.startswith("none yet")


def test_a_ledger_that_can_be_written_nowhere_is_wrong(tmp_path, forbid, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    forbid(tmp_path)
    told = only(places.ledger(tmp_path))
    assert told.level == "wrong"
    assert "can be written" in told.found


def test_a_ledger_that_is_a_mount_cannot_be_replaced(tmp_path, monkeypatch):
    write(tmp_path, {"feeds.ledger": ""})
    monkeypatch.setattr(places, "_is_mounted", lambda place: True)
    assert only(places.ledger(tmp_path)).level == "wrong"


def test_a_file_is_no_mount(tmp_path):
    assert not places._is_mounted(write(tmp_path, {"a": ""}) / "a")


def test_a_ledger_of_another_user_is_told_of(tmp_path, monkeypatch):
    write(tmp_path, {"feeds.ledger": ""})
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    told = only(places.ledger(tmp_path))
    assert (told.level, told.fix) == ("note", "serve and export as one user")


def test_two_ledgers_are_told_of(tmp_path):
    own, other = places_of(tmp_path)
    own.write_text("")
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("")
    assert [each.level for each in places.ledger(tmp_path)] == ["ok", "note"]


@needs("git")
def test_a_ledger_that_git_ignores_is_wrong(tmp_path, git):
    write(tmp_path, {".gitignore": "*.ledger\n"})
    git("init", "-q")
    told = only(places.history(tmp_path))
    assert (told.level, told.fix) == (
        "wrong",
        "take it out of .gitignore, and commit it",
    )


@needs("git")
def test_a_ledger_that_is_committed_is_well(tmp_path, git):
    write(tmp_path, {"feeds.ledger": ""})
    git("init", "-q")
    assert only(places.history(tmp_path)).level == "note"
    git("add", ".")
    assert only(places.history(tmp_path)).level == "ok"


@needs("git")
def test_of_a_ledger_that_is_not_there_git_need_not_know(tmp_path, git):
    git("init", "-q")
    assert list(places.history(tmp_path)) == []


def test_a_folder_outside_git_is_well(tmp_path):
    assert list(places.history(tmp_path)) == []


def test_a_cache_that_cannot_be_written_is_told_of(tmp_path, monkeypatch):
    assert only(places.cache(tmp_path)).found == str(cache_folder())
    monkeypatch.setenv("XDG_CACHE_HOME", str(write(tmp_path, {"file": ""}) / "file"))
    assert only(places.cache(tmp_path)).level == "note"


@pytest.mark.parametrize(
    ("free", "level"), [(10**10, "ok"), (10**8, "note"), (10**6, "wrong")]
)
def test_a_disk_may_be_full(tmp_path, monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, free))
    assert only(places.space(tmp_path)).level == level
