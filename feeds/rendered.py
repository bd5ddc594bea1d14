"""Documents that were rendered, as long as there is room, and their validators."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from feeds.addresses import PAGE
from feeds.documents.document import Document

_SECOND = timedelta(seconds=1)


class _Room:
    """Documents of one sort, of so many bytes in all: the oldest make room."""

    def __init__(self, most: int, documents: dict[str, Document]) -> None:
        self._most = most
        self._size = sum(len(document.body) for document in documents.values())
        self.documents = documents

    def copy(self) -> "_Room":
        return _Room(self._most, dict(self.documents))

    def put(self, document: Document) -> None:
        self.drop(document.path)
        self.documents[document.path] = document
        self._size += len(document.body)
        while self._size > self._most and len(self.documents) > 1:
            self.drop(next(iter(self.documents)))

    def drop(self, path: str) -> None:
        if (old := self.documents.pop(path, None)) is not None:
            self._size -= len(old.body)


class Rendered:
    """The documents of an edition, and those of the one `before`.

    A document's date stays where its bytes do, whether or not they are still here.
    """

    def __init__(self, before: "Rendered | None" = None) -> None:
        # The site's own lists and feeds, which are always there; the feeds of tags and
        # archives, which are polled; pages, of which nobody asks for most again.
        self._own: _Room = before._own.copy() if before else _Room(1 << 62, {})
        self._feeds: _Room = before._feeds.copy() if before else _Room(16_000_000, {})
        self._pages: _Room = before._pages.copy() if before else _Room(8_000_000, {})
        self._validators: dict[str, tuple[str, datetime]] = (
            dict(before._validators) if before else {}
        )
        self._current: set[str] = set()

    def _room(self, path: str) -> _Room:
        if "/" not in path:
            return self._own
        return self._pages if path.endswith(PAGE) else self._feeds

    def get(self, path: str) -> Document | None:
        """The document at `path`, if this edition has rendered it and it is here."""
        return self.last_good(path) if path in self._current else None

    def last_good(self, path: str) -> Document | None:
        """The document at `path`, though it may be of an edition before."""
        return self._room(path).documents.get(path)

    @property
    def feeds(self) -> Sequence[str]:
        """Where there are documents other than pages, of any edition."""
        return (*self._own.documents, *self._feeds.documents)

    def keep(self, document: Document) -> Document:
        """Keep what was rendered; returned as it is to be sent, with its date."""
        path = document.path
        if (known := self._validators.get(path)) is not None:
            etag, modified = known
            # Thunderbird compares only dates, and two changes may share a second.
            later = max(document.last_modified, modified + _SECOND)
            document = document.dated(modified if etag == document.etag else later)
        old = self.last_good(path)
        document = old if old == document else document
        self._validators[path] = document.etag, document.last_modified
        self._room(path).put(document)
        self._current.add(path)
        return document
