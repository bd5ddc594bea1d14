"""Where pages and media lie on the site, and where an address in an article leads."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from feeds import markup
from feeds.articles.article import Article
from feeds.articles.dialects import rootless
from feeds.articles.folder import File
from feeds.articles.formats import suffix_of
from feeds.errors import Problem

PAGE = "index.html"
_LONGEST = 120
_UNSAFE = re.compile(r"[^\w.~-]+")
# As most names are, of very many: nothing to be done.
_PLAIN = re.compile(r"[a-z0-9_~](?:[a-z0-9_~-]*[a-z0-9_~])?")
_PLAIN_PATH = re.compile(rf"{_PLAIN.pattern}(?:/{_PLAIN.pattern})*")
# How Pelican writes that an address is of a file: {static}/images/a.png.
_PELICAN = re.compile(
    r"^(?:\{|%7B|\||%7C)(?:filename|static|attach)(?:\}|%7D|\||%7C)", re.I
)
_WORD = re.compile(r":(\w+)")

Resolve = Callable[[str], str]


@dataclass(slots=True)
class Asked:
    """What the resolver of an article was asked.

    `answers` has each address as written, and what was made of it; `inner` are those
    that lead into the site, and `missing` those that lead to nothing there.
    """

    answers: dict[str, str] = field(default_factory=dict)
    inner: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)


class Addresses:
    """Where the articles and media files of a folder lie on its site.

    `pages` has the address of each article's page by its path, `2024/hello.md` ->
    `2024/hello/`; `media` that of each media file; `aliases` leads from where an
    article was to where it is; `others` are documents that may be linked to.

    Of two articles that want one place, the later by path gets one that ends in its
    file's name and type, and a problem.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        media: Mapping[str, File],
        roots: Iterable[str],
        permalink: str,
        others: Iterable[str] = (),
        taken: Mapping[str, str] | None = None,
    ) -> None:
        self.pages: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._roots = tuple(roots)
        self._others = (*others, *(taken or ()))
        self.media = {path: rootless(path, self._roots) for path in media}
        self._files = {self.media[path]: file for path, file in media.items()}
        files = frozenset((*others, *self.media.values()))
        owners = dict(taken or {})
        # An original goes before its translations: ferry.md before ferry.fr.md.
        listed = sorted(articles, key=lambda a: (bool(a.place.language), a.path))
        late = []
        for article in listed:
            address = _address(article, permalink)
            # A page must not lie where a file does, nor below one.
            below = _among(address, files)
            if below is None and address not in owners:
                owners[address] = article.path
                self.pages[article.path] = address
            else:
                late.append((article, address, below or owners[address]))
        for article, address, owner in late:
            if not article.place.language:
                self.problems.append(_clash(article.path, address, owner))
            address = _evading(article, lambda a: a in owners or _among(a, files))
            owners[address] = article.path
            self.pages[article.path] = address
        self.aliases = {
            alias: self.pages[article.path]
            for article in listed
            for alias in article.aliases
            if f"{alias}/" not in owners
        }

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Articles under every name by which templates refer to them."""
        names: dict[str, str] = {}
        for path, address in self.pages.items():
            file = PurePosixPath(path)
            bundle = file.parent if file.stem == "index" else file.with_suffix("")
            for name in (path, str(bundle), bundle.name, file.name):
                for spelled in (name, rootless(name, self._roots)):
                    names.setdefault(spelled.lower(), address)
            names.setdefault(address.strip("/").lower(), address)
        return names

    def named(self, reference: str) -> str | None:
        """The page that a reference such as `post.md` or `2024-01-31-post` means."""
        name = unquote(reference).strip("/").lower()
        return self._by_name.get(name) or self._by_name.get(PurePosixPath(name).stem)

    def resolver(self, path: str, home: str) -> tuple[Resolve, Asked]:
        """What makes the addresses in the article at `path` absolute below `home`.

        Also where it keeps what it was asked. An address is relative to where the file
        lies, as its author wrote it; that of another article's file leads to its page.
        """
        page = home + quote(self.pages[path])
        bases = (home + quote(rootless(path, self._roots)), page)
        asked = Asked()

        def resolve(written: str) -> str:
            if written not in asked.answers:
                asked.answers[written] = find(written)
            return asked.answers[written]

        def find(written: str) -> str:
            if written.startswith("#"):
                return markup.link(written, page)
            address = _PELICAN.sub("", written)
            if address.startswith("ref:"):
                asked.inner.add(written)
                name, mark, fragment = address[4:].partition("#")
                if (found := self.named(name)) is None:
                    asked.missing.append(name)
                    return ""
                return home + quote(found) + mark + fragment
            url = markup.link(address, bases[0])
            if not url.startswith(home):
                return url
            asked.inner.add(written)
            # Tools differ in what an address is relative to: the file or its page.
            for base in bases:
                there = urlsplit(markup.link(address, base))
                wanted = unquote(there.path[len(urlsplit(home).path) :])
                if (target := self._target(wanted)) is not None:
                    mark = f"#{there.fragment}" if there.fragment else ""
                    return home + quote(target) + mark
            asked.missing.append(address)
            return url

        return resolve, asked

    def file(self, url: str, home: str) -> File | None:
        """The media file at an absolute address below `home`, if it is one of ours."""
        if not url.startswith(home):
            return None
        return self._files.get(unquote(url.removeprefix(home)))

    def _target(self, wanted: str) -> str | None:
        """Where a path on the site leads: to a page, a file, or a known address."""
        if wanted in self._targets:
            return self._targets[wanted]
        return self._targets.get(wanted.strip("/").removesuffix(".html") + "/")

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        files = {**self.pages, **self.media}
        short = {rootless(path, self._roots): at for path, at in files.items()}
        same = {place: place for place in ("", *self._others, *files.values())}
        return same | short | files


def _clash(path: str, address: str, owner: str) -> Problem:
    found = f"the address of {owner} again: /{address}"
    fix = "give it a slug of its own"
    return Problem(path, 1, found, fix, "warning", code="slug-twice")


def _among(address: str, files: Container[str]) -> str | None:
    """The file that lies at an address, or at a folder on the way to it."""
    end = 0
    while (end := address.find("/", end + 1)) > 0:
        if address[:end] in files:
            return address[:end]
    return None


def _evading(article: Article, is_taken: Callable[[str], object]) -> str:
    """Another place for an article: in its language's folder, or by its file's name."""
    own = _slugs(article.path)
    language = article.place.language
    wanted = f"{_slug(language)}/{_slugs(article.place.name)}" if language else own
    if is_taken(wanted):
        wanted = own
    while is_taken(wanted):
        wanted = f"{wanted[:-1]}-/"
    return wanted


def _address(article: Article, permalink: str) -> str:
    if article.address:
        return _slugs(article.address, _kept)
    place = article.place
    if not permalink and not article.slug:
        stem = _stem(article.path, place.name)
        path = "/".join((*place.folders, stem))
        is_plain = len(path) <= _LONGEST and _PLAIN_PATH.fullmatch(path)
        return f"{path}/" if is_plain else _slugs(path)
    slug = _slug(article.slug) or _slug(place.name)
    if not permalink:
        return _slugs("/".join((*place.folders, slug)))
    when = article.published
    words = {
        "year": f"{when:%Y}" if when else "",
        "month": f"{when:%m}" if when else "",
        "day": f"{when:%d}" if when else "",
        "folders": "/".join(place.folders),
        "section": place.folders[0] if place.folders else "",
        "slug": slug,
        "title": slug,
        "name": _slug(place.name),
    }
    filled = _WORD.sub(lambda word: words.get(word[1], ""), permalink)
    return _slugs(re.sub("/+", "/", filled).strip("/"))


def _stem(path: str, name: str) -> str:
    """A file's name with its date, if it has one: so it was at its first address."""
    folder, _, file = path.rpartition("/")
    stem = file[: len(file) - len(suffix_of(file))]
    if stem.lower() == "index":
        stem = folder.rpartition("/")[2]
    return stem if stem.endswith(name) else name


def _slugs(path: str, spell: Callable[[str], str] | None = None) -> str:
    parts = map(spell or _slug, path.split("/"))
    return "/".join(_short(part) or "_" for part in parts) + "/"


def _short(part: str) -> str:
    """A part of an address that every file system can hold."""
    if len(part) * 4 <= _LONGEST:  # bytes of a letter in UTF-8, at most
        return part
    return part.encode()[:_LONGEST].decode("utf-8", "ignore")


def _kept(part: str) -> str:
    """A part as its author wrote it, unless that would hide it or hide in it."""
    return _slug(part) if part.startswith(".") or part == PAGE else part


def _slug(name: str) -> str:
    """A name as a part of an address: `A Walk, at Night` -> `a-walk-at-night`."""
    if _PLAIN.fullmatch(name):
        return name
    name = unicodedata.normalize("NFC", name).lower()
    return _UNSAFE.sub("-", name).strip("-.").replace(".", "-")
