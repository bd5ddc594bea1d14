"""What an article's path says of it: name, date, language, and where its page lies."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import PurePosixPath

from feeds import languages, markup
from feeds.articles.dialects import Dialect, rootless

#: The same value, once: of many files, most have some of theirs from a few.
shared = lru_cache(4096)(lambda value: value)
_DATED = re.compile(r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[-_ T.](?P<rest>.*))?")
_IN_PATH = re.compile(r"(?:^|/)(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/|-|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """What a path tells.

    `name` is the file's, or its folder's for an index file, without date, language
    and suffix; `folders` are those that count in addresses; `date` is midnight.
    """

    name: str
    folders: tuple[str, ...]
    date: datetime | None
    language: str
    is_draft: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "folders", shared(self.folders))


def read_path(path: str, dialect: Dialect, zone: tzinfo) -> Place:
    """What the path of an article tells, in the customs of `dialect`."""
    file = PurePosixPath(rootless(path, dialect.roots))
    folders, stem = [*file.parts[:-1]], file.stem
    stem, language = languages.in_name(stem)
    if stem.lower() == "index" and folders:
        stem, inner = languages.in_name(folders.pop())
        language = language or inner
    if dialect.language_folders and folders:
        language = language or folders[0].replace("_", "-")
    dated = _DATED.fullmatch(stem)
    when = _date(dated, zone) or _date(_IN_PATH.search(path), zone)
    name = (dated["rest"] or stem) if dated and when else stem
    kept = tuple(folder for folder in folders if folder not in ("_posts", "_drafts"))
    # Of the whole path: to Hexo, the folder of drafts is one that addresses leave out.
    is_draft = "_drafts" in path.split("/")[:-1]
    return Place(name, kept, when, language, is_draft)


def date_in(address: str, zone: tzinfo) -> datetime | None:
    """The date that an address such as `2025/12/19/slug` holds."""
    return _date(_IN_PATH.search(address), zone)


def _date(found: re.Match[str] | None, zone: tzinfo) -> datetime | None:
    if found is None:
        return None
    try:
        return datetime(int(found["y"]), int(found["m"]), int(found["d"]), tzinfo=zone)
    except ValueError:
        return None


def title_of(place: Place) -> str:
    """A title for what has none: `a-walk_home` is called A walk home."""
    words = markup.line(place.name.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:] or place.name
