"""feeds list: each article, whether it is out, and where its date is from."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from feeds.cli import listing as command
from feeds.cli import main
from feeds.errors import Problem
from feeds.listing import STATES, listed
from feeds.site import Site
from tests.conftest import NOW, write
from tests.e2e.programs import needs

FILES = {
    "a.md": "---\ndate: 2026-02-01\ntags: [Open Web]\nauthor: Ann\n---\nx",
    "broken.md": "---\ndate: soon\n---\nx",
    "draft.md": "---\ndraft: true\n---\nx",
    "expired.md": "---\ndate: 2026-01-01\nexpires: 2026-01-02\n---\nx",
    "scheduled.md": "---\ndate: 2030-01-01\n---\nx",
    "unlisted.md": "---\ndate: 2026-01-01\nunlisted: true\n---\nx",
    "undated.md": "x",
    "notes.org": "* Notes",
}


@pytest.fixture
def found(make_site):
    return {each.path: each for each in listed(make_site(FILES))}


@pytest.fixture
def run(tmp_path):
    """Run feeds list on these files; give back the result."""

    def invoke(*arguments, files=FILES):
        folder = str(write(tmp_path / "site", files))
        return CliRunner().invoke(main, ["list", folder, *arguments])

    return invoke


def test_each_article_has_its_state(found):
    states = {path.partition(".")[0]: each.state for path, each in found.items()}
    assert states.pop("a") == "published"
    assert states.pop("notes") == "broken"
    assert states == {name: name for name in states}


def test_the_newest_comes_first_and_what_has_no_date_last(found):
    dates = [each.date for each in found.values()]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True)
    assert dates[len(dated) :] == [None] * (len(dates) - len(dated))


def test_only_what_is_out_has_an_address(found):
    with_page = {path for path, each in found.items() if each.address}
    assert with_page == {"a.md", "undated.md", "unlisted.md"}


def test_a_document_that_cannot_be_rendered_is_no_article(make_site, monkeypatch):
    site = make_site({"a.md": "# A"})
    fault = Problem("b/index.html", 1, "cannot be rendered", "tell us", code="render")
    monkeypatch.setattr(Site, "problems", (fault,))
    assert [each.path for each in listed(site)] == ["a.md"]


def test_what_is_broken_says_why(found):
    assert found["broken.md"].problem.startswith("not a date: 'soon' (write it as")


@pytest.mark.parametrize(
    ("path", "text", "dated"),
    [
        ("a.md", "---\ndate: 2026-01-31T09:30:00Z\n---\nx", "header"),
        ("2026-01-31-a.md", "x", "path"),
        ("a.md", "x", "first seen"),
        ("a.md", "---\ndraft: true\n---\nx", ""),
    ],
)
def test_it_says_where_a_date_is_from(make_site, path, text, dated):
    (only,) = listed(make_site({path: text}))
    assert only.dated == dated


def test_what_has_no_date_on_the_first_look_is_first_seen_then(found):
    assert (found["undated.md"].dated, found["undated.md"].date) == ("first seen", NOW)


@needs("git")
def test_a_date_may_be_from_git(make_site, tmp_path):
    folder = write(tmp_path / "site", {"a.md": "x", "b.md": "y"})
    for words in (
        "init -q",
        "add .",
        "-c user.name=A -c user.email=a@a.example commit -qm A "
        "--date=2025-01-01T00:00Z",
    ):
        subprocess.run(["git", "-C", str(folder), *words.split()], check=True)
    both = listed(make_site({}))
    assert [each.dated for each in both] == ["git", "git"]
    assert both[0].date == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_line_has_all_that_is_told(run):
    first, *_ = run("--state", "published").stdout.splitlines()
    assert first == "2026-02-01  published  a.md  A  http://localhost:8000/a/"


def test_states_are_chosen(run):
    told = run("--state", "draft", "--state", "expired").stdout
    assert [line.split()[2] for line in told.splitlines()] == ["expired.md", "draft.md"]


@pytest.mark.parametrize("chosen", [["--tag", "open web"], ["--author", "ann"]])
def test_tags_and_authors_are_chosen_whatever_their_case(run, chosen):
    assert [line.split()[2] for line in run(*chosen).stdout.splitlines()] == ["a.md"]


def test_a_program_reads_json(run):
    (only,) = json.loads(run("--json", "--tag", "Open Web").stdout)
    assert only == {
        "path": "a.md",
        "state": "published",
        "title": "A",
        "date": "2026-02-01T00:00:00+00:00",
        "dated": "header",
        "url": "http://localhost:8000/a/",
        "tags": ["Open Web"],
        "authors": ["Ann"],
        "problem": None,
    }


def test_of_nothing_there_is_nothing_to_say(run):
    assert run(files={"a.png": "x"}).stdout == ""
    assert run("--json", files={}).stdout == "[]\n"


def test_no_name_of_a_file_writes_a_line_of_its_own(run):
    told = run(files={"a\nb.md": "# A"}).stdout
    assert told.count("\n") == 1
    assert "a\\nb.md" in told


def test_nothing_is_left_in_the_folder(run, tmp_path):
    run()
    assert not (tmp_path / "site/feeds.ledger").exists()


def test_the_states_of_the_command_are_those_of_the_list():
    assert command.STATES == STATES
