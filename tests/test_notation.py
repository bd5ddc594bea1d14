"""YAML, TOML and JSON as plain values, each with its line; and nothing else ever."""

import json
import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.errors import ArticleError
from feeds.notation import (
    Fact,
    Told,
    Value,
    lines_of,
    paths_of,
    read_json,
    read_toml,
    read_yaml,
)


def plain(told: Told) -> dict[str, object]:
    return {key: fact.value for key, fact in told.facts.items()}


def lines(told: Told) -> dict[str, int]:
    return {key: fact.line for key, fact in told.facts.items()}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("# a remark\n", {}),
        ("a: b", {"a": "b"}),
        ("A: b\nC d: e", {"a": "b", "c d": "e"}),
        ("a: 2024\nb: no\nc: 1.50\nd: 2024-01-31\ne: 0x1F", None),
        ("a:\nb: ~\nc: null\nd: ''\ne: \"null\"", None),
        ("a: [b, c, null, [d]]", {"a": ["b", "c", None, ["d"]]}),
        ("a: {b: c, D: [e]}", {"a": {"b": "c", "D": ["e"]}}),
        ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "\\u00e9 \\U0001F986"', {"a": "é 🦆"}),
        ("a: !!str 1", {"a": "1"}),
        ("a: &x b", {"a": "b"}),
        ("{a: b, c: d}", {"a": "b", "c": "d"}),
        ("'': a", {"": "a"}),
        ("é: ü", {"é": "ü"}),
        ("a: b\u2028c", {"a": "b c"}),
        ("a: b\n---\nc: d\n", {"a": "b"}),
    ],
)
def test_yaml_is_text_lists_and_mappings_as_they_are_spelled(text, values):
    if values is None and "2024" in text:
        values = {"a": "2024", "b": "no", "c": "1.50", "d": "2024-01-31", "e": "0x1F"}
    elif values is None:
        values = {"a": None, "b": None, "c": None, "d": "", "e": "null"}
    assert plain(read_yaml(text)) == values


def test_yaml_keys_have_the_lines_that_they_stand_on():
    text = "# a remark\n\na: |\n  b\n  c\nd:\n  - e\nf: g\n"
    assert lines(read_yaml(text)) == {"a": 3, "d": 6, "f": 8}
    assert lines(read_yaml(text, 11)) == {"a": 13, "d": 16, "f": 18}


def test_of_a_yaml_key_that_is_given_twice_the_last_counts():
    told = read_yaml("a: 1\nB: 2\nA: 3\nb: 4\nb: 5\n")
    assert told.facts == {"a": Fact("3", 3), "b": Fact("5", 5)}
    assert told.twice == ["A", "b", "b"]


@pytest.mark.parametrize(
    ("text", "found", "line"),
    [
        ("- a", "no keys", 1),
        ("a", "no keys", 1),
        ("a: b\nc: *d", "a YAML alias", 2),
        ("a: &b c\nd: [*b]", "a YAML alias", 2),
        ("a: !x b", "a YAML tag: '!x'", 1),
        ("a: !!python/name:os.system b", "a YAML tag", 1),
        ("a: b\n[c]: d", "a key that is no text", 2),
        ("? {a: b}\n: c", "a key that is no text", 1),
        ("~: a", "a key that is no text", 1),
        ("a: b: c", "not YAML", 1),
        ("a: b\nc: [d", "not YAML", 2),
        ("a: b\n\tc: d", "not YAML", 2),
        ("a: %b", "not YAML", 1),
        ("a: \x00", "a character that YAML cannot hold", 1),
        ("a: " + "[" * 17 + "]" * 17, "values nested too deeply", 1),
        ("a: b\nc: " + "{d: " * 17 + "e" + "}" * 17, "values nested too deeply", 2),
        ("a: " + "[" * 30_000, "values nested too deeply", 1),
    ],
)
def test_yaml_that_cannot_be_read_is_an_error_with_its_line(text, found, line):
    with pytest.raises(ArticleError) as caught:
        read_yaml(text)
    assert caught.value.found.startswith(found)
    assert caught.value.code == "header"
    assert 1 <= caught.value.line <= line + 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("a = 1\nb = 1.50\nc = true\nd = false", None),
        ("d = 2024-01-31\ne = 2024-01-31T09:30:00Z\nf = 09:30:00", None),
        ("A = 'b'", {"a": "b"}),
        ("a = ['b', 1, [true]]", {"a": ["b", "1", ["true"]]}),
        ("a.b = 'c'\na.D = 'e'", {"a": {"b": "c", "D": "e"}}),
        ("[a]\nb = 'c'\n[a.d]\ne = 'f'", {"a": {"b": "c", "d": {"e": "f"}}}),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ('"a b" = "c\\td"', {"a b": "c\td"}),
        ("a = {}", {"a": {}}),
        ("a = nan\nb = inf", {"a": "nan", "b": "inf"}),
    ],
)
def test_toml_is_text_lists_and_mappings(text, values):
    if values is None and text.startswith("a"):
        values = {"a": "1", "b": "1.5", "c": "true", "d": "false"}
    elif values is None:
        values = {
            "d": "2024-01-31",
            "e": "2024-01-31T09:30:00+00:00",
            "f": "09:30:00",
        }
    assert plain(read_toml(text)) == values


