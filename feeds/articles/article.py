"""One file: its facts now, its HTML when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from feeds import markup
from feeds.articles import facts as read
from feeds.articles import frontmatter
from feeds.articles.decoding import decode
from feeds.articles.formats import BY_SUFFIX, FORMATS
from feeds.articles.frontmatter import Facts
from feeds.errors import ArticleError, Problem
from feeds.feed import Author, Image


@dataclass(frozen=True, slots=True)
class Visits:
    """How often the site that a story came from says it was read."""

    total: int
    today: int


@dataclass(frozen=True, slots=True)
class Article:
    """A file of the content folder as its author wrote it.

    `path` is relative to the folder, with `/`; `published` is None where the author
    gives no date; `id` is "" where there is none of the author's own; `body` is in
    the writing of `format`.
    """

    path: str
    format: str
    body: str
    title: str
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str = ""
    slug: str = ""
    draft: bool = False
    id: str = ""
    language: str = ""
    image: Image | None = None
    comments: str = ""
    visits: Visits | None = None
    warnings: tuple[Problem, ...] = ()

    def html(self) -> str:
        """The body as HTML, neither safe yet nor its addresses absolute.

        ArticleError where no HTML can be made of it.
        """
        try:
            return FORMATS[self.format].to_html(self.body)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic in Rust is no Exception
            found = f"a body that cannot be read as {self.format}: {error!r:.100}"
            raise ArticleError(found, "simplify it") from error


def read_article(path: str, data: bytes) -> Article:
    """Read the file at `path`; ArticleError where it cannot be an article."""
    text, assumed = decode(data)
    header, body, twice = frontmatter.split(text)
    form = BY_SUFFIX[PurePosixPath(path).suffix.lower()]
    own, body = form.split(body, read.text(header, "title"))
    told = _merge(header, own)
    if not body.strip() and not told:
        raise ArticleError("an empty file", "write a title and a text, or delete it")
    updated, undatable = _updated(path, told)
    return Article(
        path=path,
        format=form.name,
        body=body,
        title=read.text(told, "title") or _title_of(path),
        published=read.date(told, "published"),
        updated=updated,
        authors=read.authors(told),
        categories=read.categories(told),
        summary=markup.plain(read.text(told, "summary")),
        slug=read.text(told, "slug"),
        draft=read.truth(told, "draft"),
        id=read.text(told, "id"),
        language=read.language(told),
        image=read.image(told),
        comments=read.comments(told),
        visits=_visits(told),
        warnings=(*_encoding(path, assumed), *_twice(path, header, twice), *undatable),
    )


def _merge(header: Facts, own: Facts) -> Facts:
    """What the header says goes before what the body says of itself."""
    rest = {name: fact for name, fact in own.items() if not read.find(header, name)}
    return {**rest, **header}


def _updated(path: str, told: Facts) -> tuple[datetime | None, list[Problem]]:
    # Unlike the date of publication, this one can be left out.
    try:
        return read.date(told, "updated"), []
    except ArticleError as error:
        fault = Problem(path, error.line, error.found, error.fix, "warning")
        return None, [fault]


def _title_of(path: str) -> str:
    """`2024/a-walk_home.md` is called A walk home where it has no title."""
    file = PurePosixPath(path)
    stem = file.parent.name if file.stem.lower() == "index" else file.stem
    words = markup.line((stem or file.stem).replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:] or file.name


def _visits(told: Mapping[str, frontmatter.Fact]) -> Visits | None:
    fact = told.get("visits")
    if fact is None or not isinstance(fact.value, dict):
        return None
    total, today = (str(fact.value.get(key) or 0) for key in ("total", "today"))
    if not (total.isdecimal() and today.isdecimal()):
        return None
    return Visits(int(total[:18]), int(today[:18]))


def _encoding(path: str, assumed: bool) -> list[Problem]:
    if not assumed:
        return []
    found = "not UTF-8, read as Windows-1252"
    return [Problem(path, 1, found, "save the file as UTF-8", "warning")]


def _twice(path: str, header: Facts, twice: list[str]) -> list[Problem]:
    return [
        Problem(
            path,
            header[key.lower()].line,
            f"{key!r} is given twice",
            "keep one of them; the last one counts",
            "warning",
        )
        for key in twice
    ]
