"""An export that would be made of the same is not made, and what is wrong is told."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.articles import contents
from feeds.cli import exporting, main
from tests.conftest import write

TOML = 'title = "T"\nbase_url = "https://a.example/"\n'
FILES = {
    "feeds.toml": TOML,
    "a.md": "---\ndate: 2024-01-01\n---\nText.",
    "b.txt": "A note\n\nwithout a date",
    "p.png": b"\x89PNG",
}
LONG_AGO = 1_700_000_000


def aged(folder: Path, files: dict) -> None:
    """`files` in a folder, last changed long ago."""
    write(folder, files)
    for path in files:
        os.utime(folder / path, (LONG_AGO, LONG_AGO))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run(...) exports again, and says whether the site was opened for that."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    aged(tmp_path / "blog", FILES)

    def run(*options: str) -> bool:
        opened = []

        class Site(exporting.Site):
            def __init__(self, *given, **named):
                opened.append(given)
                super().__init__(*given, **named)

        with monkeypatch.context() as patch:
            patch.setattr("feeds.site.Site", Site)
            arguments = ["export", "blog", "-o", "out", *options]
            result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        run.said = result.output
        return bool(opened)

    return run


def test_the_same_again_is_not_made(run):
    assert run()
    first = run.said
    assert not run()
    count = int(first.split()[1])
    assert run.said == f"out: 0 written, {count} unchanged, 0 removed\n"


def test_a_rehearsal_says_it_in_its_own_words(run):
    run()
    assert not run("--dry-run")
    assert " unchanged, 0 to remove" in run.said


def edit(path: str, text: str | bytes):
    return lambda: aged(Path("blog"), {path: text})


@pytest.mark.parametrize(
    "change",
    [
        edit("a.md", "---\ndate: 2024-01-01\n---\nOther text."),
        edit("c.md", "# New"),
        edit("p.png", b"\x89PNG."),
        edit("feeds.toml", TOML.replace('"T"', '"Other"')),
        edit("_config.yml", "title: X"),
        lambda: Path("blog/b.txt").unlink(),
        lambda: Path("blog/feeds.ledger").write_text(""),
        lambda: Path("out/index.html").unlink(),
        lambda: Path("out/a/index.html").write_text("by hand"),
        lambda: Path("out/.feeds-export").unlink(),
    ],
)
def test_whatever_changes_it_is_made_again(run, change):
    run()
    assert not run()
    change()
    assert run("--force")


@pytest.mark.parametrize(
    "options",
    [("--compress",), ("--base-url", "https://b.example/"), ("--host=caddy",)],
)
def test_what_is_asked_for_otherwise_is_made(run, options):
    run()
    assert run(*options)
    assert not run(*options)


def test_the_environment_is_a_part_of_it(run, monkeypatch):
    run()
    monkeypatch.setenv("FEEDS_TITLE", "Other")
    assert run()


def test_what_comes_out_later_is_not_missed(run, monkeypatch):
    aged(Path("blog"), {"c.md": "---\ndate: 2100-01-01\n---\nlater"})
    run()
    assert not run()
    monkeypatch.setattr("time.time", lambda: 4_200_000_000.0)
    assert run()


def test_a_file_that_changed_just_now_may_change_again(run):
    write(Path("blog"), {"c.md": "# C"})
    run()
    assert run()


def test_what_is_wrong_is_told_each_time(run, monkeypatch):
    monkeypatch.setattr(contents, "_LARGE", -1)
    aged(Path("blog"), {"a.md": "---\ndate: 2024-01-01\n---\n[x](gone.md)"})
    for _ in range(3):
        assert run()
        assert "a.md:4: nothing lies at 'gone.md'" in run.said
