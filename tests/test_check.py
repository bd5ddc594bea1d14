"""Every problem of a site in one list, each with a code that is explained."""

import ast
import json

import pytest
from click.testing import CliRunner

from feeds.check import CODES, check
from feeds.cli import main
from tests.conftest import ROOT, write

GOOD = "---\ntitle: Good\ndate: 2026-02-01\n---\nhi\n"
TOML = 'title = "T"\nbase_url = "https://a.example/"\nid = "tag:a.example,2026:"\n'


def codes(site) -> list[str]:
    return [problem.code for problem in check(site)]


def test_the_sample_site_has_no_problem(sample):
    assert check(sample) == ()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.md": "---\ntitle: x\ndate: soon\n---\nx"}, "date"),
        ({"a.md": "---\ntitle: x\n"}, "header"),
        ({"a.md": "---\ntitle: [x\n---\nx"}, "header"),
        ({"a.md": "---\ntitle: x\n---\nx"}, "undated"),
        ({"a.md": "---\ntitle: x\ntitle: y\ndate: 2026-01-01\n---\nx"}, "key-twice"),
        ({"a.md": "---\ntitel: x\ndate: 2026-01-01\n---\nx"}, "key-unknown"),
        ({"a.md": "---\ntitle: [a, b]\n---\nx"}, "fact"),
        ({"a.md": b"caf\xe9"}, "encoding"),
        ({"a.md": ""}, "empty"),
        ({"a.org": "x"}, "format"),
        ({"a.md": "[x](nowhere.md)"}, "link"),
        ({"a.md": "![x](nowhere.png)"}, "link"),
        ({"a.md": "![](https://x.example/a.png)\n\n<img src='https://x.example/b.png'>"},
         "image-alt"),
        ({"a.md": "x {% mystery %} y"}, "templating"),
        ({"a.md": "---\nid: one\ndate: 2026-01-01\n---\nx",
          "b.md": "---\nid: one\ndate: 2026-01-02\n---\ny"}, "id-twice"),
        ({"a.md": "x", "b.md": "---\nslug: a\ndate: 2026-01-02\n---\ny"}, "slug-twice"),
        ({"a.md": "word " * 120_000}, "size"),
        ({"a.md": "x" * 10_000_001}, "file"),
        ({"feeds.toml": TOML + '[authors.ann]\nname = "Ann"\n',
          "a.md": "---\nauthor: ben\ndate: 2026-01-01\n---\nx"}, "author"),
        ({"a.md": "---\ndate: 2026-01-01\ntags: ['a, b']\n---\nx"},
         "feed-category-comma"),
    ],
)  # fmt: skip
def test_each_problem_is_found_and_nothing_else(make_site, files, code):
    site = make_site({"feeds.toml": TOML, "good.md": GOOD, **files})
    assert set(codes(site)) == {code}
    assert "Good" in [entry.title for entry in site.edition.feed.entries]


def test_a_problem_of_a_feed_names_the_article_that_brought_it(make_site):
    site = make_site(
        {"feeds.toml": TOML, "a.md": "---\ndate: 2026-01-01\ntags: ['a, b']\n---\nx"}
    )
    assert {problem.path for problem in check(site)} == {"a.md"}


def test_a_problem_has_the_line_of_the_file(make_site):
    site = make_site(
        {
            "feeds.toml": TOML,
            "a.md": "---\ndate: 2026-01-01\n---\n\nfine\n\n[x](gone.md)\n",
        }
    )
    assert [str(problem) for problem in check(site)] == [
        "a.md:7: nothing lies at 'gone.md' (mend the link, or add the file)"
    ]


def test_every_code_in_the_program_is_explained():
    written = set()
    for module in (ROOT / "feeds").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            match node:
                case ast.keyword(arg="code", value=ast.Constant(value=code)):
                    written.add(code)
    assert len(written) > 8
    assert written <= set(CODES)
    assert all(explained.endswith(".") for explained in CODES.values())


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


def test_warnings_fail_where_they_are_asked_to(run, tmp_path):
    write(tmp_path, {"feeds.toml": TOML, "a.md": GOOD + "[x](gone.md)"})
    assert run().exit_code == 0
    assert run("--strict").exit_code == 1


@pytest.mark.parametrize("asked", [["--format", "json"], ["--json"]])
def test_programs_read_json(run, tmp_path, asked):
    write(tmp_path, {"feeds.toml": TOML, "a.md": "---\ndate: soon\n---\nx"})
    (told,) = json.loads(run(*asked).stdout)
    assert told == {
        "path": "a.md",
        "line": 2,
        "found": "not a date: 'soon'",
        "fix": "write it as 2024-01-31 or 2024-01-31T09:30:00+01:00",
        "severity": "error",
        "code": "date",
    }
    write(tmp_path, {"a.md": GOOD})
    assert json.loads(run("--format", "json").stdout) == []


def test_github_reads_annotations(run, tmp_path):
    write(tmp_path, {"feeds.toml": TOML, "a,b:c%.md": "---\ndate: soon\n---\nx"})
    assert run("--format", "github").stdout == (
        "::error file=a%2Cb%3Ac%25.md,line=2,title=date::not a date: 'soon' "
        "(write it as 2024-01-31 or 2024-01-31T09:30:00+01:00)\n"
    )


@pytest.mark.parametrize("code", ["date", "feed-rss-guid-twice"])
def test_a_code_is_explained(run, code):
    result = run("--explain", code)
    assert (result.exit_code, result.stdout) == (0, f"{code}: {CODES[code]}\n")


def test_a_code_that_is_none_is_answered_with_what_is_near(run):
    result = run("--explain", "dates")
    assert result.exit_code == 2
    assert "did you mean date" in result.stderr
