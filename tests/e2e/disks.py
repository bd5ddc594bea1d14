"""Disks that are full or read-only, where this user may mount some."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

_FULL = ".full"


@contextmanager
def mounted(place: Path, *how: str) -> Iterator[Path]:
    """Something mounted at `place`."""
    place.mkdir(exist_ok=True)
    subprocess.run(("mount", *how, str(place)), capture_output=True, check=True)
    try:
        yield place
    finally:
        # Lazily: what still runs there ends with its test.
        subprocess.run(("umount", "-l", str(place)), check=True)


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """An empty disk of 256 KB at `place`."""
    with mounted(place, "-t", "tmpfs", "-o", "size=256k", "tmpfs") as disk:
        yield disk


@contextmanager
def read_only(folder: Path, place: Path) -> Iterator[Path]:
    """`folder` as it is and will be, read-only, at `place`."""
    with mounted(place, "--bind", str(folder)) as view:
        remount = ("mount", "-o", "remount,bind,ro", str(view))
        subprocess.run(remount, check=True)
        yield view


def fill(disk: Path, but: int = 0) -> None:
    """Write until there is no room on `disk`, but for so many pages."""
    file = disk / _FULL
    with file.open("wb", buffering=0) as full:
        try:
            while True:
                full.write(bytes(4096))
        except OSError:
            full.truncate(file.stat().st_size - but * 4096)


def make_room(disk: Path) -> None:
    """Take away what `fill` wrote."""
    (disk / _FULL).unlink()


@cache
def _can_mount() -> bool:
    with tempfile.TemporaryDirectory() as place:
        try:
            with small_disk(Path(place)):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


def needs_disks() -> pytest.MarkDecorator:
    """Skip where nothing can be mounted."""
    return pytest.mark.skipif(not _can_mount(), reason="this user may mount nothing")
