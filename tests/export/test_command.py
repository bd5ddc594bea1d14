"""feeds export on a command line: what it says, and what it exits with."""

import io
import json

import pytest
from click.testing import CliRunner

from feeds.articles.folder import EXPORT_MARK
from feeds.cli import export as cli_export
from feeds.cli import exporting, main
from feeds.export import Wishes
from feeds.export.hosts import HOSTS
from tests.conftest import write
from tests.export.conftest import files

FLAGS = ("--base-url", "https://ann.example/")


def broken(*arguments):
    raise RuntimeError("broken")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command line beside a blog of one article; give back the result."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"blog/a.md": "---\ndate: 2026-02-01\n---\nhi\n"})
    return lambda *arguments: CliRunner().invoke(main, ("export", *arguments, *FLAGS))


def test_a_rehearsal_lists_what_would_change(run, out):
    result = run("blog", "-o", "out", "--dry-run")
    *lines, summary = result.stdout.splitlines()
    assert {line[:2] for line in lines} == {"+ "}
    assert "+ a/index.html" in lines
    assert summary == "out: 11 to write, 0 unchanged, 0 to remove"
    assert set(files(out.parent)) == {"blog/a.md"}


def test_a_rehearsal_names_what_would_be_other_or_removed(run, out):
    run("blog", "-o", "out", "--compress")
    write(out, {"rss.xml": "mine"})
    result = run("blog", "-o", "out", "--dry-run")
    assert {"~ rss.xml", "- feeds.css.gz"} <= set(result.stdout.splitlines())
    assert (out / "rss.xml").read_bytes() == b"mine"


def test_a_rehearsal_sends_no_terminal_an_escape_sequence(run, out):
    run("blog", "-o", "out")
    write(out, {"\x1b[31m": "x"})
    with (out / EXPORT_MARK).open("a") as mark:
        mark.write("- - - - \x1b[31m\n")
    result = run("blog", "-o", "out", "--dry-run")
    assert "- \\x1b[31m\n" in result.stdout


def test_a_program_reads_what_was_done_as_json(run):
    first, again = (json.loads(run("blog", "-o", "out", "--json").stdout) for _ in "ab")
    assert first == {
        "out": "out",
        "dry_run": False,
        "written": 11,
        "unchanged": 0,
        "removed": 0,
        "problems": [],
    }
    assert (again["written"], again["unchanged"]) == (0, 11)


def test_a_program_reads_what_would_be_done_as_json(run, out):
    told = json.loads(run("blog", "-o", "out", "--json", "--dry-run").stdout)
    assert (told["dry_run"], told["written"]) == (True, 11)
    assert not out.exists()


def test_a_program_reads_what_is_wrong_as_json(run, tmp_path):
    write(tmp_path, {"blog/b.md": "---\ndate: x\n---\nhi"})
    (problem,) = json.loads(run("blog", "-o", "out", "--json").stdout)["problems"]
    assert (problem["path"], problem["code"]) == ("b.md", "date")


def test_what_never_ends_is_no_json(run):
    result = run("blog", "-o", "out", "--json", "--watch")
    assert "Say either --json or --watch." in result.stderr


def test_documents_are_compressed_if_asked(run, out):
    assert run("blog", "-o", "out", "--compress").exit_code == 0
    assert {"feeds.css", "feeds.css.gz", "feeds.css.br"} <= set(files(out))


def test_following_and_rehearsing_are_two_things(run):
    result = run("blog", "-o", "out", "--dry-run", "--watch")
    assert result.exit_code == 2


def test_a_document_that_cannot_be_rendered_is_told_and_the_rest_written(
    run, out, monkeypatch
):
    monkeypatch.setattr("feeds.documents.sitemap.render", broken)
    result = run("blog", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("sitemap.xml:1: cannot be rendered: RuntimeError(")
    assert result.stdout == "out: 10 written, 0 unchanged, 0 removed\n"


def test_a_feed_that_cannot_be_rendered_is_told_too(run, out, monkeypatch):
    monkeypatch.setattr("feeds.edition.Edition.feed_in", broken)
    result = run("blog", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.count("cannot be rendered: RuntimeError(") == 3
    assert (out / "a/index.html").exists()


def test_one_document_that_cannot_be_rendered_is_no_traceback(run, monkeypatch):
    monkeypatch.setattr("feeds.documents.sitemap.render", broken)
    result = run("blog", "sitemap.xml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("sitemap.xml: cannot be rendered: RuntimeError(")


def test_a_folder_that_cannot_be_used_is_one_sentence(run, tmp_path):
    write(tmp_path, {"out": "a file"})
    result = run("blog", "-o", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "out: file exists (move it away)\n"


class Terminal(io.StringIO):
    """A stream that is taken for a terminal."""

    def isatty(self):
        return True


def test_a_terminal_is_told_how_far_it_is_and_how_long_it_took(
    make_site, out, monkeypatch
):
    site = make_site({"a.md": "a"})
    monkeypatch.setattr("sys.stdout", said := Terminal())
    monkeypatch.setattr("sys.stderr", told := Terminal())
    exporting.once(site, out, Wishes())
    assert said.getvalue().startswith(f"{out}: 11 written, 0 unchanged, 0 removed in ")
    assert "100%" in told.getvalue()


HELLO = "---\ndate: 2026-02-01\n---\nhi\n"


@pytest.fixture
def follow(make_site, out, monkeypatch):
    """Follow a site while one thing after another happens."""

    def follow(*happenings, out=out):
        site, happening = make_site({"a.md": HELLO}), iter(happenings)

        def pause():
            if (happen := next(happening, None)) is None:
                raise KeyboardInterrupt
            happen()

        monkeypatch.setattr(exporting.Watch, "rest", lambda self, seconds: pause())
        exporting.follow(site, out, Wishes())

    return follow


def test_changes_are_exported_until_it_is_stopped(follow, tmp_path, out):
    seen = []

    def change(text):
        seen.append((out / "a/index.html").read_bytes())
        write(tmp_path / "site", {"a.md": HELLO + text})

    follow(lambda: change("one"), lambda: change("two"))
    assert [b"one" in page for page in seen] == [False, True]
    assert b"two" in (out / "a/index.html").read_bytes()


def test_nothing_is_exported_where_nothing_changed(follow, capsys):
    follow(lambda: None, lambda: None)
    assert capsys.readouterr().out.count("written") == 1


def test_following_outlives_a_fault_and_says_it_once(follow, tmp_path, out, capsys):
    def block():
        write(tmp_path, {"out/b": "mine", "site/b.md": HELLO})

    follow(block, lambda: None, lambda: None, (out / "b").unlink)
    assert capsys.readouterr().err.count("a file where a folder must be") == 1
    assert (out / "b/index.html").exists()


def test_a_folder_in_the_site_that_is_exported_to_is_no_change(
    follow, tmp_path, capsys
):
    follow(lambda: None, lambda: None, out=tmp_path / "site/public")
    assert capsys.readouterr().out.count("written") == 1


def test_what_a_host_is_to_know_is_exported(run, out):
    assert run("blog", "-o", "out", "--host", "netlify").exit_code == 0
    assert {"_headers", "_redirects"} <= set(files(out))
    assert run("blog", "-o", "out", "--host", "apache").exit_code == 0
    assert set(files(out)) & {"_headers", ".htaccess"} == {".htaccess"}


def test_every_host_can_be_named():
    assert set(cli_export.HOSTS) == set(HOSTS)
