"""feeds doctor: all that is found in one list, and what it exits with."""

import json
import os
from importlib import metadata

import pytest
from click.testing import CliRunner

from feeds.cli import main
from feeds.doctor import OF_FOLDERS, OF_SITES, examine, installed
from feeds.doctor import articles as of_articles
from tests.conftest import NOW, write

WELL = {
    "feeds.toml": 'base_url = "https://ann.example/"\nid = "tag:ann.example,2026:"\n',
    "a.md": "---\ndate: 2026-01-01\n---\nx",
}


@pytest.fixture
def run(tmp_path):
    """Run feeds doctor on some files; give back the result."""

    def invoke(files, *arguments):
        folder = str(write(tmp_path / "site", files))
        return CliRunner().invoke(main, ["doctor", folder, *arguments])

    return invoke


def test_where_all_is_well_it_exits_with_0(run):
    result = run(WELL)
    assert result.exit_code == 0
    assert "ok     base_url: https://ann.example/\n" in result.stdout


def test_where_something_is_wrong_it_exits_with_1(run):
    result = run({"a.md": "x"})
    assert result.exit_code == 1
    assert "\nnote   id: not set: " in result.stdout
    assert result.stdout.startswith("wrong  base_url: not set: every address starts")


def test_an_address_may_be_given(run):
    assert (
        "ok     base_url: https://b.example/\n"
        in run({"a.md": "x"}, "--base-url", "https://b.example").stdout
    )


def test_every_fault_of_feeds_toml_is_told_with_what_needs_no_site(run):
    result = run({"feeds.toml": 'tilte = "x"\nlimit = -1'})
    assert result.exit_code == 1
    assert "wrong  feeds.toml:1: " in result.stdout
    assert "wrong  feeds.toml:2: " in result.stdout
    assert "ok     disk: " in result.stdout


def test_a_folder_that_is_not_there_is_one_sentence():
    result = CliRunner().invoke(main, ["doctor", "nowhere"])
    assert result.exit_code == 2
    assert result.stderr == "nowhere:1: no such folder (name a folder of articles)\n"


def test_a_program_reads_json(run):
    first, *_ = json.loads(run(WELL, "--json").stdout)
    assert first == {
        "level": "ok",
        "about": "base_url",
        "found": "https://ann.example/",
        "fix": "",
    }


def test_nothing_is_left_in_the_folder(tmp_path):
    examine(write(tmp_path, {"a.md": "x"}))
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


def test_each_look_says_what_it_is_at():
    assert all(look.__doc__ for look in (*OF_SITES, *OF_FOLDERS))


@pytest.mark.parametrize(
    ("files", "level", "told"),
    [
        ({"a.md": "# A"}, "ok", "1 published, no problems"),
        ({"a.md": b"# caf\xe9"}, "note", "1 published, 0 errors, 1 warnings"),
        ({"a.md": "---\ndate: x\n---"}, "wrong", "0 published, 1 errors, 0 warnings"),
    ],
)
def test_the_problems_of_articles_are_counted(make_site, files, level, told):
    (found,) = of_articles.problems(make_site(files))
    assert (found.level, found.found) == (level, told)


@pytest.mark.parametrize(("ahead", "level"), [(-60, "ok"), (30, "ok"), (3600, "wrong")])
def test_no_file_can_be_newer_than_now(make_site, tmp_path, ahead, level):
    when = NOW.timestamp() + ahead
    site = write(tmp_path / "site", {"a.md": "x"})
    for place in (site / "a.md", site):
        os.utime(place, (when, when))
    (found,) = of_articles.clock(make_site({}))
    assert found.level == level


@pytest.mark.parametrize(
    ("name", "docutils", "levels"),
    [("a.rst", None, ["wrong"]), ("a.rst", "there", []), ("a.md", None, [])],
)
def test_restructured_text_needs_docutils(
    make_site, monkeypatch, name, docutils, levels
):
    site = make_site({name: "A\n====\n\nx"})
    monkeypatch.setattr(installed, "find_spec", lambda module: docutils)
    assert [found.level for found in installed.extras(site)] == levels


@pytest.mark.parametrize(
    ("version", "level"), [("8.10", "ok"), ("9", "ok"), ("8.3.1", "wrong")]
)
def test_a_library_may_be_too_old(tmp_path, monkeypatch, version, level):
    monkeypatch.setattr(metadata, "requires", lambda name: ["click>=8.4", "x; y"])
    monkeypatch.setattr(metadata, "version", lambda name: version)
    first, *_ = installed.versions(tmp_path)
    assert first.level == level


def test_a_library_may_be_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(metadata, "requires", lambda name: ["no-such-library>=1"])
    monkeypatch.setattr(installed, "_PROJECT", "click")
    first, *_ = installed.versions(tmp_path)
    assert str(first) == (
        "no-such-library: not installed (pip install 'no-such-library')"
    )
