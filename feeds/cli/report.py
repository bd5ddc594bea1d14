"""Problems written down: for people, for programs, and for GitHub."""

import difflib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict

import click

from feeds.errors import Problem

_COLOURS = {"error": "red", "warning": "yellow"}


def _text(problems: Iterable[Problem]) -> str:
    """`path:line: CODE what was found (what to write)`, a problem a line."""
    lines = []
    for problem in problems:
        place, _, said = str(problem).partition(": ")
        code = click.style(problem.code, fg=_COLOURS[problem.severity])
        lines.append(f"{place}: {code} {said}\n")
    return "".join(lines)


def _json(problems: Iterable[Problem]) -> str:
    return (
        json.dumps([asdict(p) for p in problems], ensure_ascii=False, indent=1) + "\n"
    )


def _github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines that they are about."""
    return "".join(
        f"::{p.severity} file={_escaped(p.path, ':,')},line={p.line},"
        f"title={_escaped(p.code, ':,')}::{_escaped(f'{p.found} ({p.fix})')}\n"
        for p in problems
    )


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


STYLES: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}


def counted(published: int, errors: int, warnings: int) -> str:
    """How many articles are out, and how much is wrong."""
    return f"{published} published, {errors} errors, {warnings} warnings"


def unknown(code: str, codes: Iterable[str]) -> str:
    """What to say of a code that there is not."""
    near = difflib.get_close_matches(code, list(codes), 3, 0.4)
    fix = f"did you mean {' or '.join(near)}?" if near else "feeds check shows them"
    return f"no code {code!r} ({fix})"
