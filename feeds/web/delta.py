"""Of a feed only what is new to its reader: deltas (RFC 3229, `A-IM: feed`)."""

import hashlib
import re
from collections import deque
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from feeds.documents.document import FeedFormat
from feeds.feed import Entry, Feed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_MOST_OF_A_PATH = 16
_MOST = 2000
# A document's validator, whatever a coding or a proxy has put around it.
_TAG = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?")


def asks(environ: "WSGIEnvironment") -> bool:
    """Whether a request's A-IM (RFC 3229 10.5.3) lists `feed`."""
    listed: str = environ.get("HTTP_A_IM", "")
    return any(_is_feed(element) for element in listed.lower().split(","))


def _is_feed(element: str) -> bool:
    name, *parameters = (part.strip() for part in element.split(";"))
    return name == "feed" and not any(map(_REFUSED.fullmatch, parameters))


def tags_in(told: str) -> tuple[str, ...]:
    """The versions that an If-None-Match names, as `Versions` knows them."""
    return tuple(_TAG.findall(told))


def delta(
    form: FeedFormat, feed: Feed, topic: str, entries: tuple[Entry, ...]
) -> bytes:
    """A whole document of the feed, as it lies at `topic`, with these entries alone.

    It says nothing of the others, so it is not complete (RFC 5005 2).
    """
    part = replace(feed, entries=entries, complete=False)
    return form.render(part, topic)


class Versions:
    """What was in the versions of feeds that this process has served.

    Of each path the last 16, and 2,000 of all; the oldest are forgotten first. A
    version is named by the validator of its document, with no quotes and no coding.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], frozenset[bytes]] = {}
        self._tags: dict[str, deque[str]] = {}
        self._lock = Lock()

    def remember(self, path: str, tag: str, feed: Feed) -> None:
        """Remember that `feed` is what the document at `path` held in this version."""
        key = path, tag
        if key in self._known:
            return
        digests = frozenset(map(_digest, feed.entries))
        with self._lock:
            if key in self._known:
                return
            self._known[key] = digests
            tags = self._tags.setdefault(path, deque())
            tags.append(tag)
            if len(tags) > _MOST_OF_A_PATH:
                self._forget_one(path)
            if len(self._known) > _MOST:
                oldest, _ = next(iter(self._known))
                self._forget_one(oldest)

    def changed(self, path: str, tag: str, feed: Feed) -> tuple[Entry, ...] | None:
        """The entries of `feed` that were not in a version, or were otherwise in it.

        They are in the feed's order. None where the version is not known. Nothing is
        said of entries that were in it and are no more: a delta cannot (RFC 3229 has
        no word for it), but the tombstones of the feed are in each.
        """
        known = self._known.get((path, tag))
        if known is None:
            return None
        return tuple(entry for entry in feed.entries if _digest(entry) not in known)

    def _forget_one(self, path: str) -> None:
        """Forget the oldest version at `path`."""
        tags = self._tags[path]
        del self._known[path, tags.popleft()]
        if not tags:
            del self._tags[path]


def _digest(entry: Entry) -> bytes:
    # Values have all that they are in their repr; `hash` would be too short to trust
    # that nobody misses an entry.
    return hashlib.sha256(repr(entry).encode()).digest()[:16]
