"""All articles of a folder as a snapshot: read what changed, keep the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from feeds.articles import dialects, history
from feeds.articles.article import Article, Reading
from feeds.articles.cache import Cache
from feeds.articles.contents import Contents, read_again, read_contents
from feeds.articles.folder import (
    File,
    Scan,
    is_media,
    scan,
)
from feeds.articles.formats import UNREAD, suffix_of
from feeds.articles.identity import follow
from feeds.articles.ledger import Ledger
from feeds.articles.memory import Memory
from feeds.errors import ArticleError, Problem
from feeds.feed import Author

_NEVER = datetime.fromtimestamp(0, UTC)
# A file that was touched so lately may still be being written.
_SETTLED_NS = 300_000_000


@dataclass(frozen=True, slots=True)
class Library:
    """The articles newest first, ties broken by path; drafts and future ones too.

    `memories` has what is remembered of them, and of those that are no more, by path.
    `media` are the files that are served as they are, by path. `modified` is when
    anything in the folder last changed. `unsettled`: a file is being written just now,
    so the next look should come soon. `lost`: the folder is not there, and this is
    what was known of it. `files`, `broken` and `refused` are what the next look
    compares with.
    """

    root: Path
    contents: Contents = field(default_factory=Contents)
    articles: tuple[Article, ...] = ()
    memories: Mapping[str, Memory] = field(default_factory=dict)
    media: Mapping[str, File] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    modified: datetime = _NEVER
    unsettled: bool = False
    lost: bool = False
    refused: tuple[Problem, ...] = ()

    def body(self, article: Article) -> str:
        """The body of one of the articles; ArticleError if it is lost for now."""
        if not article.digest:
            return ""
        try:
            return self.contents.bodies[article.digest]
        except KeyError:
            return self._again(article)

    def _again(self, article: Article) -> str:
        """A body that was known and is no more, as where a cache was deleted."""
        again, body = read_again(article.path, self.contents)
        if again.digest != article.digest:
            raise ArticleError("being changed just now", "wait a moment", code="file")
        return body

    @property
    def names(self) -> dict[str, str]:
        """What the ids of those articles are made from whose files have moved."""
        return {p: m.name for p, m in self.memories.items() if m.name != p}


def rescan(
    library: Library,
    ledger: Ledger,
    cache: Cache | None,
    now: datetime,
    zone: tzinfo = UTC,
    authors: Mapping[str, Author] | None = None,
) -> Library:
    """Return `library` as the folder is now, or itself if nothing changed.

    A file that looks as it did is not read again, unless it is to be read otherwise.
    A folder that is gone, or bare where there were files, leaves what was known of it,
    and a problem. Of a large folder, what was read is kept in `cache`.
    """
    try:
        found = scan(library.root, library.contents.files)
    except OSError as error:
        return _lost(library, f"cannot be read: {error.strerror}")
    if found.is_bare and library.contents.files:
        return _lost(library, "is empty all at once")
    dialect = dialects.detect(found.files, found.others)
    reading = Reading(dialect, zone, authors or {})
    files = _settled(found.files, library.contents.files, now)
    unsettled = files != found.files
    refused = (*found.refused, *_unread(files, dialect))
    known = library.contents
    before = (known.files, known.reading, library.refused, library.unsettled)
    if (files, reading, refused, unsettled) == before and not library.lost:
        return library
    contents = read_contents(files, reading, known, cache, now)
    dated, memories = _remembered(contents, library, ledger, now)
    articles = tuple(sorted(dated, key=_newest_first))
    warnings = [warning for article in articles for warning in article.warnings]
    problems = [*refused, *contents.broken.values(), *warnings, *ledger.problems]
    return Library(
        root=library.root,
        contents=replace(contents, articles=articles),
        articles=articles,
        memories=memories,
        media={path: file for path, file in files.items() if is_media(path)},
        problems=tuple(sorted(problems, key=lambda p: (p.path, p.line, p.found))),
        modified=_modified(found),
        unsettled=unsettled,
        refused=refused,
    )


def _lost(library: Library, what: str) -> Library:
    if library.lost:
        return library
    fix = "bring it back; what was known is served"
    problem = Problem(str(library.root), 1, f"the folder {what}", fix, code="folder")
    return replace(library, problems=(problem, *library.problems), lost=True)


def _settled(
    found: Mapping[str, File], known: Mapping[str, File], now: datetime
) -> dict[str, File]:
    """`found`, but with files that are being written left as they were known.

    On the first look there is nothing to fall back on, and all count as they are.
    """
    if not known:
        return dict(found)
    now_ns = int(now.timestamp() * 10**9)
    settled = {}
    for path, file in found.items():
        old = known.get(path)
        if old is not None and old == file:
            settled[path] = old  # the same value: one of the two can go
        elif not 0 <= now_ns - file.mtime_ns < _SETTLED_NS:
            settled[path] = file
        elif old is not None:
            settled[path] = old
    return settled


def _unread(files: Mapping[str, File], dialect: dialects.Dialect) -> list[Problem]:
    return [
        Problem(
            path,
            1,
            f"{name} is not read",
            "write Markdown, HTML or text",
            code="format",
        )
        for path in files
        if (name := UNREAD.get(suffix_of(path))) and dialects.is_article(path, dialect)
    ]


def _remembered(
    contents: Contents,
    before: Library,
    ledger: Ledger,
    now: datetime,
) -> tuple[list[Article], Mapping[str, Memory]]:
    """The articles with the dates that are remembered, and all that is remembered.

    An undated article is published as of its first commit, else as of when the site
    first saw it. A draft is not seen until it is one no more.
    """
    articles = contents.articles
    seen = [article for article in articles if not article.draft]
    memories = ledger.memories()
    unknown = [a for a in seen if a.published is None and a.path not in memories]
    commits = history.first_commits(before.root) if unknown else {}
    known = {id(article) for article in before.articles}
    same = {article.path for article in seen if id(article) in known}
    memories = ledger.remember(
        *follow(seen, contents.files, memories, commits, now, same)
    )
    dated = [
        replace(article, published=memories[article.path].first_seen, undated=True)
        if article.published is None and not article.draft
        else article
        for article in articles
    ]
    return dated, memories


def _modified(found: Scan) -> datetime:
    return datetime.fromtimestamp(found.modified_ns // 10**9, UTC)


def _newest_first(article: Article) -> tuple[float, str]:
    published = article.published
    return -published.timestamp() if published else float("inf"), article.path
