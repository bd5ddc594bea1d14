"""One export at a time into a folder."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: The file that is locked where a folder cannot be.
LOCK = ".feeds-export.lock"
_PAUSE = 0.1

if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT)

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some network drives lock no folders
            return True
        return True


@contextmanager
def alone_in(folder: Path, waiting: Callable[[], None]) -> Iterator[bool]:
    """Keep other exports out of `folder`; the system lets go if this process dies.

    Where another is at work, `waiting` is called once, and then waited for its end.
    Yields whether it was.
    """
    handle = _open(folder)
    try:
        has_waited = not _take(handle)
        if has_waited:
            waiting()
            while not _take(handle):
                time.sleep(_PAUSE)
        yield has_waited
    finally:
        os.close(handle)
