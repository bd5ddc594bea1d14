"""The folder, and what is kept beside it: whether it can be written, and will stay."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from feeds.articles import history as git
from feeds.articles import ledger as ledgers
from feeds.articles.homes import cache_folder
from feeds.doctor.finding import Finding, Level

# In bytes: less is soon gone, and with so little nothing can be kept.
_LITTLE = 500_000_000
_TOO_LITTLE = 20_000_000


def folder(folder: Path) -> Iterator[Finding]:
    """The folder of the articles."""
    if not os.access(folder, os.R_OK | os.X_OK):
        fix = "let this user read it"
        yield Finding("wrong", "folder", f"{folder} cannot be read", fix)
    elif not os.access(folder, os.W_OK):
        found = f"{folder} cannot be written: the ledger is kept elsewhere"
        yield Finding("note", "folder", found, "keep a copy of the ledger")
    else:
        yield Finding("ok", "folder", str(folder))


def ledger(folder: Path) -> Iterator[Finding]:
    """Where it is remembered what articles are and were."""
    own, other = ledgers.places_of(folder)
    place = own if os.access(folder, os.W_OK) else other
    if not _is_writable(place.parent):
        found = f"neither {own.parent} nor {other.parent} can be written"
        fix = "make one of them writable, or the dates of undated articles change"
        yield Finding("wrong", "ledger", found, fix)
    elif _is_mounted(place):
        fix = "mount its folder: a file that is replaced whole cannot be a mount"
        yield Finding("wrong", "ledger", f"{place} is mounted by itself", fix)
    elif not place.exists():
        yield Finding("ok", "ledger", f"none yet; it will be {place}")
    elif _is_of_another(place):
        found = f"{place} belongs to another user"
        yield Finding("note", "ledger", found, "serve and export as one user")
    else:
        yield Finding("ok", "ledger", str(place))
    if own.exists() and other.exists():
        found = f"there is another at {other}"
        fix = "what both say counts; delete it once it is in the folder's own"
        yield Finding("note", "ledger", found, fix)


def history(folder: Path) -> Iterator[Finding]:
    """Whether git keeps the ledger with the articles."""
    standing = git.standing(folder, ledgers.NAME)
    about = f"{ledgers.NAME} in git"
    if standing == "ignored":
        found = "ignored: on another machine, articles that moved get other ids"
        fix = "take it out of .gitignore, and commit it"
        yield Finding("wrong", about, found, fix)
    elif standing == "tracked":
        yield Finding("ok", about, "committed with the articles")
    elif standing and (folder / ledgers.NAME).exists():
        yield Finding("note", about, "not committed", "commit it with the articles")


def cache(folder: Path) -> Iterator[Finding]:
    """Where it is kept what a large folder says."""
    place = cache_folder()
    if _is_writable(place):
        yield Finding("ok", "cache", str(place))
    else:
        found = f"{place} cannot be written: a large folder is read whole at each start"
        yield Finding("note", "cache", found, "make it writable, or set XDG_CACHE_HOME")


def space(folder: Path) -> Iterator[Finding]:
    """How much room there is on the folder's disk."""
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:,.1f} GB free"
    if free < _LITTLE:
        level: Level = "wrong" if free < _TOO_LITTLE else "note"
        yield Finding(level, "disk", told, "make room")
    else:
        yield Finding("ok", "disk", told)


def _is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder, or it itself where it is not there yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _is_mounted(place: Path) -> bool:
    try:
        return place.stat().st_dev != place.parent.stat().st_dev
    except OSError:
        return False


def _is_of_another(place: Path) -> bool:
    # Windows has no such ids.
    return hasattr(os, "geteuid") and place.stat().st_uid != os.geteuid()
