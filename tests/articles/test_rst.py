"""reStructuredText of Pelican, Nikola and Sphinx: no text lost, no markup left."""

import re
import sys
import threading

import pytest

from feeds.articles import rst
from feeds.errors import ArticleError

pytestmark = pytest.mark.thorough


def told(text: str, title: str = "") -> dict[str, object]:
    return {name: fact.value for name, fact in rst.split(text, title)[0].items()}


def html(text: str) -> str:
    pytest.importorskip("docutils")
    return rst.to_html(text)


PELICAN = """\
Hello *wide* ``world``
######################

:date: 2012-07-23
:tags: a, b
:Summary: Folded over
  two **lines**
:url:

The text.
"""
NIKOLA = """\

.. title: Hello: a post
.. slug: hello
.. date: 2015-09-04 12:40:00 UTC-03:00
.. tags: a, b
.. link:

The text.
"""


def test_pelican_says_its_facts_under_the_title():
    facts, body = rst.split(PELICAN, "")
    assert {name: (fact.value, fact.line) for name, fact in facts.items()} == {
        "title": ("Hello wide world", 1),
        "date": ("2012-07-23", 4),
        "tags": ("a, b", 5),
        "summary": ("Folded over two lines", 6),
    }
    assert body == "The text."


def test_nikola_says_its_facts_in_comments():
    facts, body = rst.split(NIKOLA, "")
    assert {name: (fact.value, fact.line) for name, fact in facts.items()} == {
        "title": ("Hello: a post", 2),
        "slug": ("hello", 3),
        "date": ("2015-09-04 12:40:00 UTC-03:00", 4),
        "tags": ("a, b", 5),
    }
    assert body == "The text."


@pytest.mark.parametrize(
    "text",
    [
        "T\n=\n\nx",
        "=====\n  T\n=====\n\nx",
        "\n\nT\n----\nx",
        ".. -*- coding: utf-8 -*-\n\nT\n=\n\n:slug: a\n\nx",
        ".. a comment\n.. title: T\n\nx",
        ":title: T\n:slug: a\n\nx",
        ".. _label:\n\nT\n=\n\nx",
    ],
)
def test_a_title_leaves_the_body(text):
    facts, body = rst.split(text, "")
    assert facts["title"].value == "T"
    assert "T" in text.split("\n")[facts["title"].line - 1]
    assert body.removeprefix(".. _label:\n").strip() == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just text\nand more.",
        "A longer line\n--\n\nx",
        "* item\n------\n\nx",
        ":role:`x` begins the text",
        "=====\nOver\n\nx",
        "-----\n\nx",
        ".. note:: a directive\n\nx",
        ".. TEASER_END\n\nx",
        "  indented\n==========",
    ],
)
def test_what_is_no_fact_stays_as_it_is(text):
    assert rst.split(text, "") == ({}, text)


def test_a_heading_that_is_not_the_title_stays():
    assert rst.split("Part\n====\n\nx", "Whole") == ({}, "Part\n====\n\nx")
    assert rst.split("Part\n====\n\nx", "Part")[1] == "x"
    facts, body = rst.split(".. title: Whole\n\nPart\n====\n\nx", "")
    assert (facts["title"].value, body) == ("Whole", "Part\n====\n\nx")
    facts, body = rst.split("Part\n====\n\n:title: Whole\n\nx", "")
    assert (facts["title"].value, facts["title"].line) == ("Whole", 4)
    assert body.split() == ["Part", "====", "x"]


