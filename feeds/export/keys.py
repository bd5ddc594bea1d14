"""What a document is made of, as a short name: the same name, the same bytes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from feeds.articles.article import Article
from feeds.articles.bodies import Asked
from feeds.articles.cache import encoded, program
from feeds.edition import Edition
from feeds.errors import Problem
from feeds.files import picture
from feeds.offers import labels_of
from feeds.selection import EPOCH, Published, titled, updated_of
from feeds.shelves import Shelf


class Keys:
    """The keys of the documents of an edition, where they can be told unrendered.

    An article's key needs what was asked when it was published: which addresses in it
    lead into the site, and which files were measured. Where they lead now, and how the
    files look, is a part of the key.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._asked = dict(edition.library.contents.bodies.asked())
        self._articles: dict[str, str] = {}
        self._manners: dict[str, str] = {}

    def learn(self, asked: Mapping[str, Asked]) -> None:
        """Know what was asked when articles were published just now, by path."""
        self._asked |= asked
        for path in asked:
            self._articles.pop(path, None)

    def problems(self, path: str) -> Mapping[str, tuple[Problem, ...]]:
        """What was wrong when the articles at `path` were published, by their paths."""
        recipe = self._edition.recipe(path)
        if recipe is None or recipe.subject is None:
            return {}
        subject = recipe.subject
        articles = (subject,) if isinstance(subject, Article) else subject.articles
        known = ((a.path, self._asked.get(a.path)) for a in articles)
        return {path: asked.problems for path, asked in known if asked}

    def of(self, path: str) -> str:
        """The key of the document at `path`, "" where only rendering tells."""
        recipe = self._edition.recipe(path)
        if recipe is None or recipe.subject is None:
            return ""
        if isinstance(recipe.subject, Article):
            return self._page(recipe.subject)
        return self._shelf(path, recipe.subject)

    @cached_property
    def _common(self) -> str:
        """What all documents are made of: this program, the configuration, the site."""
        edition, navigation = self._edition, self._edition.navigation
        feed = replace(edition.feeds.head(""), deleted=(), updated=EPOCH)
        own = navigation.offered(""), navigation.subscriptions("")
        made_with = program(), edition.theme.name
        return _digest(*made_with, repr(edition.config), repr(feed), repr(own))

    def _page(self, article: Article) -> str:
        key = self._article(article)
        if not key:
            return ""
        navigation = self._edition.navigation
        visits = self._edition.visits_of(article)
        return _digest(
            self._common,
            key,
            repr([navigation.path("tag", label) for label in labels_of(article)]),
            self._people([article]),
            repr(self._edition.translations.get(article.path)),
            repr(visits and (visits.total, visits.today)),
            repr([self._link(a) for a in self._edition.neighbours.of(article)]),
        )

    def _shelf(self, path: str, shelf: Shelf) -> str:
        keys = [self._article(article) for article in shelf.articles]
        if not all(keys):
            return ""
        edition, navigation = self._edition, self._edition.navigation
        place = shelf.offer.place
        around = (
            navigation.offered(place),
            navigation.subscriptions(place),
            () if shelf.place else navigation.groups(),
            () if shelf.place else edition.feeds.deleted,
            picture(shelf.offer.image, edition.addresses, edition.config.home),
        )
        offer = replace(shelf.offer, articles=())
        return _digest(
            self._common,
            path,
            repr(replace(shelf, articles=(), offer=offer)),
            repr(around),
            self._people(shelf.articles),
            *keys,
        )

    def entry(self, article: Article, path: str) -> str:
        """The key of an article's entry in the feed at `path`, "" if unknown."""
        key = self._article(article)
        return key and _digest(self._manner(path), key)

    def _manner(self, path: str) -> str:
        """How entries are written in the feed at `path`."""
        if path not in self._manners:
            form = self._edition.topics[path]
            offer = self._edition.shelves[path.removesuffix(form.filename)].offer
            told = form.name, offer.content, offer.language, offer.podcast
            self._manners[path] = _digest(self._common, repr(told))
        return self._manners[path]

    def _article(self, article: Article) -> str:
        path = article.path
        if path not in self._articles:
            self._articles[path] = self._made_of(article)
        return self._articles[path]

    def _made_of(self, article: Article) -> str:
        asked = self._asked.get(article.path)
        if asked is None or not asked.facts or asked.facts != _facts(article):
            return ""
        edition, addresses = self._edition, self._edition.addresses
        home = edition.config.home
        resolve, _ = addresses.resolver(article.path, home)
        memory = edition.library.memories.get(article.path)
        back = memory.back if memory else None
        return _digest(
            asked.facts,
            edition.ids[article.path],
            addresses.pages[article.path],
            repr(updated_of(article, edition.now, back)),
            repr([resolve(address) for address in asked.addresses]),
            repr([addresses.file(url, home) for url in asked.files]),
        )

    def _link(self, article: Article | None) -> tuple[str, str]:
        """What a page says that leads to this article."""
        if article is None:
            return "", ""
        return titled(article), self._edition.addresses.pages[article.path]

    def _people(self, articles: Iterable[Article]) -> str:
        navigation = self._edition.navigation
        own = (self._edition.config.author,)
        authors = [a for article in articles for a in article.authors or own if a]
        names = {author.name for author in authors}
        return repr([navigation.path("author", name) for name in sorted(names)])


def asked_of(published: Published) -> Asked:
    """What was asked when an article was published, to be kept for its key."""
    facts = _facts(published.article)
    return Asked(
        facts,
        tuple(published.answers),
        tuple(published.files),
        published.problems,
    )


def _facts(article: Article) -> str:
    """A name for what an article says of itself, "" where there is no JSON of it."""
    told = encoded(article)
    return "" if told is None else hashlib.sha256(told).hexdigest()[:24]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
