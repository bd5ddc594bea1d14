"""Headers: taken off in each notation, told from text, and never anything but that."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.articles import headers
from feeds.articles.headers import NOTATIONS, Header, split
from feeds.articles.headers.comments import read_meta
from feeds.errors import ArticleError
from feeds.notation import Fact


def told(text: str) -> dict[str, object]:
    """What a file's header tells, by key, without lines."""
    return {key: fact.value for key, fact in split(text).told.facts.items()}


SAME = {
    "YAML": "---\ntitle: Late\ntags: [a, b]\n---\n",
    "TOML": '+++\ntitle = "Late"\ntags = ["a", "b"]\n+++\n',
    "JSON": '{\n  "title": "Late",\n  "tags": ["a", "b"]\n}\n',
    "Nikola": ".. title: Late\n.. tags: a, b\n\n",
    "lines": "Title: Late\nTags: a, b\n\n",
}


def test_every_notation_is_tested():
    assert SAME.keys() == NOTATIONS.keys()


@pytest.mark.parametrize("notation", SAME)
def test_each_notation_tells_its_facts_with_their_lines(notation):
    header = split(SAME[notation] + "Text.\n")
    assert header.notation == notation
    assert header.told.facts["title"] == Fact(
        "Late", SAME[notation].count("\n", 0, 5) + 1
    )
    tags = header.told.facts["tags"]
    assert tags.value in (["a", "b"], "a, b")
    assert tags.line == header.told.facts["title"].line + 1
    assert header.told.twice == []


@pytest.mark.parametrize("notation", SAME)
def test_the_body_is_what_comes_after(notation):
    for body in ("Text.\n", "Title: a\n\nText.\n", "---\n", "+++\n", "", "   Text"):
        found = split(SAME[notation] + body).body
        assert found.lstrip("\n") == body.lstrip("\n")
        assert (SAME[notation] + body).endswith(found)


@pytest.mark.parametrize("notation", SAME)
def test_a_header_may_come_after_blank_lines_but_for_plain_lines(notation):
    header = split("\n \n" + SAME[notation] + "Text.\n")
    if notation == "lines":
        assert header == Header(header.told, "\n \n" + SAME["lines"] + "Text.\n")
        assert header.told.facts == {}
    else:
        assert header.notation == notation
        assert (
            header.told.facts["tags"].line
            == split(SAME[notation]).told.facts["tags"].line + 2
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "Text.\n",
        "# A heading\n\nText: with a colon.\n",
        "---\n\nText.\n\n---\n",
        "---\n- a list\n---\n",
        "--- title: x\n---\n",
        "-----\ntitle: x\n-----\n",
        "Text.\n---\ntitle: x\n---\n",
        "***\ntitle: x\n***\n",
        "+++ a\n+++\n",
        "++++\na = 1\n++++\n",
        "{}\n",
        "{ a: b }\n",
        "[1, 2]\n",
        '"title": "x"\n',
        ".. image:: a.png\n\nText.\n",
        ".. _target:\n\nText.\n",
        ".. a comment that is none: of ours\n\nText.\n",
        "<!-- title: x -->\nText.\n",
        "<!--more-->\nText.\n",
        "Note: it is late.\n\nText.\n",
        "Ann: so?\nBen: so.\n\nText.\n",
        "Title: x\nText without a key\n\nText.\n",
        "Title:x\nDate:y\n\nText.\n",
        "12:30: the ferry leaves\n\nText.\n",
        "http://example.org\n\nText.\n",
        "Dear Title: how are you\n",
    ],
)
def test_what_only_looks_like_a_header_is_text(text):
    header = split(text)
    assert (header.told.facts, header.body, header.notation) == ({}, text, "")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n",
        "---\ntitle: x\n----\n",
        "---\ntitle: x\n --- \n",
        "+++\ntitle = 1\n---\n",
        "---json\n{}\n",
        "---toml\n\n+++\n",
    ],
)
def test_a_header_without_an_end_is_an_error(text):
    with pytest.raises(ArticleError, match="the header has no end") as caught:
        split(text)
    assert (caught.value.line, caught.value.code) == (1, "header")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: x\na: [\n---\n", 4),
        ("---\na: b: c\n---\n", 2),
        ('\n---\ntitle: "x\n---\n', 4),
        ("---toml\na = 1\nb = c\n---\n", 3),
        ('---json\n{"a": 1,\n"b": c}\n---\n', 3),
        ("---json\n[1]\n---\n", 2),
        ("\n+++\na = 1\nb =\n+++\n", 4),
        ('\n{"a": 1,\n"b" 2}\n', 3),
        ('{"a": 1', 1),
    ],
)
def test_a_header_that_cannot_be_read_is_an_error_with_its_line(text, line):
    with pytest.raises(ArticleError) as caught:
        split(text)
    assert (caught.value.line, caught.value.code) == (line, "header")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: x\n...\nText", {"title": "x"}),
        ("---\n# a remark\ntitle: x\n---\n", {"title": "x"}),
        ("---\n\ntitle: x\n---\n", {"title": "x"}),
        ("---\n'title': x\n---\n", {"title": "x"}),
        ("---\nfeatured image: a\n---\n", {"featured image": "a"}),
        ("---\ntitre-été: x\n---\n", {"titre-été": "x"}),
        ("---\n---\n", {}),
        ("+++\n+++\n", {}),
        ("---\ntitle: x\n---", {"title": "x"}),
        ("+++\ntitle = 'x'\n+++", {"title": "x"}),
        ('{"title": "x"}', {"title": "x"}),
        ('{"a": {"b": [1, true, null]}}', {"a": {"b": ["1", "true", None]}}),
        (
            "+++\na.b = 1\n[c]\nd = 2020-01-01\n+++",
            {"a": {"b": "1"}, "c": {"d": "2020-01-01"}},
        ),
        (".. title: x", {"title": "x"}),
        ("..  title:   x  ", {"title": "x"}),
        (".. title:\n.. slug: y\n", {"title": "", "slug": "y"}),
        ("<!-- .. title: x -->\nText", {"title": "x"}),
        (
            "<!--\n.. title: x\n\n.. slug: y\n-->\n.. date: z",
            {"title": "x", "slug": "y"},
        ),
        (".. title: x\n\n.. slug: y\n", {"title": "x"}),
        ("Title: x\n", {"title": "x"}),
        ("title: x\nmy key: y\n", {"title": "x", "my key": "y"}),
        ("Title:\nDate: y\n", {"title": "", "date": "y"}),
        ("Title: x\n  y\n\tz\n", None),
        ("Summary: x\n    y\nDate: z\n", {"summary": "x y", "date": "z"}),
        ("Title: a: b\n", {"title": "a: b"}),
    ],
)
def test_what_a_header_tells(text, expected):
    assert told(text) == ({} if expected is None else expected)


