"""Which document lies at which path, in a folder that changes."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feeds import dates, toolconfig
from feeds.addresses import PAGE
from feeds.articles.cache import Cache
from feeds.articles.folder import File, Look, are_touched, folders, look
from feeds.articles.homes import cache_folder, name_of
from feeds.articles.ledger import Ledger
from feeds.articles.library import Library, rescan
from feeds.config import LOCAL, NAME, Config, read_config
from feeds.documents.document import Document
from feeds.documents.formats import FORMATS
from feeds.edition import Edition
from feeds.errors import ConfigError, Problem
from feeds.statistics.days import next_quarter, quarter
from feeds.statistics.shown import shown_at
from feeds.statistics.store import place_of
from feeds.visits import Visits

_UNVISITED: Mapping[str, Visits] = {}
_GUESSES = {
    guess: form.filename for form in FORMATS.values() for guess in form.guesses.split()
}


class Site:
    """A folder of articles and all that is served and exported of it.

    Asking never waits: answers come from the edition that the last `refresh` made,
    and one assignment replaces an edition by the next. `clock` tells the time;
    `flags` are keys of feeds.toml that go before the file and the environment; one that
    only `reads` leaves no ledger in the folder; `ahead` renders what is asked for most
    before anybody asks.
    ConfigError where the folder or feeds.toml cannot be used.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        clock: Callable[[], datetime] = dates.now,
        served_at: str = LOCAL,
        flags: Mapping[str, object] | None = None,
        reads: bool = False,
        ahead: bool = False,
    ) -> None:
        self.folder = Path(folder).resolve()
        if not self.folder.is_dir():
            fix = "name a folder of articles"
            raise ConfigError(
                Problem(str(folder), 1, "no such folder", fix, code="config")
            )
        self.clock = clock
        self._is_ahead = ahead
        self._settings = (flags, served_at)
        self._ledger = Ledger(self.folder, reads=reads)
        self._reads = reads
        self._shown: Mapping[str, Visits] = {}
        self._quarter: datetime | None = None
        self._config_look = self._look_at_config()
        self._missed_toml = self._config_look[0] is None
        self._toml_problems: tuple[Problem, ...] = ()
        config = read_config(self.folder, None, *self._settings)
        self._folders = folders(self.folder)
        now = clock()
        self._cache = Cache(cache_folder() / f"{name_of(self.folder)}.sqlite")
        library = self._scan(Library(self.folder), config, now)
        visits = self._visits(config, now)
        self._edition = self._remembered(Edition(library, config, now, None, visits))

    @property
    def config(self) -> Config:
        """What the site says of itself."""
        return self._edition.config

    @property
    def edition(self) -> Edition:
        """The snapshot that answers now."""
        return self._edition

    @property
    def due(self) -> datetime | None:
        """When the same folder may have something else to publish or to show."""
        due, config = self._edition.due, self.config
        if self._quarter is None or not (config.show_visits and config.statistics):
            return due
        shown = next_quarter(self._quarter)
        return min(due or shown, shown)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the site that has been found so far."""
        return (*self._toml_problems, *self._edition.problems)

    @property
    def memory_looks(self) -> tuple[object, ...]:
        """How the ledgers look of which all is known, as `ledger.looks_in` has it."""
        return self._ledger.looks

    def document(self, path: str) -> Document:
        """The document at `path` (`atom.xml`, `hello/index.html`), or NotFound.

        Gone, which is NotFound too, where one lay that will not come back.
        """
        return self._edition.document(path)

    @property
    def media(self) -> Mapping[str, File]:
        """The files that are served as they are, by path."""
        return self._edition.media

    def moved(self, path: str) -> str | None:
        """The address to which a feed that lies at `path` has moved, else None.

        Its document stays, for those who read files.
        """
        return self._edition.signposts.moved.get(path)

    def redirect(self, path: str) -> str | None:
        """Where a path leads at which no document lies, as a path; else None.

        Common guesses lead to the feeds, a folder's name to the page in it, and an
        article's former addresses to where it is.
        """
        name = path.strip("/")
        edition = self._edition
        folder, _, last = name.rpartition("/")
        for place in ("", f"{folder}/") if folder else ("",):
            guess = _GUESSES.get(name if not place else last)
            if guess and edition.has(place + guess):
                return place + guess
        if edition.has(f"{name}/{PAGE}"):
            return f"{name}/"
        name = name.removesuffix("/" + PAGE).removesuffix(".html")
        return edition.signposts.former.get(name)

    def is_touched(self) -> bool:
        """Whether files came or went, or a configuration changed, since a refresh.

        It looks at each folder and at no file: one that was edited in place, `refresh`
        alone will see.
        """
        is_other = self._look_at_config() != self._config_look
        return is_other or are_touched(self._folders)

    def refresh(self) -> bool:
        """Look at the folder again; return whether anything is published otherwise."""
        # Before the files: what comes while they are looked at is then seen next time.
        self._folders = folders(self.folder)
        now = self.clock()
        before = self._edition
        config = before.config
        if not _is_lost(self.folder):  # or feeds.toml is lost too, and with it all ids
            config = self._reread_config(config)
        library = self._scan(before.library, config, now)
        visits = self._visits(config, now)
        is_due = before.due is not None and before.due <= now
        is_same = library is before.library and config is before.config
        if is_same and visits is before.visits and not is_due:
            return False
        self._edition = self._remembered(Edition(library, config, now, before, visits))
        return True

    def _visits(self, config: Config, now: datetime) -> Mapping[str, Visits]:
        """What pages show of the visits that were counted, in this quarter of an hour.

        Where they show nothing, nobody looks; what cannot be read stays as it was.
        """
        if not (config.show_visits and config.statistics):
            return _UNVISITED
        if self._quarter != quarter(now):
            place = place_of(self.folder)
            found = shown_at(place, now, config.timezone, reads=self._reads)
            self._quarter = quarter(now)
            if found is not None and found != self._shown:
                self._shown = found
        return self._shown

    def _scan(self, library: Library, config: Config, now: datetime) -> Library:
        zone, authors = config.timezone, config.authors
        return rescan(library, self._ledger, self._cache, now, zone, authors)

    def _remembered(self, edition: Edition) -> Edition:
        """The edition, with what it published remembered."""
        told = edition.library.memories
        memories = self._ledger.remember(told)
        if any(memories.get(path) != memory for path, memory in told.items()):
            # Another process saw something first; all should say the same.
            library = replace(edition.library, memories=memories)
            edition = Edition(
                library, edition.config, edition.now, edition, edition.visits
            )
        if self._is_ahead:
            with suppress(Exception):  # who asks for it is told that it cannot be
                edition.prepare()
        return edition

    def _reread_config(self, config: Config) -> Config:
        now = self._look_at_config()
        if now[0] is None and not self._missed_toml:  # an editor may be replacing it
            self._missed_toml = True
            return config
        self._missed_toml = now[0] is None
        if now == self._config_look:
            return config
        self._config_look = now
        try:
            config = read_config(self.folder, None, *self._settings)
            self._toml_problems = ()
        except ConfigError as error:  # the last good configuration stays in force
            self._toml_problems = error.problems
        return config

    def _look_at_config(self) -> tuple[Look | None, ...]:
        """How feeds.toml looks, and then each other tool's configuration."""
        return tuple(look(self.folder / name) for name in (NAME, *toolconfig.FILES))


def _is_lost(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return True
