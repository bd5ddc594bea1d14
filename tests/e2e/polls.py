"""Readers that poll in a tight loop, and what they are answered."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.e2e.programs import PATIENCE


def poll(url: str, etag: str | None) -> int | str:
    """The status of one poll over a fresh connection, or how it failed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(
            "GET", parts.path, headers={"If-None-Match": etag} if etag else {}
        )
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    finally:
        connection.close()


@contextmanager
def polled(url: str, *known: str | None) -> Iterator[Counter[int | str]]:
    """Readers in a tight loop, one for each ETag that is known, or None."""
    seen: Counter[int | str] = Counter()
    stop = threading.Event()

    def loop(etag: str | None) -> None:
        while not stop.is_set():
            seen[poll(url, etag)] += 1

    readers = [threading.Thread(target=loop, args=(etag,)) for etag in known]
    for reader in readers:
        reader.start()
    try:
        yield seen
    finally:
        stop.set()
        for reader in readers:
            reader.join(PATIENCE)
