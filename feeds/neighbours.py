"""Which articles come before and after one, for who reads on."""

from bisect import bisect_left
from collections.abc import Iterable

from feeds.articles.article import Article


class Neighbours:
    """The listed articles of a site beside each, by date, in the language of each."""

    def __init__(self, articles: Iterable[Article], language: str) -> None:
        self._language = language
        self._listed: dict[str, list[Article]] = {}
        for article in articles:
            if article.listed:
                self._listed.setdefault(self._spoken(article), []).append(article)

    def of(self, article: Article) -> tuple[Article | None, Article | None]:
        """The next newer article and the next older; neither where it is not listed."""
        if not article.listed:
            return None, None
        # Looked for by date: a place remembered for each of very many costs more.
        listed = self._listed[self._spoken(article)]
        at = bisect_left(listed, _order(article), key=_order)
        newer = listed[at - 1] if at else None
        return newer, listed[at + 1] if at + 1 < len(listed) else None

    def _spoken(self, article: Article) -> str:
        return article.language or self._language


def _order(article: Article) -> tuple[float, str]:
    assert article.published is not None
    return -article.published.timestamp(), article.path
