"""Prepared documents of one edition, as long as there is room."""

from threading import Lock

from feeds.edition import Edition
from feeds.web.prepared import Prepared

# The most bytes that documents take which are not the site's own.
_MOST = 24_000_000


class Room:
    """What has been asked for of an edition, 24 MB of it.

    Those of the site itself, which are asked for again and again, always stay; of the
    others the oldest make room.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.prepared: dict[str, Prepared] = {}
        self._sizes: dict[str, int] = {}
        self._size = 0
        self._lock = Lock()

    def put(self, path: str, prepared: Prepared) -> None:
        """Keep what is at `path`."""
        with self._lock:
            if "/" in path:
                self._size += prepared.size - self._sizes.pop(path, 0)
                self._sizes[path] = prepared.size
                while self._size > _MOST and len(self._sizes) > 1:
                    oldest = next(iter(self._sizes))
                    self._size -= self._sizes.pop(oldest)
                    del self.prepared[oldest]
            self.prepared[path] = prepared
