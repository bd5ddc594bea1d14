"""Files made to break a parser: an article or an ArticleError, and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import markup
from feeds.articles.article import Article, html_of, read_article
from feeds.articles.formats import FORMATS
from feeds.errors import ArticleError

pytestmark = pytest.mark.thorough


def published(path: str, text: str | bytes) -> Article | ArticleError:
    """Read, render and make safe, as the site does; the error if it is one."""
    data = text.encode() if isinstance(text, str) else text
    try:
        article, body = read_article(path, data)
        markup.excerpt(markup.safe(html_of(article, body), lambda address: address))
        return article
    except ArticleError as error:
        return error


def header(lines: str) -> str:
    return f"---\n{lines}\n---\nText.\n"


MARKDOWN = {
    "quotes": ">" * 5000 + "a",
    "brackets": "[" * 20_000,
    "pictures": "![" * 20_000,
    "links": "[](" * 20_000,
    "closed brackets": "[" * 5000 + "a" + "](b)" * 5000,
    "emphasis": "*a " * 20_000,
    "closed emphasis": "*a_ " * 20_000,
    "nested emphasis": "*" * 5000 + "a" + "*" * 5000,
    "lists": "".join(" " * 2 * n + "- a\n" for n in range(300)),
    "bullets": "+ " * 5000 + "a",
    "backticks": "".join("`" * n + "a" for n in range(700)),
    "angles": "<a " * 20_000,
    "comments": "<!-- " * 20_000,
    "instructions": "<?" * 20_000,
    "entities": "&#1" * 20_000,
    "footnotes": "[^1]" * 1000 + "\n\n[^1]: a",
    "references": f"[a]: {'x' * 1000}\n\n" + "[a]" * 5000,
    "elements": "<div>" * 2000,
    "spans": "<b>" * 5000,
    "blank lines": "\n" * 100_000 + "a",
    "one line": "a" * 1_000_000,
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_hostile_markdown_is_an_article(name):
    assert isinstance(published("a.md", MARKDOWN[name]), Article)


HEADINGS = {
    "spaces": "# a" + " " * 5000 + "b\n",
    "many spaces": "# " + ("a" + " " * 100) * 100 + "b\n",
    "hashes": "# " + "a# " * 5000 + "b\n",
    "indented": " " * 5000 + "a\nb\n",
    "spaces before": "\n" + " \n" * 20_000 + "a",
    "brackets": "# " + "[" * 20_000 + "\n",
    "elements": "# " + "<b>" * 5000 + "\n",
    "setext": "a" * 100_000 + "\n" + "=" * 100_000 + "!\n",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_hostile_heading_is_part_of_an_article(name):
    assert isinstance(published("a.md", HEADINGS[name]), Article)


def test_a_table_that_asks_for_millions_of_cells_is_an_article_of_its_own_size():
    columns = rows = 2000
    head = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
    article, body = read_article("a.md", (head + "|b|\n" * rows).encode())
    assert len(html_of(article, body)) < 10 * len(body)


def test_tables_of_a_usual_size_are_tables():
    row = "|" + "a|" * 20 + "\n"
    data = (row + "|" + "-|" * 20 + "\n" + row * 100).encode()
    assert html_of(*read_article("a.md", data)).count("<tr>") == 101


HTML = {
    "divs": "<div>" * 5000 + "a",
    "closed divs": "<div>" * 500 + "a" + "</div>" * 500,
    "articles": "<article>" * 1000 + "<h1>a</h1>",
    "headings": "<h1>" * 3000 + "a",
    "formatting": "<p>" + "<b>" * 5000 + "a",
    "tables": "<table>" * 3000 + "a",
    "nested tables": "<table><tr><td>" * 500 + "a",
    "svg": "<svg>" * 3000 + "a",
    "attributes": "<p " + "".join(f"a{n}=b " for n in range(2000)) + ">a",
    "metas": "<meta name=keywords content=a>" * 5000 + "a",
    "one attribute": f'<meta name=date content="{"1" * 500_000}">a',
    "unclosed": "<" * 20_000,
}


@pytest.mark.parametrize("name", HTML)
def test_hostile_html_is_an_article_or_an_error(name):
    assert isinstance(published("a.html", HTML[name]), Article | ArticleError)


TEXT = {
    "one line": "a" * 1_000_000,
    "blank lines": "a\n" + " \n" * 50_000 + "b",
    "spaces": "a\n\n" + " " * 100_000 + "b",
    "credits": "a\n\n" + "b\n" + "(" * 50_000,
    "bullets": "a\n\n" + "- " * 20_000,
    "addresses": "a\n\n" + "http://" * 20_000,
    "address of dots": "a\n\nhttp://" + "." * 50_000,
    "visits": "a\n\nVisited " + "1 ," * 20_000 + "times",
    "digits": f"a\n\nVisited {'9' * 5000} times, 1 visit today",
    "furniture": "a\n\n" + "Comments are closed.\n\n" * 5000,
}


@pytest.mark.parametrize("name", TEXT)
def test_hostile_text_is_an_article(name):
    assert isinstance(published("a.txt", TEXT[name]), Article)


HEADERS = {
    "aliases": header(
        "a: &a [x, x]\n"
        + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefgh"))
    ),
    "sequences": header("a: " + "[" * 30_000),
    "closed sequences": header("a: " + "[" * 30_000 + "]" * 30_000),
    "mappings": header("a: " + "{a: " * 10_000 + "}" * 10_000),
    "block sequences": header("a:\n  " + "- " * 20_000),
    "tags": header("a: " + "!!str " * 5000 + "b"),
    "a long line": header("title: " + "a" * 1_000_000),
    "a long line without an end": "---\ntitle: " + "a" * 1_000_000,
    "many lines": header("#\n" * 40_000),
    "no value": header("a: " + '"' + "\\n" * 20_000),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_hostile_header_is_an_error(name):
    assert isinstance(published("a.md", HEADERS[name]), ArticleError)


OTHER_HEADERS = {
    "no header after all": "---\n" + "\n" * 100_000,
    "complex keys": header("? " * 20_000),
    "a fence and spaces": "---" + " " * 100_000 + "a",
    "a comment and spaces": "<!--" + " " * 100_000 + "a",
    "comments": ".. a: b\n" * 20_000,
    "comments without an end": "<!--\n" + ".. a: b\n" * 20_000,
    "lines": "Title: a\n" * 8_000,
    "continued lines": "Title: a\n" + "    b\n" * 50_000,
    "keys of many words": ("a " * 15 + ":\n") * 5000,
    "spaces before": " \n" * 20_000 + "a: b",
    "TOML tables": "+++\n" + "[" * 20_000 + "\n+++\n",
    "TOML lists": "+++\na = " + "[" * 20_000 + "]" * 20_000 + "\n+++\n",
    "TOML keys": "+++\n" + "a." * 20_000 + "a = 1\n+++\n",
    "TOML numbers": "+++\na = " + "9" * 20_000 + "\n+++\n",
    "JSON objects": '{"a":' * 20_000,
    "JSON lists": '{"a":' + "[" * 100_000,
    "JSON numbers": '{"a":' + "9" * 20_000 + "}",
    "JSON text": '{"' + "\\n" * 500_000,
    "near misses": header("".join(f"titel{n}: a\n" for n in range(2000))),
}


@pytest.mark.parametrize("name", OTHER_HEADERS)
def test_any_other_hostile_header_is_an_article_or_an_error(name):
    found = published("a.md", OTHER_HEADERS[name])
    assert isinstance(found, Article | ArticleError)


@pytest.mark.parametrize("start", ["", "---json\n", "---toml\n", "+++\n"])
def test_a_header_without_an_end_is_never_the_whole_of_a_large_file(start):
    data = start + '{"a": "' + "b" * 3_000_000
    assert isinstance(published("a.md", data), ArticleError)


def test_a_header_may_be_64_kib_long_and_not_a_character_more():
    most = "title: " + "a" * (64 * 1024 - len("title: \n"))
    assert isinstance(published("a.md", header(most)), Article)
    error = published("a.md", header(most + "a"))
    assert str(error) == "1: a header that is too long (keep it under 65,536)"


def test_a_header_may_hold_many_keys():
    lines = "\n".join(f"k{n}: v" for n in range(5000))
    assert isinstance(published("a.md", header(lines)), Article)


BITS = st.lists(
    st.one_of(
        st.sampled_from(
            "---\n|title: |date: |tags: |image: |author: |visits: |id: |- |[|]|{|}"
            "|: |&a |*a |!!str |\"|\\ud83d|\\0|'|#|# |\n|\n\n|\t|===\n|``` |> |(x)\n"
            "|~|null|2024-01-31|<h1>|</h1>|<article>|<time datetime=x>"
            "|<meta name=date content=|Comments are closed.|\r|\x85|\u2028"
            '|\ufeff|+++\n|---json\n|---toml\n|{"|":|}|.. title: |.. |<!--|-->'
            '| = |= "|url: |Title: |\ntags: |link: |audio: |expires: '.split("|")
        ),
        st.text(max_size=4),
    ),
    max_size=16,
).map("".join)


@pytest.mark.parametrize("suffix", [form.suffixes[0] for form in FORMATS.values()])
@settings(max_examples=20)
@given(start=st.sampled_from(["", "---\n", "+++\n", '{"', ".. ", "Title: "]), text=BITS)
def test_any_text_is_an_article_or_an_error(suffix, start, text):
    data = (start + text).encode("utf-8", "surrogatepass")
    found = published("2024/a" + suffix, data)
    assert isinstance(found, Article | ArticleError)
    if isinstance(found, Article):
        assert found.title == markup.line(found.title) != ""


@settings(max_examples=20)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_article_or_an_error(data):
    assert isinstance(published("a.md", data), Article | ArticleError)
