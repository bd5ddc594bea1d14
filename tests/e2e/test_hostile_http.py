"""Clients that are slow, wrong or hostile: a 4xx at most, and others notice nothing."""

import random
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.programs import PATIENCE, Server, get

pytestmark = pytest.mark.e2e

_HOST = b"Host: localhost\r\n"
#: What must be refused, or answered as if it had been asked rightly.
_REQUESTS = {
    "no http": b"hello\r\n\r\n",
    "a bad method": b"G@T / HTTP/1.1\r\n" + _HOST + b"\r\n",
    "an unknown method": b"BREW / HTTP/1.1\r\n" + _HOST + b"\r\n",
    "a long method": b"A" * 5000 + b" / HTTP/1.1\r\n" + _HOST + b"\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a bad host": b"GET / HTTP/1.1\r\nHost: a b/\\\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a long address": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
    "a long header": b"GET / HTTP/1.1\r\n"
    + _HOST
    + b"X: "
    + b"a" * 900_000
    + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + _HOST + b"X: y\r\n" * 5000 + b"\r\n",
    "a nul in the path": b"GET /\0 HTTP/1.1\r\n" + _HOST + b"\r\n",
    "a coded nul": b"GET /%00 HTTP/1.1\r\n" + _HOST + b"\r\n",
    "a way out": b"GET /../../etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
    "a coded way out": b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
    "bad codes": b"GET /%zz%ff HTTP/1.1\r\n" + _HOST + b"\r\n",
    "two lengths": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: 5\r\n"
    b"Content-Length: 6\r\n\r\nhello",
    "length and chunks": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: 30\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "bad chunks": b"POST / HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    b"zz\r\nhello\r\n0\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\r\n b\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "another version": b"GET / HTTP/3.7\r\n" + _HOST + b"\r\n",
    "a bad range": b"GET /rss.xml HTTP/1.1\r\n" + _HOST + b"Range: bytes=9-1\r\n\r\n",
    "a bad validator": b"GET /rss.xml HTTP/1.1\r\n"
    + _HOST
    + b"If-None-Match: \xff\r\n\r\n",
    "a bad date": b"GET /rss.xml HTTP/1.1\r\n"
    + _HOST
    + b"If-Modified-Since: Sun, 99 Foo 99999 99:99:99 GMT\r\n\r\n",
}


@contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    place = urlsplit(server.url)
    with socket.create_connection(
        (place.hostname or "", place.port or 80), timeout=PATIENCE
    ) as found:
        yield found


def status_of(server: Server, request: bytes) -> int:
    """The status that is answered to some bytes; 0 where there is none."""
    with connected(server) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(100)
        except OSError:  # it was closed on us while we still wrote
            return 0
    found = re.match(rb"HTTP/1\.[01] (\d\d\d) ", answer)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("request_", _REQUESTS.values(), ids=_REQUESTS)
def test_a_wrong_request_is_refused_and_no_more(sample: Server, request_: bytes):
    status = status_of(sample, request_)
    assert status < 500
    assert get(sample.url).status == 200


def test_no_bytes_make_a_fault(sample: Server):
    chance = random.Random(7)
    whole = [*_REQUESTS.values(), b"GET /atom.xml HTTP/1.1\r\n" + _HOST + b"\r\n"]
    short = [request for request in whole if len(request) < 1000]
    for _ in range(300):
        request = bytearray(chance.choice(short))
        for _ in range(chance.randint(1, 8)):
            request[chance.randrange(len(request))] = chance.randrange(256)
        assert status_of(sample, bytes(request)) < 500, bytes(request)
    assert get(sample.url + "atom.xml").status == 200


def test_five_hundred_idle_connections_stop_nobody(sample: Server):
    with ExitStack() as stack:
        for number in range(500):
            connection = stack.enter_context(connected(sample))
            if number % 2:  # the others say nothing at all
                connection.sendall(b"GET /atom.xml HTTP/1.1\r\nHost: loc")
        for _ in range(20):
            assert get(sample.url + "atom.xml").status == 200


def test_who_does_not_read_stops_nobody(serve: Serve):
    server = serve()
    request = b"GET /atom.xml HTTP/1.1\r\n" + _HOST + b"\r\n"
    with ExitStack() as stack:
        for _ in range(50):
            connection = stack.enter_context(connected(server))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            connection.sendall(request * 20)
        for _ in range(20):
            assert get(server.url + "atom.xml").status == 200
