"""What feeds.toml says of a podcast."""

from functools import partial
from uuid import UUID

from feeds import categories
from feeds.feed import Funding, Person, Podcast
from feeds.tables import (
    Check,
    author,
    choice,
    flag,
    name,
    read_table,
    several,
    text,
    texts,
    url,
)

_KINDS = ("episodic", "serial")
_MEDIA = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog")
# podcast:funding has no room for more.
_LONGEST = 128
# The fields of Podcast that are called otherwise in feeds.toml.
_FIELDS = {"category": "categories", "type": "kind"}


def read_podcast(value: object, table: str = "podcast") -> Podcast | None:
    """The podcast that the table [`table`] tells of, or true; None for false."""
    if isinstance(value, bool):
        return Podcast() if value else None
    if not isinstance(value, dict):
        fix = f"write podcast = true, or a table [{table}]"
        raise ValueError(f"no podcast: {value!r}", fix)
    told = read_table(value, CHECKS, table)
    fields = {_FIELDS.get(key, key): found for key, found in told.items()}
    return Podcast(**fields)  # type: ignore[arg-type]


def _category(value: object) -> str:
    found = categories.category(text(value))
    if not found:
        near = categories.nearest(text(value))
        fix = f"did you mean {near!r}?" if near else 'write it as "Arts > Books"'
        raise ValueError(f"none of Apple's categories: {value!r}", fix)
    return found


def _guid(value: object) -> str:
    told = text(value)
    try:
        return str(UUID(told))
    except ValueError:
        fix = "leave it out, unless the podcast has one already"
        raise ValueError(f"not a UUID: {value!r}", fix) from None


def _funding(value: object) -> Funding:
    fix = 'write { url = "https://…", text = "Help us" }'
    told = texts(value, ("url", "text"), "a page for funding", fix)
    if len(told["text"]) > _LONGEST:
        fix = f"at most {_LONGEST} characters"
        raise ValueError(f"too long a text: {told['text']!r:.40}…", fix)
    return Funding(url(told["url"]), told["text"])


def _person(value: object) -> Person:
    fix = 'write { name = "Ann", role = "host", url = "https://…" }'
    told = texts(value, ("name", "role", "group", "image", "url"), "a person", fix)
    return Person(
        name(told["name"]),
        told["role"].lower(),
        told["group"].lower(),
        told["image"] and url(told["image"]),
        told["url"] and url(told["url"]),
    )


#: What makes of each key what Podcast holds.
CHECKS: dict[str, Check] = {
    "category": partial(several, read=_category),
    "explicit": flag,
    "type": partial(choice, words=_KINDS),
    "owner": author,
    "locked": flag,
    "complete": flag,
    "medium": partial(choice, words=_MEDIA),
    "guid": _guid,
    "funding": partial(several, read=_funding),
    "persons": partial(several, read=_person),
}
