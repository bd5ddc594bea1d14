"""Which files of a folder are looked at, which are refused, and none else opened."""

import os
import socket
from pathlib import Path

import pytest

from feeds.articles.folder import EXPORT_MARK, File, open_file, read_file, scan
from feeds.errors import ArticleError
from tests.conftest import write

NFC, NFD = "caf\u00e9.md", "cafe\u0301.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty content folder; there is room for other things beside it."""
    folder = tmp_path.resolve() / "content"
    folder.mkdir()
    return folder


def refused(root: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.found) for problem in scan(root).refused]


def test_articles_and_media_are_found_at_any_depth(root):
    write(root, {"a.md": "A", "2024/b.HTML": "B", "2024/may/c.txt": "C", "d.png": ""})
    found = scan(root)
    assert sorted(found.files) == ["2024/b.HTML", "2024/may/c.txt", "a.md", "d.png"]
    assert found.refused == []
    assert read_file(found.files["2024/may/c.txt"]) == b"C"


def test_files_of_other_kinds_are_left_alone(root):
    write(root, {"a.py": "", "README": "", "feeds.toml": "", "feeds.ledger": ""})
    assert scan(root).files == {}
    assert refused(root) == []


def test_hidden_files_and_folders_are_left_alone(root):
    write(root, {".a.md": "A", ".git/b.md": "B", "x/.c/d.md": "D", "x/.e.md": "E"})
    assert scan(root).files == {}
    assert refused(root) == []


def test_files_of_other_kinds_are_listed_to_tell_whose_folder_it_is(root):
    write(root, {"a.py": "", "x/_config.yml": "", "x/b.md": "B", "feeds.toml": ""})
    assert sorted(scan(root).others) == ["a.py", "x/_config.yml"]


def test_a_header_beside_an_article_is_found_like_the_article(root):
    write(root, {"posts/a.rst": "A", "posts/a.meta": ".. title: A"})
    assert sorted(scan(root).files) == ["posts/a.meta", "posts/a.rst"]


@pytest.mark.parametrize("name", ["node_modules", "bower_components", "__pycache__"])
def test_other_peoples_files_are_never_looked_at(root, name):
    write(root, {f"{name}/x/readme.md": "A", f"site/{name}/y.md": "B", "c.md": "C"})
    found = scan(root)
    assert (list(found.files), found.others) == (["c.md"], [])


def test_a_folder_that_was_exported_to_is_left_out(root):
    write(root, {f"out/{EXPORT_MARK}": "", "out/a.html": "A", "out/x/b.html": "B"})
    write(root, {"c.md": "C"})
    assert list(scan(root).files) == ["c.md"]


def test_a_root_that_was_itself_exported_to_is_read(root):
    write(root, {EXPORT_MARK: "", "c.md": "C"})
    assert list(scan(root).files) == ["c.md"]


def test_a_link_to_a_file_inside_is_that_file(root):
    write(root, {"a.md": "A"})
    (root / "b.md").symlink_to("a.md")
    files = scan(root).files
    assert read_file(files["b.md"]) == b"A"
    assert files["a.md"] == files["b.md"]


def test_a_link_out_of_the_folder_is_refused(root):
    write(root.parent, {"secret.md": "S"})
    (root / "a.md").symlink_to(root.parent / "secret.md")
    assert scan(root).files == {}
    assert refused(root) == [("a.md", "a link out of the folder")]


def test_a_link_to_a_neighbour_with_a_longer_name_leads_out(root):
    write(root.parent, {"content-of-others/a.md": "S"})
    (root / "a.md").symlink_to("../content-of-others/a.md")
    assert refused(root) == [("a.md", "a link out of the folder")]


def test_a_linked_folder_is_refused(root):
    write(root, {"real/a.md": "A"})
    (root / "linked").symlink_to("real")
    assert list(scan(root).files) == ["real/a.md"]
    assert refused(root) == [("linked", "a link to a folder")]


def test_a_linked_folder_outside_is_refused(root):
    write(root.parent, {"other/a.md": "A"})
    (root / "linked").symlink_to("../other")
    assert refused(root) == [("linked", "a link out of the folder")]


def test_a_folder_that_is_linked_into_itself_ends(root):
    write(root, {"x/a.md": "A"})
    (root / "x" / "again").symlink_to("..")
    assert list(scan(root).files) == ["x/a.md"]
    assert [path for path, _ in refused(root)] == ["x/again"]


def test_links_in_a_circle_are_refused(root):
    (root / "a.md").symlink_to("b.md")
    (root / "b.md").symlink_to("a.md")
    assert [path for path, _ in refused(root)] == ["a.md", "b.md"]


def test_a_link_to_nothing_is_refused(root):
    (root / "a.md").symlink_to("gone.md")
    assert refused(root) == [("a.md", "cannot be read: No such file or directory")]


def test_a_pipe_is_refused_and_never_waited_for(root):
    os.mkfifo(root / "a.md")
    assert refused(root) == [("a.md", "not a regular file")]


def test_a_pipe_that_took_a_files_place_is_never_waited_for(root):
    write(root, {"a.md": "A"})
    file = scan(root).files["a.md"]
    (root / "a.md").unlink()
    os.mkfifo(root / "a.md")
    with pytest.raises(ArticleError, match="not a regular file"):
        read_file(file)


def test_a_link_that_took_a_files_place_is_not_followed(root):
    write(root, {"a.md": "A"})
    write(root.parent, {"secret.md": "S"})
    file = scan(root).files["a.md"]
    (root / "a.md").unlink()
    (root / "a.md").symlink_to("../secret.md")
    with pytest.raises(ArticleError, match="cannot be read"):
        read_file(file)


