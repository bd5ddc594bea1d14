"""How fast feeds are served: beside nginx, which serves the same files, by turns.

Needs wrk and nginx (Debian's packages of these names). The server has one core, the
client another; each gets as much time as the other, and medians are compared. Then what
it takes to follow 10,000 articles, with --full 100,000 too. With --counting it is only
what it costs to count visits.
"""

import gzip
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 7
SECONDS = 3
CONNECTIONS = 32
ARTICLES = 20
WORDS = 700
SERVER, CLIENT = "0", "1"  # cores
_NGINX = """
daemon off; worker_processes 1; pid {place}/pid; error_log {place}/log;
events {{ worker_connections 1024; }}
http {{
  access_log off; etag on; gzip_static on; gzip_vary on; sendfile on; tcp_nopush on;
  keepalive_requests 1000000000; open_file_cache max=1000;
  types {{ application/atom+xml xml; }}
  server {{ listen 127.0.0.1:{port}; root {place}/site; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of wrk saw: requests a second, milliseconds, µs of CPU a request."""

    rate: float
    p50: float
    p99: float
    cpu: float


def articles(folder: Path) -> None:
    """Articles whose feed is some 100 kB."""
    text = "A clock ticks, *another* one tocks & waits for [it](https://a.example/). "
    for number in range(ARTICLES):
        header = f"---\ntitle: Clock {number}\ndate: 2026-01-{number + 1:02}\n---\n\n"
        body = text * (WORDS // 14)
        (folder / f"{number}.md").write_text(header + body)
    toml = 'title = "Clocks"\nbase_url = "https://clocks.example/"\n'
    (folder / "feeds.toml").write_text(toml)


@contextmanager
def running(*command: str, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server on a core of its own, once it answers."""
    process = subprocess.Popen(
        ["taskset", "-c", SERVER, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(4000):
            time.sleep(0.05)
            try:
                urllib.request.urlopen(url).close()
                break
            except OSError:
                continue
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def cpu_of(group: int) -> float:
    """The seconds of CPU that the processes of a session have had."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(group: int) -> float:
    """The most memory that a process of a session holds, in MB."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            session = status.with_name("stat").read_text().rpartition(")")[2].split()[3]
            found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
        except OSError:
            continue
        if int(session) == group and found:
            most = max(most, int(found[1]))
    return most / 1000


def wrk(url: str, headers: Mapping[str, str], group: int) -> Result:
    """One run of wrk."""
    options = [f"-H{name}: {value}" for name, value in headers.items()]
    before = cpu_of(group)
    command = ["taskset", "-c", CLIENT, "wrk", "-t1", f"-c{CONNECTIONS}"]
    command += [f"-d{SECONDS}s", "--latency", *options, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]
    requests = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]
    spent = cpu_of(group) - before
    p50, p99 = (_milliseconds(told, share) for share in ("50", "99"))
    return Result(rate, p50, p99, 1e6 * spent / max(requests, 1))


def _milliseconds(told: str, share: str) -> float:
    found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", told)
    assert found is not None
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def median(results: list[Result]) -> Result:
    """The median of each figure."""
    names = ("rate", "p50", "p99", "cpu")
    return Result(
        *(statistics.median(getattr(each, name) for each in results) for name in names)
    )


def compare(place: Path) -> None:
    """Print how both do: plain, compressed, and when nothing is new."""
    folder, site = place / "articles", place / "site"
    folder.mkdir()
    articles(folder)
    feeds = [sys.executable, "-m", "feeds"]
    subprocess.run(
        [*feeds, "export", str(folder), "-o", str(site)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    feed = site / "atom.xml"
    (site / "atom.xml.gz").write_bytes(gzip.compress(feed.read_bytes(), 9))
    (place / "nginx.conf").write_text(_NGINX.format(place=place, port=8901))
    ours, theirs = (f"http://127.0.0.1:{port}/atom.xml" for port in (8902, 8901))
    serve = [*feeds, "serve", str(folder), "-p", "8902"]
    nginx = ["nginx", "-c", str(place / "nginx.conf")]
    print(f"atom.xml of {feed.stat().st_size / 1000:.0f} kB; one worker; medians of")
    print(f"{ROUNDS} runs of {SECONDS} s, {CONNECTIONS} connections, by turns\n")
    with running(*serve, url=ours) as a, running(*nginx, url=theirs) as b:
        print(f"{'':8}{'':7}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'µs CPU':>9}")
        for name, headers in cases(ours, theirs).items():
            results: tuple[list[Result], list[Result]] = ([], [])
            for _ in range(ROUNDS):
                results[0].append(wrk(ours, headers[0], a.pid))
                results[1].append(wrk(theirs, headers[1], b.pid))
            ratio = median(results[0]).rate / median(results[1]).rate
            for who, found in zip(("feeds", "nginx"), results, strict=True):
                m = median(found)
                line = (
                    f"{name:8}{who:7}{m.rate:9.0f}{m.p50:9.2f}{m.p99:9.2f}{m.cpu:9.1f}"
                )
                print(line + (f"   {ratio:.2f} of nginx" if who == "feeds" else ""))
        print(f"\nmemory of the largest process: {memory_of(a.pid):.0f} MB")


def cases(ours: str, theirs: str) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """The headers of each kind of request, to us and to nginx."""
    tags = [urllib.request.urlopen(url).headers["ETag"] for url in (ours, theirs)]
    return {
        "plain": ({}, {}),
        "gzip": ({"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip"}),
        "304": ({"If-None-Match": tags[0]}, {"If-None-Match": tags[1]}),
    }


def main() -> None:
    """Print the table, or what is missing for it."""
    missing = [name for name in ("wrk", "nginx", "taskset") if not shutil.which(name)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)} (apt-get install wrk nginx)")
    with tempfile.TemporaryDirectory() as place:
        if "--counting" in sys.argv:
            from counted import compare as count  # which asks this module for its wrk

            return count(Path(place))
        Path(place).chmod(0o755)  # nginx gives up its rights before it reads
        compare(Path(place))
        from rescans import measure  # which asks this module for its wrk

        for count in (10_000, 100_000) if "--full" in sys.argv else (10_000,):
            measure(Path(place), count)


if __name__ == "__main__":
    main()
