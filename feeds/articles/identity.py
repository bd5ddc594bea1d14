"""Ids that depend on neither host, slug, title nor date."""

from collections.abc import Iterable
from urllib.parse import quote

from feeds import markup
from feeds.articles.article import Article
from feeds.errors import Problem


def identify(
    articles: Iterable[Article], site_id: str
) -> tuple[dict[str, str], list[Problem]]:
    """Return each article's id by its path, and the ids that two articles claim.

    Two entries with one id are one to a reader, so the later of them gets the id
    that it would have had without (RFC 4287 4.2.6: an id never changes).
    """
    ids: dict[str, str] = {}
    taken: dict[str, str] = {}
    problems = []
    for article in sorted(articles, key=_age):
        wanted = _own(article, site_id)
        if wanted in taken:
            first = taken[wanted]
            found = f"the id of {first} again: {article.id!r}"
            problems.append(
                Problem(article.path, 1, found, "give it an id of its own", "warning")
            )
        if not wanted or wanted in taken:
            wanted = mint(site_id, article.path)
        ids[article.path] = wanted
        taken.setdefault(wanted, article.path)
    return ids, problems


def mint(site_id: str, name: str) -> str:
    """The id of what is called `name` on the site: ASCII, ready for a URI."""
    return site_id + quote(name, safe="/~")


def _own(article: Article, site_id: str) -> str:
    if not article.id or markup.is_uri(article.id):
        return article.id
    return mint(site_id, article.id)


def _age(article: Article) -> tuple[bool, float, str]:
    published = article.published
    when = published.timestamp() if published else 0.0
    return published is None, when, article.path
