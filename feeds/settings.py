"""The keys of feeds.toml, and what each may say."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds import markup
from feeds.feed import Author

#: The words of a permalink's pattern, each with a colon before it.
PERMALINK = ("year", "month", "day", "folders", "section", "slug", "title", "name")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MOST = 1000


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


def _timezone(value: object) -> tzinfo:
    name = _text(value)
    try:
        return UTC if name.upper() in ("UTC", "GMT") else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fix = 'write it as "Europe/Berlin"'
        raise ValueError(f"not a time zone: {value!r}", fix) from None


def _authors(value: object) -> Mapping[str, Author]:
    if not isinstance(value, dict):
        fix = "write a table [authors.ann] with name, email, uri"
        raise ValueError(f"no table of authors: {value!r}", fix)
    people = {key.lower(): _author(told) for key, told in value.items()}
    return {key: person for key, person in people.items() if person}


def _permalink(value: object) -> str:
    pattern = _text(value)
    unknown = sorted(set(re.findall(r":\w+", pattern)) - {f":{w}" for w in PERMALINK})
    if unknown or not re.search(r":(slug|title|name)", pattern):
        fix = 'write it as "/:year/:month/:slug/"'
        raise ValueError(f"not the pattern of an address: {value!r}", fix)
    return pattern


def _limit(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"not a number of articles: {value!r}", "write limit = 20")
    if value > _MOST:
        raise ValueError(f"too many articles for a feed: {value!r}", f"at most {_MOST}")
    return value


#: What makes a key's value what Config holds; ValueError(found, fix) if nothing can.
CHECKS: dict[str, Callable[[object], object]] = {
    "title": _text,
    "description": _text,
    "base_url": _base_url,
    "id": _id,
    "author": _author,
    "language": _language,
    "limit": _limit,
    "timezone": _timezone,
    "permalink": _permalink,
    "authors": _authors,
}
