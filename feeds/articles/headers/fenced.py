"""Headers between fences: YAML in `---`, TOML in `+++`, and JSON in its own braces."""

import re

from feeds import notation
from feeds.errors import ArticleError
from feeds.notation import Told

_LONGEST = 64 * 1024
# Here and beside, `*+` gives nothing back: a match takes no longer than its text.
_OPENS = re.compile(
    r"\s*+(?:(---)[ \t]*+(?:(yaml|toml|json)[ \t]*+)?|(\+\+\+)[ \t]*+)\n"
)
_CLOSES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*+$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*+$", re.MULTILINE),
}
# What tells a header from a line across the page: a key, a remark, or the end.
_HEADER = re.compile(r"\s*+(?:[\w\"'-][^\n:]*+:|#|---|\.\.\.|\{)")


def split_yaml(text: str) -> tuple[Told, str] | None:
    """A header in `---`; also `---toml` and `---json`, as Eleventy has them."""
    opened = _OPENS.match(text)
    if opened is None or opened[3]:
        return None
    if not opened[2] and not _HEADER.match(text, opened.end()):
        return None
    header, body, line = _between(text, opened, "---")
    if opened[2] == "toml":
        return notation.read_toml(header, line), body
    if opened[2] == "json":
        return notation.read_json(header.strip(), line)[0], body
    return notation.read_yaml(header, line), body


def split_toml(text: str) -> tuple[Told, str] | None:
    """A header in `+++`, as Hugo and Zola have it."""
    opened = _OPENS.match(text)
    if opened is None or not opened[3]:
        return None
    header, body, line = _between(text, opened, "+++")
    return notation.read_toml(header, line), body


def split_json(text: str) -> tuple[Told, str] | None:
    """A file that starts with a JSON object, as Hugo has it."""
    start = text.lstrip()
    if not re.match(r'\{\s*"', start):
        return None
    if len(start.partition("\n}")[0]) > _LONGEST:
        raise _too_long()
    return notation.read_json(start, text[: len(text) - len(start)].count("\n") + 1)


def _between(text: str, opened: re.Match[str], fence: str) -> tuple[str, str, int]:
    closed = _CLOSES[fence].search(text, opened.end())
    if closed is None:
        raise ArticleError(
            "the header has no end", f"close it with a line of {fence}", code="header"
        )
    if closed.start() - opened.end() > _LONGEST:
        raise _too_long()
    line = text.count("\n", 0, opened.end()) + 1
    return text[opened.end() : closed.start()], text[closed.end() + 1 :], line


def _too_long() -> ArticleError:
    return ArticleError(
        "a header that is too long", f"keep it under {_LONGEST:,}", code="header"
    )
