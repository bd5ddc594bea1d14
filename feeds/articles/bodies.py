"""The bodies of articles, apart from what the articles say of themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from feeds.articles.article import Article
from feeds.errors import Problem


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read: how it looked, a name for its content, what it says.

    `look` is "" where it may change and look the same; `body` is None where it is kept.
    """

    look: str
    key: bytes
    article: Article
    body: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the site when an article was published, and what was wrong.

    `facts` know the article again; `addresses` are those in it that lead into the site,
    as written; `files` the addresses of media whose files would be measured.
    """

    facts: str
    addresses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Bodies(Protocol):
    """Where bodies are, by the digests of their articles.

    And what was asked when articles were published, where that is kept.
    """

    def __getitem__(self, digest: str, /) -> str:
        """The body with that digest; KeyError where it is not known."""

    def take(self, bodies: "Bodies", articles: Iterable[Article], /) -> None:
        """Have the bodies of `articles` from elsewhere."""

    def leave(self, gone: Iterable[str], now: datetime, /) -> None:
        """Keep no longer, but for a while, what was read at the paths `gone`."""

    def keep(self, kept: Iterable[Kept], now: datetime, /) -> None:
        """Keep what was read."""

    def asked(self) -> Mapping[str, Asked]:
        """What was asked when articles were published, by their paths."""

    def note(self, asked: Mapping[str, Asked], /) -> None:
        """Keep what was asked, by path."""


class InMemory:
    """Bodies in memory: of a library alone, so there is nothing to be forgotten."""

    def __init__(self) -> None:
        self._bodies: dict[str, str] = {}

    def __getitem__(self, digest: str) -> str:
        """The body with that digest; KeyError where it is not known."""
        return self._bodies[digest]

    def take(self, bodies: Bodies, articles: Iterable[Article]) -> None:
        """Have the bodies of `articles` from elsewhere."""
        for article in articles:
            if article.digest:
                self._bodies[article.digest] = bodies[article.digest]

    def leave(self, gone: Iterable[str], now: datetime) -> None:
        """Nothing is here of what is gone."""

    def keep(self, kept: Iterable[Kept], now: datetime) -> None:
        """Keep what was read."""
        self._bodies |= {each.article.digest: each.body or "" for each in kept}

    def asked(self) -> Mapping[str, Asked]:
        """Nothing: little is published as fast as it is looked up."""
        return {}

    def note(self, asked: Mapping[str, Asked]) -> None:
        """Keep nothing."""
