"""Where paths lead at which nothing lies: what moved, and what is gone."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from feeds.addresses import PAGE, Addresses
from feeds.articles import withdrawal
from feeds.articles.article import Article
from feeds.articles.memory import Memory
from feeds.articles.withdrawal import Published
from feeds.documents.formats import FORMATS
from feeds.navigation import formats_of
from feeds.offers import Offer


@dataclass(frozen=True, slots=True)
class Signposts:
    """What answers at paths without a document.

    `gone` are paths of documents that will not come back; `moved` leads from feed
    documents to the addresses where they are from now on; `former` from where articles
    were, with no slash at the end, to the places of their pages.
    """

    gone: frozenset[str]
    moved: Mapping[str, str]
    former: Mapping[str, str]


def signposts(
    offers: Iterable[Offer],
    shelves: Iterable[str],
    addresses: Addresses,
    memories: Mapping[str, Memory],
) -> Signposts:
    """The signposts of a site with these feeds, pages and memories."""
    offers = list(offers)
    live = {*addresses.pages.values(), *shelves}
    return Signposts(
        gone=_gone(offers, memories, live),
        moved={
            offer.place + form.filename: offer.moved
            for offer in offers
            for form in formats_of(offer)
            if offer.moved
        },
        former=_former(addresses, memories) | addresses.aliases,
    )


def _gone(
    offers: Iterable[Offer], memories: Mapping[str, Memory], live: Container[str]
) -> frozenset[str]:
    feeds = [offer.place for offer in offers if offer.gone]
    places = (*feeds, *withdrawal.lost(memories, live))
    documents = (place + form.filename for place in feeds for form in FORMATS.values())
    pages = (name for place in places for name in (place + PAGE, place.strip("/")))
    return frozenset((*documents, *pages))


def _former(addresses: Addresses, memories: Mapping[str, Memory]) -> dict[str, str]:
    """Where articles were that have moved, as far as the ledger remembers."""
    return {
        former.strip("/"): place
        for path, place in addresses.pages.items()
        if path in memories
        for former in memories[path].addresses[1:]
    }


class Out(Mapping[str, Published]):
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
