"""The people that a header names, and those that a site knows by a key."""

import re
from collections.abc import Mapping, Sequence

from feeds import markup
from feeds.articles.facts import first, lowered, truth_of, words
from feeds.articles.names import find
from feeds.errors import ArticleError
from feeds.feed import Author, Person
from feeds.notation import Facts, Value

# What those who are heard are by the key that names them (podcast:person).
_ROLES = {"hosts": "host", "guests": "guest", "persons": ""}
_PERSON = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")


def authors(
    facts: Facts, known: Mapping[str, Author]
) -> tuple[tuple[Author, ...], list[ArticleError]]:
    """Return the people a header names, and the keys that the site does not know.

    Each is text, a mapping, or a key of `known`; a key is only missed where the site
    has a table at all.
    """
    fact = find(facts, "authors")
    if fact is None:
        return (), []
    values: Sequence[Value]
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    if fact is facts.get("authors") and isinstance(fact.value, str):
        # Pelican's and MultiMarkdown's way to write a list.
        values = fact.value.split(";" if ";" in fact.value else ",")
    found, faults = [], []
    for value in values:
        key = value.strip().lower() if isinstance(value, str) else ""
        person = known.get(key) or author(value)
        if person is None:
            continue
        found.append(person)
        is_key = isinstance(value, str) and " " not in person.name
        if known and is_key and person not in known.values():
            fix = f"known: {', '.join(known)}"
            faults.append(
                ArticleError(f"no author {person.name!r}", fix, fact.line, "author")
            )
    return tuple(dict.fromkeys(found)), faults


def author(value: Value) -> Author | None:
    """`Ann`, `Ann <ann@example.org>` or `{name, email, uri}` as an Author."""
    if isinstance(value, dict):
        told = {key.lower(): v for key, v in value.items() if isinstance(v, str)}
        name = markup.line(told.get("name") or told.get("display_name") or "")
        email = markup.line(told.get("email") or "")
        addresses = (told.get(key) for key in ("uri", "url", "web", "website", "link"))
        uri = markup.http_url(next(filter(None, addresses), ""))
        return Author(name or email, email, uri) if name or email else None
    name = markup.told(value) if isinstance(value, str) else ""
    if match := _PERSON.fullmatch(name):
        return Author(match["name"] or match["email"], match["email"])
    return Author(name) if name else None


def persons(facts: Facts, known: Mapping[str, Author]) -> tuple[Person, ...]:
    """The people who are heard: hosts, guests, then those who have a role told.

    Each is text, a mapping, or a key of `known`.
    """
    found = (
        _person(value, role, known)
        for name, role in _ROLES.items()
        for value in _several(facts, name)
    )
    return tuple(dict.fromkeys(person for person in found if person))


def _several(facts: Facts, name: str) -> Sequence[Value]:
    fact = find(facts, name)
    value = fact.value if fact else None
    if isinstance(value, str):
        # Elsewhere such keys switch something on, or count those at a table.
        is_named = truth_of(value) is None and not value.isdecimal()
        return [*words(value)] if is_named else []
    return value if isinstance(value, list) else [value]


def _person(value: Value, role: str, known: Mapping[str, Author]) -> Person | None:
    key = value.strip().lower() if isinstance(value, str) else ""
    named = known.get(key) or author(value)
    if named is None:
        return None
    told = lowered(value)
    # A guest's own role is mostly a trade, such as `engineer`: who sat where counts.
    return Person(
        named.name,
        role or markup.line(first(told, "role")).lower(),
        markup.line(first(told, "group")).lower(),
        first(told, "image", "img"),
        markup.http_url(first(told, "href")) or named.uri,
    )
