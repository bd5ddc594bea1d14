"""What an export is to put at each path: its validator, and what opens its bytes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from feeds.articles.folder import File, open_file
from feeds.documents.compression import CODERS, is_compressible
from feeds.documents.document import Document
from feeds.edition import Edition
from feeds.errors import ArticleError

#: What a compressed document's name ends in, where servers look for it.
SUFFIXES = {"gzip": ".gz", "br": ".br"}


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes that are to lie at `path`: those that `etag` stands for.

    `is_topic`: subscribers ask for it again and again.
    """

    path: str
    etag: str
    open: Callable[[], BinaryIO]
    is_topic: bool = False


class Contents:
    """All that an export writes; a document is rendered when it is asked for."""

    def __init__(
        self, edition: Edition, more: Mapping[str, bytes], compress: bool
    ) -> None:
        self._edition = edition
        self._more = {
            path: body
            for path, body in more.items()
            if not (edition.has(path) or path in edition.media)
        }
        self._compress = compress
        self._taken: set[str] = set()
        #: Media, what a host wants to know, and documents: feeds are last, after all
        #: that they point to.
        self.paths = (*edition.media, *self._more, *edition.paths)
        if compress:
            self._taken = {*self.paths, *_folders(self.paths)}

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
        return self._document(path, self._edition.document(path))

    def _document(self, path: str, document: Document) -> tuple[Content, ...]:
        is_topic = path in self._edition.topics
        etag = document.etag.strip('"')
        plain = Content(path, etag, partial(BytesIO, document.body), is_topic)
        names = self.names(path)
        if len(names) == 1 or not is_compressible(document):
            return (plain,)
        coded = (
            Content(
                path + suffix, f"{etag}-{coding}", _coded(document, coding), is_topic
            )
            for coding, suffix in SUFFIXES.items()
            if path + suffix in names
        )
        return (plain, *coded)


def _coded(document: Document, coding: str) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(CODERS[coding](document.body))


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
