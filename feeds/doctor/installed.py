"""The programs and libraries: their versions, and those that are missing."""

import platform
import re
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from feeds.articles import rst
from feeds.articles.formats import suffix_of
from feeds.doctor.finding import Finding
from feeds.site import Site

_PROJECT = "folderfeed"
_NEED = re.compile(r"(?P<name>[\w.-]+)\s*(?:>=\s*(?P<least>[\d.]+))?")


def versions(folder: Path) -> Iterator[Finding]:
    """What runs here, and whether it is as new as it must be."""
    found = [f"Python {platform.python_version()}"]
    for name, least in _needs():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding("wrong", name, "not installed", f"pip install '{name}'")
            continue
        found.append(f"{name} {version}")
        if _parts(version) < _parts(least):
            fix = f"pip install '{name}>={least}'"
            yield Finding("wrong", name, f"{version} is too old", fix)
    yield Finding("ok", "versions", ", ".join(found))


def extras(site: Site) -> Iterator[Finding]:
    """Whether all formats of texts can be read that there are."""
    files = site.edition.library.contents.files
    count = sum(suffix_of(path) in rst.SUFFIXES for path in files)
    if count and find_spec("docutils") is None:
        found = f"{count} files in reStructuredText, and no docutils"
        fix = f"pip install '{_PROJECT}[rst]'"
        yield Finding("wrong", "docutils", found, fix)


def _needs() -> list[tuple[str, str]]:
    """The project and what it needs wherever it runs, with the least version of each.

    [] where it is not installed, as it runs from its folder.
    """
    try:
        told = metadata.requires(_PROJECT) or []
    except metadata.PackageNotFoundError:
        return []
    needs = (_NEED.match(need) for need in told if ";" not in need)
    return [(_PROJECT, ""), *((n["name"], n["least"] or "") for n in needs if n)]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version.partition("+")[0])))
