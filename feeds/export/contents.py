"""What an export is to put at each path: its validator, and what opens its bytes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from feeds.articles.folder import File, open_file
from feeds.documents.compression import CODERS, SMALL, is_compressible
from feeds.edition import Edition
from feeds.errors import ArticleError
from feeds.export.ahead import rendered
from feeds.export.keys import Keys
from feeds.export.large import LargeFeeds
from feeds.export.manifest import Written
from feeds.export.place import Place
from feeds.export.wishes import Wishes

#: What a compressed document's name ends in, where servers look for it.
SUFFIXES = {"gzip": ".gz", "br": ".br"}


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes that are to lie at `path`: those that `etag` stands for.

    `is_topic`: subscribers ask for it again and again. `key` is that of a document.
    """

    path: str
    etag: str
    open: Callable[[], BinaryIO]
    is_topic: bool = False
    key: str = ""


class Contents:
    """All that an export writes, to be asked for in the order of `paths`.

    A document that is made of what it was made of `before` is not rendered. What is
    open for it stays open until `held` is left.
    """

    def __init__(
        self,
        edition: Edition,
        wishes: Wishes,
        before: Mapping[str, Written],
        place: Place,
        held: ExitStack,
    ) -> None:
        self._edition = edition
        self._before = before
        self._keys = Keys(edition)
        self._large = LargeFeeds(
            edition, self._keys, place.folder, self._opened, not wishes.dry_run, held
        )
        self._file_of = place.opened
        self._more = {
            path: body
            for path, body in wishes.more(edition).items()
            if not (edition.has(path) or path in edition.media)
        }
        self._compress = wishes.compress
        self._taken: set[str] = set()
        documents = wishes.only or edition.paths
        #: Media, what a host wants to know, and documents: feeds are last, after all
        #: that they point to, and large ones after the others.
        self.paths = (
            *(() if wishes.only else (*edition.media, *self._more)),
            *sorted(documents, key=self._large.paths.__contains__),
        )
        if self._compress:
            self._taken = {*self.paths, *_folders(self.paths)}
        needed = [path for path in documents if not self._is_as_before(path)]
        self._needed = frozenset(needed)
        self._rendered = rendered(
            edition, [p for p in needed if p not in self._large.paths], self._keys
        )

    def names(self, path: str) -> tuple[str, ...]:
        """The files that there may be of what lies at a path."""
        if not self._compress or not self._edition.has(path):
            return (path,)
        names = (path + suffix for suffix in SUFFIXES.values())
        return (path, *(name for name in names if name not in self._taken))

    def every_name(self) -> Iterator[str]:
        """All files that there may be."""
        return chain.from_iterable(map(self.names, self.paths))

    def at(self, path: str) -> tuple[Content, ...]:
        """What is to lie at a path, and compressed beside it.

        NotFound where an article cannot be rendered, which is its own problem.
        """
        if (body := self._more.get(path)) is not None:
            digest = hashlib.sha256(body).hexdigest()[:32]
            return (Content(path, digest, partial(BytesIO, body)),)
        if (file := self._edition.media.get(path)) is not None:
            return (_media(path, file),)
        return self._document(path)

    def _is_as_before(self, path: str) -> bool:
        """Whether the document that was written at `path` would be made again."""
        known = self._before.get(path)
        if known is None or not known.key or known.key != self._keys.of(path):
            return False
        names = self.names(path)
        is_small = known.size <= SMALL  # and so was not compressed
        return is_small or all(name in self._before for name in names)

    def _document(self, path: str) -> tuple[Content, ...]:
        if path not in self._needed:
            return self._as_before(path)
        if path in self._large.paths:
            large = self._large.document(path, self._needed & self._large.paths)
            return self._coded(path, large.etag, partial(_again, large.file), True)
        document = next(self._rendered) or self._edition.document(path)
        etag = document.etag.strip('"')
        opened = partial(BytesIO, document.body)
        return self._coded(path, etag, opened, is_compressible(document))

    def _as_before(self, path: str) -> tuple[Content, ...]:
        """A document that is not rendered, unless its file was touched."""
        self._edition.note(self._keys.problems(path))
        known = self._before[path]

        def opened() -> BinaryIO:
            return BytesIO(self._edition.document(path).body)

        return self._coded(path, known.etag, opened, known.size > SMALL)

    def _coded(
        self, path: str, etag: str, opened: Callable[[], BinaryIO], is_coded: bool
    ) -> tuple[Content, ...]:
        about = path in self._edition.topics, self._keys.of(path)
        plain = Content(path, etag, opened, *about)
        names = self.names(path)
        if len(names) == 1 or not is_coded:
            return (plain,)
        coded = (
            Content(path + suffix, f"{etag}-{coding}", _coded(opened, coding), *about)
            for coding, suffix in SUFFIXES.items()
            if path + suffix in names
        )
        return (plain, *coded)

    def _opened(self, path: str, etag: str) -> BinaryIO | None:
        """The document that was written at `path`, if it is the one with that ETag."""
        known = self._before.get(path)
        return self._file_of(path, known) if known and known.etag == etag else None


def _again(file: BinaryIO) -> BinaryIO:
    """A file from its start; who has read it closes nothing but what is returned."""
    file.seek(0)
    return open(file.fileno(), "rb", closefd=False)


def _coded(opened: Callable[[], BinaryIO], coding: str) -> Callable[[], BinaryIO]:
    def coded() -> BinaryIO:
        with opened() as plain:
            return BytesIO(CODERS[coding](plain.read()))

    return coded


def _media(path: str, file: File) -> Content:
    etag = f"{file.mtime_ns:x}-{file.size:x}-{file.inode:x}"
    return Content(path, etag, partial(_open, file))


def _open(file: File) -> BinaryIO:
    try:
        return open_file(file)
    except OSError as error:
        reason = (error.strerror or "not a regular file").lower()
        fix = "check its rights; the file written last stays"
        raise ArticleError(f"cannot be read: {reason}", fix, code="file") from None


def _folders(paths: Iterable[str]) -> set[str]:
    found = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found
