"""What commands say of a site, and of what went wrong."""

import sys
from typing import NoReturn

import click

from feeds.cli.arguments import NAME
from feeds.errors import Problem

_FEW = 5


def fail(message: str, code: int) -> NoReturn:
    for line in message.splitlines():
        click.secho(line, err=True, fg="red")
    sys.exit(code)


def shown(text: str) -> str:
    """`text` for a terminal, which gets no newline and no escape sequence of a file."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def likeness(tool: str) -> str:
    """What is said of a folder that is laid out as a tool has them."""
    return f"It reads like {'an' if tool[0] in 'AEIO' else 'a'} {tool} folder."


def warn_of_address(home: str) -> None:
    # A reader that finds another address in a feed may move its subscription there.
    what = f"The feeds say that they lie at {home}"
    fix = f"set base_url in {NAME} before others subscribe, or pass --base-url"
    click.secho(f"{what} ({fix})", err=True, fg="yellow")


def show(problems: tuple[Problem, ...]) -> None:
    """Every error, and the first few warnings, on standard error."""
    warnings = [problem for problem in problems if problem.severity == "warning"]
    for problem in problems:
        if problem.severity == "error":
            click.secho(str(problem), err=True, fg="red")
    for problem in warnings[:_FEW]:
        click.secho(str(problem), err=True, fg="yellow")
    if more := len(warnings[_FEW:]):
        click.secho(f"{more} more warnings (feeds check lists them)", err=True)
