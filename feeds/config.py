"""feeds.toml, checked once and then immutable."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feeds import markup
from feeds.errors import ConfigError, Problem
from feeds.feed import Author

NAME = "feeds.toml"
#: Where a site that gives no address of its own is taken to be.
LOCAL = "http://localhost:8000/"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Config:
    """What a site says of itself.

    `base_url` is absolute and ends in a slash; every address in the documents is
    made from it. `id` is the start of every id, an absolute URI that ends in a
    delimiter; where the site has none it is "" and ids are made from `base_url`.
    """

    title: str = "Feed"
    description: str = ""
    base_url: str = ""
    id: str = ""
    author: Author | None = None
    language: str = "en"
    limit: int = 20
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
    problems: list[Problem] = []
    told: dict[str, object] = {}
    for where, values in (
        (NAME, _parse(source)),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        ("flags", {k: v for k, v in (flags or {}).items() if v is not None}),
    ):
        for key, value in values.items():
            line = _line_of(key, source) if where == NAME else 1
            place = where if where == NAME else f"{where} {key}"
            try:
                told[key] = _checked(key, value)
            except ValueError as error:
                found, fix = error.args
                problems.append(Problem(place, line, found, fix))
    if problems:
        raise ConfigError(*problems)
    title = {"title": _title_of(folder)} if "title" not in told else {}
    return Config(served_at=served_at, **{**title, **told})  # type: ignore[arg-type]


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(NAME, 1, f"cannot be read: {error}", "save it as UTF-8")
        raise ConfigError(problem) from None


def _parse(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        reason = str(error).partition(" (")[0].lower()
        problem = Problem(NAME, line, f"not TOML: {reason}", 'write key = "value"')
        raise ConfigError(problem) from None


def _line_of(key: str, source: str) -> int:
    pattern = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    lines = source.splitlines()
    return next((n for n, line in enumerate(lines, 1) if pattern.match(line)), 1)


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """FEEDS_TITLE and its like, for every key that holds text or a number."""
    found: dict[str, object] = {}
    for key in _CHECKS:
        value = environ.get(f"FEEDS_{key.upper()}")
        if value is not None:
            found[key] = int(value) if key == "limit" and value.isdecimal() else value
    return found


def _checked(key: str, value: object) -> object:
    """The value in the form that Config holds; ValueError(found, fix)."""
    if key not in _CHECKS:
        near = difflib.get_close_matches(key, _CHECKS, 1, 0.5)
        fix = f"did you mean {near[0]}?" if near else f"known: {', '.join(_CHECKS)}"
        raise ValueError(f"unknown key {key!r}", fix)
    return _CHECKS[key](value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"not text: {value!r}", 'write it in quotes, "so"')
    return markup.line(value)


def _base_url(value: object) -> str:
    parts = urlsplit(_text(value))
    url = markup.http_url(_text(value))
    if not url or parts.query or parts.fragment or parts.username is not None:
        fix = "write it as https://example.org/ or https://example.org/blog/"
        raise ValueError(f"not the address of a site: {value!r}", fix)
    return url.rstrip("/") + "/"


def _id(value: object) -> str:
    text = _text(value)
    if not markup.is_uri(text):
        fix = 'write it as "tag:example.org,2026:"'
        raise ValueError(f"not an absolute URI: {value!r}", fix)
    if text.endswith((":", "/", "#", "=")):
        return text
    return text + ("/" if "://" in text else ":")


def _author(value: object) -> Author | None:
    if isinstance(value, dict):
        unknown = sorted(set(value) - {"name", "email", "uri"})
        if unknown or not all(isinstance(v, str) for v in value.values()):
            fix = 'write { name = "Ann", email = "…", uri = "https://…" }'
            raise ValueError(f"not an author: {value!r}", fix)
        name, email = (markup.line(value.get(key, "")) for key in ("name", "email"))
        return Author(name or email, email, markup.http_url(value.get("uri", "")))
    name = _text(value)
    return Author(name) if name else None


def _language(value: object) -> str:
    if not _LANGUAGE.fullmatch(_text(value)):
        fix = 'write it as "en" or "pt-BR"'
        raise ValueError(f"not a language tag: {value!r}", fix)
    return _text(value)


def _limit(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"not a number of articles: {value!r}", "write limit = 20")
    if value > _MOST:
        raise ValueError(f"too many articles for a feed: {value!r}", f"at most {_MOST}")
    return value


_CHECKS = {
    "title": _text,
    "description": _text,
    "base_url": _base_url,
    "id": _id,
    "author": _author,
    "language": _language,
    "limit": _limit,
}


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
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    text = markup.line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
