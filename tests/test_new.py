"""feeds new: an article to write, as a file."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.articles.article import read_article
from feeds.cli import main
from feeds.site import Site
from tests.conftest import write


@pytest.fixture
def new(tmp_path, monkeypatch):
    """Run feeds new in an empty folder; give back the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["new", *arguments])


def test_it_prints_the_path_of_a_file_that_is_published(new):
    result = new("Hello", ".")
    assert (result.exit_code, result.output) == (0, "hello.md\n")
    assert [a.title for a in Site(".", reads=True).edition.articles] == ["Hello"]


def test_its_date_is_in_the_sites_time_zone(new, tmp_path):
    write(tmp_path, {"feeds.toml": 'timezone = "Asia/Kolkata"'})
    new("Hello")
    told = Path("hello.md").read_text()
    assert re.search(r"^date: 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$", told, re.M)


def test_a_date_that_is_given_is_meant_in_the_sites_time_zone(new, tmp_path):
    write(tmp_path, {"feeds.toml": 'timezone = "Asia/Kolkata"'})
    new("Hello", "--date", "2026-01-31 9:30")
    assert "\ndate: 2026-01-31T09:30:00+05:30\n" in Path("hello.md").read_text()


def test_it_says_what_it_is_told(new):
    new("Hello", ".", "--tag", "one", "--tag", "two, three", "--draft")
    article, _ = read_article("hello.md", Path("hello.md").read_bytes())
    assert (article.tags, article.draft) == (("one", "two, three"), True)


def test_its_text_is_in_the_format_asked_for(new):
    assert new("Hello", ".", "--format", "rst").output == "hello.rst\n"


def test_a_file_that_is_there_stays(new, tmp_path):
    write(tmp_path, {"hello.md": "mine"})
    result = new("Hello", ".")
    assert (result.exit_code, result.output) == (
        1,
        "hello.md: there is one already (edit it, or choose another title)\n",
    )
    assert Path("hello.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a\nb", "."], r"not a title: 'a\nb' (write one line of text)"),
        (["a", ".", "--tag", ""], "not a tag: '' (write one line of text)"),
        (["a", ".", "--date", "soon"], "not a date: 'soon' (write it as 2024-01-31"),
        (["a", "nowhere"], "nowhere: no such folder (name a folder of articles)"),
    ],
)
def test_what_cannot_be_is_one_sentence(new, arguments, said):
    result = new(*arguments)
    assert result.exit_code == 2
    assert result.output.startswith(said)
    assert list(Path().iterdir()) == []


def test_the_authors_editor_opens_it(new, monkeypatch, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho written >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    new("Hello", ".", "--edit")
    assert Path("hello.md").read_text().endswith("---\n\nwritten\n")


def test_nothing_is_remembered_of_it_yet(new):
    new("Hello", ".")
    assert [file.name for file in Path().iterdir()] == ["hello.md"]
