"""What it costs to count: a page as a browser asks for it, counted and not."""

import sys
from contextlib import ExitStack
from pathlib import Path

from serve import ROUNDS, SECONDS, Result, articles, median, running, wrk

_ROUNDS = 3 * ROUNDS
_BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 "
    "Firefox/128.0",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
}


def compare(place: Path) -> None:
    """Print how much a request takes where statistics are on and off, by turns."""
    urls = {}
    with ExitStack() as stack:
        groups = {}
        for name, told, port in (("counted", "true", 8902), ("not", "false", 8903)):
            folder = place / name
            folder.mkdir()
            articles(folder)
            with (folder / "feeds.toml").open("a") as toml:
                toml.write(f"statistics = {told}\n")
            urls[name] = f"http://127.0.0.1:{port}/1/"
            serve = [sys.executable, "-m", "feeds", "serve", str(folder)]
            server = running(*serve, "-p", str(port), url=urls[name])
            groups[name] = stack.enter_context(server).pid
        results: dict[str, list[Result]] = {name: [] for name in urls}
        for turn in range(_ROUNDS):
            # Whoever is first is so by turns, too.
            for name in sorted(urls, reverse=bool(turn % 2)):
                results[name].append(wrk(urls[name], _BROWSER, groups[name]))
    print(
        f"a page as a browser asks for it; medians of {_ROUNDS} runs of {SECONDS} s\n"
    )
    print(f"{'':9}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'µs CPU':>9}")
    found = {name: median(each) for name, each in results.items()}
    for name, m in found.items():
        print(f"{name:9}{m.rate:9.0f}{m.p50:9.2f}{m.p99:9.2f}{m.cpu:9.1f}")
    ratio = found["counted"].cpu / found["not"].cpu
    print(f"\ncounting takes {100 * (ratio - 1):.1f} % more CPU for a request")
