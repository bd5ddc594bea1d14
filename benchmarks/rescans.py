"""What following a large folder costs: memory, CPU, and what others wait for."""

import statistics
import sys
import threading
import time
import urllib.request
from pathlib import Path

import posts
import serve

PORT = 8903
URL = f"http://127.0.0.1:{PORT}/atom.xml"
_ROUNDS = 5
_SECONDS = 20  # of looking at CPU


def measure(place: Path, count: int) -> None:
    """Print what serving `count` articles takes, at rest and while they change."""
    folder = place / f"{count}"
    posts.write(folder, count)
    (folder / "feeds.toml").write_text(
        'title = "Posts"\nbase_url = "https://posts.example/"\n'
    )
    command = [sys.executable, "-m", "feeds", "serve", str(folder), "-p", str(PORT)]
    print(f"\n{count:,} articles")
    for start in ("first", "second"):
        began = time.perf_counter()
        with serve.running(*command, url=URL) as server:
            print(
                f"  {start} start to first answer: {time.perf_counter() - began:.1f} s"
            )
            if start == "second":
                _follow(folder, server.pid)


def _follow(folder: Path, group: int) -> None:
    time.sleep(5)
    memory = serve.memory_of(group)
    before = serve.cpu_of(group)
    time.sleep(_SECONDS)
    share = (serve.cpu_of(group) - before) / _SECONDS
    print(f"  scanning: {100 * share:.1f} % of a core (at most 5)")
    quiet = [serve.wrk(URL, {}, group).p99 for _ in range(_ROUNDS)]
    article = folder / "edited.md"
    waits = [_wait(article, number) for number in range(3)]
    print(f"  a new article is out after {statistics.median(waits):.1f} s")
    with _Editing(article):
        busy = [serve.wrk(URL, {}, group).p99 for _ in range(_ROUNDS)]
    q, b = statistics.median(quiet), statistics.median(busy)
    print(
        f"  p99 at rest {q:.2f} ms, while one is edited each second {b:.2f} ms", end=""
    )
    print(f"   {b / q:.1f} times (at most 2)")
    after = serve.memory_of(group)
    print(f"  largest process: {memory:.0f} MB, {after:.0f} MB after these edits")


def _wait(article: Path, number: int) -> float:
    """The seconds until a new article is in the feed."""
    title = f"News {number} of today"
    new = article.with_name(f"new-{number}.md")
    new.write_text(f"# {title}\n\nText.\n")
    began = time.perf_counter()
    while title.encode() not in urllib.request.urlopen(URL).read():
        time.sleep(0.02)
    return time.perf_counter() - began


class _Editing:
    """Someone who saves an article every second."""

    def __init__(self, article: Path) -> None:
        self._article = article
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._edit)

    def _edit(self) -> None:
        number = 0
        while not self._done.wait(1):
            number += 1
            self._article.write_text(f"# Edited\n\nThe {number}th time.\n")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *args: object) -> None:
        self._done.set()
        self._thread.join()