def test_toml_keys_have_the_lines_that_they_stand_on():
    text = (
        "# a\na = '''\nb = 1\n'''\n\n\"c d\" = 1\n[e]\na = 2\n[[f]]\n[g.h]\ni.j = 1\n"
    )
    assert lines(read_toml(text)) == {"a": 2, "c d": 6, "e": 7, "f": 9, "g": 10}
    assert lines(read_toml(text, 5))["e"] == 11


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a", 1),
        ("a = 1\nb =", 2),
        ("a = 1\na = 2", 2),
        ("a = 1\n\nb = soon\n", 3),
        ("a = '''", 1),
        ("a = " + "[" * 20_000, 1),
        ("a." * 20_000 + "b = 1", 1),
        ("a = " + "9" * 5000, 1),
        ("a = 2024-02-30", 1),
    ],
)
def test_toml_that_cannot_be_read_is_an_error_with_its_line(text, line):
    with pytest.raises(ArticleError) as caught:
        read_toml(text, 10)
    assert caught.value.line == line + 9
    assert caught.value.code == "header"


@pytest.mark.parametrize(
    ("text", "values", "rest"),
    [
        ("{}", {}, ""),
        ('{"a": "b"} c', {"a": "b"}, " c"),
        ('{"A": 1, "b": 1.5, "c": true, "d": null}', None, ""),
        ('{"a": [1, {"B": false}]}\n\n{}', {"a": ["1", {"B": "false"}]}, "\n\n{}"),
        ('{"a": "}"}', {"a": "}"}, ""),
        ('{"a": "\\ud83e\\udd86"}', {"a": "🦆"}, ""),
    ],
)
def test_json_is_text_lists_and_mappings_and_what_follows(text, values, rest):
    told, found = read_json(text)
    if values is None:
        values = {"a": "1", "b": "1.5", "c": "true", "d": None}
    assert (plain(told), found) == (values, rest)


def test_json_keys_have_the_lines_that_they_stand_on():
    text = '{\n  "a": "x: y",\n  "b":\n    ["c"],\n  "d": 1\n}'
    assert lines(read_json(text)[0]) == {"a": 2, "b": 3, "d": 5}
    assert lines(read_json(text, 4)[0]) == {"a": 5, "b": 6, "d": 8}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]", 1),
        ('"a"', 1),
        ('{"a": 1', 1),
        ('{"a": 1,\n"b" 2}', 2),
        ("{'a': 1}", 1),
        ('{"a": "b\nc"}', 1),
        ('{"a": ' + "[" * 100_000, 1),
        ('{"a": ' + "[" * 500 + "]" * 500 + "}", 1),
        ('{"a": ' + "9" * 5000 + "}", 1),
    ],
)
def test_json_that_cannot_be_read_is_an_error_with_its_line(text, line):
    with pytest.raises(ArticleError) as caught:
        read_json(text, 10)
    assert caught.value.line == line + 9
    assert caught.value.code == "header"


