"""Feeds of very many articles, put together from parts: what is as it was is copied."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from feeds.articles.article import Article
from feeds.articles.bodies import Asked
from feeds.composition import shown
from feeds.cores import batches, spread
from feeds.documents.document import FeedFormat, Fragment
from feeds.edition import Edition
from feeds.errors import Problem
from feeds.export.keys import Keys, asked_of
from feeds.export.parts import Part, Parts, keep_parts, known_parts
from feeds.shelves import Shelf

# Smaller ones are rendered whole: it is as quick, and there are many of them.
_MANY = 500
_BATCH = 100
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Large:
    """A document too large to be held: its validator, and the file of its bytes."""

    etag: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class _Made:
    """Some articles as fragments of each format, and what was seen beside them."""

    fragments: Mapping[str, Sequence[Fragment | None]]
    asked: Mapping[str, Asked]
    found: Mapping[str, tuple[Problem, ...]]


@dataclass(slots=True)
class _Parts:
    """Entries by their keys, each in one of two files: as it was, or made now."""

    before: BinaryIO | None
    old: Mapping[str, Part]
    made: BinaryIO = field(default_factory=TemporaryFile)
    new: dict[str, Part] = field(default_factory=dict)

    def add(self, key: str, fragment: Fragment | None) -> None:
        body, prefixes = b"", frozenset[str]()
        if fragment is not None:
            body, prefixes = fragment.body, fragment.prefixes
        start = self.made.tell()
        self.made.write(body)
        self.new[key] = Part(start, len(body), tuple(sorted(prefixes)))

    def of(self, key: str) -> Part:
        return self.new.get(key) or self.old[key]

    def close(self) -> None:
        self.made.close()
        if self.before is not None:
            self.before.close()

    def read(self, key: str) -> bytes:
        part, file = self.of(key), self.made if key in self.new else self.before
        assert file is not None
        file.seek(part.start)
        return file.read(part.size)


class LargeFeeds:
    """The large feeds of an edition as documents; `paths` are theirs.

    `out` is the folder they are exported to, if it is one, `opened` what gives the file
    at a path that has a validator, if it is as it was written. `keeps` is whether to
    remember what lies where. Files are open until `held` is left.
    """

    def __init__(
        self,
        edition: Edition,
        keys: Keys,
        out: Path | None,
        opened: Callable[[str, str], BinaryIO | None],
        keeps: bool,
        held: ExitStack,
    ) -> None:
        self._edition = edition
        self._keys = keys
        self._out = out
        self._opened = opened
        self._keeps = keeps
        self._held = held
        self._shelves = {
            path: edition.shelves[path.removesuffix(form.filename)]
            for path, form in edition.topics.items()
        }
        self.paths = frozenset(
            path for path, shelf in self._shelves.items() if len(shelf.articles) > _MANY
        )
        self._parts: dict[str, _Parts] = {}

    def document(self, path: str, wanted: Iterable[str]) -> Large:
        """The document at `path`, which is asked for once.

        `wanted` are the paths of all that will be asked for: those of the same feed
        are made together, so that each article is published once for all of them.
        """
        shelf = self._shelves[path]
        if path not in self._parts:
            self._make(shelf, [each for each in wanted if self._shelves[each] is shelf])
        with closing(self._parts.pop(path)) as parts:
            return self._whole(path, shelf, parts)

    def _make(self, shelf: Shelf, paths: Sequence[str]) -> None:
        """Make the entries of a feed that are new in its documents at `paths`."""
        parts = {path: self._before(path) for path in paths}
        for each in parts.values():
            self._held.enter_context(closing(each))
        missing = batches([a for a in shelf.articles if self._is_new(a, parts)], _BATCH)
        forms = [self._edition.topics[path] for path in paths]
        render = partial(_render, self._edition, shelf, forms)
        for articles, made in zip(missing, spread(render, missing), strict=True):
            self._edition.note(made.found)
            self._edition.library.contents.bodies.note(made.asked)
            self._keys.learn(made.asked)
            for path, form in zip(paths, forms, strict=True):
                found = zip(articles, made.fragments[form.name], strict=True)
                for article, fragment in found:
                    parts[path].add(self._keys.entry(article, path), fragment)
        self._parts |= parts

    def _before(self, path: str) -> _Parts:
        known = known_parts(self._out, path) if self._out else Parts()
        file = self._opened(path, known.etag) if known.etag else None
        return _Parts(file, known.parts if file is not None else {})

    def _is_new(self, article: Article, parts: Mapping[str, _Parts]) -> bool:
        keys = ((self._keys.entry(article, path), each) for path, each in parts.items())
        return any(key not in each.old for key, each in keys)

    def _whole(self, path: str, shelf: Shelf, parts: _Parts) -> Large:
        """The document of all its parts, in their order, in a file of its own."""
        keys = [self._keys.entry(article, path) for article in shelf.articles]
        keys = [key for key in keys if parts.of(key).size]
        form = self._edition.topics[path]
        prefixes = frozenset(p for key in keys for p in parts.of(key).prefixes)
        frame = self._edition.frame(form, shelf.place, prefixes)
        digest, places = hashlib.sha256(), dict[str, Part]()
        file = self._held.enter_context(TemporaryFile())  # noqa: SIM115 - it is held

        def write(chunk: bytes) -> None:
            digest.update(chunk)
            file.write(chunk)

        write(frame.before)
        for number, key in enumerate(keys):
            if number:
                write(frame.between)
            part = parts.of(key)
            places[key] = Part(file.tell(), part.size, part.prefixes)
            write(parts.read(key))
        write(frame.after)
        etag = digest.hexdigest()[:32]
        if self._keeps and self._out:
            keep_parts(self._out, path, Parts(etag, places))
        return Large(etag, file)


def _render(
    edition: Edition,
    shelf: Shelf,
    forms: Sequence[FeedFormat],
    articles: Sequence[Article],
) -> _Made:
    known = set(edition.found_in)
    published = [edition.published(article) for article in articles]
    found = {path: told for path, told in edition.found_in.items() if path not in known}
    asked = {each.article.path: asked_of(each) for each in published}
    entries = [each.entry and shown(each.entry, shelf.offer) for each in published]
    head = edition.feeds.head(shelf.place)
    fragments: dict[str, list[Fragment | None]] = {}
    for form in forms:
        written: Iterator[Fragment] = iter(form.write([e for e in entries if e], head))
        fragments[form.name] = [next(written) if entry else None for entry in entries]
    return _Made(fragments, asked, found)
