"""One file: its facts now, its HTML when asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from feeds import markup
from feeds.articles import attachments, credits, headers, people
from feeds.articles import facts as read
from feeds.articles.decoding import decode
from feeds.articles.dialects import PLAIN, Dialect
from feeds.articles.episodes import episode
from feeds.articles.formats import BY_SUFFIX, FORMATS, BodyFormat, suffix_of
from feeds.articles.headers import Header
from feeds.articles.memory import digest
from feeds.articles.names import find, merge, misspelled, settle
from feeds.articles.places import Place, date_in, read_path, shared, title_of
from feeds.articles.templating import Leftover
from feeds.errors import ArticleError, Problem
from feeds.feed import Author, Comments, Enclosure, Episode, Image, Source
from feeds.notation import Facts, Told
from feeds.visits import Visits

# What an article without a text must have at least one of.
_SUBSTANCE = ("title", "summary", "link", "image", "enclosure")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the articles of a folder have in common, and must be read with.

    `zone` is meant by dates that name none; `authors` are those that can be named by
    a key alone.
    """

    dialect: Dialect = PLAIN
    zone: tzinfo = UTC
    authors: Mapping[str, Author] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """What a file of the content folder says, but for its body.

    `path` is relative to the folder, with `/`; `published` is None where the author
    gives no date, and `undated` is true once the site has dated it; `id` and `address`
    are "" where there is none of the author's own; the body is in the writing of
    `format`, and comes after `first_line` lines of the file; `digest` knows it
    again, "" for none, and `notation` is that of its header, "" for none. One that is
    not `listed` has a page and is in no feed. `rights` are words, `license` is an
    address, and `episode` what podcast apps want to know.
    """

    path: str
    format: str
    title: str
    place: Place
    published: datetime | None = None
    updated: datetime | None = None
    undated: bool = False
    expires: datetime | None = None
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    slug: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    listed: bool = True
    id: str = ""
    language: str = ""
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    link: str = ""
    source: Source | None = None
    rights: str = ""
    license: str = ""
    comments: Comments | None = None
    episode: Episode | None = None
    visits: Visits | None = None
    digest: str = ""
    notation: str = ""
    first_line: int = 0
    warnings: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        # Of many articles most have these from a few: they are kept once.
        for name in ("format", "authors", "categories", "tags", "notation"):
            object.__setattr__(self, name, shared(getattr(self, name)))


def html_of(article: Article, body: str) -> str:
    """The article's body as HTML, neither safe yet nor its addresses absolute.

    ArticleError where no HTML can be made of it.
    """
    try:
        return FORMATS[article.format].to_html(body)
    except (KeyboardInterrupt, SystemExit, ArticleError):
        raise
    except BaseException as error:  # a panic in Rust is no Exception
        found = f"a body that cannot be read as {article.format}: {error!r:.100}"
        raise ArticleError(found, "simplify it") from error


def read_article(
    path: str, data: bytes, reading: Reading | None = None, beside: bytes | None = None
) -> tuple[Article, str]:
    """The file at `path` as an article and its body.

    ArticleError where it cannot be an article. `beside` is a `.meta` file of the same
    name, which then holds the header.
    """
    reading = reading or Reading()
    text, faults = decode(data)
    header = _header(text, beside)
    form = _format_of(path, header)
    given = settle(header.told.facts)
    own, body = form.split(header.body, read.text(given, "title"))
    told = merge(given, own)
    if not (body.strip() or any(find(told, name) for name in _SUBSTANCE)):
        raise ArticleError(
            "no title and no text", "write them, or delete the file", code="empty"
        )
    first_line = text.count("\n") - body.count("\n")
    body, leftovers = form.translate(body)
    place = read_path(path, reading.dialect, reading.zone)
    address = read.address(told)
    updated, undatable = _updated(told, reading.zone)
    authors, unknown = people.authors(told, reading.authors)
    comments, misplaced = read.comments(told)
    heard, unclear = episode(told, reading.authors)
    published = (
        read.date(told, "published", reading.zone)
        or place.date
        or date_in(address, reading.zone)
    )
    draft = place.is_draft or read.is_draft(told)
    faults += [*_faults(header.told, given), *undatable, *unknown]
    faults += [*misplaced, *unclear]
    faults += [_left_over(left, first_line) for left in leftovers]
    article = Article(
        path=path,
        format=form.name,
        notation=header.notation,
        digest=digest(body),
        title=read.text(told, "title") or title_of(place),
        place=place,
        published=published,
        updated=updated,
        expires=read.date(told, "expires", reading.zone),
        authors=authors,
        categories=read.labels(told, "categories", reading.dialect.spaced_tags),
        tags=read.labels(told, "tags", reading.dialect.spaced_tags),
        summary=markup.told(read.text(told, "summary")),
        slug=read.text(told, "slug"),
        address=address,
        aliases=read.aliases(told),
        draft=draft,
        listed=read.is_listed(told),
        id=read.identifier(told),
        language=read.language(told) or place.language,
        image=attachments.image(told),
        enclosures=attachments.enclosures(told),
        link=read.link(told),
        source=credits.source(told),
        rights=credits.rights(told),
        license=credits.license(told),
        comments=comments,
        episode=heard,
        visits=_visits(told),
        first_line=first_line,
        warnings=tuple(fault.problem(path, "warning") for fault in faults),
    )
    return article, body


def _header(text: str, beside: bytes | None) -> Header:
    if beside is None:
        return headers.split(text)
    return Header(headers.comments.read_meta(decode(beside)[0]), text, "Nikola")


def _format_of(path: str, header: Header) -> BodyFormat:
    suffix = suffix_of(path)
    # To Nikola a .txt is reStructuredText, and only Nikola writes such headers.
    if header.notation == "Nikola" and suffix == ".txt":
        suffix = ".rst"
    return BY_SUFFIX[suffix]


def _updated(told: Facts, zone: tzinfo) -> tuple[datetime | None, list[ArticleError]]:
    # Unlike the date of publication, this one can be left out.
    try:
        return read.date(told, "updated", zone), []
    except ArticleError as fault:
        return None, [fault]


def _faults(told: Told, given: Facts) -> list[ArticleError]:
    return [
        *(
            ArticleError(
                f"{key!r} is given twice",
                "keep one of them; the last one counts",
                told.facts[key.lower()].line,
                "key-twice",
            )
            for key in told.twice
        ),
        *(
            ArticleError(
                f"unknown key {key!r}", f"did you mean {near}?", line, "key-unknown"
            )
            for key, near, line in misspelled(given)
        ),
    ]


def _left_over(left: Leftover, first_line: int) -> ArticleError:
    fix = "write what it stands for"
    return ArticleError(
        f"{left.kind} is taken out", fix, first_line + left.line, "templating"
    )


def _visits(told: Facts) -> Visits | None:
    fact = told.get("visits")
    if fact is None or not isinstance(fact.value, dict):
        return None
    total, today = (str(fact.value.get(key) or 0) for key in ("total", "today"))
    if not (total.isdecimal() and today.isdecimal()):
        return None
    return Visits(int(total[:18]), int(today[:18]))
