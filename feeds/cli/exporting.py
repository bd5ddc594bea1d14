"""An export as it is seen on a terminal: how far it is, and what it did."""

import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

import click

from feeds.cli.arguments import BUCKET
from feeds.cli.messages import show
from feeds.errors import ExportError, Problem
from feeds.export import SAME, Summary, Wishes, export
from feeds.export.files import Files
from feeds.export.place import Place
from feeds.export.stamp import Stamp, stamp_of, unchanged
from feeds.site import Site
from feeds.watch import Watch

# A bar that is drawn for each file takes longer than the files.
_STEPS = 200


def place_of(output: str) -> Path | Place:
    """Where to export to: a folder, or a bucket."""
    if not output.startswith(BUCKET):
        return Path(output)
    from feeds.export.bucket import bucket

    return bucket(output)


def stamp(folder: Path, asked: object) -> Stamp | None:
    """What an export would be made of, if that can be told."""
    return stamp_of(folder, asked, time.time())


def is_done(
    out: Path | Place,
    folder: Path,
    stamp: Stamp,
    dry_run: bool,
    as_json: bool = False,
) -> bool:
    """Say that nothing is to be done, if nothing is: all is made of the same."""
    start = time.monotonic()
    place = Files(out) if isinstance(out, Path) else out
    count = unchanged(place, folder, stamp, time.time())
    if count is not None and as_json:
        _tell_programs(out, Summary(0, count, 0), dry_run, ())
    elif count is not None:
        _say(out, Summary(0, count, 0), dry_run, start)
    return count is not None


def once(site: Site, out: Path | Place, wishes: Wishes, as_json: bool = False) -> int:
    """Export, and say what was done; return the exit status."""
    summary = _export(site, out, wishes, as_json)
    problems = (*site.problems, *summary.problems)
    if as_json:
        _tell_programs(out, summary, wishes.dry_run, problems)
    show(problems)
    is_stale = any(problem.code == "render" for problem in site.problems)
    return int(is_stale or bool(summary.problems))


def follow(site: Site, out: Path | Place, wishes: Wishes) -> None:
    """Export, and again whenever the folder changes, until Ctrl-C."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    stopped = threading.Event()
    with _stopping(stopped), suppress(KeyboardInterrupt):
        exported, failed = site.edition, ""
        once(site, out, wishes)
        click.echo("Ctrl-C stops it.")
        watch = Watch(site)
        while not stopped.is_set():
            sys.stdout.flush()
            pause = watch.look()
            if (edition := site.edition) is not exported:
                try:
                    show(_export(site, out, wishes).problems)
                    exported, failed = edition, ""
                except ExportError as error:  # it is tried again after each look
                    if str(error) != failed:
                        failed = str(error)
                        click.secho(failed, err=True, fg="red")
            watch.rest(pause)


@contextmanager
def _stopping(stopped: threading.Event) -> Iterator[None]:
    """Have Ctrl-C noted: the exception that it raises is lost where others call us."""

    def stop(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _export(
    site: Site, out: Path | Place, wishes: Wishes, is_silent: bool = False
) -> Summary:
    start = time.monotonic()

    def wait() -> None:
        click.echo(f"waiting for another export into {out}", err=True)

    if wishes.dry_run:
        tell = (lambda sign, path: None) if is_silent else _tell
        summary = export(site, out, wishes, tell=tell)
    else:
        progress = _bar if sys.stderr.isatty() else iter
        summary = export(site, out, wishes, waiting=wait, progress=progress)
    if not is_silent:
        _say(out, summary, wishes.dry_run, start)
    return summary


def _say(out: Path | Place, summary: Summary, dry_run: bool, start: float) -> None:
    took = f" in {time.monotonic() - start:.1f} s" if sys.stdout.isatty() else ""
    to = ("to write", "to remove") if dry_run else ("written", "removed")
    click.echo(
        f"{out}: {summary.written} {to[0]}, {summary.unchanged} unchanged, "
        f"{summary.removed} {to[1]}{took}"
    )


def _tell_programs(
    out: Path | Place, summary: Summary, dry_run: bool, problems: tuple[Problem, ...]
) -> None:
    told = {
        "out": str(out),
        "dry_run": dry_run,
        "written": summary.written,
        "unchanged": summary.unchanged,
        "removed": summary.removed,
        "problems": [asdict(problem) for problem in problems],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _tell(sign: str, path: str) -> None:
    if sign != SAME:
        # A name may hold a newline or an escape sequence: no terminal gets those.
        shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)
        click.echo(f"{sign} {shown}")


def _bar(paths: tuple[str, ...]) -> Iterator[str]:
    steps = max(1, len(paths) // _STEPS)
    with click.progressbar(paths, file=sys.stderr, update_min_steps=steps) as bar:
        yield from bar
