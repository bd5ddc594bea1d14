"""A site's own templates: in place of ours, held in, and never a broken page."""

import pytest

from feeds.documents.theme import Theme
from feeds.documents.trial import try_out
from feeds.export import export
from feeds.site import Site
from tests.conftest import NOW, write
from tests.documents.test_pages import TOML, article
from tests.test_readme import block, chapter

OWN = "<!doctype html><title>x</title><p>{{ entry.title }} by hand"
MORE = '{% extends "default/article.html" %}{% block foot %}<p>Mine{% endblock %}'


@pytest.fixture
def site(make_site):
    def make(files: dict) -> Site:
        return make_site({"feeds.toml": TOML, "a.md": article(1), **files})

    return make


def page(site: Site, path: str = "a/index.html") -> str:
    return site.document(path).body.decode()


def test_a_template_is_used_in_place_of_ours(site):
    assert page(site({"templates/article.html": OWN})).endswith("Number 1 by hand")


def test_a_template_can_add_to_ours(site):
    html = page(site({"templates/article.html": MORE}))
    assert '<a href="../">Ann&#39;s notes</a>' in html
    assert "<p>Mine" in html


def test_what_all_pages_are_made_of_can_be_replaced(site):
    base = '{% extends "default/base.html" %}{% block foot %}<p>Mine{% endblock %}'
    made = site({"templates/base.html": base})
    for path in ("index.html", "a/index.html", "404.html", "authors/index.html"):
        assert "<p>Mine" in page(made, path)


def test_a_stylesheet_is_used_in_place_of_ours_or_adds_to_it(site):
    assert page(site({"templates/feeds.css": "p{}"}), "feeds.css") == "p{}"
    more = '@import "default/feeds.css";\np{}'
    css = page(site({"templates/feeds.css": more}), "feeds.css")
    assert css.startswith(":root {")
    assert css.endswith("\np{}")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{{ entry.title }}\n{% if %}", 2),
        ("\n\n{{ entry.nothing }}", 3),
        ("{{ unknown }}", 1),
        ('{% extends "article.html" %}', 1),
        ('{% include "../feeds.toml" %}', 1),
        ('{% include "/etc/passwd" %}', 1),
        ("{{ ().__class__.__base__ }}{{ x }}", 1),
        ("{{ entry.__class__.__init__.__globals__ }}", 1),
        ("{{ 'a' * 10**9 }}", 1),
        ("{{ '%999999999d' % 1 }}", 1),
        ("{% for n in range(100000) %}{% endfor %}", 1),
        ("{{ people.update({}) }}", 1),
    ],
)
def test_of_a_broken_template_there_is_a_problem_and_ours_is_used(site, template, line):
    made = site({"templates/article.html": template})
    (problem,) = made.problems
    assert (problem.path, problem.line) == ("templates/article.html", line)
    assert (problem.code, problem.severity) == ("template", "warning")
    assert '<meta property="og:type" content="article">' in page(made)


def test_a_page_without_end_is_cut_off(site):
    loops = "{% for n in range(999) %}" * 2 + "0123456789" + "{% endfor %}" * 2
    made = site({"templates/article.html": loops})
    assert "more than 5,000,000 characters" in made.problems[0].found
    assert "<h1>Number 1</h1>" in page(made)


def test_one_broken_template_leaves_the_others(site):
    made = site({"templates/article.html": "{% if %}", "templates/404.html": "Mine"})
    assert page(made, "404.html") == "Mine"


def test_what_fails_for_one_article_alone_is_told_and_that_page_is_ours(site):
    template = "{% if entry.title == 'Number 2' %}{{ nothing }}{% endif %}Mine"
    made = site({"templates/article.html": template, "b.md": article(2)})
    assert page(made) == "Mine"
    assert "<h1>Number 2</h1>" in page(made, "b/index.html")
    assert [problem.path for problem in made.problems] == ["templates/article.html"]


def test_a_template_that_is_not_text_is_a_problem(site):
    made = site({"templates/article.html": b"\xff\xfe"})
    assert [str(problem) for problem in made.problems] == [
        "templates/article.html:1: not UTF-8 (save it as UTF-8)"
    ]


def test_templates_of_other_tools_are_left_alone(site):
    files = {"config.toml": "", "sass/a.scss": "", "content/a.md": article(1)}
    made = site({"templates/base.html": "{{ tera }}", **files})
    assert not made.problems


def test_templates_without_feeds_toml_are_left_alone(make_site):
    made = make_site({"a.md": article(1), "templates/article.html": OWN})
    assert "by hand" not in page(made)


def test_a_template_that_links_out_of_the_folder_is_not_used(make_site, tmp_path):
    write(tmp_path, {"far.html": OWN, "site/templates/404.html": "Mine"})
    (tmp_path / "site/templates/article.html").symlink_to(tmp_path / "far.html")
    made = make_site({"feeds.toml": TOML, "a.md": article(1)})
    assert "by hand" not in page(made)
    assert "a link out of the folder" in str(made.problems)


def test_a_template_that_changes_changes_its_pages(site, tmp_path):
    made = site({"templates/article.html": OWN})
    write(tmp_path, {"site/templates/article.html": "Other words"})
    made.clock = lambda: NOW
    assert made.refresh()
    assert page(made) == "Other words"


def test_an_export_makes_pages_anew_where_a_template_changed(site, tmp_path):
    export(site({"templates/article.html": OWN}), tmp_path / "out")
    write(tmp_path, {"site/templates/article.html": "Other words"})
    export(Site(tmp_path / "site", clock=lambda: NOW), tmp_path / "out")
    assert (tmp_path / "out/a/index.html").read_text("utf-8") == "Other words"


def test_the_template_that_readme_shows_adds_its_line(site):
    shown = block(chapter("The pages"))
    assert "<p>Written by hand.</p>" in page(site({"templates/article.html": shown}))


def test_our_own_templates_stand_the_trial_in_the_sandbox():
    theme = Theme({"other.html": ""})
    try_out(theme)
    assert not theme.problems
