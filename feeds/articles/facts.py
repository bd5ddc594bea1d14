"""The values of a header, read as the facts that they mean."""

import re
from datetime import UTC, datetime, tzinfo
from typing import NoReturn

from feeds import dates, markup
from feeds.articles.names import find
from feeds.errors import ArticleError
from feeds.feed import Comments
from feeds.notation import Fact, Facts, Value

_YES = frozenset({"true", "yes", "on", "1", "y", "t"})
_NO = frozenset({"false", "no", "off", "0", "n", "f"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*(\.[A-Za-z0-9-]+)?")
_UNPUBLISHED = frozenset({"draft", "private", "hidden", "pending", "trash", "review"})
_ESSENTIAL = frozenset({"title", "slug", "id"})
_OPEN = {
    "open": True,
    "enabled": True,
    "closed": False,
    "disabled": False,
    "none": False,
}
_ADDRESS = re.compile(r"\S*[:/]\S*")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _refuse(found: str, fix: str, fact: Fact, code: str = "fact") -> NoReturn:
    raise ArticleError(found, fix, fact.line, code)


def text(facts: Facts, name: str) -> str:
    """A fact as one line of text; "" where there is none.

    What an article cannot do without must be text; of the rest, a list will do.
    """
    fact = find(facts, name)
    if fact is None:
        return ""
    if isinstance(fact.value, str):
        return markup.line(fact.value)
    if name in _ESSENTIAL:
        _refuse(f"no text for {name}", f"write {name}: words", fact)
    return ", ".join(words(fact.value)) if isinstance(fact.value, list) else ""


def date(facts: Facts, name: str, zone: tzinfo = UTC) -> datetime | None:
    """A fact as an aware datetime, in `zone` where it names none itself.

    ArticleError where that would be a guess.
    """
    published = facts.get("published")
    if published is not None and truth_of(published.value) is not None:
        # Jekyll's `published: false` is no date; see is_draft.
        facts = {key: fact for key, fact in facts.items() if key != "published"}
    fact = find(facts, name)
    if fact is None:
        return None
    try:
        return dates.parse(fact.value if isinstance(fact.value, str) else "", zone)
    except ValueError:
        _refuse(
            f"not a date: {fact.value!r:.60}",
            "write it as 2024-01-31 or 2024-01-31T09:30:00+01:00",
            fact,
            "date",
        )


def truth(facts: Facts, name: str) -> bool | None:
    """A fact as yes or no; None where there is none."""
    fact = find(facts, name)
    if fact is None:
        return None
    answer = truth_of(fact.value)
    if answer is None:
        fix = f"write {name}: true or {name}: false"
        _refuse(f"neither true nor false: {fact.value!r:.60}", fix, fact)
    return answer


def truth_of(value: Value) -> bool | None:
    """Yes or no in any of the words for it, None for anything else."""
    word = value.strip().lower() if isinstance(value, str) else ""
    return True if word in _YES else False if word in _NO else None


def is_draft(facts: Facts) -> bool:
    """Whether the author keeps the article back, in any of the ways to say so."""
    published = facts.get("published")
    return (
        bool(truth(facts, "draft"))
        or bool(truth(facts, "private"))
        or (published is not None and truth_of(published.value) is False)
        or text(facts, "status").lower() in _UNPUBLISHED
    )


def is_listed(facts: Facts) -> bool:
    """Whether the article is to be in feeds and lists, and not just at its address."""
    feed = find(facts, "feed")
    unlisted = find(facts, "unlisted")
    return not (
        (feed is not None and truth_of(feed.value) is False)
        or (unlisted is not None and truth_of(unlisted.value) is True)
        or text(facts, "status").lower() == "unlisted"
    )


def labels(facts: Facts, name: str, spaced: bool) -> tuple[str, ...]:
    """Categories or tags, each once, as the author ordered them.

    `spaced`: text without commas is parted at spaces.
    """
    fact = find(facts, name)
    separator = " " if spaced and fact is facts.get(name) else ","
    found: dict[str, str] = {}
    for word in words(fact.value if fact else None, separator):
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


def words(value: Value, separator: str = ",") -> list[str]:
    """A list of texts; or text, parted at commas, or at `separator` if it has none.

    Text in brackets is a list that its notation had no lists for.
    """
    if isinstance(value, dict):
        value = list(value)
    if isinstance(value, str):
        inner = value.strip().removeprefix("[").removesuffix("]")
        parts = inner.split("," if "," in inner else separator)
        value = [part.strip().strip("\"'") for part in parts]
    lines = (markup.line(part) for part in value or [] if isinstance(part, str))
    return [line for line in lines if line]


def language(facts: Facts) -> str:
    """A language tag (BCP 47), of a locale such as pt_BR.UTF-8 too, or ""."""
    fact = find(facts, "language")
    several = words(fact.value) if fact and isinstance(fact.value, list) else []
    return tag_of(several[0] if several else text(facts, "language"))


def tag_of(told: str) -> str:
    """The language tag that some text is, or ""."""
    tag = told.partition(".")[0]
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else ""


def identifier(facts: Facts) -> str:
    """The author's own id: a URI, or some text that names the article."""
    told = text(facts, "id")
    return f"urn:uuid:{told.lower()}" if _UUID.fullmatch(told) else told


def comments(facts: Facts) -> tuple[Comments | None, list[ArticleError]]:
    """Where comments are and whether there can be more, and what is no address of it.

    None where nobody said.
    """
    fact = find(facts, "comments")
    if fact is None:
        return None, []
    value = fact.value
    if isinstance(value, str):
        value = {"url" if _ADDRESS.fullmatch(value.strip()) else "state": value}
    told = lowered(value)
    state = first(told, "state", "status", "open", "enabled", "enable").lower()
    is_open = _OPEN.get(state, truth_of(state))
    count = first(told, "count")
    url, feed = first(told, "url", "link"), first(told, "feed", "rss")
    found = Comments(
        is_open is not False,
        markup.http_url(url),
        int(count) if count.isdecimal() and len(count) < 10 else None,
        markup.http_url(feed),
    )
    is_said = is_open is not None or found != Comments()
    return found if is_said else None, _no_addresses(fact, url, feed)


def _no_addresses(fact: Fact, *told: str) -> list[ArticleError]:
    fix = "write it as https://example.org/talk/7"
    return [
        ArticleError(f"not an address: {word!r:.60}", fix, fact.line, "fact")
        for word in told
        if word and truth_of(word) is None and not markup.http_url(word)
    ]


def lowered(value: Value) -> dict[str, Value]:
    """A mapping with its names in lower case; an empty one for anything else."""
    if not isinstance(value, dict):
        return {}
    return {key.lower(): inner for key, inner in value.items()}


def first(told: dict[str, Value], *names: str) -> str:
    """The first of some names in a mapping that has a text."""
    values = (told.get(name) for name in names)
    return next((v.strip() for v in values if isinstance(v, str) and v.strip()), "")


def link(facts: Facts) -> str:
    """The address that a link post is about, or ""."""
    fact = find(facts, "link")
    return markup.http_url(fact.value) if fact and isinstance(fact.value, str) else ""


def address(facts: Facts) -> str:
    """The path at which the author wants the article, without the slashes around."""
    fact = find(facts, "address")
    return path_of(fact.value) if fact and isinstance(fact.value, str) else ""


def aliases(facts: Facts) -> tuple[str, ...]:
    """The paths at which the article was before."""
    fact = find(facts, "aliases")
    told = words(fact.value) if fact else []
    return tuple(path for word in told if (path := path_of(word)))


def path_of(address: str) -> str:
    """The path of an address on the site, without the slashes around it.

    Patterns and templates are a site's to fill in, not ours to guess: "".
    """
    if truth_of(address) is not None:  # Eleventy's `permalink: false`
        return ""
    path = re.sub(r"^https?://[^/]*", "", markup.line(address))
    path = re.sub(r"(^|/)index\.html?$|\.html?$", "", path).strip("/")
    return "" if re.search(r"[:{}\[\]?#\\]|(^|/)\.\.?(/|$)", path) else path
