"""One export: what each file should hold, what it holds, and what becomes of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from feeds.errors import ArticleError, NotFound, Problem
from feeds.export.contents import Content, Contents
from feeds.export.failures import failure
from feeds.export.manifest import UNKNOWN, Written
from feeds.export.place import Place

#: What becomes of a file: it is new, other, as it should be, or removed.
NEW, OTHER, SAME, GONE = "+", "~", "=", "-"


class Run:
    """An export under way: `before` is what was written by those before it.

    `count` has how many files became what, `problems` those that stay as they were.
    """

    def __init__(
        self,
        place: Place,
        contents: Contents,
        before: Mapping[str, Written],
        dry: bool,
        tell: Callable[[str, str], None],
    ) -> None:
        self._place = place
        self._contents = contents
        self._before = before
        self._is_dry = dry
        self._tell = tell
        self._listed = before.keys()
        self._now: dict[str, Written] = {}
        self.count: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def go(
        self,
        progress: Callable[[tuple[str, ...]], Iterable[str]],
        seal: Callable[[], str] = str,
    ) -> None:
        """Write what differs, then remove what is no longer part of the site.

        `seal` is a line on what all was made of, if all could be made.
        """
        if not self._is_dry:
            self._place.begin(self._before.keys())
        for path in progress(self._contents.paths):
            self._at(path, self._write)
        for path in sorted(self._before.keys() - self._now.keys()):
            self._at(path, self._remove)
        sealed = "" if self.problems else seal()
        if not self._is_dry and (sealed or self._now != self._before):
            self._place.mark(self._now, sealed)

    def _at(self, path: str, act: Callable[[str], None]) -> None:
        try:
            act(path)
        except OSError as error:
            raise failure(self._place.place(path), error) from None

    def _write(self, path: str) -> None:
        try:
            for content in self._made(path):
                self._put(content, self._now.get(path))
        except ArticleError as error:
            self._keep(path, error.problem(path))

    def _made(self, path: str) -> tuple[Content, ...]:
        try:
            return self._contents.at(path)
        except NotFound:  # an article that cannot be rendered; it is a problem
            return ()
        except Exception as error:
            found = f"cannot be rendered: {error!r:.200}"
            fix = "the file written last stays; please report this"
            self._keep(path, Problem(path, 1, found, fix, code="render"))
            return ()

    def _keep(self, path: str, problem: Problem) -> None:
        self.problems.append(problem)
        for name in self._contents.names(path):
            if name in self._before:
                self._now[name] = self._before[name]

    def _put(self, content: Content, plain: Written | None) -> None:
        """Write a file if it holds anything else; `plain`: what it is compressed of."""
        path = content.path
        found = self._place.holding(content, self._before.get(path))
        sign = SAME
        if found is None:
            sign = OTHER if self._place.exists(path) else NEW
            found = UNKNOWN
            if not self._is_dry:
                self._announce(path)
                # Servers want both to be of the same time.
                found = self._place.put(content, plain.mtime_ns if plain else None)
        self._now[path] = found
        self._note(sign, path)

    def _announce(self, path: str) -> None:
        """List a new file before it is there: an export may be killed in between."""
        if path not in self._listed:
            listed = dict.fromkeys(self._contents.every_name(), UNKNOWN)
            listed |= self._before
            self._place.mark(listed)
            self._listed = listed.keys()

    def _remove(self, path: str) -> None:
        if self._is_dry:
            is_there = self._place.is_ours(path)
        else:
            is_there = self._place.remove(path)
        if is_there:
            self._note(GONE, path)

    def _note(self, sign: str, path: str) -> None:
        self.count[sign] += 1
        self._tell(sign, path)
