"""When files were first committed, from one pass over a folder's git history."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from feeds import dates

_PATIENCE = 60
# The folder may be anyone's: none of its settings may run a program.
_GIT = (
    *("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false"),
    *("-c", "core.quotePath=false", "-c", "log.mailmap=false"),
)


def first_commits(folder: Path) -> Mapping[str, datetime]:
    """When each file below `folder` was added, by its path; {} where git cannot say.

    A shallow clone knows no first commits.
    """
    if _run(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    log = _run(
        folder,
        *("log", "--no-renames", "--diff-filter=A", "--name-only", "--relative"),
        *("--format=%x01%aI", "-z", "--", "."),
    )
    found: dict[str, datetime] = {}
    when: datetime | None = None
    for part in log.split("\0"):
        if part.startswith("\1"):
            when = dates.parse(part[1:])
        elif when is not None and (path := part.lstrip("\n")):
            found[path] = when  # the log goes back in time: the last is the first
    return found


def standing(folder: Path, name: str) -> str:
    """How git has the file `name` in `folder`: `tracked`, `ignored` or `untracked`.

    "" where there is no git, or the folder is not kept in it.
    """
    if _run(folder, "rev-parse", "--is-inside-work-tree").strip() != "true":
        return ""
    if _run(folder, "ls-files", "--", name):
        return "tracked"
    return "ignored" if _run(folder, "check-ignore", "--", name) else "untracked"


def _run(folder: Path, *arguments: str) -> str:
    quiet = {
        **os.environ,
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        # A clone that lacks objects would fetch them, by any program that it names.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }
    try:
        done = subprocess.run(
            [*_GIT, "-C", str(folder), *arguments],
            capture_output=True,
            env=quiet,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
