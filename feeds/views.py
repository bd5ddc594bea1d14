"""What each page shows of an edition."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from feeds.articles.article import Article
from feeds.documents import pages
from feeds.documents.words import words_of
from feeds.errors import NotFound
from feeds.feed import Entry, Feed, Image
from feeds.offers import FOLDERS, labels_of
from feeds.selection import titled
from feeds.shelves import Shelf

if TYPE_CHECKING:
    from feeds.edition import Edition


def around(edition: "Edition", place: str, root: str | None = None) -> pages.Around:
    """What a page at `place` has around what it shows."""
    navigation = edition.navigation
    own = edition.shelves.get(place)
    offer = own.offer.place if own else ""
    root = "../" * place.count("/") if root is None else root
    # Most pages are of articles, and have the same around them.
    known = navigation.around.get(root) if not offer else None
    if known is not None:
        return known
    offered, shown = navigation.offered(offer), navigation.subscriptions(offer)
    made = pages.around(edition.feeds.head(""), root, offered, shown, edition.theme)
    if not offer:
        navigation.around[root] = made
    return made


def article(edition: "Edition", article: Article, place: str) -> bytes:
    published = edition.published(article)
    entry = published.entry
    if entry is None:
        raise NotFound(place)
    navigation = edition.navigation
    tags = (
        pages.Link(label, navigation.path("tag", label)) for label in labels_of(article)
    )
    people = _people(edition, [entry])
    variants = edition.translations.get(article.path, ())
    newer, older = (_link(edition, a) for a in edition.neighbours.of(article))
    beside = pages.Beside(tuple(tags), variants, newer, older)
    ground = around(edition, place)
    visits = edition.visits_of(article)
    return pages.article(entry, published.minutes, beside, people, ground, visits)


def _link(edition: "Edition", article: Article | None) -> pages.Link | None:
    if article is None:
        return None
    return pages.Link(titled(article), quote(edition.addresses.pages[article.path]))


def listing(edition: "Edition", shelf: Shelf) -> bytes:
    ground = around(edition, shelf.place)
    feed = edition.feeds.whole(shelf.place)
    heading, ways = _way_to(edition, shelf)
    about = feed.authors[0].uri if shelf.offer.kind == "author" else ""
    shown = pages.Listing(
        feed,
        edition.config.home + quote(shelf.place),
        f"{feed.title} – {heading}" if shelf.archive else feed.title,
        heading,
        tuple(_teasers(edition, shelf)),
        ways,
        () if shelf.place else edition.navigation.groups(),
        is_archive=bool(shelf.archive),
        picture=_picture(edition, shelf, feed),
        about="" if shelf.archive else about,
    )
    return pages.listing(shown, _people(edition, feed.entries), ground)


def _teasers(edition: "Edition", shelf: Shelf) -> Iterator[pages.Teaser]:
    for article in shelf.articles:
        published = edition.published(article)
        if published.entry is not None:
            path = quote(edition.addresses.pages[article.path])
            picture = _shown(edition, published.entry.image)
            yield pages.Teaser(published.entry, path, published.minutes, picture)


def _shown(edition: "Edition", image: Image | None) -> Image | None:
    """A picture of somebody else's, or one of ours that is there."""
    home = edition.config.home
    if image is None or not image.url:
        return None
    is_ours = image.url.startswith(home)
    return None if is_ours and not edition.addresses.file(image.url, home) else image


def _way_to(edition: "Edition", shelf: Shelf) -> tuple[str, tuple[pages.Link, ...]]:
    """What stands above the page of a feed or archive, and what leads there."""
    offer, ways = shelf.offer, [pages.Link(edition.config.title)]
    if offer.kind in FOLDERS:
        title = edition.navigation.title(offer.kind)
        ways.append(pages.Link(title, FOLDERS[offer.kind]))
    if not shelf.archive:
        return offer.label, tuple(ways) if offer.place else ()
    if offer.place:
        ways.append(pages.Link(offer.label, quote(offer.place)))
    return _month(shelf.archive, edition.config.language), tuple(ways)


def _month(archive: str, language: str) -> str:
    """`2024-05-2` as people say it: May 2024 (2)."""
    year, month, *part = map(int, archive.split("-"))
    said = words_of(language).month(date(year, month, 1))
    said = said[:1].upper() + said[1:]
    return f"{said} ({part[0]})" if part else said


def _picture(edition: "Edition", shelf: Shelf, feed: Feed) -> str:
    """The picture above a page: the site's on its front page, a feed's own on its."""
    if shelf.archive:
        return ""
    if not shelf.place:
        return feed.icon or feed.image
    return feed.image if shelf.offer.image != edition.config.image else ""


def _people(edition: "Edition", entries: Iterable[Entry]) -> dict[str, str]:
    """The path of each author's page by the name."""
    names = {author.name for entry in entries for author in entry.authors}
    return {name: edition.navigation.path("author", name) for name in names}


def directory(
    edition: "Edition", folder: str, title: str, links: Iterable[pages.Link]
) -> bytes:
    url = edition.config.home + folder
    return pages.directory(title, tuple(links), url, around(edition, folder))


def not_found(edition: "Edition") -> bytes:
    # It is shown at any depth, so its links start at the root of the host.
    root = urlsplit(edition.config.home).path
    return pages.not_found(around(edition, "", root))
