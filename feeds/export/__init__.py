"""Every document as a file, each replaced whole."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError, Problem
from feeds.export.contents import Contents
from feeds.export.failures import failure
from feeds.export.files import OWN, Files
from feeds.export.lock import alone_in
from feeds.export.manifest import Written, read_manifest
from feeds.export.run import GONE, NEW, OTHER, SAME, Run
from feeds.export.stamp import seal
from feeds.export.wishes import Wishes
from feeds.site import Site

__all__ = ["GONE", "NEW", "OTHER", "SAME", "Summary", "Wishes", "export"]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many files an export wrote, found as they should be, and removed.

    `problems` are of those that could not be made anew, and stay as they were.
    """

    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...] = ()


def export(
    site: Site,
    out: Path,
    wishes: Wishes | None = None,
    *,
    tell: Callable[[str, str], None] = lambda sign, path: None,
    waiting: Callable[[], None] = lambda: None,
    progress: Callable[[tuple[str, ...]], Iterable[str]] = lambda paths: paths,
) -> Summary:
    """Write every document and media file of `site` below `out`.

    Files of an earlier export that are no longer part of the site are removed;
    nothing else in `out` is. `tell` hears what becomes of each file, `waiting` that
    another export is at work in `out`, and `progress` passes the paths on as they are
    written. ExportError where `out` cannot be used: without `force`, a folder with
    files in it that was not exported to before; or where no article is left.
    """
    wishes = wishes or Wishes()
    if site.folder.is_relative_to(out.resolve()):
        raise ExportError(f"{out}: the articles lie in there (choose another folder)")
    try:
        with ExitStack() as held:
            if not wishes.dry_run:
                out.mkdir(parents=True, exist_ok=True)
                if held.enter_context(alone_in(out, waiting)):
                    site.refresh()  # the other may know what is newer
            return _run(site, out, wishes, tell, progress, held)
    except OSError as error:
        raise failure(out, error) from None


def _run(
    site: Site,
    out: Path,
    wishes: Wishes,
    tell: Callable[[str, str], None],
    progress: Callable[[tuple[str, ...]], Iterable[str]],
    held: ExitStack,
) -> Summary:
    edition = site.edition
    before = _manifest_in(out, wishes.force)
    files = Files(out, before)
    contents = Contents(edition, wishes, before, out, files.opened, held)
    # A disk that is not mounted is a folder without articles, too.
    is_bare = not (edition.articles or wishes.force)
    if is_bare and before.keys() - {*contents.every_name()}:
        fix = "bring them back, or add --force to remove their pages"
        raise ExportError(f"{site.folder}: no articles any more ({fix})")
    run = Run(files, contents, before, wishes.dry_run, tell)
    stamp = wishes.stamp
    run.go(progress, partial(seal, stamp, site) if stamp else str)
    written = run.count[NEW] + run.count[OTHER]
    return Summary(written, run.count[SAME], run.count[GONE], tuple(run.problems))


def _manifest_in(out: Path, force: bool) -> dict[str, Written]:
    """What an earlier export wrote into `out`; ExportError where none did."""
    try:
        return read_manifest(
            (out / EXPORT_MARK).read_bytes().decode("utf-8", "replace")
        )
    except FileNotFoundError:
        if not (force or _is_free(out)):
            fix = "choose another folder, or add --force to write into this one"
            found = f"{out}: not empty, and no earlier export ({fix})"
            raise ExportError(found) from None
        return {}


def _is_free(out: Path) -> bool:
    return not out.exists() or all(entry.name in OWN for entry in out.iterdir())
