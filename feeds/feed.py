"""Feed and Entry: the words that every room speaks, in no format at all."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote: a name, and where known an e-mail and an address."""

    name: str
    email: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, or what is known of one: `url` is empty where it is missing.

    `length` is in bytes, `width` and `height` in pixels, 0 where they are not known.
    """

    url: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    media_type: str = ""
    length: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A recording or other file that belongs to an entry (RFC 4287 4.2.7.2).

    `length` is in bytes and `duration` in seconds, 0 where it is not known.
    """

    url: str
    media_type: str = ""
    length: int = 0
    duration: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article is from or what led to it: a name, an address, or both."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as subscribers see it (RFC 4287 4.1.2).

    `url` is the absolute permalink, `content` safe HTML with absolute addresses;
    `title` and `summary` are plain text; the dates are aware, in whole seconds.
    """

    id: str
    url: str
    title: str
    content: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    image: Image | None = None
    comments: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Title, address and entries, newest first (RFC 4287 4.1.1; RSS: channel).

    `url` is the page that the feed speaks for; where the feed itself lies is told
    to `render`, for one feed lies at one address in each format.
    """

    id: str
    url: str
    title: str
    description: str
    updated: datetime
    authors: tuple[Author, ...]
    language: str
    entries: tuple[Entry, ...]
