"""feeds stats: tables for people, and the same for programs."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from feeds import dates
from feeds.cli import main
from feeds.cli.tables import bars
from feeds.config import read_config
from feeds.statistics.counting import Counting
from feeds.statistics.store import place_of
from tests.conftest import write

TOML = 'title = "Ann"\nbase_url = "https://ann.example/"\nid = "tag:a,2026:"\n'
FILES = {
    "feeds.toml": TOML,
    "a.md": "---\ntitle: Hello\ndate: 2026-01-01\n---\nText.\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return write(tmp_path / "blog", FILES)


@pytest.fixture
def counting(folder):
    zone = read_config(folder, {}).timezone
    return Counting(place_of(folder.resolve()), dates.now, lambda: zone)


def run(*arguments: object):
    return CliRunner().invoke(main, ["stats", *map(str, arguments)])


def visit(counting: Counting, article: str = "a.md") -> None:
    counting.visited((f"tag:a,2026:{article}", "Mozilla/5.0 Firefox"))


def test_it_tells_of_articles_and_feeds(folder, counting):
    for _ in range(3):
        visit(counting)
    counting.polled(("rss.xml", "Some/1 (7 subscribers)", ""))
    counting.polled(("atom.xml", "newsboat/2", "192.0.2.1"))
    counting.write()
    lines = run(folder, "--days", 2).stdout.splitlines()
    assert [line.rstrip() for line in lines] == [
        "Ann  https://ann.example/",
        "",
        "Feeds       subscribers  by services  direct  last 2 days",
        "Ann                   8            7       1  ▁█",
        "  rss.xml             7            7       0",
        "  atom.xml            1            0       1",
        "  Some                7",
        "",
        "Articles  today  7 days  in all  last 2 days",
        "Hello         3       3       3  ▁█",
    ]


def test_before_anything_was_counted_it_says_so(folder):
    result = run(folder)
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "No visits yet: they are counted while it is served.\n"
    )


def test_to_ask_leaves_nothing_behind(folder):
    run(folder)
    assert sorted(file.name for file in folder.iterdir()) == ["a.md", "feeds.toml"]
    assert not place_of(folder.resolve()).exists()


def test_of_many_articles_the_first_are_told(folder, counting):
    for number in range(30):
        write(folder, {f"n{number}.md": FILES["a.md"].replace("Hello", f"N{number}")})
        visit(counting, f"n{number}.md")
    counting.write()
    result = run(folder)
    assert result.stdout.count("\nN") == 20
    assert result.stdout.endswith("… and 10 more (--json and --csv have all)\n")


def test_columns_stand_below_each_other_in_any_script(folder, counting):
    for name, title in {
        "b": "フィード",
        "c": "A title that is far too long for a column",
    }.items():
        write(folder, {f"{name}.md": FILES["a.md"].replace("Hello", title)})
        visit(counting, f"{name}.md")
    counting.write()
    lines = run(folder).stdout.splitlines()
    long, wide = (
        line for line in lines if "column" in line or "フィ" in line or "…" in line
    )
    assert long.index("1") - wide.index("1") == len("フィード")


def test_no_escape_sequence_reaches_the_terminal(folder, counting):
    write(folder, {"a.md": FILES["a.md"].replace("Hello", '"a\\u0007b"')})
    visit(counting)
    counting.write()
    assert "\a" not in run(folder).stdout


@pytest.mark.parametrize(("option", "start"), [("--json", "{"), ("--csv", "day,kind,")])
def test_programs_have_it_as(folder, option, start):
    assert run(folder, option).stdout.startswith(start)


def test_json_is_of_so_many_days(folder):
    assert len(json.loads(run(folder, "--json", "--days", 7).stdout)["days"]) == 7


def test_a_file_that_cannot_be_read_is_one_sentence(folder):
    place = place_of(folder.resolve())
    place.parent.mkdir(parents=True)
    place.write_bytes(b"This is no database. " * 1000)
    result = run(folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "cannot be read: file is not a database" in result.stderr


def test_while_it_is_written_it_can_be_read(folder, counting):
    visit(counting)
    counting.write()
    connection = sqlite3.connect(place_of(folder.resolve()), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    assert run(folder).exit_code == 0
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [
        ((0, 0), "▁▁"),
        ((0, 1, 7), "▁▂█"),
        ((1, 1000), "▂█"),
        ((1,) * 60, "█" * 30),
        ((5, *(0,) * 45), "█" + "▁" * 22),
    ],
)
def test_bars_are_to_one_scale_and_not_too_many(counts, drawn):
    assert bars(counts) == drawn
