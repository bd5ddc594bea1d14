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
    """A picture, or what is known of one: `url` is empty where it is missing."""

    url: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


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
