"""S3 on loopback, as moto has it, behind a door that notes who asks for what."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import quote
from urllib.request import Request, urlopen
from xml.etree import ElementTree

from werkzeug.serving import make_server
from werkzeug.wrappers import Response

_NS = "{http://s3.amazonaws.com/doc/2006-03-01/}"
_PAGE = 1000
# moto sees whether a request is signed, and not by whom.
_SIGNED = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request"

Refuse = Callable[[str, str], Response | None]


class Door:
    """What S3 was asked (`PUT site/rss.xml`), and what it refuses."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuse: Refuse = lambda method, key: None
        # It takes seconds, and most runs have no use for it.
        from moto.server import DomainDispatcherApplication, create_backend_app

        self._s3 = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start):
        method = environ["REQUEST_METHOD"]
        # WSGI has the bytes of a path as Latin-1 (PEP 3333).
        key = environ["PATH_INFO"].encode("latin-1").decode().strip("/")
        self.asked.append(f"{method} {key}")
        refused = self.refuse(method, key)
        return (refused or self._s3)(environ, start)

    @property
    def puts(self) -> list[str]:
        """The keys that were put, in their order, with the bucket's name."""
        return [asked[4:] for asked in self.asked if asked.startswith("PUT ")]


def refusal(status: int, code: str) -> Response:
    """An answer of S3 that says no; it names half of the secrets, as the true one."""
    said = f"<Error><Code>{code}</Code><Key>{ACCESS_KEY}</Key></Error>"
    return Response(said, status, content_type="application/xml")


ACCESS_KEY, SECRET_KEY = "AKIAANN", "wJalrXUtnFEMI"


@contextmanager
def loopback() -> Iterator[tuple[Door, str]]:
    """A door, and the address of it."""
    door = Door()
    server = make_server("127.0.0.1", 0, door, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield door, f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Stored:
    """A bucket, as those see it who are not exporting."""

    def __init__(self, endpoint: str, name: str) -> None:
        self._place = f"{endpoint}/{name}"
        self._ask("PUT", "", b"")

    @property
    def keys(self) -> set[str]:
        """The keys of all objects."""
        listed = ElementTree.fromstring(self._ask("GET", "?list-type=2")[0])
        found = {key.text or "" for key in listed.iter(f"{_NS}Key")}
        assert len(found) < _PAGE
        return found

    def get(self, key: str) -> tuple[bytes, dict[str, str]]:
        """An object's bytes, and the headers that it is sent with."""
        return self._ask("GET", "/" + quote(key))

    def put(self, key: str, body: bytes) -> None:
        self._ask("PUT", "/" + quote(key), body)

    def delete(self, key: str) -> None:
        self._ask("DELETE", "/" + quote(key))

    def files(self, prefix: str) -> dict[str, bytes]:
        """The bytes of each object below a prefix."""
        return {
            key.removeprefix(prefix): self.get(key)[0]
            for key in self.keys
            if key.startswith(prefix)
        }

    def _ask(self, method: str, path: str, body: bytes | None = None):
        headers = {"Authorization": _SIGNED}
        if body is not None:
            headers["Content-Type"] = "application/octet-stream"
        request = Request(self._place + path, body, headers, method=method)
        with urlopen(request, timeout=10) as answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            return answer.read(), told
