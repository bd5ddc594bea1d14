"""The keys of feeds.toml, and what each may say."""

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds import licenses, markup
from feeds.feed import Author
from feeds.podcasts import read_podcast
from feeds.tables import ICONS, Check, author, flag, picture, several, text
from feeds.wanted import content, formats, language, limit, read_feeds

#: The words of a permalink's pattern, each with a colon before it.
PERMALINK = ("year", "month", "day", "folders", "section", "slug", "title", "name")
#: The keys that hold lists or tables, those that hold true or false, and numbers.
TABLES = frozenset({"formats", "hosts", "authors", "podcast", "feeds"})
FLAGS = frozenset({"archives", "markdown", "statistics", "show_visits"})
NUMBERS = frozenset({"limit", "downloads"})

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\]", re.ASCII)


def _base_url(value: object) -> str:
    parts = urlsplit(text(value))
    url = markup.http_url(text(value))
    if not url or parts.query or parts.fragment or parts.username is not None:
        fix = "write it as https://example.org/ or https://example.org/blog/"
        raise ValueError(f"not the address of a site: {value!r}", fix)
    return url.rstrip("/") + "/"


def _id(value: object) -> str:
    told = text(value)
    if not markup.is_uri(told):
        fix = 'write it as "tag:example.org,2026:"'
        raise ValueError(f"not an absolute URI: {value!r}", fix)
    if told.endswith((":", "/", "#", "=")):
        return told
    return told + ("/" if "://" in told else ":")


def _license(value: object) -> str:
    address = licenses.address(text(value))
    if not address:
        fix = 'write "CC BY-SA 4.0" or an address; other words are for rights'
        raise ValueError(f"not a licence with an address: {value!r}", fix)
    return address


def _timezone(value: object) -> tzinfo:
    name = text(value)
    try:
        return UTC if name.upper() in ("UTC", "GMT") else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fix = 'write it as "Europe/Berlin"'
        raise ValueError(f"not a time zone: {value!r}", fix) from None


def _authors(value: object) -> Mapping[str, Author]:
    if not isinstance(value, dict):
        fix = "write a table [authors.ann] with name, email, uri"
        raise ValueError(f"no table of authors: {value!r}", fix)
    people = {key.lower(): author(told) for key, told in value.items()}
    return {key: person for key, person in people.items() if person}


def _permalink(value: object) -> str:
    pattern = text(value)
    unknown = sorted(set(re.findall(r":\w+", pattern)) - {f":{w}" for w in PERMALINK})
    if unknown or not re.search(r":(slug|title|name)", pattern):
        fix = 'write it as "/:year/:month/:slug/"'
        raise ValueError(f"not the pattern of an address: {value!r}", fix)
    return pattern


def _host(value: object) -> str:
    told = text(value).lower()
    if not _HOST.fullmatch(told):
        fix = 'write "ann.example", without https:// and without a port'
        raise ValueError(f"not the name of a host: {value!r}", fix)
    return told


def _downloads(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        fix = "write downloads = 60, or 0 for as many as they like"
        raise ValueError(f"not a number of downloads: {value!r}", fix)
    return value


#: What makes of each key what Config holds.
CHECKS: dict[str, Check] = {
    "title": text,
    "description": text,
    "base_url": _base_url,
    "id": _id,
    "author": author,
    "language": language,
    "rights": text,
    "license": _license,
    "icon": partial(picture, suffixes=ICONS),
    "image": picture,
    "content": content,
    "formats": formats,
    "limit": limit,
    "archives": flag,
    "markdown": flag,
    "timezone": _timezone,
    "permalink": _permalink,
    "downloads": _downloads,
    "hosts": partial(several, read=_host),
    "statistics": flag,
    "show_visits": flag,
    "stats": text,
    "podcast": read_podcast,
    "authors": _authors,
    "feeds": read_feeds,
}
