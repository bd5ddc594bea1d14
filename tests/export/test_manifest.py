"""The manifest: what it says is read again, and what it cannot know is not believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.articles.folder import EXPORT_MARK
from feeds.export import Summary, export
from feeds.export.manifest import UNKNOWN, Written, manifest, read_manifest
from tests.conftest import write
from tests.export.conftest import files

FILES = {"a.md": "---\ndate: 2026-01-01\n---\na"}
SOME = {"a/index.html": Written("abc", 12, 1_700_000_000_000_000_000), "b": UNKNOWN}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


def test_it_has_a_version_and_a_line_for_each_path():
    head, *lines = manifest(SOME).splitlines()
    assert head.startswith("# feeds export 2:")
    assert lines == ["abc 12 1700000000000000000 - a/index.html", "- - - - b"]


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        st.just(SOME["a/index.html"]),
    )
)
def test_what_is_listed_is_read_again(listed):
    assert read_manifest(manifest(listed)) == listed


def test_that_of_a_bucket_has_a_tag_in_place_of_a_time():
    listed = {"rss.xml": Written("abc", 12, key="k" * 24, tag="d41d8-2/8973871e")}
    text = manifest(listed)
    assert text.endswith(f'abc 12 "d41d8-2/8973871e" {"k" * 24} rss.xml\n')
    assert read_manifest(text) == listed


def test_the_first_version_had_paths_only():
    text = "# Written by feeds export, …\n2024/my p.png\nrss.xml\n"
    assert read_manifest(text) == {"2024/my p.png": UNKNOWN, "rss.xml": UNKNOWN}


@pytest.mark.parametrize("head", ["# feeds export 3: who knows", "\0\0\0", ""])
def test_of_another_version_or_a_damaged_one_paths_alone_are_believed(head):
    text = manifest(SOME).replace(manifest({}).strip(), head)
    assert read_manifest(text).items() >= dict.fromkeys(SOME, UNKNOWN).items()


def test_a_line_that_cannot_be_read_is_left_out():
    assert read_manifest(manifest(SOME) + "\n\0\nrss\nx 1 y z\n") == SOME


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: b"\xff\xfe\0" * 99,
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(b" 1", b" 2"),
        lambda text: text.replace(b"#", b"?"),
        lambda text: text.replace(b"\n", b"\r\n"),
    ],
)
def test_a_damaged_one_costs_a_comparison_and_nothing_else(site, out, damage):
    export(site, out)
    mark = out / EXPORT_MARK
    whole = mark.read_bytes()
    mark.write_bytes(damage(whole))
    assert export(site, out) == Summary(0, 11, 0)
    assert mark.read_bytes() == whole


def test_what_a_damaged_one_still_names_is_removed(site, out):
    export(site, out)
    mark = out / EXPORT_MARK
    mark.write_bytes(b"\xff" + mark.read_bytes())
    (site.folder / "a.md").unlink()
    write(site.folder, {"b.md": FILES["a.md"]})
    site.refresh()
    assert export(site, out).removed == 1
    assert "a/index.html" not in files(out)


@pytest.mark.parametrize(
    "path",
    [
        "../precious",
        "a/../../precious",
        "{tmp}/precious",
        "//{tmp}/precious",
        "away/precious",
        "a/away/precious",
        "link",
        "folder",
        "./mine",
        "a//mine",
        "",
        "/",
        ".",
        "..",
        "x\0y",
        "x" * 300,
        "x/" * 9000,
        EXPORT_MARK,
    ],
)
@pytest.mark.parametrize("line", ["{}", "- - - - {}", "abc 1 1 - {}"])
def test_a_hostile_one_removes_nothing_but_files_in_the_folder(
    site, out, tmp_path, path, line
):
    write(tmp_path, {"precious": "x", "out/mine": "x", "out/folder/mine": "x"})
    (out / "a").mkdir()
    for link in ("away", "a/away"):
        (out / link).symlink_to(tmp_path, target_is_directory=True)
    (out / "link").symlink_to(tmp_path / "precious")
    listed = line.format(path.format(tmp=tmp_path))
    head = "" if line == "{}" else manifest({})
    write(out, {EXPORT_MARK: f"{head}{listed}\n"})
    export(site, out)
    assert (tmp_path / "precious").read_bytes() == b"x"
    assert (out / "link").is_symlink()
    assert {"mine", "folder/mine", EXPORT_MARK} <= set(files(out))


def test_a_hostile_one_overwrites_nothing_outside(site, out, tmp_path):
    precious = write(tmp_path, {"precious": "x"}) / "precious"
    export(site, out)
    for name in (EXPORT_MARK, ".feeds-export.part", "rss.xml"):
        (out / name).unlink(missing_ok=True)
        (out / name).symlink_to(precious)
    export(site, out)
    assert precious.read_bytes() == b"x"
    assert not (out / "rss.xml").is_symlink()
