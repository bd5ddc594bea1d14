"""A feed that feeds.toml asks for, beside those that there are anyway."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial

from feeds import dates, markup
from feeds.feed import Podcast
from feeds.podcasts import read_podcast
from feeds.slugs import slug
from feeds.tables import (
    Check,
    Fault,
    Faults,
    choice,
    either,
    flag,
    name,
    picture,
    read_table,
    several,
    text,
    url,
)

#: The names of the formats in which there can be a feed.
FORMAT_NAMES = ("rss", "atom", "json")
#: The zone of a date that names none, until the site's own is known.
SITE_ZONE = timezone(timedelta(0), "site")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Where feeds lie that there are anyway, and what would be taken for a file.
_RESERVED = frozenset("tags authors sections languages archives feeds".split())
_SUFFIXES = (".xml", ".json", ".css", ".html", ".txt", ".opml")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The table [feeds.`name`]: which articles a feed carries, and what it is like.

    It carries what has one of the tags, one of the authors and so on, as far as any
    are named, none of `not_tags`, and is not older than `since`. What is "", () or
    None is as the site has it. `moved` is the address at which it is from now on, and
    `gone` says that it is no more. `line` is that of the table in feeds.toml, `lines`
    are those of its keys.
    """

    name: str
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None
    limit: int | None = None
    content: str = ""
    image: str = ""
    formats: tuple[str, ...] = ()
    podcast: Podcast | None = None
    archives: bool = False
    moved: str = ""
    gone: bool = False

    @property
    def place(self) -> str:
        """The folder in which its documents lie, such as `podcast/`."""
        return f"{slug(self.name)}/"


def read_feeds(value: object) -> tuple[Wanted, ...]:
    """The feeds that the table [feeds] asks for, in its order."""
    if not isinstance(value, dict):
        fix = "write a table [feeds.NAME] for each"
        raise ValueError(f"no table of feeds: {value!r}", fix)
    found: list[Wanted] = []
    faults: list[Fault] = []
    names: dict[str, str] = {}
    for key, told in value.items():
        first = names.setdefault(slug(key), key)
        try:
            found.append(_wanted(key, told, first))
        except Faults as error:
            faults += error.faults
    if faults:
        raise Faults(*faults)
    return tuple(found)


def _wanted(key: str, told: object, first: str) -> Wanted:
    """The feed of that name; `first` is the name of the first one at its place."""
    table = f"feeds.{markup.line(key)}"
    if not isinstance(told, dict):
        fix = "write [feeds.NAME] above it"
        raise Faults(Fault(table, f"a key of no feed: {key!r} in [feeds]", fix))
    faults = _unplaced(key, first, table)
    fields: dict[str, object] = {}
    own = partial(read_podcast, table=f"{table}.podcast")
    checks: dict[str, Check] = {**CHECKS, "podcast": own}
    try:
        fields = read_table(told, checks, table)
    except Faults as error:
        faults += error.faults
    if told.get("moved") and told.get("gone"):
        found = f"both moved and gone in [{table}]"
        faults.append(Fault(f"{table}.gone", found, "leave one of them out"))
    if faults:
        raise Faults(*faults)
    return Wanted(key, **fields)  # type: ignore[arg-type]


def _unplaced(key: str, first: str, table: str) -> list[Fault]:
    """Why a feed of that name can lie nowhere."""
    place = slug(key)
    found = ""
    if place == "_":
        found = f"a name without a letter: [{table}]"
    elif place in _RESERVED or place.endswith(_SUFFIXES):
        found = f"a name that the site needs itself: [{table}]"
    elif first != key:
        found = f"one place for two feeds: [{table}] and [feeds.{markup.line(first)}]"
    return [Fault(table, found, "give it another name")] if found else []


def limit(value: object) -> int:
    """How many articles a feed carries; 0 is for all."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        fix = "write limit = 20, or 0 for all"
        raise ValueError(f"not a number of articles: {value!r}", fix)
    return value


def language(value: object) -> str:
    """A language tag (BCP 47)."""
    told = text(value)
    if not _LANGUAGE.fullmatch(told):
        fix = 'write it as "en" or "pt-BR"'
        raise ValueError(f"not a language tag: {value!r}", fix)
    return told


def content(value: object) -> str:
    """How much of an article a feed carries."""
    return choice(value, ("full", "summary"))


def formats(value: object) -> tuple[str, ...]:
    """The formats in which there is a feed, at least one."""
    found = several(value, partial(choice, words=FORMAT_NAMES))
    if not found:
        raise ValueError("no format at all", f"write {either(FORMAT_NAMES)}")
    return found


def _since(value: object) -> datetime:
    told = str(value)  # TOML's own dates are dates already, and read the same
    try:
        return dates.parse(told, SITE_ZONE)
    except ValueError:
        raise ValueError(f"not a date: {told!r}", "write it as 2024-01-31") from None


_names = partial(several, read=name)
#: What makes of each key what Wanted holds.
CHECKS: dict[str, Check] = {
    "title": text,
    "description": text,
    "tags": _names,
    "not_tags": _names,
    "authors": _names,
    "sections": _names,
    "languages": partial(several, read=language),
    "since": _since,
    "limit": limit,
    "content": content,
    "image": picture,
    "formats": formats,
    "podcast": read_podcast,
    "archives": flag,
    "moved": url,
    "gone": flag,
}
