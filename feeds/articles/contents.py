"""What the files of a folder say: read where they changed, else as it was known."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feeds.articles import dialects
from feeds.articles.article import Article, Reading, read_article
from feeds.articles.bodies import Bodies, InMemory, Kept
from feeds.articles.cache import Cache, key_of, manner_of
from feeds.articles.folder import BESIDE, TICK_NS, File, is_media, read_file
from feeds.articles.formats import BY_SUFFIX, suffix_of
from feeds.cores import batches, spread
from feeds.errors import ArticleError, Problem

# Of bodies together, in bytes: more than that is not kept in memory.
_LARGE = 4_000_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What `files` say, read as `reading` has it: articles, and why some are none."""

    reading: Reading = field(default_factory=Reading)
    files: Mapping[str, File] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    broken: Mapping[str, Problem] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=InMemory)


def read_contents(
    files: Mapping[str, File],
    reading: Reading,
    before: Contents,
    cache: Cache | None,
    now: datetime,
) -> Contents:
    """What `files` say; what is as it was `before`, or as `cache` has it, is not read.

    The cache is for large folders alone.
    """
    if before.bodies is not cache and not _is_large(files):
        cache = None
    same = _same(files, before) if reading == before.reading else frozenset()
    found = {a.path: a for a in before.articles if a.path in same}
    broken = {path: problem for path, problem in before.broken.items() if path in same}
    gone = {a.path for a in before.articles if a.path not in files}
    looks = _looks(files, reading, found.keys() | broken.keys())
    bodies = cache or InMemory()
    if before.bodies is not bodies:
        bodies.take(before.bodies, found.values())
    if cache is not None and not before.files:
        found, gone = cache.known(looks)
    bodies.leave(gone, now)
    asked = _Asked(files, looks, reading, cache, now)
    wanted = [path for path in looks if path not in found]
    for kept, problems in spread(asked.read, batches(wanted)):
        bodies.keep(kept, now)
        found |= {each.article.path: each.article for each in kept}
        broken |= problems
    # As the files lie, whatever was read or known.
    articles = tuple(found[path] for path in files if path in found)
    return Contents(reading, files, articles, broken, bodies)


def read_again(path: str, contents: Contents) -> tuple[Article, str]:
    """The article at `path` and its body, as they are in the file just now."""
    data, header = _bytes(path, contents.files)
    return read_article(path, data, contents.reading, header)


def _is_large(files: Mapping[str, File]) -> bool:
    return sum(f.size for path, f in files.items() if not is_media(path)) > _LARGE


def _same(files: Mapping[str, File], before: Contents) -> frozenset[str]:
    """The files that look as they did, and so do those beside them."""
    old = before.files
    beside = {path for path in {*files, *old} if path.endswith(BESIDE)}
    other = {path for path in beside if files.get(path) != old.get(path)}
    changed = {path.removesuffix(BESIDE) for path in other}
    return frozenset(
        path
        for path, file in files.items()
        if file == old.get(path)
        and not (changed and path[: -len(suffix_of(path))] in changed)
    )


def _looks(
    files: Mapping[str, File], reading: Reading, known: Container[str]
) -> dict[str, str]:
    """Of each article but the `known` its file as it was seen, and how it is read."""
    manner = manner_of(reading)
    return {
        path: f"{manner} {_look(files[path])} {_look(files.get(_beside(path)))}"
        for path in files
        if path not in known
        and suffix_of(path) in BY_SUFFIX
        and dialects.is_article(path, reading.dialect)
    }


def _look(file: File | None) -> str:
    return f"{file.mtime_ns} {file.size} {file.inode}" if file else ""


def _beside(path: str) -> str:
    return path[: -len(suffix_of(path))] + BESIDE


def _bytes(path: str, files: Mapping[str, File]) -> tuple[bytes, bytes | None]:
    beside = files.get(_beside(path))
    return read_file(files[path]), read_file(beside) if beside else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What reading a file takes beside its path."""

    files: Mapping[str, File]
    looks: Mapping[str, str]
    reading: Reading
    cache: Cache | None
    now: datetime

    def read(self, paths: Iterable[str]) -> tuple[list[Kept], dict[str, Problem]]:
        """The articles at `paths`, and why there is none at some."""
        kept, broken = [], {}
        for path in paths:
            try:
                kept.append(self._read(path))
            except ArticleError as error:
                broken[path] = error.problem(path)
        return kept, broken

    def _read(self, path: str) -> Kept:
        data, header = _bytes(path, self.files)
        age = int(self.now.timestamp() * 10**9) - self.files[path].mtime_ns
        look = self.looks[path] if age > TICK_NS else ""
        key = key_of(path, self.reading, data, header) if self.cache else b""
        if self.cache and (article := self.cache.article(key)) is not None:
            return Kept(look, key, article, None)
        return Kept(look, key, *read_article(path, data, self.reading, header))
