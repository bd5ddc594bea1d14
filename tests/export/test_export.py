"""The door to files: the same bytes, replaced whole, nothing else touched."""

import os

import pytest

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError
from feeds.export import Summary, Wishes, export
from feeds.site import Site
from tests.conftest import NOW, write
from tests.export.conftest import files

FILES = {
    "a.md": "---\ndate: 2026-01-01\n---\n![x](2024/p.png)",
    "2024/b.md": "---\ndate: 2026-01-02\n---\nb",
    "2024/p.png": b"\x89PNG",
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


def test_what_is_exported_is_what_is_served(site, out, client_of):
    export(site, out)
    written = files(out)
    del written[EXPORT_MARK]
    assert set(written) == {*site.edition.paths, "2024/p.png"}
    client = client_of(site)
    for path, body in written.items():
        address = "/" + path.removesuffix("index.html")
        assert client.get(address).data == body, path


def test_only_what_changed_is_written(site, out):
    assert export(site, out) == Summary(13, 0, 0)
    before = {path: (out / path).stat().st_ino for path in files(out)}
    assert export(site, out) == Summary(0, 13, 0)
    write(site.folder, {"2024/b.md": FILES["2024/b.md"] + " changed"})
    site.refresh()
    changed = export(site, out)
    # its page, the front page (its summary) and the three feeds
    assert changed == Summary(5, 8, 0)
    for path in ("a/index.html", "feeds.css", "2024/p.png"):
        assert (out / path).stat().st_ino == before[path]


def test_what_is_gone_from_the_site_is_removed_and_nothing_else(site, out):
    export(site, out)
    write(out, {"mine.txt": "x", "2024/mine.txt": "x"})
    (site.folder / "a.md").unlink()
    (site.folder / "2024/p.png").unlink()
    site.refresh()
    assert export(site, out).removed == 2
    assert not (out / "a").exists()
    assert not (out / "2024/p.png").exists()
    assert {"mine.txt", "2024/mine.txt"} <= set(files(out))


def test_a_folder_with_other_files_is_refused_unless_forced(site, out):
    write(out, {"index.html": "mine"})
    with pytest.raises(ExportError, match="not empty"):
        export(site, out)
    assert files(out) == {"index.html": b"mine"}
    export(site, out, Wishes(force=True))
    assert b"<!doctype html>" in files(out)["index.html"]


def test_the_articles_own_folder_is_refused(site):
    for place in (site.folder, site.folder.parent):
        with pytest.raises(ExportError, match="the articles lie in there"):
            export(site, place)
    assert not (site.folder / "rss.xml").exists()


def test_a_folder_inside_the_site_is_no_content_of_it(site):
    export(site, site.folder / "public")
    again = Site(site.folder, clock=lambda: NOW)
    assert len(again.edition.articles) == 2
    assert export(again, site.folder / "public") == Summary(0, 13, 0)


def test_a_place_that_cannot_be_written_is_named(site, tmp_path):
    write(tmp_path, {"file": "x"})
    with pytest.raises(ExportError, match="file"):
        export(site, tmp_path / "file" / "out")


def test_an_export_that_was_interrupted_is_finished_by_the_next(site, out, monkeypatch):
    export(site, out)
    (site.folder / "a.md").unlink()
    write(site.folder, {"c.md": "---\ndate: 2026-01-03\n---\nc"})
    site.refresh()
    replace, count = os.replace, []

    def fail(*args, **kwargs):
        count.append(1)
        if len(count) == 3:
            raise OSError(28, "No space left on device")
        replace(*args, **kwargs)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ExportError, match="no space left"):
        export(site, out)
    assert not [path for path in files(out) if path.endswith(".part")]
    monkeypatch.undo()
    export(site, out)
    assert set(files(out)) == {*site.edition.paths, "2024/p.png", EXPORT_MARK}


def test_media_come_first_and_the_sites_own_feeds_last(site, out):
    told = []
    export(site, out, tell=lambda sign, path: told.append(path))
    assert told[0] == "2024/p.png"
    assert told[-3:] == ["rss.xml", "atom.xml", "feed.json"]


def test_nothing_at_all_is_written_where_nothing_changed(site, out):
    export(site, out)
    before = {place: place.stat().st_mtime_ns for place in (out, *out.rglob("*"))}
    export(site, out)
    assert before == {
        place: place.stat().st_mtime_ns for place in (out, *out.rglob("*"))
    }