def test_lists_of_names_are_lists():
    assert told(":authors: A B, C\n:tags: x, y; z\n:keywords:\n  - k\n  - l\n") == {
        "authors": ["A B", "C"],
        "tags": ["x, y", "z"],
        "keywords": ["k", "l"],
    }


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a ``b*c*`` d", "a b*c* d"),
        ("`Text <https://x.example>`__ and `more`_", "Text and more"),
        (":ref:`Text <x>` and :kbd:`C`", "Text and C"),
        (r"2 * 3 * 4 and \*this\*", "2 * 3 * 4 and *this*"),
        ("__init__ and snake_case_", "__init__ and snake_case_"),
    ],
)
def test_titles_come_out_as_plain_text(markup, text):
    assert told(f"{markup}\n{'=' * 60}\n\nx") == {"title": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a *b* **c** ``d  e``",
            "<p>a <em>b</em> <strong>c</strong> <code>d  e</code>",
        ),
        ("T\n=\n\nU\n-\n", '<h2 id="t">T</h2>\n<h3 id="u">U</h3>'),
        ("`a <https://x.example>`_", '<a href="https://x.example">a</a>'),
        ("see https://x.example/a.", '<a href="https://x.example/a">'),
        ("|x|\n\n.. |x| replace:: words", "<p>words</p>"),
        ("* a\n* b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>'),
        ("t : c\n  d", "<dl>\n<dt>t <em>c</em></dt>\n<dd>d</dd>\n</dl>"),
        ("| a\n|   b\n| c", "<p>a<br />\n\N{EM SPACE}b<br />\nc</p>"),
        ("x::\n\n  <y>", "<p>x:</p>\n<pre><code>&lt;y&gt;</code></pre>"),
        ("= =\na b\n= =\n1 2\n= =", "<td>1</td>\n<td>2</td>"),
        ("x\n\n----\n\ny", "<hr />"),
        (
            ".. note:: Mind *this*.",
            "<aside>\n<p><strong>Note</strong></p>\n<p>Mind <em>",
        ),
        (
            ".. admonition:: A title\n\n   b",
            "<p><strong>A title</strong></p>\n<p>b</p>",
        ),
        (".. image:: a.png\n   :alt: A", '<img alt="A" src="a.png" />'),
        (".. figure:: a.png\n\n   Under it", "<figcaption>\n<p>Under it</p>"),
        (".. math:: a < b", "<pre><code>a &lt; b</code></pre>"),
        ("a@b.example", '<a href="mailto:a@b.example">a@b.example</a>'),
    ],
)
def test_the_markup_of_docutils_is_lean_html(text, expected):
    assert expected in html(text)
    assert "class=" not in html(text)


@pytest.mark.parametrize("name", ["code", "code-block", "sourcecode"])
def test_code_is_text_that_says_its_language(name):
    options = "   :linenos:\n   :emphasize-lines: 1\n   :caption: The *file*\n"
    made = html(f".. {name}:: python\n{options}\n   def f():\n\n       <x>\n")
    assert made == (
        "<p>The <em>file</em></p>\n"
        '<pre><code class="language-python">def f():\n\n    &lt;x&gt;</code></pre>'
    )


def test_a_language_cannot_leave_its_attribute():
    assert html('.. code:: "><b>\n\n   x') == "<pre><code>x</code></pre>"


def test_footnotes_lead_there_and_back():
    made = html(
        "a [1]_ b [#n]_ c [#]_ d [X]_\n\n.. [1] A\n.. [#n] N\n.. [#] O\n.. [X] C\n"
    )
    for target in re.findall(r'href="#([^"]+)"', made):
        assert f'id="{target}"' in made
    assert made.count('href="#') == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. youtube:: a-b\n   :width: 9", "https://www.youtube.com/watch?v=a-b"),
        (".. vimeo:: 12", "https://vimeo.com/12"),
        (".. gist:: ann/12", "https://gist.github.com/ann/12"),
        (".. media:: https://x.example/v", "https://x.example/v"),
    ],
)
def test_what_is_embedded_is_a_link(text, expected):
    assert html(text) == f'<p><a href="{expected}">{expected}</a></p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. thumbnail:: a.jpg\n   :alt: A\n\n   Under", '<img alt="A" src="a.jpg" />'),
        (".. slides::\n\n   a.jpg\n   b.jpg", '<p><img alt="" src="b.jpg" /></p>'),
        (".. raw:: html\n\n   <b>x</b>", "<b>x</b>"),
        (".. chart:: Bar\n   :title: 'T'\n\n   'a', 1", "<code>'a', 1</code>"),
        (".. listing:: a.py python", "<p><code>a.py</code></p>"),
        (".. versionadded:: 2.0\n   More.", "<strong>New in version 2.0</strong>"),
        (".. seealso::\n\n   That.", "<p>That.</p>"),
        (
            ".. nobody-knows:: x\n   :opt: y\n\n   Kept *text*.",
            "<p>Kept <em>text</em>.</p>",
        ),
        (".. nobody-knows::\n   Kept text.", "<p>Kept text.</p>"),
        (".. nobody-knows:: Three words kept.", "<p>Three words kept.</p>"),
        (
            ".. nobody-knows::\n\n   Part\n   ----\n\n   x",
            "<p><strong>Part</strong></p>",
        ),
        (
            ".. image:: a.png\n   :nobody: x\n   :width: odd",
            '<img alt="" src="a.png" />',
        ),
        (".. list-table::\n\n   not a list", "<p>not a list</p>"),
        ("+---+\n| a\n+---+", "<pre><code>+---+\n| a\n+---+</code></pre>"),
        (".. header:: Above\n\nx", "<p>Above</p>"),
    ],
)
def test_directives_lose_no_text_and_show_no_markup(text, expected):
    made = html(f"before\n\n{text}\n\nafter")
    assert expected in made
    assert ":: " not in made
    assert "nobody" not in made
    assert made.startswith("<p>before</p>")
    assert made.endswith("<p>after</p>")


