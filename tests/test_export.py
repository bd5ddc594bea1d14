"""The door to files: the same bytes, replaced whole, nothing else touched."""

import os

import pytest

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError
from feeds.export import Summary, export
from feeds.site import Site
from tests.conftest import NOW, write

FILES = {
    "a.md": "---\ndate: 2026-01-01\n---\n![x](2024/p.png)",
    "2024/b.md": "---\ndate: 2026-01-02\n---\nb",
    "2024/p.png": b"\x89PNG",
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def files(folder) -> dict[str, bytes]:
    found = (place for place in folder.rglob("*") if place.is_file())
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in found}


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
    export(site, out, force=True)
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


def test_a_mark_that_was_tampered_with_removes_nothing_outside(site, out, tmp_path):
    export(site, out)
    write(tmp_path, {"precious.txt": "x"})
    with (out / EXPORT_MARK).open("a") as mark:
        mark.write("../precious.txt\n/etc/hostname\n")
    export(site, out)
    assert (tmp_path / "precious.txt").exists()
