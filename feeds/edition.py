"""One snapshot of a site: what it publishes, and each path rendered when asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from feeds import archives, selection
from feeds.addresses import PAGE, Addresses
from feeds.articles import withdrawal
from feeds.articles.article import Article
from feeds.articles.folder import EXPORT_MARK
from feeds.articles.identity import identify
from feeds.articles.library import Library
from feeds.articles.memory import Memory
from feeds.composition import Feeds
from feeds.config import Config
from feeds.documents.document import Document, FeedFormat, Fragments, Frame
from feeds.documents.formats import FORMATS
from feeds.documents.theme import Theme
from feeds.entries import Entries
from feeds.errors import Gone, NotFound, Problem
from feeds.feed import Entry, Feed, Variant
from feeds.files import missing_pictures
from feeds.navigation import Navigation, formats_of
from feeds.neighbours import Neighbours
from feeds.offers import offers
from feeds.publication import Publication
from feeds.recipes import FIXED, Recipe, Recipes
from feeds.rendered import Rendered
from feeds.shelves import shelves
from feeds.signposts import Signposts, signposts
from feeds.themes import theme_of
from feeds.translations import translations
from feeds.visits import Visits, told

# A new release may render the same articles to other bytes.
_INSTALLED = datetime.fromtimestamp(int(Path(__file__).stat().st_mtime), UTC)


class Edition:
    """A library under a configuration at one instant, and what its pages are to show.

    That is the `visits` that were counted, by the articles' ids, where the site shows
    them. What it renders depends on these four alone. Of the edition `before` it takes
    what is still true: entries, fragments of feeds, and documents, whose dates stay
    where their bytes do, and which are served on where rendering fails.
    """

    def __init__(
        self,
        library: Library,
        config: Config,
        now: datetime,
        before: "Edition | None" = None,
        visits: Mapping[str, Visits] | None = None,
    ) -> None:
        self.config = config
        self.now = now
        self.visits = {} if visits is None else visits
        self.articles = selection.select(library.articles, now)
        self._rendered: Rendered = Rendered(before._rendered if before else None)
        self._fragments: dict[str, Fragments] = {
            name: Fragments(before._fragments[name] if before else None)
            for name in FORMATS
        }
        self._faults: dict[str, Problem] = {}
        self._offers, unknown = offers(self.articles, config)
        self.shelves = {s.place: s for s in shelves(self._offers, config, now)}
        self.navigation = Navigation(self._offers, config)
        self.theme: Theme = self._themed(library, before)
        self._ids, same_ids = identify(self.articles, library.names, config.id_prefix)
        self.addresses: Addresses = self._addresses(library)
        self.library = replace(library, memories=self._remembered(library))
        self._entries: Entries = Entries(
            self.library,
            config,
            self._ids,
            self.addresses,
            now,
            before._entries if before else None,
        )
        self.feeds = Feeds(
            self.shelves, self.library, config, self.addresses, self._entries, now
        )
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
        self._note_theme()

    def _themed(self, library: Library, before: "Edition | None") -> Theme:
        if before is None or before.config != self.config:
            return theme_of(library)
        known: Library = before.library
        is_same = known.contents is library.contents
        return before.theme if is_same else theme_of(library)

    def _note_theme(self) -> None:
        self.note({path: (p,) for path, p in self.theme.problems.items()})

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
        published = Publication({a.path: a for a in self.articles}, self.addresses)
        return withdrawal.withdraw(
            library.memories, published, library.contents.broken, self.now
        )

    def _due(self) -> datetime | None:
        coming = [
            selection.next_change(self.library.articles, self.now),
            withdrawal.next_change(self.library.memories, self.now),
        ]
        if any(o.archives and 0 < o.limit < len(o.articles) for o in self._offers):
            coming.append(archives.next_month(self.now, self.config.timezone))
        return min((when for when in coming if when is not None), default=None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong that is known so far; rendering may find more."""
        every = [*self._found, *self._entries.problems, *self._faults.values()]
        return tuple(sorted(every, key=lambda p: (p.path, p.line, p.found)))

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each article that is out, by its path."""
        return self._ids

    @property
    def paths(self) -> tuple[str, ...]:
        """Every document's path; feeds come after what they point to."""
        return tuple(self._recipes.paths(self))

    @cached_property
    def topics(self) -> Mapping[str, FeedFormat]:
        """The format of every feed document, by its path; the site's own come first."""
        return {
            shelf.place + form.filename: form
            for shelf in self.shelves.values()
            for form in formats_of(shelf.offer)
        }

    @cached_property
    def translations(self) -> Mapping[str, tuple[Variant, ...]]:
        """The languages that articles are in, by path, where there are several."""
        return translations(self.articles, self.addresses.pages, self.config)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which articles come before and after each."""
        return Neighbours(self.articles, self.config.language)

    @cached_property
    def _recipes(self) -> Recipes:
        return Recipes(self)

    def prepare(self) -> None:
        """Render the site's own feeds and front page, and the feeds asked for before.

        So that no request for them has to wait for it.
        """
        own = [form.filename for form in formats_of(self._offers[0])]
        asked = [path for path in self._rendered.feeds if path in self.topics]
        for path in dict.fromkeys((*own, PAGE, *asked)):
            self.document(path)

    def rendered(self, path: str) -> Document | None:
        """The document at `path`, if it has been rendered; None where it has not."""
        return self._rendered.get(path)

    def is_last_good(self, path: str) -> bool:
        """Whether an earlier document is served at `path`, as rendering it failed."""
        return path in self._faults

    def recipe(self, path: str) -> Recipe | None:
        """What makes the document at `path`, None where none lies."""
        return self._recipes.get(path, self)

    def has(self, path: str) -> bool:
        """Whether a document lies at `path`."""
        return self.recipe(path) is not None

    @cached_property
    def signposts(self) -> Signposts:
        """Where paths lead at which nothing lies."""
        known = self.library.memories
        return signposts(self._offers, self.shelves, self.addresses, known)

    def document(self, path: str) -> Document:
        """The document at `path`, rendered once; NotFound where none lies."""
        return self._rendered.get(path) or self._render(path)

    def _render(self, path: str) -> Document:
        recipe = self.recipe(path)
        if recipe is None:
            raise (Gone if path in self.signposts.gone else NotFound)(path)
        try:
            body = recipe.make(self)
        except NotFound:
            raise
        except Exception as error:
            old = self._rendered.last_good(path)
            if old is None:
                raise
            found = f"cannot be rendered: {error!r:.200}"
            fix = "the last good version is served; please report this"
            self._faults[path] = Problem(path, 1, found, fix, code="render")
            return self._rendered.keep(old)
        self._note_theme()
        modified = max(self.library.modified, self.feeds.head("").updated, _INSTALLED)
        if isinstance(recipe.subject, Article):
            visits = self.visits_of(recipe.subject)
            # The same in each process, though not each has seen the page before.
            modified = max(modified, (visits and visits.since) or modified)
        document = Document(path, recipe.media_type, body, modified)
        return self._rendered.keep(document)

    @property
    def feed(self) -> Feed:
        """The site's own feed."""
        return self.feeds.whole("")

    def feed_in(self, form: FeedFormat, place: str) -> bytes:
        """The feed at `place` as a document of a format."""
        feed, topic = self.feeds.whole(place), self._topic(form, place)
        return form.render(feed, topic, self._fragments[form.name])

    def frame(self, form: FeedFormat, place: str, prefixes: frozenset[str]) -> Frame:
        """What that document has around its entries, which use these prefixes."""
        return form.frame(self.feeds.head(place), self._topic(form, place), prefixes)

    def _topic(self, form: FeedFormat, place: str) -> str:
        return self.config.home + quote(place) + form.filename

    def entry(self, article: Article) -> Entry | None:
        """The article as an entry; None if it cannot be, which is then a problem."""
        return self._entries.of(article)

    def visits_of(self, article: Article) -> Visits | None:
        """How often the article was visited, None where its page does not show that."""
        if not self.config.show_visits:
            return None
        return told(article.visits, self.visits.get(self._ids[article.path]))

    def published(self, article: Article) -> selection.Published:
        """The article as it was published, and what was asked for that."""
        return self._entries.published(article)

    @property
    def found_in(self) -> Mapping[str, tuple[Problem, ...]]:
        """The problems of articles that were found as they were published, by path."""
        return self._entries.found

    def note(self, found: Mapping[str, tuple[Problem, ...]]) -> None:
        """Take up problems that were found where articles were published elsewhere."""
        self._entries.note(found)