@pytest.mark.parametrize(
    "text",
    [
        ".. contents:: What is in it\n   :depth: 2",
        ".. include:: /etc/passwd",
        ".. raw:: html\n   :file: /etc/passwd",
        ".. raw:: html\n   :url: http://127.0.0.1/",
        ".. csv-table::\n   :file: /etc/passwd",
        ".. raw:: latex\n\n   x",
        ".. meta::\n   :a: b",
        ".. a comment",
    ],
)
def test_some_directives_leave_nothing(text):
    assert html(f"{text}\n\nx") == "<p>x</p>"


@pytest.mark.parametrize("loading", ["embed", "lazy"])
def test_no_picture_is_read(loading, tmp_path):
    (tmp_path / "a.svg").write_text("<svg>secret</svg>")
    text = f".. image:: {tmp_path}/a.svg\n   :loading: {loading}\n   :scale: 50%"
    assert html(text) == f'<img alt="" src="{tmp_path}/a.svg" />'


@pytest.mark.parametrize(
    "mark", ["TEASER_END", "TEASER_END: Read on", "END_SUMMARY", "PELICAN_END_SUMMARY"]
)
def test_the_end_of_a_teaser_is_told(mark):
    assert html(f"a\n\n.. {mark}\n\nb") == "<p>a</p>\n<!--more-->\n<p>b</p>"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (":doc:`a/b`", "a/b"),
        (":ref:`Text <x>`", "Text"),
        (":nobody:`Text`", "Text"),
        (":py:func:`~a.b`", "<code>a.b</code>"),
        (":file:`a b`", "<code>a b</code>"),
        (":kbd:`C`", "<kbd>C</kbd>"),
        (":abbr:`AB (a b)`", "AB (a b)"),
        (":sub:`2`", "<sub>2</sub>"),
        (":math:`a\\b`", "<code>a\\b</code>"),
        (":pep:`8`", '<a href="https://peps.python.org/pep-0008/">PEP 8</a>'),
        (
            ":rfc:`4287`",
            '<a href="https://www.rfc-editor.org/rfc/rfc4287">RFC 4287</a>',
        ),
        (":rfc:`x`", "x"),
        ("`title`", "<cite>title</cite>"),
        ("`nowhere`_", "nowhere"),
        ("*a", "*a"),
        ("|a|", "|a|"),
    ],
)
def test_roles_lose_no_text_and_show_no_markup(role, expected):
    assert html(f"x {role}") == f"<p>x {expected}</p>"


def test_a_role_lives_in_its_own_text_alone():
    own = ".. role:: html(raw)\n   :format: html\n\n.. default-role:: strong\n\n"
    text = "`a` :html:`<b>x</b>`"
    alone = "<p><cite>a</cite> &lt;b&gt;x&lt;/b&gt;</p>"
    assert html(text) == alone
    assert html(own + text) == "<p><strong>a</strong> <b>x</b></p>"
    assert html(text) == alone


