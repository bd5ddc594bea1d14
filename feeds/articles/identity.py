"""Ids that survive edits, new titles, slugs and hosts, and files that move."""

from collections.abc import (
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

from feeds import dates, markup
from feeds.articles.article import Article
from feeds.articles.memory import Memory, digest
from feeds.errors import Problem

_SECOND = timedelta(seconds=1)


def follow(
    articles: Sequence[Article],
    present: Container[str],
    memories: Mapping[str, Memory],
    first_dates: Mapping[str, datetime],
    now: datetime,
    unchanged: Container[str] = (),
) -> tuple[dict[str, Memory], set[str]]:
    """What is to be remembered of `articles` now, and the paths to be forgotten.

    An article at a new path is one that lay elsewhere, and is gone from there (no file
    of that path is `present`), if its body is the same, or its title and date; then it
    keeps its name and all else that is remembered of it. So it does if it has the same
    id of its author's. What is new is first seen at its `first_dates`, else now, no
    two undated ones at one instant. Of articles that are `unchanged` since they were
    followed, all is remembered already.
    """
    gone = {path: memory for path, memory in memories.items() if path not in present}
    names = {m.name for path, m in memories.items() if path in present}
    every = {memory.name for memory in memories.values()}
    moved = _Moved(gone, names)
    found: dict[str, Memory] = {}
    claimed: set[str] = set()
    dates_given = _Instants()
    for article in sorted(articles, key=lambda a: _turn(a, memories.get(a.path))):
        memory = memories.get(article.path)
        if memory is None or memory.name in claimed:
            memory = moved.take(article)
        if memory is None:
            first = first_dates.get(article.path, now).replace(microsecond=0)
            if article.published is None:
                first = dates_given.take(first)
            memory = Memory(first, _free(article.path, every))
            every.add(memory.name)
        claimed.add(memory.name)
        is_known = article.path in unchanged and memory is memories.get(article.path)
        found[article.path] = memory if is_known else _as_now(memory, article)
    return found, moved.paths


def _turn(article: Article, memory: Memory | None) -> tuple[bool, bool]:
    # Those whose authors give id and date need no memory, and take none from others.
    # Those that moved once come first: their name is where another may lie by now.
    needs_none = bool(article.id and article.published and not article.undated)
    return needs_none, memory is not None and memory.name == article.path


def _as_now(memory: Memory, article: Article) -> Memory:
    facts = _facts(article)
    told = (article.digest, facts, article.id)
    if (memory.content, memory.facts, memory.id) == told:
        return memory
    return replace(memory, content=article.digest, facts=facts, id=article.id)


class _Instants:
    """Gives every instant once: readers order by date, and validators want its own."""

    def __init__(self) -> None:
        self._given: dict[datetime, datetime] = {}

    def take(self, wanted: datetime) -> datetime:
        """The latest free instant that is not after `wanted`."""
        way = []
        free = wanted
        while free in self._given:
            way.append(free)
            free = self._given[free]
        before = free - _SECOND
        for passed in (*way, free):  # so that the next one need not come this way
            self._given[passed] = before
        return free


def _free(path: str, names: Container[str]) -> str:
    """A name for what is new: its path, unless what has moved away is called so."""
    while path in names:
        path += "~"
    return path


class _Moved:
    """The memories of files that are gone, each to be claimed once.

    `paths` are those from which files have moved.
    """

    def __init__(self, gone: Mapping[str, Memory], names: Container[str]) -> None:
        self.paths: set[str] = set()
        free = {path: m for path, m in gone.items() if m.name not in names}
        self._by_id = _unique((m.id, path) for path, m in free.items())
        self._by_content = _known_by(free, lambda memory: memory.content)
        self._by_facts = _known_by(free, lambda memory: memory.facts)
        self._memories = free

    def take(self, article: Article) -> Memory | None:
        """What is remembered of the file with the same id, content, or facts."""
        for path in (
            self._by_id.get(article.id),
            self._by_content.get(article.digest),
            self._by_facts.get(_facts(article)),
        ):
            if path is not None and path not in self.paths:
                self.paths.add(path)
                return self._memories[path]
        return None


def _known_by(
    memories: Mapping[str, Memory], fact: Callable[[Memory], str]
) -> dict[str, str]:
    # What has an id of its author's makes nothing without one harder to tell apart.
    plain = {fact(memory) for memory in memories.values() if not memory.id}
    return _unique(
        (fact(memory), path)
        for path, memory in memories.items()
        if not (memory.id and fact(memory) in plain)
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Only what can be told apart: of two with one digest neither is known again."""
    found: dict[str, str] = {}
    several = set()
    for key, path in pairs:
        if key in found:
            several.add(key)
        found[key] = path
    return {key: path for key, path in found.items() if key and key not in several}


def _facts(article: Article) -> str:
    if article.published is None or article.undated:
        return ""
    return digest(f"{article.title}\n{dates.rfc3339(article.published)}")


def identify(
    articles: Iterable[Article], names: Mapping[str, str], site_id: str
) -> tuple[Mapping[str, str], list[Problem]]:
    """Return each article's id by its path, and the ids that two articles claim.

    `names` has what ids are made from where it is not the path. Two entries with one
    id are one to a reader, so the later of them gets the id that it would have had
    without (RFC 4287 4.2.6: an id never changes).
    """
    every = {article.path: article for article in articles}
    minted = _Ids(every, names, site_id, {})
    chosen = sorted((a for a in every.values() if a.id), key=_age)
    owners = {minted[path]: path for path in every if not every[path].id and chosen}
    own: dict[str, str] = {}
    problems = []
    for article in chosen:
        is_uri = markup.is_uri(article.id)
        wanted = article.id if is_uri else mint(site_id, article.id)
        if wanted in owners:
            found = f"the id of {owners[wanted]} again: {article.id!r}"
            fix = "give it an id of its own"
            problems.append(
                Problem(article.path, 1, found, fix, "warning", code="id-twice")
            )
            wanted = minted[article.path]
            while wanted in owners:  # which someone else made their own
                wanted += "~"
        owners[wanted] = article.path
        own[article.path] = wanted
    return _Ids(every, names, site_id, own), problems


class _Ids(Mapping[str, str]):
    """The ids of articles by their paths: their `own`, else minted when asked for."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        names: Mapping[str, str],
        site_id: str,
        own: Mapping[str, str],
    ) -> None:
        self._articles = articles
        self._names = names
        self._site_id = site_id
        self._own = own

    def __getitem__(self, path: str) -> str:
        if path not in self._articles:
            raise KeyError(path)
        return self._own.get(path) or mint(self._site_id, self._names.get(path, path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


def mint(site_id: str, name: str) -> str:
    """The id of what is called `name` on the site: ASCII, ready for a URI."""
    return site_id + quote(name, safe="/~")


def _age(article: Article) -> tuple[bool, float, str]:
    published = article.published
    when = published.timestamp() if published else 0.0
    return published is None, when, article.path