def test_the_line_of_a_key_is_that_of_its_first_place():
    text = "x = 'a = 1'\n[b]\n  a = 1\na = 2\n\"c d\" = 1\n"
    found = lines_of(text)
    assert [found.get(key) for key in ("x", "b", "a", "c d", "no")] == [
        1,
        2,
        3,
        5,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", {}),
        ("a = 1\n[b]\na = 2\n", {"a": 1, "b": 2, "b.a": 3}),
        ("[a]\n[a.b]\nc = 1\n", {"a": 1, "a.b": 2, "a.b.c": 3}),
        ("[a.b]\n[a]\n", {"a.b": 1, "a": 2}),
        ("[a]\nb.c = 1\nb.d = 2\n", {"a": 1, "a.b": 2, "a.b.c": 2, "a.b.d": 3}),
        (" [ a . 'b c' ] # d\n \"e\" = 1", {"a": 1, "a.b c": 1, "a.b c.e": 2}),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n", {"a": 1, "a.b": 2}),
        ("a = { b = 1 }\nc = 2", {"a": 1, "c": 2}),
        ("a = [\n  ['b'],\n  ['c']\n]\nd = 1", {"a": 1, "d": 5}),
        ("a = [ # ]\n  { b = ']' },\n]\nd = 1", {"a": 1, "d": 4}),
        ("a = '''\nb = 1\n[c]\n'''\nd = 1", {"a": 1, "d": 5}),
        ('a = """b\n\\"""\nc = 1\n"""""\nd = 1', {"a": 1, "d": 5}),
        ("# '''\na = 1\nb = \"'''#\"\nc = 1", {"a": 2, "b": 3, "c": 4}),
        ("a = 1\r\nb = 2\r\n", {"a": 1, "b": 2}),
    ],
)
def test_the_path_of_a_key_has_its_line(text, paths):
    tomllib.loads(text)
    assert paths_of(text) == paths


def as_text(value: object) -> Value:
    """A JSON value as the notations have it."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abc", max_size=3), inner)
    ),
    max_leaves=5,
)


@settings(max_examples=15)
@given(st.dictionaries(st.text("abcé ", max_size=3).map(str.lower), VALUES))
def test_what_json_has_is_read_whole_and_yaml_reads_the_same(values):
    text = json.dumps(values, ensure_ascii=True, indent=1)
    told, rest = read_json(text)
    assert plain(told) == {key: as_text(value) for key, value in values.items()}
    assert rest == ""
    if "\\u" not in text and "\\" not in text:
        assert plain(read_yaml(text)).keys() == plain(told).keys()


BITS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "a: ",
                    "b = ",
                    "- ",
                    "? ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ", ",
                    ": ",
                    "\n",
                    "  ",
                ),
                *(
                    '"',
                    "'",
                    "'''",
                    "&a ",
                    "*a",
                    "!!x ",
                    "\\ud83d",
                    "\\",
                    "#",
                    "[[a]]\n",
                ),
                *("1e999", "0x", "2024-01-31", "true", "%YAML 1.2\n", "---\n", "...\n"),
                *("<<: ", "\t", "\x85", "\u2028"),
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("read", [read_yaml, read_toml, read_json])
@settings(max_examples=30)
@given(BITS)
@example("{\x85")
@example("? a")
@example("a: 'b' c")
def test_any_text_is_read_or_an_article_error(read, text):
    last = text.count("\n") + 3
    try:
        told = read(text, 3)
    except ArticleError as error:
        if not 1 <= error.line <= last + 1:
            pytest.fail(f"a line that is not there: {error}")
        return
    told = told[0] if isinstance(told, tuple) else told
    for key, fact in told.facts.items():
        assert key == key.lower()
        assert 3 <= fact.line <= last
