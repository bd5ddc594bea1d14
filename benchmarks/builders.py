"""Programs that make sites and feeds of the same posts: ours, and the field's."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sites import HUGO, JEKYLL, PELICAN

HOME = "https://clocks.example/"
FEEDS, SITE = "feeds", "site"  # the two things to build
# All entries in RSS and Atom, and nothing else.
_ALL = ("rss.xml", "atom.xml")
_TOML = f"""title = "Clocks"
base_url = "{HOME}"
id = "tag:clocks.example,2015:"
author = "Ann Arbour"
"""


@dataclass(frozen=True, slots=True)
class Builder:
    """A program, its version, and the command that builds each of the two.

    `forget` takes away all that an earlier run left, so that the next begins cold.
    """

    name: str
    version: str
    commands: Mapping[str, tuple[str, ...]]
    forget: Callable[[], None]


def folder_of(place: Path) -> Path:
    """Where the posts of all programs lie: a folder of ours."""
    return place / "ours"


def environment(place: Path) -> dict[str, str]:
    """Where the programs keep between runs what they keep."""
    homes = {"XDG_CACHE_HOME": f"{place}/cache", "XDG_STATE_HOME": f"{place}/state"}
    own = {"HUGO_CACHEDIR": f"{place}/hugo-cache", "TZ": "UTC"}
    return {**os.environ, **homes, **own}


def installed(place: Path, pelican: str | None) -> list[Builder]:
    """Ours first, then those that are there; their sites are written into `place`."""
    known = {"hugo": _hugo, "jekyll": _jekyll, "pelican": _pelican}
    found = [ours(place)]
    for name, make in known.items():
        program = shutil.which(pelican or name if name == "pelican" else name)
        if program:
            found.append(make(place, program))
    return found


def ours(place: Path) -> Builder:
    """Ours: the program that this is about."""
    folder = folder_of(place)
    folder.mkdir(exist_ok=True)
    (folder / "feeds.toml").write_text(_TOML, "utf-8")
    outs = _outs(place, "ours")
    python = sys.executable
    export = (python, "-m", "feeds", "export", str(folder))
    commands = {
        FEEDS: ("env", "FEEDS_LIMIT=0", *export, *_ALL, "-o", str(outs[FEEDS])),
        SITE: (*export, "-o", str(outs[SITE])),
    }
    kept = (place / "cache", place / "state", folder / "feeds.ledger")
    version = _version(python, "-m", "feeds", "--version")
    return Builder("feeds", version, commands, _forgets(*outs.values(), *kept))


def _hugo(place: Path, program: str) -> Builder:
    outs = _outs(place, "hugo")
    commands = {}
    for kind, files in HUGO.items():
        source = place / "hugo" / kind
        _write(source, files, place)
        commands[kind] = (program, "-s", str(source), "-d", str(outs[kind]), "--quiet")
    forget = _forgets(*outs.values(), place / "hugo-cache")
    return Builder("hugo", _version(program, "version"), commands, forget)


def _jekyll(place: Path, program: str) -> Builder:
    outs = _outs(place, "jekyll")
    commands = {}
    for kind, files in JEKYLL.items():
        source = place / "jekyll" / kind
        _write(source, files, place)
        (source / "_posts").symlink_to(folder_of(place) / "posts")
        commands[kind] = (
            program, "build", "-q", "--disable-disk-cache",
            "-s", str(source), "-d", str(outs[kind]),
        )  # fmt: skip
    forget = _forgets(*outs.values())
    return Builder("jekyll", _version(program, "--version"), commands, forget)


def _pelican(place: Path, program: str) -> Builder:
    outs = _outs(place, "pelican")
    commands = {}
    for kind, files in PELICAN.items():
        source = place / "pelican" / kind
        _write(source, files, place)
        commands[kind] = (
            program, str(folder_of(place) / "posts"), "-q", "-o", str(outs[kind]),
            "-s", str(source / "pelicanconf.py"),
        )  # fmt: skip
    forget = _forgets(*outs.values())
    return Builder("pelican", _version(program, "--version"), commands, forget)


def _outs(place: Path, name: str) -> dict[str, Path]:
    return {kind: place / "out" / name / kind for kind in (FEEDS, SITE)}


def _write(source: Path, files: Mapping[str, str], place: Path) -> None:
    for name, text in files.items():
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        told = text.replace("@POSTS@", str(folder_of(place) / "posts"))
        file.write_text(told.replace("@HOME@", HOME), "utf-8")


def _forgets(*paths: Path) -> Callable[[], None]:
    def forget() -> None:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)

    return forget


def _version(*command: str) -> str:
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", told)
    return found[0] if found else told.strip()
