"""feeds.toml, checked once and then immutable."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from feeds import markup, toolconfig
from feeds.errors import ConfigError, Problem
from feeds.feed import Author
from feeds.notation import lines_of
from feeds.settings import CHECKS

NAME = "feeds.toml"
#: Where a site that gives no address of its own is taken to be.
LOCAL = "http://localhost:8000/"


@dataclass(frozen=True, slots=True)
class Config:
    """What a site says of itself.

    `base_url` is absolute and ends in a slash; every address in the documents is
    made from it. `id` is the start of every id, an absolute URI that ends in a
    delimiter; where the site has none it is "" and ids are made from `base_url`.
    `timezone` is meant by dates that name none, `authors` are known by a key, and
    `permalink` is the pattern of an article's address, "" for the folder's own.
    """

    title: str = "Feed"
    description: str = ""
    base_url: str = ""
    id: str = ""
    author: Author | None = None
    language: str = "en"
    limit: int = 20
    timezone: tzinfo = UTC
    authors: Mapping[str, Author] = field(default_factory=dict)
    permalink: str = ""
    served_at: str = LOCAL

    @property
    def home(self) -> str:
        """The address of the site: `base_url`, or else where it is served."""
        return self.base_url or self.served_at

    @property
    def id_prefix(self) -> str:
        """What every id starts with. It never depends on a port picked to serve."""
        return self.id or self.base_url or LOCAL


def read_config(
    folder: Path,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None,
    served_at: str = LOCAL,
) -> Config:
    """Read `folder`/feeds.toml; FEEDS_* in `environ` and then `flags` go before it.

    ConfigError names every fault at once, each with its line. No file, no fault.
    """
    source = _read(folder / NAME)
    lines = lines_of(source)
    problems: list[Problem] = []
    told: dict[str, object] = _leniently(toolconfig.read(folder))
    for where, values in (
        (NAME, _parse(source)),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        ("flags", {k: v for k, v in (flags or {}).items() if v is not None}),
    ):
        for key, value in values.items():
            line = lines.get(key, 1) if where == NAME else 1
            place = where if where == NAME else f"{where} {key}"
            try:
                told[key] = _checked(key, value)
            except ValueError as error:
                found, fix = error.args
                problems.append(Problem(place, line, found, fix, code="config"))
    if problems:
        raise ConfigError(*problems)
    title = {"title": _title_of(folder)} if "title" not in told else {}
    return Config(served_at=served_at, **{**title, **told})  # type: ignore[arg-type]


def _leniently(values: Mapping[str, object]) -> dict[str, object]:
    """What another tool's configuration says, where we can do with it."""
    told: dict[str, object] = {}
    for key, value in values.items():
        with suppress(ValueError):
            told[key] = _checked(key, value)
    return told


def _read(file: Path) -> str:
    try:
        if file.exists() and not file.is_file():  # a pipe would wait for its writer
            raise OSError("not a regular file")
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(
            NAME, 1, f"cannot be read: {error}", "save it as UTF-8", code="config"
        )
        raise ConfigError(problem) from None


def _parse(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        reason = str(error).partition(" (")[0].lower()
        problem = Problem(
            NAME, line, f"not TOML: {reason}", 'write key = "value"', code="config"
        )
        raise ConfigError(problem) from None


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """FEEDS_TITLE and its like, for every key that holds text or a number."""
    found: dict[str, object] = {}
    for key in CHECKS:
        value = environ.get(f"FEEDS_{key.upper()}")
        if value is not None:
            found[key] = int(value) if key == "limit" and value.isdecimal() else value
    return found


def _checked(key: str, value: object) -> object:
    """The value in the form that Config holds; ValueError(found, fix)."""
    if key not in CHECKS:
        near = difflib.get_close_matches(key, CHECKS, 1, 0.5)
        fix = f"did you mean {near[0]}?" if near else f"known: {', '.join(CHECKS)}"
        raise ValueError(f"unknown key {key!r}", fix)
    return CHECKS[key](value)


def _title_of(folder: Path) -> str:
    """A folder called my-notes is a site called My notes."""
    words = markup.line(folder.resolve().name.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:] or Config().title


def starter(title: str, base_url: str, site_id: str, author: str) -> str:
    """The text of a new feeds.toml."""
    lines = [
        f"title = {_quoted(title)}",
        '# description = "What it is about, in a sentence."',
        f"base_url = {_quoted(base_url)}",
        "# Every article's id starts with this. It must never change, even if the",
        "# site moves: to subscribers, an article with another id is another article.",
        f"id = {_quoted(site_id)}",
        f"author = {_quoted(author)}" if author else '# author = "Your Name"',
        f"# language = {_quoted(Config().language)}",
        f"# limit = {Config().limit}",
        '# timezone = "Europe/Berlin"',
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    text = markup.line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
