"""What the server is told, before it serves."""

import json
import re

import pytest

from feeds.errors import ServeError
from feeds.web.log import STYLES, logged
from feeds.web.serve import Certificate, Terms, certificate_of

NAMED = Certificate("cert.pem", "key.pem")


@pytest.mark.parametrize(
    ("terms", "address"),
    [
        (Terms("127.0.0.1", 8000), "http://localhost:8000/"),
        (Terms("0.0.0.0", 80), "http://localhost/"),
        (Terms("fd00::1", 8000), "http://[fd00::1]:8000/"),
        (Terms("ann.example", 443, certificate=NAMED), "https://ann.example/"),
        (Terms("ann.example", 80, certificate=NAMED), "https://ann.example:80/"),
    ],
)
def test_the_address_is_what_a_browser_takes(terms, address):
    assert terms.address == address


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)],
)
def test_only_this_machine_asks_at_an_address_of_its_own(host, is_local):
    assert Terms(host, 8000).is_local is is_local


def test_without_files_there_is_no_certificate():
    assert certificate_of(None, None) is None


def test_a_certificate_without_its_key_is_refused(tmp_path):
    with pytest.raises(ServeError, match=r"--tls-key: missing \(give both"):
        certificate_of(tmp_path / "cert.pem", None)


def test_a_key_without_its_certificate_is_refused(tmp_path):
    with pytest.raises(ServeError, match=r"--tls-cert: missing \(give both"):
        certificate_of(None, tmp_path / "key.pem")


def test_a_certificate_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ServeError, match=r"cert\.pem: no such file or directory \("):
        certificate_of(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_a_file_that_is_no_certificate_is_refused(tmp_path):
    file = tmp_path / "cert.pem"
    file.write_text("hello")
    with pytest.raises(ServeError, match="not a certificate and its key"):
        certificate_of(file, file)


def line(caplog, style, status="200 OK", length="5", **environ):
    """What is logged of one request."""

    def app(environ, start_response):
        start_response(status, [("Content-Length", length)])
        return [b"hello"]

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_PROTOCOL": "HTTP/2.0"}
    logged(app, STYLES[style])({**asked, **environ}, lambda *told: None)
    (record,) = caplog.records
    return record.getMessage()


def test_a_quote_in_a_name_ends_no_field(caplog):
    text = line(caplog, "combined", HTTP_USER_AGENT='a" 200 "b\\')
    assert text.endswith('"a\\x22 200 \\x22b\\x5C"')


def test_a_newline_in_a_path_begins_no_line(caplog):
    assert "/a%0Ab HTTP" in line(caplog, "combined", PATH_INFO="/a\nb")


def test_a_path_is_logged_as_it_was_asked_for(caplog):
    path = "/é/".encode().decode("latin-1")
    assert json.loads(line(caplog, "json", PATH_INFO=path))["path"] == "/%C3%A9/"


def test_what_a_client_does_not_say_is_a_dash(caplog):
    assert re.search(r'200 5 "-" "-"$', line(caplog, "combined"))


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", "200 OK"), ("GET", "304 NOT MODIFIED")]
)
def test_an_answer_without_a_body_has_no_bytes(caplog, method, status):
    text = line(caplog, "json", status, REQUEST_METHOD=method)
    assert json.loads(text)["bytes"] == 0
