"""Every document as a file or an object, each replaced whole."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feeds.errors import ExportError, Problem
from feeds.export.contents import Contents
from feeds.export.failures import failure
from feeds.export.files import Files
from feeds.export.manifest import Written, read_manifest
from feeds.export.place import Place
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
    out: Path | Place,
    wishes: Wishes | None = None,
    *,
    tell: Callable[[str, str], None] = lambda sign, path: None,
    waiting: Callable[[], None] = lambda: None,
    progress: Callable[[tuple[str, ...]], Iterable[str]] = lambda paths: paths,
) -> Summary:
    """Write every document and media file of `site` below `out`, a folder or bucket.

    Files of an earlier export that are no longer part of the site are removed;
    nothing else in `out` is. `tell` hears what becomes of each file, `waiting` that
    another export is at work in `out`, and `progress` passes the paths on as they are
    written. ExportError where `out` cannot be used: without `force`, a folder with
    files in it that was not exported to before; or where no article is left.
    """
    wishes = wishes or Wishes()
    if isinstance(out, Path):
        if site.folder.is_relative_to(out.resolve()):
            fix = "choose another folder"
            raise ExportError(f"{out}: the articles lie in there ({fix})")
        out = Files(out)
    try:
        with ExitStack() as held:
            if not wishes.dry_run and held.enter_context(out.alone(waiting)):
                site.refresh()  # the other may know what is newer
            return _run(site, out, wishes, tell, progress, held)
    except OSError as error:
        raise failure(out, error) from None


def _run(
    site: Site,
    out: Place,
    wishes: Wishes,
    tell: Callable[[str, str], None],
    progress: Callable[[tuple[str, ...]], Iterable[str]],
    held: ExitStack,
) -> Summary:
    edition = site.edition
    before = _written_in(out, wishes.force)
    contents = Contents(edition, wishes, before, out, held)
    # A disk that is not mounted is a folder without articles, too.
    is_bare = not (edition.articles or wishes.force)
    if is_bare and before.keys() - {*contents.every_name()}:
        fix = "bring them back, or add --force to remove their pages"
        raise ExportError(f"{site.folder}: no articles any more ({fix})")
    run = Run(out, contents, before, wishes.dry_run, tell)
    stamp = wishes.stamp
    run.go(progress, partial(seal, stamp, site) if stamp else str)
    written = run.count[NEW] + run.count[OTHER]
    return Summary(written, run.count[SAME], run.count[GONE], tuple(run.problems))


def _written_in(out: Place, force: bool) -> dict[str, Written]:
    """What an earlier export wrote into `out`; ExportError where none did."""
    text = out.manifest()
    if text is None and not (force or out.is_free()):
        fix = "choose another place, or add --force to write into this one"
        raise ExportError(f"{out}: not empty, and no earlier export ({fix})")
    return read_manifest(text or "")
