"""feeds.toml, checked once and then immutable."""

import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from feeds import markup, toolconfig
from feeds.errors import ConfigError, Problem
from feeds.feed import Author, Podcast
from feeds.notation import is_too_deep, paths_of
from feeds.settings import CHECKS, FLAGS, NUMBERS, TABLES
from feeds.tables import Fault, Faults, read_table
from feeds.wanted import SITE_ZONE, Wanted

NAME = "feeds.toml"
#: Where a site that gives no address of its own is taken to be.
LOCAL = "http://localhost:8000/"
# How true and false are spelled in an environment.
_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What a site says of itself.

    `base_url` is absolute and ends in a slash; every address in the documents is
    made from it. `id` is the start of every id, an absolute URI that ends in a
    delimiter; where the site has none it is "" and ids are made from `base_url`.
    `timezone` is meant by dates that name none, `authors` are known by a key, and
    `permalink` is the pattern of an article's address, "" for the folder's own.
    `license` is an address; `icon` and `image` are paths in the folder, or addresses.
    `content` is `full` or `summary`, `formats` () where all are wanted; `archives` says
    whether the feed has some, `markdown` whether RSS has what articles were made from.
    `podcast` is there where the site's own feed is one; `feeds` lie beside that feed.
    `downloads` of a feed are sent to a client in ten minutes; 0 is for no limit.
    `hosts` are the names under which it may be asked for, () for all. `statistics` says
    whether visits and subscribers are counted, `show_visits` whether pages tell theirs;
    `stats` is the password for /stats, "" where there is none.
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
    rights: str = ""
    license: str = ""
    icon: str = ""
    image: str = ""
    content: str = "full"
    formats: tuple[str, ...] = ()
    archives: bool = True
    markdown: bool = False
    downloads: int = 60
    hosts: tuple[str, ...] = ()
    statistics: bool = True
    show_visits: bool = False
    stats: str = ""
    podcast: Podcast | None = None
    feeds: tuple[Wanted, ...] = ()
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
    in_file = _parse(source)
    lines = paths_of(source)
    problems: list[Problem] = []
    told: dict[str, Any] = _leniently(toolconfig.read(folder))
    for where, values in (
        (NAME, in_file),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        ("flags", {k: v for k, v in (flags or {}).items() if v is not None}),
    ):
        try:
            told |= read_table(values, CHECKS)
        except Faults as error:
            found = [_problem(fault, where, lines) for fault in error.faults]
            problems += sorted(found, key=lambda problem: problem.line)
    if problems:
        raise ConfigError(*problems)
    told.setdefault("title", _title_of(folder))
    zone = told.get("timezone", UTC)
    told["feeds"] = tuple(_settled(w, lines, zone) for w in told.get("feeds", ()))
    return Config(served_at=served_at, **told)


def _problem(fault: Fault, where: str, lines: Mapping[str, int]) -> Problem:
    place = where if where == NAME else f"{where} {fault.path}"
    line = _line_of(fault.path, lines) if where == NAME else 1
    return Problem(place, line, fault.found, fault.fix, code="config")


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of a key, or else of what it is in."""
    while path not in lines and "." in path:
        path = path.rpartition(".")[0]
    return lines.get(path, 1)


def _settled(wanted: Wanted, lines: Mapping[str, int], zone: tzinfo) -> Wanted:
    """The feed with its lines, and with its date in the site's time zone."""
    table = f"feeds.{wanted.name}"
    inside = [path for path in lines if path.startswith(f"{table}.")]
    own = {path.removeprefix(f"{table}."): lines[path] for path in inside}
    since = wanted.since
    if since is not None and since.tzinfo is SITE_ZONE:
        since = since.replace(tzinfo=zone)
    return replace(wanted, line=_line_of(table, lines), lines=own, since=since)


def _leniently(values: Mapping[str, object]) -> dict[str, object]:
    """What another tool's configuration says, where we can do with it."""
    told: dict[str, object] = {}
    for key, value in values.items():
        with suppress(ValueError):
            told |= read_table({key: value}, CHECKS)
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
        if is_too_deep(source):
            raise RecursionError
        return tomllib.loads(source)
    except RecursionError:
        fault = Problem(
            NAME, 1, "values too deep to read", "flatten them", code="config"
        )
        raise ConfigError(fault) from None
    except ValueError as error:  # TOMLDecodeError is one, and so is too long a number
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        reason = str(error).partition(" (")[0].lower()
        problem = Problem(
            NAME, line, f"not TOML: {reason}", 'write key = "value"', code="config"
        )
        raise ConfigError(problem) from None


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """FEEDS_TITLE and its like, for every key that holds no list and no table."""
    found: dict[str, object] = {}
    for key in (key for key in CHECKS if key not in TABLES):
        value = environ.get(f"FEEDS_{key.upper()}")
        if value is not None:
            found[key] = _read_variable(key, value)
    return found


def _read_variable(key: str, value: str) -> object:
    """A number or a truth where the key holds one and it can be read, else the text."""
    if key in NUMBERS and value.isdecimal():
        return int(value)
    return _WORDS.get(value.lower(), value) if key in FLAGS else value


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
        "# [feeds.audio]   # a feed beside the site's own, at audio/",
        '# tags = "audio"  # of what has this tag',
        "# podcast = true  # and a recording",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    text = markup.line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
