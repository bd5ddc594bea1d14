"""The values of a header, read as the facts that they mean."""

import re
from datetime import datetime

from feeds import dates, markup
from feeds.articles.frontmatter import Fact, Facts, Value
from feeds.errors import ArticleError
from feeds.feed import Author, Image

# Each fact's names; the first that has a value wins, but categories add up.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "published": ("date", "published"),
    "updated": ("updated", "modified", "lastmod"),
    "authors": ("authors", "author"),
    "categories": ("categories", "category", "tags", "tag", "keywords"),
    "summary": ("summary", "description"),
    "slug": ("slug",),
    "draft": ("draft",),
    "id": ("id",),
    "language": ("language", "lang"),
    "image": ("image",),
    "comments": ("comments",),
    "visits": ("visits",),
}
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_PERSON = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


def find(facts: Facts, name: str) -> Fact | None:
    """The fact `name` under the first of its names that has a value."""
    for key in NAMES[name]:
        fact = facts.get(key)
        if fact is not None and fact.value is not None:
            return fact
    return None


def text(facts: Facts, name: str) -> str:
    """A fact as one line of text; "" where there is none."""
    fact = find(facts, name)
    if fact is None:
        return ""
    if not isinstance(fact.value, str):
        raise ArticleError(f"no text for {name}", f"write {name}: words", fact.line)
    return markup.line(fact.value)


def date(facts: Facts, name: str) -> datetime | None:
    """A fact as an aware datetime; ArticleError where that would be a guess."""
    fact = find(facts, name)
    if fact is None:
        return None
    try:
        return dates.parse(fact.value if isinstance(fact.value, str) else "")
    except ValueError:
        raise ArticleError(
            f"not a date: {fact.value!r:.60}",
            "write it as 2024-01-31 or 2024-01-31T09:30:00+01:00",
            fact.line,
        ) from None


def truth(facts: Facts, name: str) -> bool:
    """A fact as yes or no; no where there is none."""
    fact = find(facts, name)
    if fact is None:
        return False
    word = str(fact.value).lower()
    if word not in _TRUE | _FALSE:
        raise ArticleError(
            f"neither true nor false: {fact.value!r:.60}",
            f"write {name}: true or {name}: false",
            fact.line,
        )
    return word in _TRUE


def categories(facts: Facts) -> tuple[str, ...]:
    """Tags and categories, each once, as the author ordered them."""
    found: dict[str, str] = {}
    for key in NAMES["categories"]:
        fact = facts.get(key)
        for word in words(fact.value if fact else None):
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def words(value: Value) -> list[str]:
    """A list, or text with commas, as single lines of text."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        return []
    lines = (markup.line(part) for part in parts if isinstance(part, str))
    return [line for line in lines if line]


def authors(facts: Facts) -> tuple[Author, ...]:
    """The people that a header names: as text, as a mapping, or a list of either."""
    fact = find(facts, "authors")
    if fact is None:
        return ()
    value = fact.value if isinstance(fact.value, list) else [fact.value]
    return tuple(person for item in value if (person := author(item)))


def author(value: Value) -> Author | None:
    """`Ann`, `Ann <ann@example.org>` or `{name, email, uri}` as an Author."""
    if isinstance(value, dict):
        told = {key.lower(): v for key, v in value.items() if isinstance(v, str)}
        name = markup.line(told.get("name", ""))
        email = markup.line(told.get("email", ""))
        uri = markup.http_url(told.get("uri") or told.get("url") or "")
        return Author(name or email, email, uri) if name or email else None
    name = markup.line(value) if isinstance(value, str) else ""
    if match := _PERSON.fullmatch(name):
        return Author(match["name"] or match["email"], match["email"])
    return Author(name) if name else None


def image(facts: Facts) -> Image | None:
    """The lead picture: an address, or `{src, alt, caption, credit}`."""
    fact = find(facts, "image")
    if fact is None:
        return None
    if isinstance(fact.value, str):
        return Image(url=fact.value.strip())
    if not isinstance(fact.value, dict):
        raise ArticleError("no address for image", "write image: pic.png", fact.line)
    told = {
        key.lower(): markup.line(value)
        for key, value in fact.value.items()
        if isinstance(value, str)
    }
    url = told.get("src") or told.get("url") or told.get("path") or ""
    found = Image(
        url, told.get("alt", ""), told.get("caption", ""), told.get("credit", "")
    )
    return found if found != Image() else None


def language(facts: Facts) -> str:
    """A language tag (BCP 47), `_` read as `-`; "" where it is not one."""
    tag = text(facts, "language")
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else ""


def comments(facts: Facts) -> str:
    """`closed`, `open` or "" where nobody said."""
    fact = find(facts, "comments")
    word = str(fact.value).lower() if fact else ""
    if word in _FALSE or word == "closed":
        return "closed"
    return "open" if word in _TRUE or word == "open" else ""
