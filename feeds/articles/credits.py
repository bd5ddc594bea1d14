"""Where an article is from, and what may be done with it."""

import re

from feeds import licenses, markup
from feeds.articles.facts import first, lowered, truth_of
from feeds.articles.names import find
from feeds.feed import Source
from feeds.notation import Facts

_LINKED = re.compile(r"\[(?P<title>[^\[\]]+)\]\((?P<url>\S+)\)")


def source(facts: Facts) -> Source | None:
    """Where the article is from: an address, a name, or both.

    Both are a mapping, or a link such as Markdown has it.
    """
    fact = find(facts, "source")
    if fact is None:
        return None
    told = lowered(fact.value)
    title = markup.line(first(told, "title", "name"))
    url = markup.http_url(first(told, "url", "link", "href"))
    if isinstance(fact.value, str):
        linked = _LINKED.fullmatch(fact.value.strip())
        url = markup.http_url(linked["url"] if linked else fact.value)
        title = linked["title"] if linked and url else "" if url else fact.value
        title = markup.line(title)
    return Source(title, url) if title or url else None


def rights(facts: Facts) -> str:
    """What may be done with the article, in words: of a licence without an address too.

    "" where nobody said.
    """
    if told := _notice(facts, "rights"):
        return told
    named = _notice(facts, "license")
    return "" if licenses.address(named) else named


def license(facts: Facts) -> str:
    """The address of the licence that the article is under, or ""."""
    return licenses.address(_notice(facts, "license"))


def _notice(facts: Facts, name: str) -> str:
    fact = find(facts, name)
    value = fact.value if fact else None
    if isinstance(value, dict):
        told = lowered(value)
        value = first(told, "url", "link", "href") or first(told, "name", "text")
    # To some themes a mere yes or no shows or hides a notice of their own.
    is_words = isinstance(value, str) and truth_of(value) is None
    return markup.told(str(value)) if is_words else ""
