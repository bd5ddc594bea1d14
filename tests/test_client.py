"""The client tells what was answered, and what was not."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from feeds import client
from feeds.errors import RemoteError


class Echo(BaseHTTPRequestHandler):
    """Answers with the status that the path names, and what it was asked with."""

    def do_GET(self):
        body = self.headers.get("X-Told", "").encode()
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        """Say nothing."""


@pytest.fixture
def url():
    server = HTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("status", [200, 404, 500])
def test_any_status_is_an_answer(url, status):
    answer = client.get(f"{url}{status}", {"X-Told": "this"})
    assert (answer.status, answer.body) == (status, b"this")
    assert answer.headers["content-length"] == "4"


def test_nothing_that_listens_is_no_answer(url):
    with pytest.raises(RemoteError, match=r"^http://127\.0\.0\.1:1/: .*refused"):
        client.get("http://127.0.0.1:1/")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.example/"])
def test_only_the_web_is_asked(address):
    with pytest.raises(RemoteError, match="no http or https address"):
        client.get(address)


def test_an_answer_that_is_too_large_is_none(url, monkeypatch):
    monkeypatch.setattr(client, "_LARGEST", 3)
    with pytest.raises(RemoteError, match="more than 3 bytes"):
        client.get(f"{url}200", {"X-Told": "this"})
