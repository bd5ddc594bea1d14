"""README says what is: every command, flag and key, and its examples run."""

import re
import tomllib

import click
import pytest

from feeds.articles.article import read_article
from feeds.articles.dialects import Dialect, is_article
from feeds.articles.formats import BY_SUFFIX
from feeds.cli import main
from feeds.config import read_config
from feeds.settings import CHECKS
from tests.conftest import ROOT, write

README = (ROOT / "README.md").read_text("utf-8")


def chapter(title: str) -> str:
    return re.split(rf"^## {title}$", README, flags=re.MULTILINE)[1].split("\n## ")[0]


def block(text: str, number: int = 0) -> str:
    """An indented block of some text, dedented."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    return re.sub("^    ", "", found[number].strip("\n"), flags=re.MULTILINE)


def test_the_first_command_sets_up_and_serves_the_second_tests():
    first, second = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)
    assert first.endswith("&& .venv/bin/feeds serve")
    assert second.endswith("&& .venv/bin/pytest")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_option_is_told(name):
    told = "".join(
        part
        for part in re.split(r"^    (?=feeds )", chapter("Commands"), flags=re.M)
        if part.startswith(f"feeds {name} ")
    )
    command = main.commands[name]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert ", ".join(sorted(parameter.opts, key=len)) in told, parameter.opts
        elif isinstance(parameter, click.Argument):
            assert (parameter.name or "").upper() in told


def test_no_command_or_option_is_told_that_is_not_there():
    told = chapter("Commands")
    assert set(re.findall(r"^    feeds (\w+)", told, re.MULTILINE)) == set(
        main.commands
    )
    known = {opt for c in main.commands.values() for p in c.params for opt in p.opts}
    assert set(re.findall(r"--[a-z-]+", told)) <= known | {"--version", "--help"}


def test_feeds_toml_is_told_in_full(tmp_path):
    toml = block(chapter("feeds.toml"))
    assert list(tomllib.loads(toml)) == list(CHECKS)
    config = read_config(write(tmp_path, {"feeds.toml": toml}), {})
    assert config.authors["ben"].email == "ben@ann.example"
    assert (config.base_url, config.id) == (
        "https://ann.example/",
        "tag:ann.example,2026:",
    )


def test_the_header_example_is_read_whole():
    article, _ = read_article("a.md", block(chapter("Articles")).encode())
    assert [author.name for author in article.authors] == ["Ann", "Ben"]
    assert (article.categories, article.tags) == (("writing",), ("feeds", "formats"))
    assert article.image
    assert article.image.credit == "Ann"


def test_every_suffix_is_told():
    told = chapter("Articles")
    assert all(f"`{suffix}`" in told for suffix in BY_SUFFIX)


def test_the_python_examples_run(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("feeds.web.Watch.ensure", lambda self: None)
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(examples) == 3
    names: list[dict] = [{"__name__": "feeds"} for _ in examples]
    for example, found in zip(examples, names, strict=True):
        exec(compile(example, "README.md", "exec"), found)
    assert capsys.readouterr().out == "<?xml version='1.0' encoding='UTF-8'?>\n"
    mounted = names[1]["app"].test_client()
    assert mounted.get("/news/atom.xml").mimetype == "application/atom+xml"
    assert b'href="/news/"' in mounted.get("/").data
    assert len(examples[1].splitlines()) <= 14


def test_the_recipe_for_a_dialect_makes_one():
    recipe = block(chapter("The folder that you already have")).rstrip().rstrip(",")
    dialect = eval(recipe, {"Dialect": Dialect})
    assert is_article("notes/2024/a.md", dialect)
    assert not is_article("other/a.md", dialect)
    assert len(recipe.splitlines()) <= 10


def test_the_problem_shown_is_the_problem_reported(make_site):
    site = make_site({"hello.md": "---\ntitle: x\ndate: tomorow\n---\n"})
    assert f"    {site.problems[0]}\n" in README


def test_what_serve_prints_is_what_is_shown(sample, capsys, monkeypatch):
    from feeds.cli.serve import introduce

    monkeypatch.chdir(ROOT)
    introduce(sample, ROOT / "data", "http://localhost:8000/")
    shown = block(chapter("The first minute")).replace("data/", f"{ROOT / 'data'}/")
    assert capsys.readouterr().out.startswith(shown + "\n")


def test_the_layout_names_what_is_there():
    for path in re.findall(r"^    ([\w/.]+) {2,}", chapter("How it is laid out"), re.M):
        assert (ROOT / path).exists(), path
