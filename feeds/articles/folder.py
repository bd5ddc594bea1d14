"""The files of a content folder: which there are, and their bytes. Opens no others."""

import os
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from feeds.articles.formats import BY_SUFFIX, UNREAD, suffix_of
from feeds.articles.media import MEDIA_TYPES, Measure, measure
from feeds.errors import ArticleError, Problem

#: A folder that holds this file was exported to, and is no content.
EXPORT_MARK = ".feeds-export"
CONFIG = "feeds.toml"
#: Where a site keeps its own templates, and stylesheets with them.
TEMPLATES = "templates/"
#: A file of this suffix beside an article holds its header, as Nikola has it.
BESIDE = ".meta"
_WANTED = {*BY_SUFFIX, *UNREAD, *MEDIA_TYPES, BESIDE}
_LARGEST = 10_000_000
_DEEPEST = 40
# Other people's files, by the ten thousand.
_NEVER = frozenset({"node_modules", "bower_components", "__pycache__", "venv"})


#: A file may change twice within so many nanoseconds and look the same.
TICK_NS = 1_000_000_000
Look = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class File:
    """A file as a scan saw it; `place` is where it lies, all links followed."""

    place: str
    mtime_ns: int
    size: int
    inode: int


@dataclass(slots=True)
class Scan:
    """What lies in a folder: `files` by their path in it, and what was refused.

    `files` are those that may be articles, stand beside one, or are media; `others`
    are the paths of the rest, which tell whose folder it is.

    A path has `/` between its parts and its letters composed (NFC), so it is the
    same on every system. `is_bare`: nothing at all lies there, as where a disk is
    not mounted. `modified_ns` is when the newest file or folder changed.
    """

    files: dict[str, File] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    is_bare: bool = False
    refused: list[Problem] = field(default_factory=list)
    modified_ns: int = 0


def scan(root: Path, known: Mapping[str, File] | None = None) -> Scan:
    """Look at every file under `root`, reading none. OSError if `root` is gone.

    Of the `known` files, those that look as they did are the same values again.
    """
    found = Scan(modified_ns=root.stat().st_mtime_ns)
    known = known or {}
    folders = [(str(root), "", 0)]
    while folders:
        place, inside, depth = folders.pop()
        try:
            listed = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            if not inside:
                raise
            _refuse(found, inside, f"cannot be read: {error.strerror}", "check rights")
            continue
        found.is_bare = found.is_bare or not (inside or listed)
        if inside and any(entry.name == EXPORT_MARK for entry in listed):
            continue
        for entry in listed:
            path = unicodedata.normalize("NFC", inside + entry.name)
            if entry.name.startswith(".") or entry.name in _NEVER:
                continue
            if entry.is_dir(follow_symlinks=False):
                _enter(found, folders, entry, path, depth + 1)
            elif wanted(path) or path == CONFIG or entry.is_symlink():
                _look(found, root, entry, path, known)
            else:
                found.others.append(path)
    return found


def _enter(
    found: Scan,
    folders: list[tuple[str, str, int]],
    entry: os.DirEntry[str],
    path: str,
    depth: int,
) -> None:
    if depth > _DEEPEST:
        return _refuse(found, path, "a folder too deep down", "move it up")
    try:
        changed = entry.stat(follow_symlinks=False).st_mtime_ns
    except OSError:  # gone while we looked
        return None
    found.modified_ns = max(found.modified_ns, changed)
    folders.append((entry.path, path + "/", depth))
    return None


def look(place: Path) -> Look | None:
    """How a file looks, to see whether it is another by now; None where none lies."""
    try:
        status = place.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def folders(root: Path) -> dict[str, int]:
    """When each folder under `root` last changed: when something in it came or went."""
    found: dict[str, int] = {}
    waiting = [(str(root), 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            found[place] = os.stat(place).st_mtime_ns
            listed = list(os.scandir(place))
        except OSError:
            continue
        for entry in listed:
            is_content = not entry.name.startswith(".") and entry.name not in _NEVER
            if is_content and depth < _DEEPEST and entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, depth + 1))
    return found


def are_touched(known: Mapping[str, int]) -> bool:
    """Whether one of the `folders` has changed since."""
    try:
        return any(os.stat(place).st_mtime_ns != when for place, when in known.items())
    except OSError:
        return True


def wanted(path: str) -> bool:
    """Whether the name of a file says that it may be of use."""
    suffix = suffix_of(path)
    return suffix in _WANTED or (suffix == ".css" and path.startswith(TEMPLATES))


def is_media(path: str) -> bool:
    """Whether the file at `path` is a picture, a recording or the like."""
    return suffix_of(path) in MEDIA_TYPES


def _look(
    found: Scan,
    root: Path,
    entry: os.DirEntry[str],
    path: str,
    known: Mapping[str, File],
) -> None:
    place = entry.path
    try:
        if entry.is_symlink():
            place = os.path.realpath(place)
            if not Path(place).is_relative_to(root):
                return _refuse(found, path, "a link out of the folder", "copy the file")
            if entry.is_dir():
                return _refuse(found, path, "a link to a folder", "move the folder")
            if not wanted(path):
                return None
        status = os.stat(place)
    except OSError as error:
        return _refuse(found, path, f"cannot be read: {error.strerror}", "check it")
    found.modified_ns = max(found.modified_ns, status.st_mtime_ns)
    if path == CONFIG:
        return None
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        return _refuse(found, shown, "a name that is not UTF-8", "rename it")
    if not stat.S_ISREG(status.st_mode):
        return _refuse(found, path, "not a regular file", "remove it")
    if path in found.files:
        return _refuse(found, path, "a second file of this name", "rename one")
    if status.st_size > _LARGEST and not is_media(path):
        size = f"a file of {status.st_size:,} bytes"
        return _refuse(found, path, size, f"keep it under {_LARGEST:,}")
    seen = File(place, status.st_mtime_ns, status.st_size, status.st_ino)
    before = known.get(path)
    found.files[path] = before if before == seen else seen
    return None


def _refuse(found: Scan, path: str, what: str, fix: str) -> None:
    found.refused.append(Problem(path.rstrip("/"), 1, what, fix, code="file"))


def open_file(file: File) -> BinaryIO:
    """Open a scanned file, but nothing that took its place meanwhile and is none."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    # A pipe would wait for its writer, a link could lead anywhere.
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(file.place, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"not a regular file: {file.place}")
    return os.fdopen(handle, "rb")


@lru_cache(maxsize=4096)
def measure_file(file: File) -> Measure:
    """The size or length of a scanned media file, read once while it is the same."""
    try:
        with open_file(file) as opened:
            return measure(suffix_of(file.place), opened)
    except OSError:
        return Measure()


def read_file(file: File) -> bytes:
    """The bytes of a scanned file; ArticleError where they cannot be had."""
    try:
        with open_file(file) as opened:
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or "not a regular file"
        raise ArticleError(
            f"cannot be read: {reason}", "check its rights", code="file"
        ) from None
    if len(data) > _LARGEST:
        raise ArticleError(
            "a file that grew too large", f"keep it under {_LARGEST:,}", code="file"
        )
    return data
