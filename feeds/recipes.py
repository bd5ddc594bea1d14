"""Every document of an edition: at which path it lies, and what makes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import selection, views
from feeds.addresses import PAGE
from feeds.articles.article import Article
from feeds.composition import STYLESHEET
from feeds.documents import opml, pages, robots, sitemap
from feeds.documents.document import FeedFormat
from feeds.navigation import formats_of
from feeds.shelves import Shelf

if TYPE_CHECKING:
    from feeds.edition import Edition

NOT_FOUND = "404.html"
OPML = "feeds.opml"
ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
CSS = "feeds.css"
#: The documents that every site has, at these paths.
FIXED = (NOT_FOUND, OPML, ROBOTS, SITEMAP, CSS, STYLESHEET)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The media type that a document will have, and what makes it of an edition.

    `subject` is what it is about, where that is one article or feed.
    """

    media_type: str
    make: Callable[["Edition"], bytes]
    subject: Article | Shelf | None = None


class Recipes:
    """The recipe of each path of an edition; those of articles are made when asked.

    It does not know the edition: that is to be freed as soon as nobody has it.
    """

    def __init__(self, edition: "Edition") -> None:
        pages = edition.addresses.pages
        self._articles = {pages[article.path]: article for article in edition.articles}
        self._rest = {**_pages(edition), **_files(edition)}
        self._maps: Mapping[str, Recipe] | None = None
        self._shelves: dict[str, Recipe] = {}
        for shelf in reversed(edition.shelves.values()):
            self._shelves |= _of_shelf(shelf)

    def paths(self, edition: "Edition") -> Iterator[str]:
        """Every path; feeds come after what they point to, the site's own last.

        What is made of the same articles comes together, so that they are published
        once for it.
        """
        yield from (place + PAGE for place in self._articles)
        yield from self._rest
        yield from self._sitemaps(edition)
        yield from self._shelves

    def get(self, path: str, edition: "Edition") -> Recipe | None:
        """The recipe of the document at `path`, or None where none lies."""
        found = self._rest.get(path) or self._shelves.get(path)
        if found is None and path.startswith("sitemap"):
            return self._sitemaps(edition).get(path)
        if found is None and path.endswith(PAGE):
            place = path.removesuffix(PAGE)
            if (article := self._articles.get(place)) is not None:
                make = partial(views.article, article=article, place=place)
                return Recipe(pages.HTML, make, article)
        return found

    def _sitemaps(self, edition: "Edition") -> Mapping[str, Recipe]:
        if self._maps is None:
            self._maps = _sitemaps(edition)
        return self._maps


def _pages(edition: "Edition") -> dict[str, Recipe]:
    found = {}
    for folder, (title, links) in edition.navigation.folders.items():
        make = partial(views.directory, folder=folder, title=title, links=links)
        found[folder + PAGE] = Recipe(pages.HTML, make)
    found[NOT_FOUND] = Recipe(pages.HTML, views.not_found)
    return found


def _of_shelf(shelf: Shelf) -> dict[str, Recipe]:
    """The page of a feed, and then the feed in each format."""
    place = shelf.place
    found = {
        place + PAGE: Recipe(pages.HTML, partial(views.listing, shelf=shelf), shelf)
    }
    for form in formats_of(shelf.offer):
        make = partial(_feed, form=form, place=place)
        found[place + form.filename] = Recipe(form.content_type, make, shelf)
    return found


def _files(edition: "Edition") -> dict[str, Recipe]:
    """Stylesheets, and what is for programs."""
    return {
        CSS: Recipe(pages.CSS, lambda e: pages.source(CSS, e.theme)),
        STYLESHEET: Recipe(pages.CSS, lambda e: pages.source(STYLESHEET, e.theme)),
        ROBOTS: Recipe(robots.MEDIA_TYPE, _robots),
        OPML: Recipe(opml.MEDIA_TYPE, _opml),
    }


def _feed(edition: "Edition", form: FeedFormat, place: str) -> bytes:
    return edition.feed_in(form, place)


def _robots(edition: "Edition") -> bytes:
    return robots.render(edition.config.home + SITEMAP)


def _sitemaps(edition: "Edition") -> dict[str, Recipe]:
    """The sitemap, in several files where one would be too large.

    Its pages are listed anew for each: to keep them would cost more than all else that
    is kept of the articles.
    """
    home, parts = edition.config.home, sitemap.parts(_mapped(edition))
    if len(parts) < 2:
        return {SITEMAP: Recipe(sitemap.MEDIA_TYPE, partial(_sitemap, number=0))}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = [
        (home + name, max(page.modified for page in part))
        for name, part in zip(names, parts, strict=True)
    ]
    found = {
        name: Recipe(sitemap.MEDIA_TYPE, partial(_sitemap, number=number))
        for number, name in enumerate(names)
    }
    found[SITEMAP] = Recipe(sitemap.MEDIA_TYPE, lambda _: sitemap.index(listed))
    return found


def _sitemap(edition: "Edition", number: int) -> bytes:
    parts = sitemap.parts(_mapped(edition)) or [()]
    return sitemap.render(parts[number])


def _mapped(edition: "Edition") -> list[sitemap.Page]:
    """The pages for search engines: of feeds, and of articles that are listed."""
    home, pages_of = edition.config.home, edition.addresses.pages
    variants = edition.translations
    changed = {
        article.path: selection.updated_of(article, edition.now)
        for article in edition.articles
    }
    listed = [
        sitemap.Page(
            home + quote(pages_of[article.path]),
            changed[article.path],
            variants.get(article.path, ()),
        )
        for article in edition.articles
        if article.listed
    ]
    shelves = [
        sitemap.Page(
            home + quote(shelf.place),
            max(changed[article.path] for article in shelf.articles),
        )
        for shelf in edition.shelves.values()
        if shelf.articles
    ]
    return [*shelves, *listed]


def _opml(edition: "Edition") -> bytes:
    config = edition.config
    outlines, groups = edition.navigation.outlines()
    updated = edition.feeds.head("").updated
    return opml.render(config.title, config.author, updated, outlines, groups)
