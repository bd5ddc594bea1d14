"""What S3 keeps with an object: the headers it is sent with, and its ETag."""

import hashlib
import re
from functools import cache, partial
from typing import BinaryIO

from feeds.errors import ArticleError
from feeds.export.hosts.kinds import Kind, kind_of
from feeds.policies import PAGE_CACHE

#: What is larger is put in parts of so many bytes: S3 takes none that are smaller.
PART = 5 << 20
_LONGEST = 1024
_CONTROL = re.compile(r"[\0-\x1f\x7f]")
# The manifest, and what other hosts are to know.
_OTHER = Kind("", "text/plain; charset=utf-8", PAGE_CACHE)


def headers(path: str) -> dict[str, str]:
    """What is to be sent with the object at a path; of all that, S3 keeps no more."""
    kind = kind_of(path) or _OTHER
    return {"Content-Type": kind.media_type, "Cache-Control": kind.cache}


def tag(path: str, etag: str) -> str:
    """What tells whether an object is as it was put: its ETag, and its headers."""
    return f"{etag}/{_digest(kind_of(path))}"


def has_headers(path: str, tag: str) -> bool:
    """Whether an object was put with the headers that it is to have now."""
    return tag.endswith(f"/{_digest(kind_of(path))}")


def etag(opened: BinaryIO) -> str:
    """The ETag that S3 gives to some bytes, where it does not encrypt them by a key.

    That is the MD5 of them, or of the MD5s of their parts.
    """
    parts = [_md5(part) for part in iter(partial(opened.read, PART), b"")]
    if len(parts) > 1:
        return f"{_md5(b''.join(parts)).hex()}-{len(parts)}"
    return (parts[0] if parts else _md5(b"")).hex()


def is_key(path: str) -> bool:
    """Whether S3 can have an object of that name, and everybody can ask for it."""
    parts = path.split("/")
    is_down = not any(part in ("", ".", "..") for part in parts)
    is_short = len(path.encode()) <= _LONGEST
    return is_down and is_short and not _CONTROL.search(path)


def refuse_name(path: str) -> ArticleError:
    """The error to raise for a path that is no key."""
    found = f"a name that no object can have: {path[:100]!r}"
    return ArticleError(found, "rename it, and keep it short", code="file")


@cache
def _digest(kind: Kind | None) -> str:
    kind = kind or _OTHER
    return _md5(f"{kind.media_type}\n{kind.cache}".encode()).hex()[:8]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()
