"""Feed and Entry: the words that every room speaks, in no format at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: For how long an answer counts as new: what feeds and HTTP both say of it.
FRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote: a name, and where known an e-mail and an address."""

    name: str
    email: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A label of an entry, and the address of the scheme that it is from."""

    term: str
    scheme: str = ""


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
class Comments:
    """Where comments are: `url` is a page, `feed` a feed of them, `count` how many.

    `count` is None where it is not known.
    """

    is_open: bool = True
    url: str = ""
    count: int | None = None
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """The same in another language (BCP 47), at an address of its own."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is heard in a podcast (podcast:person): a role such as `guest`."""

    name: str
    role: str = ""
    group: str = ""
    image: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said in an episode, as a file (podcast:transcript).

    `rel` is `captions` where it has times, else "".
    """

    url: str
    media_type: str
    language: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Episode:
    """What podcast apps want to know of an entry beside its enclosure.

    `number` is a decimal as text, "" for none; `season` is 0 for none; `kind` is
    `full`, `trailer` or `bonus`; `explicit` is None where the show's counts; `image`
    and `chapters` are addresses.
    """

    number: str = ""
    season: int = 0
    kind: str = ""
    explicit: bool | None = None
    image: str = ""
    chapters: str = ""
    transcripts: tuple[Transcript, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Funding:
    """A page on which listeners can give money, and what it is called there."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Podcast:
    """What podcast directories want to know of a feed (Apple's, Podcasting 2.0's).

    `categories` are Apple's, `Arts` or `Arts > Books`; `kind` is `episodic` or
    `serial`; `owner` has the e-mail by which the directories know whose it is;
    `guid` is a UUID, assigned once (podcast:guid); `medium` is as in podcast:medium.
    """

    guid: str = ""
    categories: tuple[str, ...] = ()
    explicit: bool = False
    kind: str = "episodic"
    owner: Author | None = None
    locked: bool = False
    complete: bool = False
    medium: str = "podcast"
    funding: tuple[Funding, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as subscribers see it (RFC 4287 4.1.2).

    `url` is the absolute permalink, `content` safe HTML with absolute addresses;
    `title`, `summary` and `rights` are plain text; the dates are aware, in whole
    seconds. `link` is what a link post is about (rel=related), `source` where the
    entry is from (rel=via); `license` is an address (RFC 4946). `markdown` is what the
    content was made from, for those who ask for it.
    """

    id: str
    url: str
    title: str
    content: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...] = ()
    categories: tuple[Category, ...] = ()
    language: str = ""
    image: Image | None = None
    comments: Comments | None = None
    enclosures: tuple[Enclosure, ...] = ()
    link: str = ""
    source: Source | None = None
    rights: str = ""
    license: str = ""
    episode: Episode | None = None
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that is no more: its id, and since when (RFC 6721)."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Paging:
    """Where the rest of a feed lies (RFC 5005 4): addresses that end in a slash.

    Below each of them the same document lies in every format. `current` is the feed
    itself, and empty in it; an archive has it. `previous` is the next older archive.
    """

    current: str = ""
    previous: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """Title, address and entries, newest first (RFC 4287 4.1.1; RSS: channel).

    `url` is the page that the feed speaks for; where the feed itself lies is told
    to `render`, for one feed lies at one address in each format. `icon` is a square
    picture and `image` a larger one, both addresses; `complete` says that there are no
    other entries (RFC 5005 2); `variants` are the feeds of other languages, as
    addresses that end in a slash; `moved` is where the feed is from now on;
    `stylesheet` is an address relative to the feed's own; `fresh` is in minutes.
    """

    id: str
    url: str
    title: str
    description: str
    updated: datetime
    authors: tuple[Author, ...]
    language: str
    entries: tuple[Entry, ...]
    rights: str = ""
    license: str = ""
    icon: str = ""
    image: str = ""
    complete: bool = False
    paging: Paging = Paging()
    variants: tuple[Variant, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    podcast: Podcast | None = None
    moved: str = ""
    stylesheet: str = ""
    fresh: int = 0
