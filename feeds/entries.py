"""The articles of a site as entries: each published once, and anew when it changes."""

from collections.abc import Mapping
from datetime import datetime

from feeds.addresses import Addresses
from feeds.articles.article import Article
from feeds.articles.library import Library
from feeds.config import Config
from feeds.errors import ArticleError, Problem
from feeds.feed import Entry
from feeds.selection import Published, publish, still_holds, updated_of

# Of a hundred thousand, nobody asks for most again.
_MOST = 2_000


class Entries:
    """The entries of the articles of `library`, under their `ids`.

    What was published `before` is taken where it would be made again.
    """

    def __init__(
        self,
        library: Library,
        config: Config,
        ids: Mapping[str, str],
        addresses: Addresses,
        now: datetime,
        before: "Entries | None",
    ) -> None:
        self._library = library
        self._config = config
        self._ids = ids
        self._addresses = addresses
        self._now = now
        is_same = before is not None and before._config == config
        self._earlier = before._published if before and is_same else {}
        self._published: dict[str, Published] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}

    @property
    def found(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is wrong in the articles that were published so far, by path."""
        return self._problems

    def note(self, found: Mapping[str, tuple[Problem, ...]]) -> None:
        """Take up what was found wrong where articles were published elsewhere."""
        self._problems |= found

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in the articles that were published so far."""
        return [p for found in self._problems.copy().values() for p in found]

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each article, by its path."""
        return self._ids

    def updated(self, article: Article) -> datetime:
        """When the article last changed, or came back."""
        return updated_of(article, self._now, self._back(article.path))

    def of(self, article: Article) -> Entry | None:
        """The article as an entry; None if it cannot be, which is then a problem."""
        return self.published(article).entry

    def published(self, article: Article) -> Published:
        """The article as it was published, and what was asked for that."""
        path = article.path
        found = self._published.get(path)
        if found is None:
            found = self._kept(article) or self._publish(article)
            self._published[path] = found
            if found.problems:
                self._problems[path] = found.problems
            if len(self._published) > _MOST:
                self._published.pop(next(iter(self._published)), None)
        return found

    def _publish(self, article: Article) -> Published:
        path = article.path
        try:
            return publish(
                article,
                self._library.body(article),
                self._ids[path],
                self._config,
                self._addresses,
                self._now,
                self._back(path),
            )
        except ArticleError as error:
            return Published(article, None, (error.problem(path),))

    def _kept(self, article: Article) -> Published | None:
        """What was made of the article before, if it would be made again."""
        path = article.path
        kept = self._earlier.get(path)
        if kept is None or kept.entry is None or kept.article != article:
            return None
        told = self._ids[path], self.updated(article)
        if (kept.entry.id, kept.entry.updated) != told:
            return None
        return kept if still_holds(kept, self._config, self._addresses) else None

    def _back(self, path: str) -> datetime | None:
        """Since when it is published again, if it was not in between."""
        memory = self._library.memories.get(path)
        return memory.back if memory else None
