"""How feeds does as a folder grows: time, memory, and how soon it answers again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import posts
from builders import SITE, environment, folder_of, ours
from measured import largest, peak, run

SIZES = (1_000, 10_000, 100_000)
MOST_TIMES = 11  # of the time for a tenth of the posts
MOST_MB = 300
MOST_START = 2.0


@dataclass(frozen=True, slots=True)
class Size:
    """What so many posts cost: seconds to export and to start, MB."""

    count: int
    site: float
    feed: float
    exporting: float
    starting: float
    scanning: float
    serving: float


def full(place: Path) -> None:
    """Print what each size costs, and how it grows."""
    print(f"{'posts':>8}{'site s':>9}{'one feed s':>12}{'MB':>6}", end="")
    print(f"{'serve s':>9}{'scan s':>8}{'serving MB':>12}")
    found = []
    for count in SIZES:
        size = measure(place / str(count), count)
        found.append(size)
        line = f"{size.count:8}{size.site:9.1f}{size.feed:12.2f}{size.exporting:6.0f}"
        line += f"{size.starting:9.2f}{size.scanning:8.2f}{size.serving:12.0f}"
        print(line, flush=True)
    judge(found)


def judge(found: list[Size]) -> None:
    """Print the targets beside what was found."""
    small, middle, most = found
    for name in ("site", "feed"):
        times = getattr(most, name) / getattr(middle, name)
        print(f"cold, {name}: {times:.1f} times a tenth of it (at most {MOST_TIMES})")
    start = max(MOST_START, 1.5 * most.scanning)
    print(f"second start of serve: {most.starting:.2f} s (at most {start:.2f})")
    for name in ("exporting", "serving"):
        held = getattr(most, name)
        growth = [
            1000
            * (getattr(more, name) - getattr(less, name))
            / (more.count - less.count)
            for less, more in ((small, middle), (middle, most))
        ]
        told = " then ".join(f"{each:.2f}" for each in growth)
        print(f"{name}: {held:.0f} MB (at most {MOST_MB}); {told} kB an article (flat)")


def measure(place: Path, count: int) -> Size:
    """Build, then serve, so many posts."""
    place.mkdir(parents=True)
    builder, environ = ours(place), environment(place)
    folder = folder_of(place)
    posts.write(folder / "posts", count)
    one = (sys.executable, "-m", "feeds", "export", str(folder), "atom.xml")
    builder.forget()
    feed = run(one, environ).seconds
    builder.forget()
    site = run(builder.commands[SITE], environ).seconds
    builder.forget()
    exporting = peak(builder.commands[SITE], environ)
    scanning = min(_scanning(folder) for _ in range(3))
    _serving(folder, environ)
    starting, serving = _serving(folder, environ)
    return Size(count, site, feed, exporting, starting, scanning, serving)


def _scanning(folder: Path) -> float:
    """The seconds that a look at every file takes, and nothing else."""
    start = time.perf_counter()
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for each in found:
                each.stat(follow_symlinks=False)
                if each.is_dir(follow_symlinks=False):
                    waiting.append(each.path)
    return time.perf_counter() - start


def _serving(folder: Path, environ: dict[str, str]) -> tuple[float, float]:
    """The seconds until a server answers, and the most MB of a process until then."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "feeds", "serve", str(folder), "-p", str(port)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/atom.xml").close()
                break
            except OSError:
                time.sleep(0.01)
        else:
            sys.exit(f"{' '.join(command)}: ended with {process.returncode}")
        seconds = time.perf_counter() - start
        return seconds, largest(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
