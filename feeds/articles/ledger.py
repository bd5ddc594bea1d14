"""What the site remembers of its articles: when it first saw the undated ones."""

import hashlib
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from feeds import dates
from feeds.errors import Problem

NAME = "feeds.ledger"
_HEAD = (
    "# When this site first saw its undated articles. Keep it with them: without it\n"
    "# they count as new. Lines may be in any order; the earliest of a file counts.\n"
)


class Ledger:
    """A text file of `instant<TAB>path` lines, beside feeds.toml.

    Lines are only ever added, each with one write, and the earliest line of a path
    counts: writers that run at once lose nothing, and neither does a merge. A
    folder that cannot be written keeps its ledger in the user's state folder.
    """

    def __init__(self, folder: Path) -> None:
        self._places = (folder / NAME, _state_folder() / _name_of(folder))
        self._seen: dict[str, datetime] = {}
        self._read: dict[Path, int] = {}
        self.problems: tuple[Problem, ...] = ()

    def first_seen(self, paths: list[str], now: datetime) -> Mapping[str, datetime]:
        """When each of `paths` was first seen; those that are new are, now."""
        self._load()
        new = [path for path in paths if path not in self._seen]
        if new:
            self._seen |= dict.fromkeys(new, now.replace(microsecond=0))
            self._remember(new, now)
        return self._seen

    def _load(self) -> None:
        for place in self._places:
            try:
                text = place.read_text("utf-8", "replace")
            except OSError:
                continue
            if self._read.get(place) == len(text):
                continue
            self._read[place] = len(text)
            for line in text.splitlines():
                self._note(line)

    def _note(self, line: str) -> None:
        instant, _, name = line.partition("\t")
        try:
            when = dates.parse(instant)
        except ValueError:  # a comment, a merge mark, or a line cut short
            return
        if path := unquote(name):
            self._seen[path] = min(when, self._seen.get(path, when))

    def _remember(self, paths: list[str], now: datetime) -> None:
        lines = "".join(f"{dates.rfc3339(now)}\t{_spell(path)}\n" for path in paths)
        for place in self._places:
            try:
                _append(place, lines)
            except OSError:
                continue
            self.problems = ()
            self._load()  # someone else may have been first
            return
        fix = f"make {self._places[0].parent} or {self._places[1].parent} writable"
        found = "first-seen dates cannot be kept: undated articles change theirs"
        self.problems = (Problem(NAME, 1, found, fix, "warning"),)


def _append(place: Path, lines: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end == 0:
            lines = _HEAD + lines
        else:
            file.seek(end - 1)
            if file.read(1) != b"\n":  # a write was cut short here
                lines = "\n" + lines
        file.write(lines.encode())


def _spell(path: str) -> str:
    return "".join(
        c if c.isprintable() and c != "%" else quote(c, safe="") for c in path
    )


def _name_of(folder: Path) -> str:
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return f"{folder.name or 'root'}-{digest}.ledger"


def _state_folder() -> Path:
    """Where this user's programs keep what they remember (XDG base directories)."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "folderfeed"
