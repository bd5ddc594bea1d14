"""The proxies of deploy/, made to run here before a server."""

import os
import re
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.programs import ROOT, Answer, Server, free_port, run, started, wait_for

DEPLOY = ROOT / "deploy"


def address_of(server: Server) -> str:
    """Where a proxy finds `server`."""
    return server.url.split("/")[2].replace("localhost", "127.0.0.1")


def listens(port: int) -> bool:
    """Whether a server is there already."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def changed(conf: str, *changes: tuple[str, str]) -> str:
    """`conf` with each pattern, which must be in it, replaced."""
    for old, new in changes:
        conf, count = re.subn(old, new, conf)
        assert count, old
    return conf


def nginx_in(place: Path, behind: str, port: int, fresh: str = "10s") -> Path:
    """nginx.conf, made to run in `place`; what it keeps is `fresh` so long."""
    key, certificate = str(place / "key.pem"), str(place / "cert.pem")
    run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-subj", "/CN=feeds.example", "-keyout", key, "-out", certificate),
    )
    conf = changed(
        (DEPLOY / "nginx.conf").read_text("utf-8"),
        (r"listen \[::\]:.*", ""),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"server 127\.0\.0\.1:8000", f"server {behind}"),
        (r"/var/cache/nginx/feeds", f"{place}/cache"),
        (r"(ssl_certificate +)/.*;", rf"\g<1>{certificate};"),
        (r"(ssl_certificate_key +)/.*;", rf"\g<1>{key};"),
        (r"410 10s", f"410 {fresh}"),
    )
    file = place / "nginx.conf"
    # Workers of root's nginx are nobody's, who may not enter a temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(
        f"{user} daemon off; pid {place}/pid; error_log {place}/log;\n"
        "events {}\n"
        f"http {{ access_log off;\n{conf}}}\n"
    )
    return file


@contextmanager
def nginx_before(server: Server, place: Path, fresh: str = "10s") -> Iterator[str]:
    """The address of nginx before `server`."""
    place.mkdir(exist_ok=True)
    port = free_port()
    file = nginx_in(place, address_of(server), port, fresh)
    command = ("nginx", "-p", str(place), "-c", str(file))
    assert b"[warn]" not in run(*command, "-t").stderr
    with started(command, server.folder, place / "run", server.url):
        wait_for(lambda: listens(port), "nginx listens")
        yield f"https://127.0.0.1:{port}/"


@contextmanager
def caddy_before(server: Server, place: Path) -> Iterator[str]:
    """The address of Caddy before `server`; without TLS, as it would ask for names."""
    place.mkdir(exist_ok=True)
    port = free_port()
    conf = changed(
        (DEPLOY / "Caddyfile").read_text("utf-8"),
        (r"127\.0\.0\.1:8000 ", f"{address_of(server)} "),
        (r"(?m)^feeds\.example ", f"http://127.0.0.1:{port} "),
    )
    file = place / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n}}\n{conf}")
    command = ("caddy", "run", "--adapter", "caddyfile", "--config", str(file))
    with started(command, server.folder, place / "run", server.url):
        wait_for(lambda: listens(port), "Caddy listens")
        yield f"http://127.0.0.1:{port}/"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def ask(url: str, **headers: str) -> Answer:
    """GET `url`, trusting any certificate and no proxy, and following nothing."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=context),
        _NoRedirect,
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with opener.open(urllib.request.Request(url, headers=named)) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
