"""The server behind `feeds serve`: granian, in front of the Flask app."""

import logging
import signal
import socket
import sys
from functools import cache, partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from feeds.errors import ServeError
from feeds.site import Site
from feeds.web import app_of

_ANYWHERE = {"", "0.0.0.0", "::", "127.0.0.1", "::1"}
_THREADS = 8
_PATIENCE = 10


def address_of(host: str, port: int) -> str:
    """The address at which a browser on this machine finds the server."""
    name = "localhost" if host in _ANYWHERE else host
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}/" if port == 80 else f"http://{name}:{port}/"


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
def load(folder: Path, served_at: str, flags: tuple[tuple[str, object], ...]) -> Site:
    """The site, once in each process; a forked worker has its parent's already."""
    return Site(folder, served_at=served_at, flags=dict(flags))


def serve(
    folder: Path,
    host: str,
    port: int,
    served_at: str,
    flags: tuple[tuple[str, object], ...],
) -> None:
    """Serve until SIGINT or SIGTERM, and let the requests under way finish."""
    server = Granian(
        "feeds",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=_PATIENCE,
    )
    server.serve(
        target_loader=partial(_app, folder, served_at, flags), wrap_loader=False
    )


def _app(folder: Path, served_at: str, flags: tuple[tuple[str, object], ...]) -> Flask:
    # Ctrl-C reaches every process of a terminal, but a granian worker that gets SIGINT
    # besides its parent's SIGTERM now and then never ends.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    return app_of(load(folder, served_at, flags))
