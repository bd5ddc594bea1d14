"""The header of a file apart from its body: YAML between two lines of `---`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from feeds.errors import ArticleError

_LONGEST = 64 * 1024
_DEEPEST = 16
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_FENCE = "---"
_ENDS = frozenset({"---", "..."})

# What YAML can say, with every scalar left as its author spelled it: `title: 2024`
# is text, and so is `draft: no` until someone asks whether it is true.
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a header and the line of the file that it stands on."""

    value: Value
    line: int


Facts = Mapping[str, Fact]


def split(text: str) -> tuple[dict[str, Fact], str, list[str]]:
    """Return the header's facts, the body, and the keys that are given twice.

    ArticleError for a header that is not closed, too long, or not a YAML mapping.
    """
    lines = text.split("\n", 1)
    if lines[0].rstrip() != _FENCE or len(lines) == 1:
        return {}, text, []
    header, body = _until_fence(lines[1])
    if len(header) > _LONGEST:
        raise ArticleError(
            f"a header of {len(header):,} characters",
            f"keep it under {_LONGEST:,}",
        )
    facts, twice = _read(header)
    return facts, body, twice


def _until_fence(text: str) -> tuple[str, str]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].rstrip() in _ENDS:
            return text[:start], text[end + 1 :]
        start = end + 1
    raise ArticleError("the header has no end", "close it with a line of ---")


def _read(header: str) -> tuple[dict[str, Fact], list[str]]:
    events = yaml.parse(header, Loader=_LOADER)
    try:
        next(events), next(events)  # the stream, the document
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent | yaml.DocumentEndEvent):
            return {}, []
        if isinstance(event, yaml.ScalarEvent) and event.value in _NOTHING:
            return {}, []
        if not isinstance(event, yaml.MappingStartEvent):
            raise ArticleError("a header without keys", "write lines of key: value", 2)
        facts: dict[str, Fact] = {}
        twice: list[str] = []
        for key, line, value in _pairs(events, 1):
            if key.lower() in facts:
                twice.append(key)
            facts[key.lower()] = Fact(value, line)
        return facts, twice
    except StopIteration:
        return {}, []
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ArticleError(
            f"not YAML: {error.problem}",
            "put quotes around a value that holds : or # or [",
            (mark.line if mark else 0) + 2,
        ) from None
    except yaml.reader.ReaderError:
        raise ArticleError(
            "a character that YAML cannot hold", "remove it", 2
        ) from None


def _pairs(
    events: Iterator[yaml.Event], depth: int
) -> Iterator[tuple[str, int, Value]]:
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        line = _line(event)
        key = _value(event, events, depth)
        if not isinstance(key, str):
            raise ArticleError("a key that is no text", "write key: value", line)
        yield key, line, _value(next(events), events, depth)


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
    if isinstance(event, yaml.AliasEvent):
        raise ArticleError("a YAML alias", "write the value out", _line(event))
    if depth > _DEEPEST:
        raise ArticleError("a header nested too deeply", "flatten it", _line(event))
    tag = getattr(event, "tag", None)
    if (tag and not tag.startswith("tag:yaml.org,2002:")) or "python" in (tag or ""):
        raise ArticleError(f"a YAML tag: {tag!r}", "remove it", _line(event))
    if isinstance(event, yaml.ScalarEvent):
        if event.style is None and event.value in _NOTHING:
            return None
        return str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        values: list[Value] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            values.append(_value(item, events, depth + 1))
        return values
    return {key: value for key, _, value in _pairs(events, depth + 1)}


def _line(event: yaml.Event) -> int:
    # Marks count from 0, and the header starts on the file's second line.
    return (event.start_mark.line if event.start_mark else 0) + 2