def test_a_file_that_is_as_it_was_written_is_not_read(site, out, monkeypatch):
    export(site, out)
    monkeypatch.setattr("feeds.export.files._same", None)
    assert export(site, out) == Summary(0, 13, 0)


def test_media_in_a_new_copy_of_the_folder_are_not_written_again(site, out, tmp_path):
    export(site, out)
    copy = write(tmp_path / "copy", FILES)
    os.utime(copy / "2024/p.png", (0, 0))
    before = (out / "2024/p.png").stat().st_ino
    export(Site(copy, clock=lambda: NOW), out)
    assert (out / "2024/p.png").stat().st_ino == before


@pytest.mark.parametrize("found", [None, b"", b"\x89PNX", b"\x89PNG and more"])
def test_what_someone_did_to_a_file_by_hand_is_undone(site, out, found):
    export(site, out)
    (out / "2024/p.png").unlink()
    if found is not None:
        write(out, {"2024/p.png": found})
    assert export(site, out) == Summary(1, 12, 0)
    assert (out / "2024/p.png").read_bytes() == b"\x89PNG"


def test_files_have_the_rights_that_the_umask_gives(site, out):
    before = os.umask(0o027)
    try:
        export(site, out)
    finally:
        os.umask(before)
    assert {p.stat().st_mode & 0o777 for p in out.rglob("*") if p.is_file()} == {0o640}


def test_a_document_that_cannot_be_rendered_leaves_what_was_written_last(
    site, out, monkeypatch
):
    export(site, out)
    before = (out / "a/index.html").read_bytes()
    write(site.folder, {"a.md": FILES["a.md"] + " changed"})
    fresh = Site(site.folder, clock=lambda: NOW)
    monkeypatch.setattr("feeds.documents.pages.article", None)
    summary = export(fresh, out)
    assert [(p.path, p.code) for p in summary.problems] == [
        ("2024/b/index.html", "render"),
        ("a/index.html", "render"),
    ]
    assert (out / "a/index.html").read_bytes() == before
    assert b"changed" in (out / "atom.xml").read_bytes()
    monkeypatch.undo()
    assert export(fresh, out).written == 1


def test_a_media_file_that_goes_meanwhile_leaves_what_was_written_last(site, out):
    export(site, out)
    write(site.folder, {"2024/p.png": b"\x89PNG anew"})
    fresh = Site(site.folder, clock=lambda: NOW)
    (site.folder / "2024/p.png").unlink()
    [problem] = export(fresh, out).problems
    assert str(problem).startswith("2024/p.png:1: cannot be read: no such file")
    assert (out / "2024/p.png").read_bytes() == b"\x89PNG"


def test_a_folder_that_is_bare_all_at_once_removes_nothing_unless_forced(
    make_site, out, tmp_path
):
    export(make_site(FILES), out)
    before = files(out)
    (tmp_path / "bare").mkdir()
    bare = Site(tmp_path / "bare", clock=lambda: NOW)
    with pytest.raises(ExportError, match="no articles any more"):
        export(bare, out)
    assert files(out) == before
    assert export(bare, out, Wishes(force=True)).removed == 3
    assert export(bare, out) == Summary(0, 10, 0)


def test_a_rehearsal_says_what_an_export_would_do_and_does_nothing(site, out):
    told = []
    wishes = Wishes(dry_run=True)
    assert export(site, out, wishes) == Summary(13, 0, 0)
    assert not out.exists()
    export(site, out)
    (site.folder / "a.md").unlink()
    write(site.folder, {"c.md": "---\ndate: 2026-01-03\n---\nc"})
    site.refresh()
    before = files(out)
    summary = export(site, out, wishes, tell=lambda *what: told.append(what))
    assert files(out) == before
    assert {("+", "c/index.html"), ("~", "rss.xml"), ("-", "a/index.html")} <= {*told}
    assert export(site, out) == summary


def test_what_else_there_is_to_write_is_written_but_over_no_document(site, out):
    more = {"_headers": b"/*", "rss.xml": b"not this"}
    wishes = Wishes(more=lambda edition: more)
    assert export(site, out, wishes).written == 14
    assert (out / "_headers").read_bytes() == b"/*"
    assert (out / "rss.xml").read_bytes() == site.document("rss.xml").body
    assert export(site, out).removed == 1
