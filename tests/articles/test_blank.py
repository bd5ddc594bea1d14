"""Articles still to be written: where each goes, and that its header is read back."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.articles.article import Reading, read_article
from feeds.articles.blank import Start, blank, line
from feeds.articles.dialects import DIALECTS, PLAIN, detect, is_article
from feeds.articles.folder import Scan, scan
from feeds.articles.headers.written import WRITERS
from tests.conftest import write

ZONE = timezone(timedelta(hours=1))
WHEN = datetime(2026, 11, 24, 20, 5, tzinfo=ZONE)
#: A file of another author's, by which each tool's folder is known.
FOLDERS = {
    "plain": "notes.md",
    "Jekyll": "_posts/2024-01-31-a.md",
    "Hexo": "source/_posts/a.md",
    "Hugo": "archetypes/default.md",
    "Zola": "sass/site.scss",
    "Pelican": "pelicanconf.py",
    "Nikola": "posts/a.meta",
    "Docusaurus": "docusaurus.config.js",
    "Astro": "astro.config.mjs",
    "Eleventy": "eleventy.config.js",
    "Next": "next.config.js",
    "Gatsby": "gatsby-config.js",
}
TITLES = st.text(min_size=1).filter(lambda text: _is_line(text)).map(line)


def _is_line(text: str) -> bool:
    try:
        return bool(line(text))
    except ValueError:
        return False


@pytest.fixture
def made(tmp_path: Path):
    """made({path: text}, title, …) -> the blank for an article of that title there."""

    def make(files, title="Hello", site_id="", names=(), **told):
        found = scan(write(tmp_path, files))
        reading = Reading(detect(found.files, found.others), ZONE)
        return blank(Start(title, WHEN, **told), found, reading, site_id, names)

    return make


@pytest.mark.parametrize(
    ("tool", "path"),
    [
        ("plain", "hello.md"),
        ("Jekyll", "_posts/2026-11-24-hello.md"),
        ("Hexo", "source/_posts/hello.md"),
        ("Hugo", "content/posts/hello.md"),
        ("Zola", "content/hello.md"),
        ("Pelican", "content/hello.md"),
        ("Nikola", "posts/hello.md"),
        ("Docusaurus", "blog/2026-11-24-hello.md"),
        ("Astro", "src/content/blog/hello.md"),
        ("Eleventy", "posts/hello.md"),
        ("Next", "posts/hello.md"),
        ("Gatsby", "content/blog/hello.md"),
    ],
)
def test_it_lies_where_the_tool_has_its_articles(made, tool, path):
    assert made({FOLDERS[tool]: ""}).path == path


def test_it_lies_where_most_articles_do(made):
    files = {"hugo.toml": "", "content/about.md": "", "content/post/a/index.md": ""}
    more = {"content/post/b.md": "x"}
    assert made(files | more).path == "content/post/hello.md"


def test_a_draft_for_jekyll_lies_among_its_drafts(made):
    draft = made({FOLDERS["Jekyll"]: "x"}, is_draft=True)
    assert draft.path == "_drafts/hello.md"
    assert "draft" not in draft.text


def test_it_is_of_the_kind_that_most_are(made):
    files = {"conf.py": "", "posts/a.rst": "x", "posts/b.rst": "x", "posts/c.md": "x"}
    assert made(files).path == "posts/hello.rst"


@pytest.mark.parametrize(
    ("tool", "told"),
    [
        ("plain", '---\ntitle: "Hello"\ndate: 2026-11-24T20:05:00+01:00\n---\n\n'),
        ("Hugo", '+++\ntitle = "Hello"\ndate = 2026-11-24T20:05:00+01:00\n+++\n\n'),
        ("Pelican", "Title: Hello\nDate: 2026-11-24T20:05:00+01:00\n\n"),
        (
            "Nikola",
            "<!--\n.. title: Hello\n.. date: 2026-11-24T20:05:00+01:00\n-->\n\n",
        ),
    ],
)
def test_its_header_is_in_the_tools_notation(made, tool, told):
    assert made({FOLDERS[tool]: ""}).text == told


def test_hugo_with_a_configuration_in_yaml_has_headers_in_yaml(made):
    text = made({"hugo.yaml": "", "archetypes/default.md": ""}).text
    assert text.startswith("---\n")


def test_its_header_is_like_that_of_the_article_written_last(made):
    files = {"hugo.toml": "", "content/posts/a.md": "---\ntitle: A\n---\n"}
    assert made(files).text.startswith("---\n")


def test_a_date_is_called_what_it_is_called_there(made):
    files = {FOLDERS["Astro"]: "", "src/content/blog/a.md": "---\npubDate: x\n---\n"}
    assert "\npubDate: 2026-11-24T20:05:00+01:00\n" in made(files).text


def test_zola_has_tags_in_a_table(made):
    text = made({FOLDERS["Zola"]: ""}, tags=("a", "b")).text
    assert text.endswith('\n\n[taxonomies]\ntags = ["a", "b"]\n+++\n\n')


def test_who_has_tags_in_a_table_has_them_there_again(made):
    files = {"content/a.md": "+++\ntitle='A'\n[taxonomies]\ntags=['x']\n+++\n"}
    assert "\n[taxonomies]\n" in made(files, tags=("a",)).text


def test_restructured_text_has_a_title_and_fields(made):
    text = made({}, suffix=".rst", tags=("a",)).text
    assert text.startswith("Hello\n##########\n\n:date: 2026-")
    assert ":tags: a\n" in text


def test_a_title_that_the_tools_notation_cannot_hold_is_in_yaml(made):
    text = made({FOLDERS["Nikola"]: ""}, "a --> b").text
    assert text.startswith('---\ntitle: "a --> b"\n')


def test_it_has_the_id_that_it_would_get(made):
    text = made({}, site_id="tag:a.example,2026:").text
    assert 'id: "tag:a.example,2026:hello.md"\n' in text


def test_an_id_that_is_of_an_article_moved_away_is_not_given_again(made):
    assert "id:" not in made({}, site_id="tag:a.example,2026:", names={"hello.md"}).text


def test_to_a_tool_an_id_may_mean_something_else(made):
    text = made({FOLDERS["Docusaurus"]: ""}, site_id="tag:a.example,2026:").text
    assert "id:" not in text


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("What’s new, Ann's?", "whats-new-anns.md"),
        ("مرحبا", "مرحبا.md"),
        ("../etc/passwd", "etc-passwd.md"),
        ("Readme", "2026-11-24-readme.md"),
        ("Index", "2026-11-24-index.md"),
        ("🎉", "2026-11-24.md"),
        ("a " * 60 + "a", "a-" * 39 + "a.md"),
    ],
)
def test_a_file_is_named_after_its_title(made, title, path):
    assert made({}, title).path == path


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\u2028b", "a\x07b", "\ud800"])
def test_what_is_no_line_is_refused(text):
    with pytest.raises(ValueError, match="no line of text"):
        line(text)


def test_every_tool_has_notations_that_can_be_written():
    assert {dialect.notation for dialect in (*DIALECTS, PLAIN)} <= set(WRITERS)


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt", ".rst"])
@pytest.mark.parametrize("tool", FOLDERS)
@given(title=TITLES, tags=st.lists(TITLES, unique_by=str.casefold), draft=st.booleans())
def test_what_an_author_says_is_read_back(tool, suffix, title, tags, draft):
    found = Scan(others=[FOLDERS[tool]])
    reading = Reading(detect(found.files, found.others), ZONE)
    start = Start(title, WHEN, tuple(tags), draft, suffix)
    made = blank(start, found, reading)
    article, _ = read_article(made.path, made.text.encode(), reading)
    assert is_article(made.path, reading.dialect)
    assert (article.title, article.published) == (title, WHEN)
    assert (article.tags, article.draft) == (tuple(tags), draft)
