"""Every document as a file, each replaced whole."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.articles.folder import EXPORT_MARK, open_file
from feeds.edition import Edition
from feeds.errors import ExportError, NotFound
from feeds.site import Site

_CHUNK = 1 << 20
_HEAD = "# Written by feeds export, which replaces and removes these files.\n"


@dataclass(frozen=True, slots=True)
class Summary:
    """How many files an export wrote, found as they should be, and removed."""

    written: int
    unchanged: int
    removed: int


def export(site: Site, out: Path, force: bool = False) -> Summary:
    """Write every document and media file of `site` below `out`.

    Files of an earlier export that are no longer part of the site are removed;
    nothing else in `out` is. ExportError where `out` cannot be used: without
    `force`, a folder with files in it that was not exported to before.
    """
    earlier = _claim(site, out, force)
    edition = site.edition
    media = edition.media
    # Feeds come last, after all that they point to.
    paths = (*media, *edition.paths)
    written = unchanged = 0
    kept = set()
    try:
        # Until all is done the mark names both, so that an interrupted export
        # leaves nothing behind that the next one would not know.
        _replace(out / EXPORT_MARK, _mark(earlier.union(paths)))
        for path in paths:
            try:
                changed = _write(out, path, _content(edition, path))
            except NotFound:  # an article that cannot be rendered; it is a problem
                continue
            kept.add(path)
            written, unchanged = written + changed, unchanged + (not changed)
        removed = _remove(out, earlier - kept)
        _replace(out / EXPORT_MARK, _mark(kept))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{error.filename or out}: {reason}") from None
    return Summary(written, unchanged, removed)


def _claim(site: Site, out: Path, force: bool) -> set[str]:
    """Make `out` and return what an earlier export wrote there."""
    place = out.resolve()
    if site.folder.is_relative_to(place):
        raise ExportError(f"{out}: the articles lie in there (choose another folder)")
    try:
        out.mkdir(parents=True, exist_ok=True)
        listed = (out / EXPORT_MARK).read_text("utf-8").splitlines()
        return {line for line in listed if line and not line.startswith("#")}
    except FileNotFoundError:
        if any(out.iterdir()) and not force:
            fix = "choose another folder, or add --force to write into this one"
            raise ExportError(
                f"{out}: not empty, and no earlier export ({fix})"
            ) from None
        return set()
    except OSError as error:
        raise ExportError(f"{out}: {(error.strerror or 'unusable').lower()}") from None


def _content(edition: Edition, path: str) -> BinaryIO | bytes:
    media = edition.media.get(path)
    return open_file(media) if media else edition.document(path).body


def _mark(paths: set[str]) -> bytes:
    return (_HEAD + "".join(f"{path}\n" for path in sorted(paths))).encode()


def _write(out: Path, path: str, content: BinaryIO | bytes) -> bool:
    """Write a file if its bytes differ; return whether they did."""
    place = out / path
    if isinstance(content, bytes):
        if _holds(place, content):
            return False
        _replace(place, content)
        return True
    with content:
        if _same(place, content):
            return False
        content.seek(0)
        _replace(place, content)
    return True


def _holds(place: Path, content: bytes) -> bool:
    try:
        return place.stat().st_size == len(content) and place.read_bytes() == content
    except OSError:
        return False


def _same(place: Path, content: BinaryIO) -> bool:
    try:
        with place.open("rb") as there:
            while chunk := content.read(_CHUNK):
                if there.read(len(chunk)) != chunk:
                    return False
            return not there.read(1)
    except OSError:
        return False


def _replace(place: Path, content: BinaryIO | bytes) -> None:
    """Readers of the file see the old bytes or the new, never a part of them."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                shutil.copyfileobj(content, file, _CHUNK)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _remove(out: Path, paths: set[str]) -> int:
    removed = 0
    for path in sorted(paths):
        place = out / path
        if not place.resolve().is_relative_to(out.resolve()) or not place.is_file():
            continue
        place.unlink()
        removed += 1
        for folder in place.relative_to(out).parents:
            if folder == Path() or any((out / folder).iterdir()):
                break
            (out / folder).rmdir()
    return removed
