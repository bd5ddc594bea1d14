"""Every article of a site in one list: what it is called, and whether it is out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from feeds.articles.article import Article
from feeds.articles.formats import BY_SUFFIX, UNREAD, suffix_of
from feeds.articles.history import first_commits
from feeds.articles.library import Library
from feeds.edition import Edition
from feeds.errors import Problem
from feeds.offers import labels_of
from feeds.site import Site

#: What an article can be; the first that is true of it counts.
STATES = ("broken", "draft", "expired", "scheduled", "unlisted", "undated", "published")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a list has it.

    `state` is one of STATES: an undated one is published, and so is one that is
    unlisted. `dated` tells where the date is from: `header`, `path`, `git`, `first
    seen`, or "" where there is none. `address` is that of its page, "" where it has
    none; `labels` are its categories and tags, and `problem` is why it is broken.
    """

    path: str
    state: str
    title: str = ""
    date: datetime | None = None
    dated: str = ""
    address: str = ""
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    problem: str = ""


def listed(site: Site) -> tuple[Listed, ...]:
    """The articles newest first, then those that have no date."""
    edition = site.edition
    library = edition.library
    problems = _errors(site)
    commits: Mapping[str, datetime] = {}
    if any(article.undated for article in library.articles):
        commits = first_commits(library.root)
    together = Counter(commits.values())
    found = []
    for article in library.articles:
        commit = commits.get(article.path)
        is_of = commit is not None and _is_of(article, commit, together[commit])
        found.append(_listed(article, edition, problems, is_of))
    unread = [path for path in _unread(library) if path in problems]
    return (*found, *(Listed(p, "broken", problem=problems[p]) for p in unread))


def _unread(library: Library) -> Iterator[str]:
    """The files of writing that are no article, whatever the reason."""
    known = {article.path for article in library.articles}
    refused = (problem.path for problem in library.refused)
    for path in sorted({*library.contents.files, *refused} - known):
        if suffix_of(path) in {*BY_SUFFIX, *UNREAD}:
            yield path


def _errors(site: Site) -> Mapping[str, str]:
    """What is wrong with each file that is not published for it."""
    errors = [each for each in site.problems if each.severity == "error"]
    return {each.path: _told(each) for each in reversed(errors)}


def _told(problem: Problem) -> str:
    return f"{problem.found} ({problem.fix})"


def _listed(
    article: Article, edition: Edition, problems: Mapping[str, str], is_committed: bool
) -> Listed:
    page = edition.addresses.pages.get(article.path)
    return Listed(
        article.path,
        "broken" if article.path in problems else _state(article, edition.now),
        article.title,
        article.published,
        _dated(article, is_committed),
        edition.config.home + quote(page) if page is not None else "",
        labels_of(article),
        tuple(author.name for author in article.authors),
        problems.get(article.path, ""),
    )


def _state(article: Article, now: datetime) -> str:
    if article.draft:
        return "draft"
    if article.expires is not None and article.expires <= now:
        return "expired"
    if article.published is not None and article.published > now:
        return "scheduled"
    if not article.listed:
        return "unlisted"
    return "undated" if article.undated else "published"


def _dated(article: Article, is_committed: bool) -> str:
    if article.undated:
        return "git" if is_committed else "first seen"
    if article.published is None:
        return ""
    return "path" if article.published == article.place.date else "header"


def _is_of(article: Article, commit: datetime, count: int) -> bool:
    """Whether the article is dated by a commit, all `count` files of it differently."""
    published = article.published
    before = commit - published if published else timedelta(-1)
    return timedelta() <= before < timedelta(seconds=count)
