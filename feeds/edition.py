"""One snapshot of a site: what it publishes, and each path rendered when asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from feeds import selection
from feeds.addresses import PAGE, Addresses
from feeds.articles.article import Article
from feeds.articles.folder import EXPORT_MARK
from feeds.articles.identity import identify
from feeds.articles.library import Library
from feeds.config import Config
from feeds.documents import pages
from feeds.documents.document import Document, FeedFormat
from feeds.documents.formats import FORMATS
from feeds.errors import ArticleError, NotFound, Problem
from feeds.feed import Entry, Feed

NOT_FOUND = "404.html"
_CSS = "feeds.css"
_FIXED = (PAGE, NOT_FOUND, _CSS, EXPORT_MARK)
_OFFERED = tuple(
    pages.Subscription(form.label, form.filename, form.media_type)
    for form in FORMATS.values()
)
# A new release may render the same articles to other bytes.
_INSTALLED = datetime.fromtimestamp(int(Path(__file__).stat().st_mtime), UTC)


@dataclass(frozen=True, slots=True)
class _Recipe:
    media_type: str
    make: Callable[[], bytes]


class Edition:
    """A library under a configuration at one instant.

    What it renders depends on these three alone. `known` are the documents of the
    edition before: those whose bytes are the same stay, with their dates, and where
    rendering fails they are served on.
    """

    def __init__(
        self,
        library: Library,
        config: Config,
        now: datetime,
        known: Mapping[str, Document] | None = None,
    ) -> None:
        self.library = library
        self.config = config
        self.now = now
        self.articles = selection.select(library.articles, now)
        #: When the same library will have something else to publish.
        self.due = selection.next_change(library.articles, now)
        self._known = dict(known or {})
        self._documents: dict[str, Document] = {}
        self._entries: dict[str, Entry | None] = {}
        self._later: dict[str, tuple[Problem, ...]] = {}
        self._faults: dict[str, Problem] = {}
        self._ids, same_ids = identify(self.articles, library.names, config.id_prefix)
        dialect = library.reading.dialect
        self.addresses = Addresses(
            self.articles,
            library.media,
            dialect.roots,
            config.permalink or dialect.permalink,
            (*(form.filename for form in FORMATS.values()), *_FIXED),
        )
        self.media = {
            self.addresses.media[path]: file for path, file in library.media.items()
        }
        self._found = (*library.problems, *same_ids, *self.addresses.problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong that is known so far; rendering may find more."""
        later = [p for found in self._later.copy().values() for p in found]
        every = [*self._found, *later, *self._faults.values()]
        return tuple(sorted(every, key=lambda p: (p.path, p.line, p.found)))

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each article that is out, by its path."""
        return self._ids

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The articles that have been rendered so far, by their paths."""
        return {path: entry for path, entry in self._entries.items() if entry}

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

    def has(self, path: str) -> bool:
        """Whether a document lies at `path`."""
        return path in self._recipes

    def document(self, path: str) -> Document:
        """The document at `path`, rendered once; NotFound where none lies."""
        if path not in self._documents:
            self._documents[path] = self._render(path)
        return self._documents[path]

    def _render(self, path: str) -> Document:
        recipe = self._recipes.get(path)
        if recipe is None:
            raise NotFound(path)
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

    @cached_property
    def feed(self) -> Feed:
        """The site's feed: the newest articles that can be published."""
        entries: list[Entry] = []
        for article in self.articles:
            if len(entries) == self.config.limit:
                break
            entry = self._entry(article) if article.listed else None
            if entry is not None:
                entries.append(entry)
        return selection.compose(self.config, tuple(entries))

    @cached_property
    def _recipes(self) -> Mapping[str, _Recipe]:
        recipes = {}
        for article in self.articles:
            path = self.addresses.pages[article.path] + PAGE
            recipes[path] = _Recipe(pages.HTML, partial(self._page, article, path))
        recipes[_CSS] = _Recipe(pages.CSS, pages.stylesheet)
        recipes[NOT_FOUND] = _Recipe(pages.HTML, self._not_found)
        recipes[PAGE] = _Recipe(pages.HTML, self._landing)
        for form in FORMATS.values():
            topic = self.config.home + form.filename
            make = partial(self._feed_in, form, topic)
            recipes[form.filename] = _Recipe(form.content_type, make)
        return recipes

    def _entry(self, article: Article) -> Entry | None:
        """The article as an entry; None if it cannot be, which is then a problem."""
        path = article.path
        if path not in self._entries:
            entry_id = self._ids[path]
            try:
                self._entries[path], self._later[path] = selection.publish(
                    article, entry_id, self.config, self.addresses, self.now
                )
            except ArticleError as error:
                self._entries[path], self._later[path] = None, (error.problem(path),)
        return self._entries[path]

    def _feed_in(self, form: FeedFormat, topic: str) -> bytes:
        return form.render(self.feed, topic)

    def _page(self, article: Article, path: str) -> bytes:
        entry = self._entry(article)
        if entry is None:
            raise NotFound(path)
        return pages.article(entry, self.feed, _OFFERED, "../" * path.count("/"))

    def _landing(self) -> bytes:
        pages_of = self.addresses.pages
        links = {self._ids[path]: quote(at) for path, at in pages_of.items()}
        return pages.landing(self.feed, _OFFERED, links)

    def _not_found(self) -> bytes:
        # It is shown at any depth, so its links start at the root of the host.
        return pages.not_found(self.feed, _OFFERED, urlsplit(self.config.home).path)
