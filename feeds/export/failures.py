"""What the system refuses, as an error that says what to do about it."""

import errno

from feeds.errors import ExportError

_FREE = "free some; each file is as it was, or new"
_RIGHTS = "make it writable, or choose another folder"
_FIXES = {
    errno.EACCES: _RIGHTS,
    errno.EDQUOT: _FREE,
    errno.EEXIST: "move it away",
    errno.EFBIG: _FREE,
    errno.EISDIR: "move it away",
    errno.ENAMETOOLONG: "give the article a shorter slug",
    errno.ENOSPC: _FREE,
    errno.ENOTDIR: "choose another folder, or move the file away",
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}


def failure(place: object, error: OSError) -> ExportError:
    """The error to raise where something at `place` cannot be done."""
    reason = (error.strerror or str(error)).lower()
    fix = _FIXES.get(error.errno or 0, "see that it can be written, and export again")
    return ExportError(f"{place}: {reason} ({fix})")
