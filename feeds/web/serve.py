"""The server behind `feeds serve`: granian, in front of the Flask app."""

import gc
import logging
import os
import shutil
import signal
import socket
import ssl
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from threading import Timer
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces, SSLProtocols

from feeds.errors import ServeError
from feeds.freed import give_back
from feeds.site import Site
from feeds.watch import OFTEN as USUAL
from feeds.web import app_of
from feeds.web.drain import drain, drain_when_told
from feeds.web.log import STYLES, logged
from feeds.web.metrics import FOLDER
from feeds.web.reload import OFTEN, reloading

_ANYWHERE = {"", "0.0.0.0", "::", "127.0.0.1", "::1"}
_LOCAL = {"localhost", "::1"}
_THREADS = 8
_PATIENCE = 10
# For so long a worker and the one that replaces it are both there; in the second half,
# the old one finishes what it has.
_OVERLAP = 1.0
_log = logging.getLogger("feeds")
# One class or another, by how Python was built.
_Granian: Any = Granian
_Flags = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """The two PEM files that TLS needs; `chain` starts with the server's own."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Terms:
    """Where to listen, and how; `log` is a name in `log.STYLES`, or none.

    `reload`: pages load again by themselves, for who writes them.
    """

    host: str
    port: int
    workers: int = 1
    certificate: Certificate | None = None
    log: str = "none"
    reload: bool = False

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can ask."""
        return self.host in _LOCAL or self.host.startswith("127.")

    @property
    def address(self) -> str:
        """The address at which a browser on this machine finds the server."""
        name = "localhost" if self.host in _ANYWHERE else self.host
        name = f"[{name}]" if ":" in name else name
        scheme, usual = ("https", 443) if self.certificate else ("http", 80)
        port = "" if self.port == usual else f":{self.port}"
        return f"{scheme}://{name}{port}/"


def certificate_of(chain: Path | None, key: Path | None) -> Certificate | None:
    """The certificate in two files, or None for none; ServeError where it is unfit."""
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        missing = "--tls-cert" if chain is None else "--tls-key"
        raise ServeError(f"{missing}: missing (give both --tls-cert and --tls-key)")
    certificate = Certificate(chain, key)
    _inspect(certificate)
    return certificate


def _inspect(certificate: Certificate) -> None:
    for file in (certificate.chain, certificate.key):
        try:
            file.open("rb").close()
        except OSError as error:
            fix = "name a PEM file that this user may read"
            raise ServeError(f"{file}: {str(error.strerror).lower()} ({fix})") from None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # With a password of its own, it asks for none on the terminal.
        context.load_cert_chain(certificate.chain, certificate.key, password="")
    except (OSError, ValueError):
        found = f"{certificate.chain}, {certificate.key}: not a certificate and its key"
        raise ServeError(f"{found} (write both as PEM, with no password)") from None


def free_port(host: str, port: int) -> int:
    """`port`, or one that is free for 0; ServeError where it cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            # SO_REUSEADDR lets several bind; only one may listen.
            probe.listen(1)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            fix = "choose another with --port, or --port 0 for any that is free"
            raise ServeError(f"{host}:{port}: {reason.lower()} ({fix})") from None
        return int(probe.getsockname()[1])


@cache
def load(folder: Path, served_at: str, flags: _Flags) -> Site:
    """The site, once in each process; a forked worker has its parent's already."""
    gc.disable()  # all of it stays
    site = Site(folder, served_at=served_at, flags=dict(flags), ahead=True)
    gc.freeze()
    gc.enable()
    give_back()
    return site


def serve(folder: Path, terms: Terms, flags: _Flags) -> None:
    """Serve until SIGINT or SIGTERM, and let the requests under way finish.

    SIGHUP replaces the workers one after another, and reads the certificate anew.
    """
    with _counted():
        _run(folder, terms, flags)


@contextmanager
def _counted() -> Iterator[None]:
    """A folder in which the workers, which inherit its name, count together."""
    try:
        place = tempfile.mkdtemp(prefix="feeds-")
    except OSError as error:
        _log.warning("workers count apart: %s", error.strerror)
        os.environ.pop(FOLDER, None)
        yield
        return
    os.environ[FOLDER] = place
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(folder: Path, terms: Terms, flags: _Flags) -> None:
    certificate = terms.certificate
    server = _Server(
        "feeds",
        address=terms.host,
        port=terms.port,
        interface=Interfaces.WSGI,
        workers=terms.workers,
        blocking_threads=_THREADS,
        websockets=False,
        log_enabled=False,
        ssl_cert=certificate and certificate.chain,
        ssl_key=certificate and certificate.key,
        # Readers on old systems have no 1.3.
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        respawn_interval=_OVERLAP,
        workers_kill_timeout=_PATIENCE,
    )
    server.certificate = certificate
    server.serve(target_loader=partial(_app, folder, terms, flags), wrap_loader=False)


class _Server(_Granian):  # type: ignore[misc]
    """Granian, with one listening socket for all workers."""

    certificate: Certificate | None = None
    wrks: list[Any]
    _ssp: Any

    def _init_shared_socket(self) -> None:
        # On Linux each worker has a socket of its own, and who waits in the queue of
        # one that ends is refused. A shared queue outlives its workers.
        super()._init_shared_socket()
        if self._ssp is not None:
            self._shd = self._ssp.build()
            self._sso = socket.socket(fileno=self._shd.get_fd())
            self._ssp = None

    def _respawn_workers(
        self, workers: Iterable[int], spawn: Any, loader: Any, delay: float = 0
    ) -> None:
        """Replace workers one after another; each has some time to finish."""
        for index in list(workers):
            if delay:  # else it is dead already
                Timer(delay / 2, drain, (self.wrks[index].inner.pid,)).start()
            super()._respawn_workers([index], spawn, loader, delay)

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Replace the workers, unless the new ones could not start."""
        try:
            if self.certificate is not None:
                _inspect(self.certificate)
        except ServeError as error:
            _log.warning("not reloaded: %s", error)
        else:
            super().signal_handler_reload(*args, **kwargs)


def _app(folder: Path, terms: Terms, flags: _Flags) -> Flask:
    # Ctrl-C reaches every process of a terminal, but a granian worker that gets SIGINT
    # besides its parent's SIGTERM now and then never ends.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    drain_when_told(terms.port)
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    site = load(folder, terms.address, flags)
    # What a later worker has of its parent is as old as the server. Where the folder
    # cannot be read, the watch says so.
    with suppress(Exception):
        site.refresh()
    app = app_of(site, often=OFTEN if terms.reload else USUAL)
    if terms.reload:
        app.wsgi_app = reloading(app.wsgi_app)  # type: ignore[method-assign,assignment]
    if tell := STYLES.get(terms.log):
        app.wsgi_app = logged(app.wsgi_app, tell)  # type: ignore[method-assign,assignment]
    return app
