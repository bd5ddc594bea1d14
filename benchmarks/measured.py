"""How long a program takes, and how much memory it and those it starts hold."""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the wall, seconds of all cores, and MB of the largest process."""

    seconds: float
    cpu: float
    largest: float


def run(command: Sequence[str], environ: Mapping[str, str]) -> Taken:
    """Run a program to its end; the benchmark ends where it fails."""
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = _started(command, environ, told.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            print(told.read().decode(errors="replace")[-2000:], file=sys.stderr)
            sys.exit(f"{' '.join(command)[:200]}: ended with {process.returncode}")
    # Of the program and all that it waited for, the largest one; not their sum.
    largest = usage.ru_maxrss / 1024
    return Taken(seconds, usage.ru_utime + usage.ru_stime, largest)


def peak(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """The most MB that a program and all that it starts hold together.

    What forks share is counted once (PSS). Looking slows the program down, so this is
    no run to take the time of.
    """
    process = _started(command, environ, subprocess.DEVNULL)
    most = 0.0
    done = threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(_EVERY):
            most = max(most, held(process.pid))

    watch = threading.Thread(target=look)
    watch.start()
    process.wait()
    done.set()
    watch.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]}: ended with {process.returncode}")
    return most


def held(session: int) -> float:
    """The MB that all processes of a session hold now."""
    return sum(_each(session, "smaps_rollup", "Pss"))


def largest(session: int) -> float:
    """The most MB that any process of a session has held, shared ones too."""
    return max(_each(session, "status", "VmHWM"), default=0)


def _each(session: int, file: str, figure: str) -> list[float]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) != session:
                continue
            told = stat.with_name(file).read_text()
        except OSError:  # it has ended
            continue
        if kilobytes := re.search(rf"^{figure}:\s+(\d+)", told, re.MULTILINE):
            found.append(int(kilobytes[1]) / 1024)
    return found


def _started(
    command: Sequence[str], environ: Mapping[str, str], told: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, env=environ, stdout=told, stderr=told, start_new_session=True
    )
