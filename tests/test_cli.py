"""The command line: what it prints, and what it exits with."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

import feeds
from feeds.cli import main
from feeds.cli.serve import introduce
from feeds.config import read_config
from tests.conftest import ROOT, write

HELLO = "---\ntitle: Hello\ndate: 2026-02-01\n---\nhi\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command line in an empty folder; give back the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **more: CliRunner().invoke(main, arguments, **more)


def test_version(run):
    assert run("--version").output == f"feeds, version {feeds.__version__}\n"


def test_help_imports_nothing_that_it_does_not_use():
    program = "import sys, feeds.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in loaded if name.startswith("feeds")} == {
        "feeds",
        "feeds.errors",
        *(name for name in loaded if name.startswith("feeds.cli")),
    }
    assert not {"flask", "lxml", "yaml", "dateutil", "jinja2"} & set(loaded)


def test_help_names_every_command(run):
    output = run("--help").output
    for command in main.commands:
        assert f"\n  {command} " in output


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("_posts/2024-01-31-a.md", "  It reads like a Jekyll folder.\n"),
        ("src/content/a.md", "  It reads like an Astro folder.\n"),
    ],
)
def test_serve_says_whose_folder_it_reads_like(make_site, capsys, path, said):
    site = make_site({path: "x"})
    introduce(site, site.folder, "http://localhost:8000/")
    assert said in capsys.readouterr().out


def test_serve_shows_every_error_and_few_warnings(make_site, capsys):
    links = "".join(f"[x](gone-{n}.md)\n" for n in range(9))
    site = make_site({"a.md": links, "b.md": "---\ndate: x\n---\nx"})
    introduce(site, site.folder, "http://localhost:8000/")
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].startswith("b.md:2: not a date")
    assert shown[6] == "4 more warnings (feeds check lists them)"


def test_one_document_goes_to_standard_output_byte_for_byte(run, sample):
    data = str(ROOT / "data")
    result = run("export", data, "atom.xml")
    assert result.exit_code == 0
    assert result.stdout_bytes == sample.document("atom.xml").body


def test_the_folder_here_is_taken_if_it_is_a_site(run, tmp_path):
    write(tmp_path, {"feeds.toml": 'title = "Here"', "a.md": HELLO})
    assert b"<title>Here</title>" in run("export", "rss.xml").stdout_bytes


def test_else_data_is_taken(run, tmp_path):
    write(tmp_path, {"data/feeds.toml": 'title = "There"', "data/a.md": HELLO})
    assert b"<title>There</title>" in run("export", "rss.xml").stdout_bytes


def test_the_environment_names_the_folder(run, tmp_path, monkeypatch):
    write(tmp_path, {"x/feeds.toml": 'title = "Named"', "feeds.toml": ""})
    monkeypatch.setenv("FEEDS_FOLDER", "x")
    assert b"<title>Named</title>" in run("export", "rss.xml").stdout_bytes


def test_an_export_says_what_it_did(run, tmp_path):
    write(tmp_path, {"blog/a.md": HELLO})
    result = run("export", "blog", "-o", "out", "--base-url", "https://a.example")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "out: 11 written, 0 unchanged, 0 removed\n"
    assert b"https://a.example/a/" in (tmp_path / "out/rss.xml").read_bytes()


def test_an_export_without_an_address_says_so(run, tmp_path):
    write(tmp_path, {"blog/a.md": HELLO})
    assert "set base_url" in run("export", "blog", "-o", "out").stderr


@pytest.mark.parametrize("documents", [[], ["rss.xml", "atom.xml"]])
def test_an_export_goes_to_one_place(run, tmp_path, documents):
    write(tmp_path, {"blog/a.md": HELLO})
    result = run("export", "blog", *documents)
    assert result.exit_code == 2
    assert "Say where to write" in result.stderr


@pytest.mark.parametrize("folder", [["blog"], []], ids=["folder", "no folder"])
def test_some_documents_alone_can_be_exported(run, tmp_path, monkeypatch, folder):
    write(tmp_path, {"blog/a.md": HELLO})
    monkeypatch.setenv("FEEDS_FOLDER", str(tmp_path / "blog"))
    result = run("export", *folder, "rss.xml", "a/index.html", "-o", "out")
    assert result.exit_code == 0
    found = (p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.*ml"))
    assert sorted(map(str, found)) == ["a/index.html", "rss.xml"]


def test_a_document_that_is_not_there_is_answered_with_those_that_are(run, tmp_path):
    write(tmp_path, {"blog/a.md": HELLO})
    result = run("export", "blog", "what.pdf")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no document at 'what.pdf' (there are " in result.stderr
    assert "rss.xml, atom.xml" in result.stderr


@pytest.mark.parametrize(
    ("asked", "meant"), [("atomxml", "atom.xml"), ("index.xml", "rss.xml")]
)
def test_a_document_that_is_nearly_there_is_named(run, tmp_path, asked, meant):
    write(tmp_path, {"blog/a.md": HELLO})
    result = run("export", "blog", asked)
    assert result.stderr == f"no document at {asked!r} (did you mean {meant}?)\n"


@pytest.mark.parametrize(
    ("typed", "meant"), [(["chekc"], "check"), (["serve", "--prt", "1"], "--port")]
)
def test_a_slip_in_a_command_line_is_answered_with_what_was_meant(run, typed, meant):
    result = run(*typed)
    assert result.exit_code == 2
    assert f"Did you mean '{meant}'?" in result.stderr


def test_check_lists_problems_and_counts(run, tmp_path):
    write(tmp_path, {"blog/a.md": HELLO, "blog/b.md": "---\ndate: x\n---\nhi"})
    result = run("check", "blog")
    assert result.exit_code == 1
    assert result.stdout == (
        "b.md:2: date not a date: 'x' "
        "(write it as 2024-01-31 or 2024-01-31T09:30:00+01:00)\n"
    )
    assert result.stderr == "1 published, 1 errors, 0 warnings\n"


def test_check_of_the_sample_site_finds_nothing(run):
    result = run("check", str(ROOT / "data"))
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_warning_alone_is_no_failure(run, tmp_path):
    write(tmp_path, {"blog/a.md": b"# caf\xe9"})
    result = run("check", "blog")
    assert result.exit_code == 0
    assert "a.md:1: encoding not UTF-8" in result.stdout


@pytest.mark.parametrize(
    "arguments", [["serve", "-p", "0"], ["check"], ["export", "-o", "out"]]
)
def test_a_missing_folder_is_one_sentence(run, arguments):
    result = run(*arguments[:1], "nowhere", *arguments[1:])
    assert result.exit_code == 2
    assert result.stderr == "nowhere:1: no such folder (name a folder of articles)\n"


def test_a_broken_feeds_toml_is_told_whole(run, tmp_path):
    write(tmp_path, {"feeds.toml": 'tilte = "x"\nlimit = -1'})
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.count("feeds.toml:") == 2


def test_init_writes_a_site_that_works(run, tmp_path):
    result = run(
        "init",
        "blog",
        "--title",
        "Ann",
        "--base-url",
        "https://ann.example",
        "--author",
        "Ann",
    )
    assert result.exit_code == 0
    config = read_config(tmp_path / "blog", {})
    assert config.title == "Ann"
    assert config.base_url == "https://ann.example/"
    assert config.id.startswith("tag:ann.example,20")


def test_init_asks_for_what_it_is_not_told(run, tmp_path):
    assert run("init", input="Ann\nhttps://ann.example/\n").exit_code == 0
    assert read_config(tmp_path, {}).title == "Ann"


def test_init_proposes_what_another_tools_configuration_says(run, tmp_path):
    toml = "title: Ann's\nurl: https://ann.example\nauthor: {name: Ann}\n"
    write(tmp_path, {"_config.yml": toml, "_posts/2024-01-31-a.md": "x"})
    result = run("init", input="\n\n")
    assert result.stdout.startswith(
        "It reads like a Jekyll folder.\n"
        "  title: Ann's\n  base_url: https://ann.example\n  author: Ann\n"
    )
    config = read_config(tmp_path, {})
    assert (config.title, config.base_url) == ("Ann's", "https://ann.example/")
    assert 'author = "Ann"' in (tmp_path / "feeds.toml").read_text()


def test_init_says_what_comes_next(run):
    result = run("init", "blog", "--title", "x", "--base-url", "https://ann.example")
    assert result.stdout.endswith(
        'Next: feeds new "Hello" blog, and then: feeds serve blog\n'
    )


def test_init_never_overwrites(run, tmp_path):
    write(tmp_path, {"feeds.toml": "# mine"})
    result = run("init", "--title", "x", "--base-url", "https://ann.example")
    assert (result.exit_code, result.stderr) == (
        1,
        "feeds.toml: there is one already (edit it)\n",
    )
    assert (tmp_path / "feeds.toml").read_text() == "# mine"


def test_init_refuses_what_is_no_address(run, tmp_path):
    result = run("init", "--title", "x", "--base-url", "ann")
    assert result.exit_code == 2
    assert "not the address of a site: 'ann'" in result.stderr
    assert not (tmp_path / "feeds.toml").exists()
