"""How long sites and feeds take to build: beside Hugo, Jekyll and Pelican, by turns.

Needs Hugo for the ratios (apt-get install hugo); Jekyll (jekyll, ruby-jekyll-feed) and
Pelican (pip install pelican markdown) are measured where they are installed. Cold means
without anything of an earlier run of the program; the posts are in the memory of the
system for all.
"""

import argparse
import os
import platform
import re
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import posts
from builders import FEEDS, SITE, Builder, environment, folder_of, installed
from large import full
from measured import Taken, peak, run

STATES = ("cold", "one changed", "nothing changed")
#: The most of Hugo's time that each may take, and the most MB.
TARGETS = {
    (FEEDS, "cold"): 1 / 3,
    (FEEDS, "one changed"): 1 / 40,
    (FEEDS, "nothing changed"): 1 / 60,
    (SITE, "cold"): 1 / 2,
}
MOST_MB = 250
HELP_MS = 100
KINDS = {FEEDS: "RSS and Atom of all entries", SITE: "the whole site"}
NOTES = """
Hugo rebuilds all at each run; so do Jekyll and Pelican, which are run once, cold.
Highlighting and excerpts are off for all; ours makes a summary of each entry, too.
Feeds: Hugo, Pelican and ours write no pages, Jekyll cannot leave them out.
Site: pages, a front page, tags with a page and feeds each. Ours adds what Hugo has not
here: Atom and JSON Feed beside RSS, archives with every entry in each format, feeds of
authors, OPML. Jekyll has no pages of tags. Feeds carry 20 entries in full.
A program's MB: its largest process of all rounds; together: PSS of all, one more run.
"""


def compare(place: Path, builders: list[Builder], kind: str, rounds: int) -> None:
    """Print how all do at one of the two things, in each of the states."""
    environ = environment(place)
    taken: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for number in range(rounds):
        for state in STATES:
            if state == "one changed":
                posts.change(folder_of(place) / "posts", number)
            for builder in builders:
                if builder.name not in ("feeds", "hugo") and (
                    number or state != "cold"
                ):
                    continue
                if state == "cold":
                    builder.forget()
                found = run(builder.commands[kind], environ)
                taken[builder.name, state].append(found)
    print(f"\n{KINDS[kind]}", flush=True)
    for state in STATES:
        for builder in builders:
            if results := taken.get((builder.name, state)):
                base = taken.get(("hugo", state), [])
                print(row(builder.name, kind, state, results, base))
    for builder in builders:
        builder.forget()
        together = peak(builder.commands[kind], environ)
        target = f"   (at most {MOST_MB})" if builder.name == "feeds" else ""
        print(f"  {'cold, together':17}{builder.name:9}{together:30.0f} MB{target}")


def row(
    name: str, kind: str, state: str, results: list[Taken], base: list[Taken]
) -> str:
    """A line: seconds, seconds of CPU, MB, and the ratio to Hugo beside its target."""
    seconds = statistics.median(each.seconds for each in results)
    cpu = statistics.median(each.cpu for each in results)
    largest = max(each.largest for each in results)
    line = f"  {state:17}{name:9}{seconds:9.2f} s{cpu:9.2f} CPU{largest:7.0f} MB"
    if not base or name == "hugo":
        return line
    ratio = seconds / statistics.median(each.seconds for each in base)
    work = cpu / statistics.median(each.cpu for each in base)
    line += f"   {ratio:6.3f} of hugo, {work:.3f} in CPU"
    target = TARGETS.get((kind, state)) if name == "feeds" else None
    return line if target is None else f"{line} (at most {target:.3f})"


def starting(environ: dict[str, str], rounds: int = 20) -> None:
    """Print what `feeds --help` takes beside a Python that does nothing."""
    commands = ((sys.executable, "-m", "feeds", "--help"), (sys.executable, "-c", ""))
    found = [[run(command, environ) for _ in range(rounds)] for command in commands]
    told, nothing = (statistics.median(t.seconds for t in each) for each in found)
    cpu = [statistics.median(t.cpu for t in each) for each in found]
    line = f"{1000 * (told - nothing):.0f} ms, {1000 * (cpu[0] - cpu[1]):.0f} of CPU"
    print(f"\nfeeds --help, over python alone: {line}   (at most {HELP_MS})")


def machine(builders: list[Builder], count: int, folder: Path) -> None:
    """Print on what, with what and of what all is measured."""
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    cores = len(os.sched_getaffinity(0))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    size = sum(file.stat().st_size for file in folder.iterdir()) / count
    print(f"{cores} cores, {model[1] if model else '?'}; load {load}")
    versions = [f"{builder.name} {builder.version}" for builder in builders]
    print(", ".join([f"Python {platform.python_version()}", *versions]))
    print(f"{count} posts of {size / 1000:.1f} kB")


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory() as place:
            yield Path(place)
        return
    if keep.exists() and any(keep.iterdir()):
        sys.exit(f"{keep}: not empty (choose another folder)")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.resolve()


def main() -> None:
    """Print all lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="up to 100,000 posts, ours")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="work there, stay there"
    )
    parser.add_argument("--pelican", metavar="FILE", help="where it is, if elsewhere")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="besides feeds")
    told = parser.parse_args()
    with _place(told.keep) as place:
        folder = folder_of(place) / "posts"
        posts.write(folder, told.posts)
        builders = installed(place, told.pelican)
        if told.only is not None:
            builders = [b for b in builders if b.name in ("feeds", *told.only)]
        machine(builders, told.posts, folder)
        print(f"medians of {told.rounds} rounds")
        for kind in KINDS:
            compare(place, builders, kind, told.rounds)
        starting(environment(place))
        print(NOTES)
        if told.full:
            full(place / "full")


if __name__ == "__main__":
    main()
