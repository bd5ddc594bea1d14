"""What a whole export was made of: where that is the same, there is nothing to do."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from feeds import toolconfig
from feeds.articles.cache import program
from feeds.articles.folder import TICK_NS, look, scan
from feeds.articles.ledger import NAME as LEDGER
from feeds.articles.ledger import looks_in
from feeds.config import NAME
from feeds.export.manifest import UNKNOWN, read_manifest
from feeds.export.place import Place
from feeds.site import Site

_MARK = "# made of "


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an export is made of but for what is remembered, as a short name."""

    made_of: str


def stamp_of(folder: Path, asked: object, now: float) -> Stamp | None:
    """The stamp of an export of `folder` as it is `asked` for, before it is made.

    None where that cannot be told: a file changed just now, or cannot be read.
    """
    try:
        found = scan(folder.resolve())
    except OSError:
        return None
    newest = max((file.mtime_ns for file in found.files.values()), default=0)
    if found.refused or newest > now * 10**9 - TICK_NS:
        return None
    told = sorted(item for item in os.environ.items() if item[0].startswith("FEEDS_"))
    known = hashlib.sha256(f"{program()}\n{asked!r}\n{told}\n".encode())
    for name in (NAME, *toolconfig.FILES):
        known.update(f"{name} {look(folder / name)}\n".encode())
    for path, file in found.files.items():
        seen = f"{path}\0{file.mtime_ns} {file.size} {file.inode}\n"
        known.update(seen.encode("utf-8", "surrogateescape"))
    others = "\n".join(path for path in found.others if path != LEDGER)
    known.update(others.encode("utf-8", "surrogateescape"))
    return Stamp(known.hexdigest()[:24])


def seal(stamp: Stamp, site: Site) -> str:
    """The stamp of what was made of `site`, as a line of a manifest.

    "" where there is something to say of the site: it is said at each export.
    """
    if site.problems or not site.config.base_url:
        return ""
    due = site.due
    until = due.timestamp() if due else float("inf")
    return f"{_MARK}{_with(stamp, site.memory_looks)} {until!r}\n"


def unchanged(out: Place, folder: Path, stamp: Stamp, now: float) -> int | None:
    """How many files in `out` are as an export of that stamp left them, if all are."""
    try:
        text = out.manifest() or ""
    except OSError:
        return None
    lines = [line for line in text.split("\n", 2)[1:2] if line.startswith(_MARK)]
    made_of, _, until = "".join(lines).removeprefix(_MARK).partition(" ")
    if made_of != _with(stamp, looks_in(folder.resolve())) or not now < float(until):
        return None
    files = read_manifest(text)
    is_whole = all(
        written != UNKNOWN and out.is_as(path, written)
        for path, written in files.items()
    )
    return len(files) if is_whole else None


def _with(stamp: Stamp, looks: object) -> str:
    """The stamp, and how the ledgers look that its export was made with."""
    return hashlib.sha256(f"{stamp.made_of} {looks!r}".encode()).hexdigest()[:24]
