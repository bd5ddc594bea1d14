"""A listener between a reader and a server, which hears what both say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from tests.e2e.programs import PATIENCE

ASKED = ("A-IM", "If-None-Match", "Accept-Encoding", "If-Modified-Since")


@dataclass(frozen=True)
class Heard:
    """A request for a feed, and what the server said to it, as it was sent."""

    path: str
    asked: dict[str, str]
    status: int
    told: dict[str, str]


@dataclass(frozen=True)
class Listener:
    """Stands between a reader and a server, and hears what they say."""

    url: str
    heard: list[Heard] = field(default_factory=list)

    def of(self, path: str) -> list[Heard]:
        """What was heard of one path, as "/rss.xml"."""
        return [heard for heard in self.heard if heard.path == path]


@contextmanager
def listening(server: str) -> Iterator[Listener]:
    """A listener in front of the server at this address."""
    heard: list[Heard] = []

    class Between(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {n: self.headers[n] for n in ASKED if n in self.headers}
            line = HTTPConnection(urlsplit(server).netloc, timeout=PATIENCE)
            line.request("GET", self.path, headers=asked)
            answer = line.getresponse()
            body = answer.read()
            line.close()
            heard.append(Heard(self.path, asked, answer.status, dict(answer.headers)))
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    between = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    thread = Thread(target=between.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Listener(f"http://127.0.0.1:{between.server_port}/", heard)
    finally:
        between.shutdown()
        thread.join()
        between.server_close()
