"""What a site remembers of its articles, as a text file beside feeds.toml."""

import os
import sys
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from feeds.articles.folder import Look, look
from feeds.articles.homes import name_of, state_folder
from feeds.articles.memory import Memory, digest, joined, line_of, path_in, read_line
from feeds.errors import Problem

__all__ = ["NAME", "Ledger", "Memory", "digest"]

NAME = "feeds.ledger"
_HEAD = (
    "# What this site remembers of its articles: when it first saw each, where it is,\n"
    "# what its id is made from, by what it is known again when its file moves, an id\n"
    "# of its own, where its page is and was, and since when it is gone, or back.\n"
    "# Keep it with the articles. Lines may be in any order.\n"
)


class Ledger:
    """The memories of a folder's articles, kept between runs.

    What the file says is what is remembered: whoever writes takes a lock, reads what
    others wrote, changes only what is new, and replaces the file whole. A folder that
    cannot be written has its ledger in the user's state folder. One that only `reads`
    keeps what is new to itself.
    """

    def __init__(self, folder: Path, *, reads: bool = False) -> None:
        self._reads = reads
        self._places = places_of(folder)
        self._looks: dict[Path, Look] = {}
        self._kept: dict[Path, dict[str, Memory]] = {}
        self._unkept: dict[str, Memory] = {}
        self._told: Mapping[str, Memory] = {}
        self._heard: dict[str, Memory] = {}
        self.problems: tuple[Problem, ...] = ()

    @property
    def looks(self) -> tuple[Look | None, ...]:
        """How the ledgers looked when they were read or written last, as `looks_in`."""
        return tuple(map(self._looks.get, self._places))

    def memories(self) -> Mapping[str, Memory]:
        """What is remembered by now, also by others, by path."""
        for place in self._places:
            now = look(place)
            if now is not None and now != self._looks.get(place):
                self._looks[place], self._kept[place] = now, _read(place)
        found: dict[str, Memory] = {}
        for kept in self._kept.values():
            _merge(found, kept, {})
        _merge(found, self._unkept, self._heard)
        self._told = found
        return found

    def remember(
        self, memories: Mapping[str, Memory], forgotten: Collection[str] = ()
    ) -> Mapping[str, Memory]:
        """Keep `memories` and no longer those of the `forgotten` paths.

        Whoever remembers was told something before, and only what differs from that is
        new. Returns what is remembered then; of an article that another process saw at
        the same time, what that one wrote first.
        """
        told = self._told
        known = self.memories()
        new = {
            path: m
            for path, m in memories.items()
            if m is not told.get(path) and m not in (told.get(path), known.get(path))
        }
        if not (new or self._unkept or any(path in known for path in forgotten)):
            return known
        self._unkept = {p: m for p, m in self._unkept.items() if p not in forgotten}
        self._unkept |= new
        self._heard = {p: told[p] for p in new if p in told} | self._heard
        if self._reads:
            return self.memories()
        for place in self._places:
            try:
                with _lock(place):
                    self._write(place, self._kept_in(place, known), forgotten)
            except OSError:
                continue
            self.problems = ()
            return self.memories()
        fix = f"make {self._places[0].parent} or {self._places[1].parent} writable"
        found = "what articles were first seen cannot be kept: undated ones change"
        self.problems = (Problem(NAME, 1, found, fix, "warning", code="ledger"),)
        return self.memories()

    def _kept_in(self, place: Path, known: Mapping[str, Memory]) -> dict[str, Memory]:
        now = look(place)
        if now is None:
            return dict(known)
        is_read = now == self._looks.get(place)
        return dict(self._kept[place]) if is_read else _read(place)

    def _write(
        self, place: Path, kept: dict[str, Memory], forgotten: Collection[str]
    ) -> None:
        before = dict(kept)
        kept = {path: m for path, m in kept.items() if path not in forgotten}
        _merge(kept, self._unkept, self._heard)
        _replace(place, kept, before)
        self._unkept, self._heard = {}, {}
        for others in self._kept.values():
            for path in forgotten:
                others.pop(path, None)
        self._kept[place] = kept
        if (now := look(place)) is not None:
            self._looks[place] = now


def _merge(
    kept: dict[str, Memory], new: Mapping[str, Memory], heard: Mapping[str, Memory]
) -> None:
    """Add what is new to what is kept, which alone knows names.

    `heard` has what those who wrote what is new had been told before.
    """
    for path, memory in new.items():
        if (before := kept.get(path)) is not None and memory != before:
            memory = replace(
                joined(memory, before, heard.get(path)),
                first_seen=min(before.first_seen, memory.first_seen),
                name=before.name,
            )
        kept[path] = memory


def _read(place: Path) -> dict[str, Memory]:
    memories: dict[str, Memory] = {}
    for line in _lines(place) if place.is_file() else ():
        if (read := read_line(line.rstrip("\n"))) is None:
            continue
        path, found = read
        if (before := memories.get(path)) is not None:
            is_earlier = found.first_seen < before.first_seen
            first, other = (found, before) if is_earlier else (before, found)
            found = replace(joined(first, other), id=first.id or other.id)
        memories[path] = found
    return memories


def _replace(
    place: Path, memories: Mapping[str, Memory], before: Mapping[str, Memory]
) -> None:
    """Write `memories`; those that are as `before` keep their lines as they are."""
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            if _patch(file, place, memories, before) != len(memories):
                file.seek(0)
                file.truncate()
                file.write(_HEAD)
                for path in sorted(memories):
                    file.write(f"{line_of(path, memories[path])}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _patch(
    file: TextIO,
    place: Path,
    memories: Mapping[str, Memory],
    before: Mapping[str, Memory],
) -> int:
    """Write the lines at `place`, with those of what is not as `before` among them.

    Line by line, for there may be very many. Returns how many were written, which are
    not all where the lines there are not in order.
    """
    new = deque(sorted(p for p, m in memories.items() if m is not before.get(p)))
    changed, count, last = frozenset(new), 0, ""
    for line in _lines(place):
        path = path_in(line)
        if path in changed or path not in memories:
            continue
        if path <= last:
            return -1
        last = path
        while new and new[0] < path:
            other = new.popleft()
            file.write(f"{line_of(other, memories[other])}\n")
            count += 1
        file.write(line if line.endswith("\n") else f"{line}\n")
        count += 1
    for path in new:
        file.write(f"{line_of(path, memories[path])}\n")
    return count + len(new)


def _lines(place: Path) -> Iterator[str]:
    try:
        with place.open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError:
        return


@contextmanager
def _lock(place: Path) -> Iterator[None]:
    """Keep other processes from writing; the system lets go if this one dies."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # no lock on a folder there, and no forked workers
        yield
        return
    import fcntl

    folder = os.open(place.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def looks_in(folder: Path) -> tuple[Look | None, ...]:
    """How the ledgers of a content folder look, to see whether one has changed."""
    return tuple(map(look, places_of(folder)))


def places_of(folder: Path) -> tuple[Path, Path]:
    """Where the ledger of a content folder is: in it, or else in the state folder."""
    return folder / NAME, state_folder() / f"{name_of(folder)}.ledger"