def test_a_folder_that_took_a_files_place_is_not_read(root):
    write(root, {"a.md": "A"})
    file = scan(root).files["a.md"]
    (root / "a.md").unlink()
    (root / "a.md").mkdir()
    with pytest.raises(OSError, match=r"a\.md"):
        open_file(file)


def test_a_file_that_is_gone_by_the_time_it_is_read_is_a_problem(root):
    with pytest.raises(ArticleError, match="No such file"):
        read_file(File(str(root / "gone.md"), 0, 0, 0))


def test_a_device_is_refused(root):
    try:
        os.mknod(root / "a.md", 0o20600, os.makedev(1, 3))
    except OSError:
        pytest.skip("no device can be made here")
    assert refused(root) == [("a.md", "not a regular file")]


def test_a_socket_is_refused(root, monkeypatch):
    monkeypatch.chdir(root)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("a.md")
        assert refused(root) == [("a.md", "not a regular file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_a_problem(root):
    write(root, {"a.md": "A"})
    (root / "a.md").chmod(0)
    with pytest.raises(ArticleError, match="Permission denied"):
        read_file(scan(root).files["a.md"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_the_right_to_read_it_is_one_problem(root):
    write(root, {"x/a.md": "A", "b.md": "B"})
    (root / "x").chmod(0)
    found = refused(root)
    (root / "x").chmod(0o700)
    assert found == [("x", "cannot be read: Permission denied")]


def test_an_article_of_more_than_ten_megabytes_is_refused(root):
    write(root, {"a.md": "", "b.md": "", "c.png": ""})
    os.truncate(root / "a.md", 10_000_001)
    os.truncate(root / "b.md", 10_000_000)
    os.truncate(root / "c.png", 10_000_001)
    assert sorted(scan(root).files) == ["b.md", "c.png"]
    assert refused(root) == [("a.md", "a file of 10,000,001 bytes")]


def test_an_article_that_grew_too_large_after_the_scan_is_a_problem(root):
    write(root, {"a.md": ""})
    file = scan(root).files["a.md"]
    os.truncate(root / "a.md", 10_000_001)
    with pytest.raises(ArticleError, match="grew too large"):
        read_file(file)


@pytest.mark.parametrize("name", ["-rf.md", "a\nb.md", "a\tb.md", "a b%20#?.md"])
def test_a_strange_name_is_a_name(root, name):
    write(root, {name: "A"})
    assert list(scan(root).files) == [name]


def test_a_problem_shows_no_control_character_of_a_name(root):
    (root / "a\n\x1b[2Jb.md").symlink_to("gone")
    shown = str(scan(root).refused[0])
    assert shown.startswith("a\\n\\x1b[2Jb.md:1: ")


def test_a_name_that_is_not_utf_8_is_refused_and_can_be_shown(root):
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.md")).write_text("A")
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    assert scan(root).files == {}
    assert refused(root) == [("caf\\xe9.md", "a name that is not UTF-8")]
    str(scan(root).refused[0]).encode()


def test_a_folder_whose_name_is_not_utf_8_is_refused_with_all_in_it(root):
    folder = Path(os.fsdecode(os.fsencode(root) + b"/\xff"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    write(folder, {"a.md": "A", "b.rst": "B"})
    found = scan(root)
    assert found.files == {}
    assert len(found.refused) == 2
    for problem in found.refused:
        str(problem).encode()


def test_a_decomposed_name_is_known_by_its_composed_letters(root):
    write(root, {NFD: "A"})
    found = scan(root)
    assert list(found.files) == [NFC]
    assert read_file(found.files[NFC]) == b"A"


def test_of_two_spellings_of_one_name_the_second_is_refused(root):
    write(root, {NFC: "A", NFD: "B"})
    if len(os.listdir(root)) == 1:
        pytest.skip("the file system takes them for one")
    assert list(scan(root).files) == [NFC]
    assert refused(root) == [(NFC, "a second file of this name")]


def test_modified_is_when_the_newest_file_or_folder_changed(root):
    write(root, {"x/a.md": "A", "feeds.toml": ""})
    for place, when in (("x", 50), ("x/a.md", 70), ("feeds.toml", 60), ("", 40)):
        os.utime(root / place, (when, when))
    assert scan(root).modified_ns == 70 * 10**9
    os.utime(root / "feeds.toml", (90, 90))
    assert scan(root).modified_ns == 90 * 10**9


def test_a_folder_too_deep_to_follow_is_said_to_be_passed_over(root):
    deep = "/".join(["x"] * 50)
    write(root, {f"{deep}/a.md": "A"})
    found = scan(root)
    assert found.files == {}
    assert len(found.refused) == 1


def test_a_folder_that_vanishes_while_it_is_looked_at_is_no_fault(root, monkeypatch):
    write(root, {"a.md": "A", "x/b.md": "B"})
    real = os.scandir

    def scandir(place):
        listed = list(real(place))
        if str(place) == str(root):
            (root / "x" / "b.md").unlink()
            (root / "x").rmdir()
        return listed

    monkeypatch.setattr(os, "scandir", scandir)
    assert list(scan(root).files) == ["a.md"]


def test_a_root_that_is_gone_is_an_error(root):
    root.rmdir()
    with pytest.raises(FileNotFoundError):
        scan(root)


def test_what_looks_as_it_did_is_the_same_value_again(root):
    write(root, {"a.md": "A", "b.md": "B"})
    first = scan(root).files
    write(root, {"b.md": "B, longer"})
    second = scan(root, first).files
    assert second["a.md"] is first["a.md"]
    assert second["b.md"].size == len("B, longer")
