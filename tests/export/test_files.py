"""A folder that gets in the way: each fault is one sentence, and no file is harmed."""

import os
import shutil

import pytest

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError
from feeds.export import Summary, Wishes, export
from tests.conftest import write
from tests.export.conftest import files

FILES = {
    "a.md": "---\ndate: 2026-01-01\n---\na",
    "2024/p.png": b"\x89PNG",
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


def failing_at(monkeypatch, name, number):
    """Make a call of os fail once it comes to a path that ends in `name`."""
    replace = os.replace

    def fail(source, target, **more):
        if str(target).endswith(name):
            raise OSError(number, os.strerror(number))
        replace(source, target, **more)

    monkeypatch.setattr(os, "replace", fail)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (28, "no space left on device (free some; each file is as it was, or new)"),
        (30, "read-only file system (make it writable, or choose another folder)"),
        (5, "input/output error (see that it can be written, and export again)"),
    ],
)
def test_what_the_system_refuses_is_one_sentence(site, out, monkeypatch, number, said):
    export(site, out)
    before = files(out)
    write(site.folder, {"a.md": FILES["a.md"] + " changed"})
    site.refresh()
    failing_at(monkeypatch, "a/index.html", number)
    with pytest.raises(ExportError) as caught:
        export(site, out)
    assert str(caught.value) == f"{out}/a/index.html: {said}"
    assert files(out) == before


def test_a_folder_that_vanishes_is_not_made_again(site, out):
    def vanishing(paths):
        shutil.rmtree(out)
        return paths

    with pytest.raises(ExportError, match="no such file or directory"):
        export(site, out, progress=vanishing)
    assert not out.exists()


def test_a_file_of_others_where_a_folder_must_be_stays(site, out):
    write(out, {"a": "mine"})
    with pytest.raises(ExportError) as caught:
        export(site, out, Wishes(force=True))
    said = "a file where a folder must be (move it away)"
    assert str(caught.value) == f"{out}/a: {said}"
    assert (out / "a").read_bytes() == b"mine"


def test_a_file_of_ours_makes_way_for_a_folder(site, out):
    wishes = Wishes(more=lambda edition: {"b": b"file", "c/d/e": b"folder"})
    export(site, out, wishes)
    wishes = Wishes(more=lambda edition: {"b/x": b"folder", "c": b"file"})
    assert export(site, out, wishes) == Summary(2, 12, 0)
    assert (out / "b/x").read_bytes() == b"folder"
    assert (out / "c").read_bytes() == b"file"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_with_files_of_others_makes_way_for_none(site, out, tmp_path, kind):
    export(site, out, Wishes(more=lambda edition: {"c/d/e": b"folder"}))
    if kind == "file":
        write(out, {"c/mine": "x"})
    else:
        (out / "c/mine").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(ExportError, match="a folder where a file must be"):
        export(site, out, Wishes(more=lambda edition: {"c": b"file"}))
    assert (out / "c/mine").exists()
    assert (out / "c/d/e").exists()


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_nothing_is_written_through_a_link_that_leads_out(site, out, tmp_path, target):
    elsewhere = write(tmp_path / "elsewhere", {"x": "x"})
    out.mkdir()
    (out / "a").symlink_to(tmp_path / target, target_is_directory=True)
    with pytest.raises(ExportError, match=r"out/a: a link out of .* \(move it away\)"):
        export(site, out, Wishes(force=True))
    assert files(elsewhere) == {"x": b"x"}


def test_a_link_to_a_folder_in_here_is_followed(site, out):
    (out / "pages").mkdir(parents=True)
    (out / "a").symlink_to("pages", target_is_directory=True)
    export(site, out, Wishes(force=True))
    assert (out / "pages/index.html").is_file()


def test_a_path_that_leads_out_is_not_written(site, out, tmp_path):
    with pytest.raises(ExportError, match="leads out"):
        export(site, out, Wishes(more=lambda edition: {"../x": b"x"}))
    assert not (tmp_path / "x").exists()


def test_the_draft_of_an_export_that_was_killed_is_removed(site, out):
    write(out, {".feeds-export.part": "half"})
    export(site, out)
    assert not (out / ".feeds-export.part").exists()


def test_a_mark_that_is_a_folder_is_named(site, out):
    (out / EXPORT_MARK).mkdir(parents=True)
    with pytest.raises(ExportError, match=r"is a directory \(move it away\)"):
        export(site, out)
