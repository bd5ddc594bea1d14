"""One snapshot of a site: what it publishes, and each path rendered when asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from feeds import archives, selection
from feeds.addresses import PAGE, Addresses
from feeds.articles import withdrawal
from feeds.articles.article import Article
from feeds.articles.folder import EXPORT_MARK
from feeds.articles.identity import identify, mint
from feeds.articles.library import Library
from feeds.articles.memory import Memory
from feeds.articles.withdrawal import Published
from feeds.composition import compose
from feeds.config import Config
from feeds.documents.document import Document, FeedFormat, Fragments
from feeds.documents.formats import FORMATS
from feeds.errors import ArticleError, Gone, NotFound, Problem
from feeds.feed import Deleted, Entry, Feed
from feeds.files import missing_pictures, picture
from feeds.navigation import Navigation, formats_of
from feeds.offers import offers
from feeds.recipes import FIXED, Recipe, recipes
from feeds.shelves import Shelf, shelves
from feeds.signposts import Signposts, signposts

# A new release may render the same articles to other bytes.
_INSTALLED = datetime.fromtimestamp(int(Path(__file__).stat().st_mtime), UTC)


class Edition:
    """A library under a configuration at one instant.

    What it renders depends on these three alone. Of the edition `before` it takes what
    is still true: entries, fragments of feeds, and documents, whose dates stay where
    their bytes do, and which are served on where rendering fails.
    """

    def __init__(
        self,
        library: Library,
        config: Config,
        now: datetime,
        before: "Edition | None" = None,
    ) -> None:
        self.config = config
        self.now = now
        self.articles = selection.select(library.articles, now)
        self._known = dict(before.documents) if before else {}
        self._earlier = before._published if before and before.config == config else {}
        self._fragments: dict[str, Fragments] = {
            name: Fragments(before._fragments[name] if before else None)
            for name in FORMATS
        }
        self._documents: dict[str, Document] = {}
        self._published: dict[str, selection.Published] = {}
        self._feeds: dict[str, Feed] = {}
        self._faults: dict[str, Problem] = {}
        self._offers, unknown = offers(self.articles, config)
        self.shelves = {s.place: s for s in shelves(self._offers, config, now)}
        self.navigation = Navigation(self._offers, config)
        self._ids, same_ids = identify(self.articles, library.names, config.id_prefix)
        self.addresses = self._addresses(library)
        self.library = replace(library, memories=self._remembered(library))
        #: When the same library will have something else to publish.
        self.due = self._due()
        self.media = {
            self.addresses.media[path]: file for path, file in library.media.items()
        }
        found = (
            *same_ids,
            *unknown,
            *self.addresses.problems,
            *missing_pictures(config, self.addresses),
        )
        self._found = (*library.problems, *found)

    def _addresses(self, library: Library) -> Addresses:
        dialect = library.contents.reading.dialect
        feeds = (
            shelf.place + form.filename
            for shelf in self.shelves.values()
            for form in formats_of(shelf.offer)
        )
        taken = {
            shelf.place: f"the page of {shelf.offer.title!r}"
            for shelf in self.shelves.values()
        }
        return Addresses(
            self.articles,
            library.media,
            dialect.roots,
            self.config.permalink or dialect.permalink,
            (*feeds, *FIXED, EXPORT_MARK),
            taken | {folder: "a page of feeds" for folder in self.navigation.folders},
        )

    def _remembered(self, library: Library) -> Mapping[str, Memory]:
        """The memories of the folder, with what is published now and what no more."""
        published = {
            article.path: Published(
                article.id,
                (
                    self.addresses.pages[article.path],
                    *(f"{alias}/" for alias in article.aliases),
                ),
            )
            for article in self.articles
        }
        return withdrawal.withdraw(
            library.memories, published, library.contents.broken, self.now
        )

    def _due(self) -> datetime | None:
        coming = [
            selection.next_change(self.library.articles, self.now),
            withdrawal.next_change(self.library.memories, self.now),
        ]
        if any(o.archives and len(o.articles) > o.limit for o in self._offers):
            coming.append(archives.next_month(self.now, self.config.timezone))
        return min((when for when in coming if when is not None), default=None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong that is known so far; rendering may find more."""
        later = [p for each in self._published.copy().values() for p in each.problems]
        every = [*self._found, *later, *self._faults.values()]
        return tuple(sorted(every, key=lambda p: (p.path, p.line, p.found)))

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each article that is out, by its path."""
        return self._ids

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The articles that have been rendered so far, by their paths."""
        published = self._published.items()
        return {path: each.entry for path, each in published if each.entry}

    @property
    def documents(self) -> Mapping[str, Document]:
        """What has been rendered, and what is known of the rest from before."""
        return {
            path: document
            for path, document in {**self._known, **self._documents}.items()
            if path in self._recipes
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """Every document's path; feeds come after what they point to."""
        return tuple(self._recipes)

    @cached_property
    def topics(self) -> Mapping[str, FeedFormat]:
        """The format of every feed document, by its path; the site's own come first."""
        return {
            shelf.place + form.filename: form
            for shelf in self.shelves.values()
            for form in formats_of(shelf.offer)
        }

    @cached_property
    def _recipes(self) -> Mapping[str, Recipe]:
        return recipes(self)

    def prepare(self) -> None:
        """Render the site's own feeds and front page, and the feeds asked for before.

        So that no request for them has to wait for it.
        """
        own = [form.filename for form in formats_of(self._offers[0])]
        asked = [path for path in self._known if path in self.topics]
        for path in dict.fromkeys((*own, PAGE, *asked)):
            self.document(path)

    def rendered(self, path: str) -> Document | None:
        """The document at `path`, if it has been rendered; None where it has not."""
        return self._documents.get(path)

    def is_last_good(self, path: str) -> bool:
        """Whether an earlier document is served at `path`, as rendering it failed."""
        return path in self._faults

    def has(self, path: str) -> bool:
        """Whether a document lies at `path`."""
        return path in self._recipes

    @cached_property
    def signposts(self) -> Signposts:
        """Where paths lead at which nothing lies."""
        known = self.library.memories
        return signposts(self._offers, self.shelves, self.addresses, known)

    def document(self, path: str) -> Document:
        """The document at `path`, rendered once; NotFound where none lies."""
        if path not in self._documents:
            self._documents[path] = self._render(path)
        return self._documents[path]

    def _render(self, path: str) -> Document:
        recipe = self._recipes.get(path)
        if recipe is None:
            raise (Gone if path in self.signposts.gone else NotFound)(path)
        old = self._known.get(path)
        try:
            body = recipe.make()
        except NotFound:
            raise
        except Exception as error:
            if old is None:
                raise
            found = f"cannot be rendered: {error!r:.200}"
            fix = "the last good version is served; please report this"
            self._faults[path] = Problem(path, 1, found, fix, code="render")
            return old
        if old is not None and old.body == body:
            return old
        modified = max(self.library.modified, self.feed.updated, _INSTALLED)
        if old is not None:
            # Thunderbird compares only this, and two changes may share a second.
            modified = max(modified, old.last_modified + timedelta(seconds=1))
        return Document(path, recipe.media_type, body, modified)

    @property
    def feed(self) -> Feed:
        """The site's own feed."""
        return self.feed_at("")

    def feed_at(self, place: str) -> Feed:
        """The feed, or the archive, that lies at `place`."""
        if place not in self._feeds:
            self._feeds[place] = self._composed(self.shelves[place])
        return self._feeds[place]

    def feed_in(self, form: FeedFormat, place: str) -> bytes:
        """The feed at `place` as a document of a format."""
        topic = self.config.home + quote(place) + form.filename
        return form.render(self.feed_at(place), topic, self._fragments[form.name])

    def _composed(self, shelf: Shelf) -> Feed:
        published = map(self.entry, shelf.articles)
        is_own = not shelf.place
        return compose(
            shelf,
            self.config,
            tuple(entry for entry in published if entry is not None),
            deleted=self._deleted() if is_own else (),
            icon=picture(self.config.icon, self.addresses, self.config.home),
            image=picture(shelf.offer.image, self.addresses, self.config.home),
        )

    def _deleted(self) -> tuple[Deleted, ...]:
        def id_of(path: str, memory: Memory) -> str:
            return memory.id or mint(self.config.id_prefix, memory.name)

        found = withdrawal.deleted(self.library.memories, id_of, self.now)
        live = set(self._ids.values())
        return tuple(each for each in found if each.id not in live)

    def entry(self, article: Article) -> Entry | None:
        """The article as an entry; None if it cannot be, which is then a problem."""
        path = article.path
        if path not in self._published:
            self._published[path] = self._kept(article) or self._publish(article)
        return self._published[path].entry

    def _publish(self, article: Article) -> selection.Published:
        memory = self.library.memories.get(article.path)
        try:
            return selection.publish(
                article,
                self.library.body(article),
                self._ids[article.path],
                self.config,
                self.addresses,
                self.now,
                memory.back if memory else None,
            )
        except ArticleError as error:
            return selection.Published(article, None, (error.problem(article.path),))

    def _kept(self, article: Article) -> selection.Published | None:
        """What the edition before made of the article, if it would be made again."""
        kept = self._earlier.get(article.path)
        if kept is None or kept.entry is None or kept.article != article:
            return None
        memory = self.library.memories.get(article.path)
        back = memory.back if memory else None
        is_same = kept.entry.id == self._ids[
            article.path
        ] and kept.entry.updated == selection.updated_of(article, self.now, back)
        if is_same and selection.still_holds(kept, self.config, self.addresses):
            return kept
        return None