def test_docutils_itself_is_as_it_was():
    pytest.importorskip("docutils")
    from docutils.core import publish_parts
    from docutils.parsers.rst import directives, roles

    text = ".. role:: own\n\n.. youtube:: a\n\n:own:`x`\n"
    settings = {"report_level": 5}
    before = publish_parts(text, settings_overrides=settings)["whole"]
    roles._roles.pop("own")
    html(text)
    assert "own" not in roles._roles
    assert "youtube" not in directives._directives
    assert publish_parts(text, settings_overrides=settings)["whole"] == before


def test_nothing_is_printed_and_no_message_shown(capsys):
    made = html(
        "T\n=\n\nx_ `y`_ |z| :a:`b *c\n\nU\n~~\n\nV\n--\n\n.. image::\n\n  q\n w"
    )
    assert "ystem" not in made
    assert capsys.readouterr() == ("", "")


def test_the_same_text_is_the_same_html_for_ever_and_everywhere():
    text = (
        PELICAN
        + NIKOLA
        + "\n.. |now| date::\n\n|now| [#]_\n\n.. [#] x\n\n* a\n\n  * b\n"
    )
    made = [html(text)]
    threads = [
        threading.Thread(target=lambda: made.append(rst.to_html(text)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [made[0]] * 5


def nested(mark: str, deep: int = 400) -> str:
    return "\n\n".join(f"{'  ' * level}{mark}x" for level in range(deep))


@pytest.mark.parametrize(
    "text",
    [
        nested(""),
        nested("* "),
        nested("1. ", 150),
        "* " * 5000 + "x",
        "\n".join(f"{' ' * level}:a:" for level in range(400)),
        "\n".join(f"{'   ' * level}.. note::\n" for level in range(100)),
        "\n".join(f"{'   ' * level}.. nobody::\n" for level in range(100)),
    ],
)
def test_deep_nesting_is_refused(text):
    with pytest.raises(ArticleError, match="nested too deeply"):
        html(text)


def test_a_depth_that_people_write_is_not_deep():
    assert html(nested("* ", 40)).count("<li>") == 40


BOMB = "".join(f".. |a{n}| replace:: |a{n + 1}|\\ |a{n + 1}|\n" for n in range(30))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 500_001, "500,001 characters"),
        ("a\n" * 10_001, "10,001 lines"),
        (" ".join("=" * 900) + "\n1" * 900, "too many cells"),
        ("=\t" * 900 + "\n1" * 900, "too many cells"),
        ("+-" * 250 + ("+\n|" + "+" * 500) * 250, "too many cells"),
        (".. _a:\n" * 1001, "rules and targets"),
        ("----\n\n" * 1001, "rules and targets"),
        (BOMB + ".. |a30| image:: x\n   :alt:\n\n|a0|", "substitutions"),
    ],
)
def test_what_would_take_too_long_is_refused(text, found):
    with pytest.raises(ArticleError, match=found):
        html(text)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 400_000,
        "*a " * 100_000,
        "`a " * 100_000,
        "a_ " * 100_000,
        "a.b-" * 100_000,
        "http:/" * 80_000,
        ":a:`" * 100_000,
        "|a| " * 100_000,
        ".. csv-table::\n\n   " + "," * 4000 + "\n" + "   1\n" * 4000,
        ".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|",
        ".. |a| replace:: |nowhere|\n\n|a|",
        ".. _a: b_\n.. _b: a_\n\na_",
        "*a\x00*\x0b`b\x0c`_ |\u2028|",
        ".. |x| unicode:: 0x110000 U+D800\n\n|x|",
        ".. figure:: x\n\n   ..\n\n   * a",
    ],
)
def test_unbalanced_and_endless_markup_ends(text):
    assert isinstance(html(text), str)


def test_a_paragraph_of_many_addresses_is_read():
    assert html("http://x.example/ " * 800).count("<a ") == 800


def test_without_docutils_facts_are_read_and_the_html_says_what_to_do(monkeypatch):
    for name in [
        name for name in sys.modules if name.startswith("feeds.articles.rst_")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docutils", None)
    assert told(PELICAN)["date"] == "2012-07-23"
    with pytest.raises(ArticleError) as raised:
        rst.to_html("x")
    assert (raised.value.found, raised.value.fix) == (
        "reStructuredText needs docutils",
        "install folderfeed[rst]",
    )
