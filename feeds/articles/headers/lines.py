"""Headers of `Key: value` lines, as MultiMarkdown and Pelican have them."""

import re

from feeds.notation import Fact, Told

_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30}):(?:[ \t]++(?P<value>.*+))?")
_MORE = re.compile(r"[ \t]{2,}+(?P<value>\S.*+)")
# Prose starts with a word and a colon too: one of these must be among the keys.
_TELLING = frozenset({"title", "date"})


def split(text: str) -> tuple[Told, str] | None:
    """The lines up to the first blank one, if each is a key and one is telling."""
    told = Told({}, [])
    values: dict[str, list[str]] = {}
    key = ""
    end = 0
    for number, line in enumerate(text.split("\n"), 1):
        end += len(line) + 1
        if not line.strip():
            break
        if found := _LINE.fullmatch(line.rstrip()):
            key = found["key"].lower()
            if key in values:
                told.twice.append(key)
            values[key] = [(found["value"] or "").strip()]
            told.facts[key] = Fact(None, number)
        elif key and (more := _MORE.fullmatch(line.rstrip())):
            values[key].append(more["value"])
        else:
            return None
    if not _TELLING & set(values):
        return None
    for key, parts in values.items():
        told.facts[key] = Fact(" ".join(parts), told.facts[key].line)
    return told, text[end:]
