"""YAML, TOML and JSON as plain values: text, lists and mappings, with their lines."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import yaml

from feeds.errors import ArticleError

_DEEPEST = 16
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML counts these as ends of lines, and nobody else does.
_BREAKS = {0x0D: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}
_NULL = "tag:yaml.org,2002:null"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_DEEP_KEY = re.compile(
    rf"^[ \t\[]*+(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{_DEEPEST},}}+", re.MULTILINE
)
_KEY = re.compile(
    r"[ \t]*+[\[{]*+[ \t]*+(?:\"([^\"\n]++)\"|'([^'\n]++)'|([\w-]++))[ \t]*+[=.:\]]"
)
# What can hold a line that looks like a key: texts of several lines, and remarks.
# Texts of one line come after, so that a # or a quote in them is none.
_MASKS = re.compile(
    r"(?P<mask>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|\#[^\n]*+)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'",
    re.DOTALL,
)
_PART = r"(?:\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'|[\w-]++)"
_PATH = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_TABLE = re.compile(rf"[ \t]*+\[\[?+[ \t]*+({_PATH})[ \t]*+\]")
_SETTING = re.compile(rf"[ \t]*+({_PATH})[ \t]*+=")

# What the notations have in common. Every scalar is as its author spelled it: in YAML
# `title: 2024` is text, and so is `draft: no` until someone asks whether it is true.
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the line of the file that it stands on, from 1."""

    value: Value
    line: int


Facts = Mapping[str, Fact]


@dataclass(slots=True)
class Told:
    """What a header or a configuration says: facts by key, in lower case.

    Of a key that is given twice the last counts, and `twice` has its name.
    """

    facts: dict[str, Fact]
    twice: list[str]


def read_yaml(text: str, first_line: int = 1) -> Told:
    """The mapping that `text` is; `first_line` is where it stands in its file.

    ArticleError for what is no mapping or no YAML, and for aliases and tags.
    """
    text = "\n" * (first_line - 1) + text.translate(_BREAKS)
    events = yaml.parse(text, Loader=_LOADER)
    told = Told({}, [])
    try:
        next(events), next(events)  # the stream, the document
        event = next(events)
        if isinstance(event, yaml.ScalarEvent) and not event.value.strip():
            return told
        if not isinstance(event, yaml.MappingStartEvent):
            raise ArticleError(
                "no keys", "write lines of key: value", first_line, "header"
            )
        for key, line, value in _pairs(events, 1):
            if key.lower() in told.facts:
                told.twice.append(key)
            told.facts[key.lower()] = Fact(value, line)
    except StopIteration:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else first_line
        if "nesting" in str(error.problem):  # newer parsers have a limit of their own
            raise _too_deep(line) from None
        fix = "put quotes around a value that holds : or # or ["
        fault = f"not YAML: {error.problem}"
        raise ArticleError(fault, fix, line, "header") from None
    except yaml.reader.ReaderError:
        fault = "a character that YAML cannot hold"
        raise ArticleError(fault, "remove it", first_line, "header") from None
    return told


def _pairs(
    events: Iterator[yaml.Event], depth: int
) -> Iterator[tuple[str, int, Value]]:
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        line = _line(event)
        key = _value(event, events, depth)
        if not isinstance(key, str):
            raise ArticleError(
                "a key that is no text", "write key: value", line, "header"
            )
        yield key, line, _value(next(events), events, depth)


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
    if isinstance(event, yaml.AliasEvent):
        raise ArticleError("a YAML alias", "write it out", _line(event), "header")
    if depth > _DEEPEST:
        raise _too_deep(_line(event))
    tag = getattr(event, "tag", None)
    if tag and (not tag.startswith("tag:yaml.org,2002:") or "python" in tag):
        raise ArticleError(f"a YAML tag: {tag!r}", "remove it", _line(event), "header")
    if isinstance(event, yaml.ScalarEvent):
        # In libyaml's words a plain scalar has the style "", in Python's None.
        is_nothing = not event.style and event.value in _NOTHING
        return None if is_nothing or tag == _NULL else str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        values: list[Value] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            values.append(_value(item, events, depth + 1))
        return values
    return {key: value for key, _, value in _pairs(events, depth + 1)}


def _too_deep(line: int) -> ArticleError:
    return ArticleError("values nested too deeply", "flatten them", line, "header")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def is_too_deep(text: str) -> bool:
    """Whether a TOML text has a key of so many parts that it is an attack."""
    return _DEEP_KEY.search(text) is not None


def read_toml(text: str, first_line: int = 1) -> Told:
    """The table that `text` is; ArticleError for what is no TOML."""
    if is_too_deep(text):
        raise _too_deep(first_line)
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise _too_deep(first_line) from None
    except ValueError as error:  # TOMLDecodeError is one, and so is too long a number
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = str(error).partition(" (")[0].lower()
        fault = f"not TOML: {reason}"
        raise ArticleError(
            fault, 'write key = "value"', line + first_line - 1, "header"
        ) from None
    return _told(values, text, first_line)


def read_json(text: str, first_line: int = 1) -> tuple[Told, str]:
    """The object that `text` starts with, and the rest of `text`."""
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        fault = f"not JSON: {error.msg.lower()}"
        line = error.lineno + first_line - 1
        raise ArticleError(fault, 'write "key": "value",', line, "header") from None
    except RecursionError:
        raise _too_deep(first_line) from None
    except ValueError as error:
        reason = str(error).partition(":")[0].lower()
        fault = f"not JSON: {reason}"
        raise ArticleError(fault, "shorten it", first_line, "header") from None
    if not isinstance(values, dict):
        raise ArticleError("no keys", 'write {"key": "value"}', first_line, "header")
    return _told(values, text[:end], first_line), text[end:]


def _told(values: Mapping[str, object], text: str, first_line: int) -> Told:
    lines = lines_of(text)
    facts = {
        key.lower(): Fact(_plain(value, first_line), lines.get(key, 1) + first_line - 1)
        for key, value in values.items()
    }
    return Told(facts, [])


def lines_of(text: str) -> dict[str, int]:
    """The line on which each key of a TOML or JSON text is first given, from 1."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if key := _KEY.match(line):
            found.setdefault(key[1] or key[2] or key[3], number)
    return found


def paths_of(text: str) -> dict[str, int]:
    """The line of each key and table of a TOML text by its path, as in `feeds.a.tags`.

    What stands in `{ … }` has none of its own.
    """
    given: dict[str, int] = {}
    implied: dict[str, int] = {}
    table: list[str] = []
    depth = 0
    masked = _MASKS.sub(lambda m: "\n" * m[0].count("\n") if m["mask"] else m[0], text)
    for number, line in enumerate(masked.split("\n"), 1):
        path: list[str] = []
        if depth == 0 and (found := _TABLE.match(line)):
            path = table = _parts(found[1])
        elif depth == 0 and (found := _SETTING.match(line)):
            path = table + _parts(found[1])
        if path:
            given.setdefault(".".join(path), number)
        for end in range(1, len(path)):
            implied.setdefault(".".join(path[:end]), number)
        # A list goes on until its last bracket, and in it nothing is a key.
        bare = _MASKS.sub("", line)
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
    return {**implied, **given}


def _parts(path: str) -> list[str]:
    parts = re.findall(_PART, path)
    return [part[1:-1] if part[0] in "\"'" else part for part in parts]


def _plain(value: object, line: int, depth: int = 1) -> Value:
    if depth > _DEEPEST:
        raise _too_deep(line)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {str(key): _plain(item, line, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, line, depth + 1) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return None if value is None else str(value)
