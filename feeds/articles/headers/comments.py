"""Headers in comments, as Nikola has them: `.. title: Hello`, also in `<!-- -->`."""

import re

from feeds.notation import Fact, Told

_START = re.compile(r"\s*+(?:<!--\s*+)?\.\.[ \t]++[A-Za-z][\w-]*+:(?!:)")
_LINE = re.compile(
    r"[ \t]*+\.\.[ \t]++(?P<key>[A-Za-z][\w-]*+):(?!:)[ \t]*+(?P<value>.*+)"
)
_AROUND = re.compile(r"[ \t]*+(?:<!--|-->)?[ \t]*+")


def split(text: str) -> tuple[Told, str] | None:
    """The comments at the top of a file; a blank line ends them, but for `-->`."""
    if not _START.match(text):
        return None
    told = Told({}, [])
    is_open = text.lstrip().startswith("<!--")
    end = 0
    for number, line in enumerate(text.split("\n"), 1):
        after = end + len(line) + 1
        bare = line.replace("<!--", "").replace("-->", "") if is_open else line
        if found := _LINE.fullmatch(bare.rstrip()):
            key = found["key"].lower()
            if key in told.facts:
                told.twice.append(key)
            told.facts[key] = Fact(found["value"].strip(), number)
        elif not (_AROUND.fullmatch(line) and (is_open or not told.facts)):
            break
        end = after
        if is_open and "-->" in line:
            break
    return told, text[end:]


def read_meta(text: str) -> Told:
    """The `.meta` file beside an article, which holds such lines alone."""
    found = split(text)
    return found[0] if found else Told({}, [])