def test_of_a_key_that_is_given_twice_the_last_counts_in_each_notation():
    for text in (
        "---\ntitle: x\nTitle: y\n---\n",
        ".. title: x\n.. Title: y\n",
        "Title: x\ntitle: y\n\n",
    ):
        header = split(text)
        assert header.told.facts["title"].value == "y"
        assert [key.lower() for key in header.told.twice] == ["title"]


def test_a_windows_header_is_read_once_its_line_ends_are_newlines():
    assert told("---\ntitle: x\n---\n".replace("\n", "\r\n").replace("\r", "")) == {
        "title": "x"
    }


def test_a_meta_file_holds_such_lines_alone():
    assert read_meta(".. title: x\n.. slug: y\n").facts["slug"] == Fact("y", 2)
    assert read_meta("no such line\n").facts == {}
    assert read_meta("").facts == {}


@pytest.mark.parametrize("fence", ["---\n# {}\n---\n", "+++\n# {}\n+++\n"])
def test_a_header_is_at_most_64_kib_long(fence):
    room = 64 * 1024 - len("# \n")
    assert split(fence.format("a" * room)).told.facts == {}
    with pytest.raises(ArticleError, match="too long"):
        split(fence.format("a" * (room + 1)))


def test_a_body_may_be_as_long_as_it_likes_after_any_header():
    body = "}\n---\n+++\n\nword: word\n" * 20_000
    for start in SAME.values():
        assert split(start + body).body.strip("\n") == body.strip("\n")


# --- Any text -------------------------------------------------------------------------

BITS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "---\n",
                    "---",
                    "---json\n",
                    "---toml\n",
                    "+++\n",
                    "...\n",
                    "\n",
                    " ",
                ),
                *("{", "}", '{"', '"', '":', "[", "]", ",", ":", "=", "#", "&a ", "*a"),
                *(
                    "title: ",
                    "title = ",
                    "Title: x\n",
                    "date: 2024-01-31\n",
                    "- ",
                    "? ",
                ),
                *(
                    ".. ",
                    ".. title: x\n",
                    "<!--",
                    "-->",
                    "\t",
                    "\u2028",
                    "\ufeff",
                    "!!",
                ),
                *("\r", "\x85", "1", "true", "null", "2024-01-31", "|\n", ">-\n", "'"),
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=20,
).map("".join)


@settings(max_examples=120)
@given(st.sampled_from(["", "---\n", "+++\n", '{"', ".. a: ", "Title: "]), BITS)
@example("", '{"a": ' + "9" * 5000 + "}")
@example("+++\n", "a = " + "9" * 5000 + "\n+++\n")
@example("---\n", "? a\n---\n")
@example("---\n", "? [a]\n: b\n---\n")
@example("---json\n", "---\n")
def test_any_text_is_a_header_and_a_body_or_an_error(start, rest):
    text = start + rest
    last = text.count("\n") + 1
    try:
        header = headers.split(text)
    except ArticleError as error:
        if not 1 <= error.line <= last:
            pytest.fail(f"a line that is not there: {error}")
        return
    assert text.endswith(header.body)
    assert header.notation in {"", *NOTATIONS}
    if not header.notation:
        assert (header.body, header.told.facts) == (text, {})
    for key, fact in header.told.facts.items():
        assert key == key.lower()
        assert 1 <= fact.line <= last
    assert {key.lower() for key in header.told.twice} <= header.told.facts.keys()


WORDS = st.text(st.characters(categories=["L", "N", "Zs", "P", "S"]), max_size=20)


@settings(max_examples=25)
@given(WORDS.map(str.strip), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_put_into_a_header_comes_out_and_the_body_is_untouched(title, body):
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    for start in (
        f'---\ntitle: "{quoted}"\n---\n',
        f'+++\ntitle = "{quoted}"\n+++\n',
        f'{{"title": "{quoted}"}}\n',
    ):
        header = split(start + body)
        assert header.told.facts["title"].value == title
        assert header.body.removeprefix("\n" if start[0] == "{" else "") == body
