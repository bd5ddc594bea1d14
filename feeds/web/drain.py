"""A worker that takes no more connections, so that it can end and refuse none."""

import os
import signal
import socket
import threading
from pathlib import Path

# Free for programs to give a meaning.
_DRAIN = signal.SIGUSR1 if hasattr(signal, "SIGUSR1") else None
_OPEN = Path("/dev/fd")


def drain(process: int) -> None:
    """Have a worker that listens for it take no more connections."""
    if _DRAIN is not None:
        os.kill(process, _DRAIN)


def drain_when_told(port: int) -> None:
    """Take no more connections at `port` once `drain` says so.

    To be called before the process has other threads, which must not get the signal.
    Other processes that share the socket go on taking connections.
    """
    if _DRAIN is None or not _OPEN.is_dir():
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {_DRAIN})
    threading.Thread(
        target=_wait, args=(port, _DRAIN), name="feeds-drain", daemon=True
    ).start()


def _wait(port: int, told: signal.Signals) -> None:
    signal.sigwait({told})
    # Closing it would not do: who waits for connections is told of them all the same,
    # and must find none.
    silent = socket.create_server(("127.0.0.1", 0))
    silent.setblocking(False)
    for name in os.listdir(_OPEN):
        if _listens(int(name), port):
            os.dup2(silent.fileno(), int(name))


def _listens(fd: int, port: int) -> bool:
    try:
        with socket.socket(fileno=os.dup(fd)) as found:
            is_waiting = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            return bool(is_waiting) and found.getsockname()[1] == port
    except (OSError, IndexError):  # a file, or closed meanwhile
        return False
