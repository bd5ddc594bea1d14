"""What subscribers know of the articles that are out."""

from collections.abc import Iterator, Mapping

from feeds.addresses import Addresses
from feeds.articles.article import Article
from feeds.articles.withdrawal import Published


class Publication(Mapping[str, Published]):
    """What subscribers know of each article, by path; there may be very many."""

    def __init__(self, articles: Mapping[str, Article], addresses: Addresses) -> None:
        self._articles = articles
        self._pages = addresses.pages

    def __getitem__(self, path: str) -> Published:
        article = self._articles[path]
        aliases = (f"{alias}/" for alias in article.aliases)
        return Published(article.id, (self._pages[path], *aliases))

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)
