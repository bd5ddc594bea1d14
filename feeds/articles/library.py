"""All articles of a folder as a snapshot: read what changed, keep the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from feeds.articles.article import Article, read_article
from feeds.articles.folder import File, is_media, read_file, scan
from feeds.articles.ledger import Ledger
from feeds.errors import ArticleError, Problem

_NEVER = datetime.fromtimestamp(0, UTC)
# A file that was touched so lately may still be being written.
_SETTLED_NS = 300_000_000


@dataclass(frozen=True, slots=True)
class Library:
    """The articles newest first, ties broken by path; drafts and future ones too.

    `media` are the files that are served as they are, by path. `modified` is when
    anything in the folder last changed. `unsettled`: a file is being written just
    now, so the next look should come soon. `lost`: the folder is not there, and this
    is what was known of it. `files`, `broken` and `refused` are what
    the next look compares with.
    """

    root: Path
    articles: tuple[Article, ...] = ()
    media: Mapping[str, File] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    modified: datetime = _NEVER
    unsettled: bool = False
    lost: bool = False
    files: Mapping[str, File] = field(default_factory=dict)
    broken: Mapping[str, Problem] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()


def rescan(library: Library, ledger: Ledger, now: datetime) -> Library:
    """Return `library` as the folder is now, or itself if nothing changed.

    A file that looks as it did is not read again. A folder that is gone, or bare
    where there were files, leaves what was known of it, and a problem.
    """
    try:
        found = scan(library.root)
    except OSError as error:
        return _lost(library, f"cannot be read: {error.strerror}")
    if found.is_bare and library.files:
        return _lost(library, "is empty all at once")
    files = _settled(found.files, library.files, now)
    unsettled = files != found.files
    refused = tuple(found.refused)
    before = (library.files, library.refused, library.unsettled, library.lost)
    if (files, refused, unsettled, False) == before:
        return library
    articles, broken = _read(files, library)
    articles = _date(articles, ledger, now)
    warnings = [warning for article in articles for warning in article.warnings]
    problems = [*refused, *broken.values(), *warnings, *ledger.problems]
    return Library(
        root=library.root,
        articles=tuple(sorted(articles, key=_newest_first)),
        media={path: file for path, file in files.items() if is_media(path)},
        problems=tuple(sorted(problems, key=lambda p: (p.path, p.line, p.found))),
        modified=datetime.fromtimestamp(found.modified_ns // 10**9, UTC),
        unsettled=unsettled,
        files=files,
        broken=broken,
        refused=refused,
    )


def _lost(library: Library, what: str) -> Library:
    if library.lost:
        return library
    fix = "bring it back; what was known is served"
    problem = Problem(str(library.root), 1, f"the folder {what}", fix)
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
        if old == file or not 0 <= now_ns - file.mtime_ns < _SETTLED_NS:
            settled[path] = file
        elif old is not None:
            settled[path] = old
    return settled


def _read(
    files: Mapping[str, File], library: Library
) -> tuple[list[Article], dict[str, Problem]]:
    known = {article.path: article for article in library.articles}
    articles, broken = [], {}
    for path, file in files.items():
        same = library.files.get(path) == file
        if is_media(path):
            continue
        if same and path in known:
            articles.append(known[path])
        elif same and path in library.broken:
            broken[path] = library.broken[path]
        else:
            try:
                articles.append(read_article(path, read_file(file)))
            except ArticleError as error:
                broken[path] = error.problem(path)
    return articles, broken


def _date(articles: Iterable[Article], ledger: Ledger, now: datetime) -> list[Article]:
    """Publish the undated as of when the site first saw them; drafts stay undated."""
    articles = list(articles)
    undated = [a.path for a in articles if a.published is None and not a.draft]
    if not undated:
        return articles
    seen = ledger.first_seen(undated, now)
    return [
        replace(article, published=seen[article.path])
        if article.published is None and not article.draft
        else article
        for article in articles
    ]


def _newest_first(article: Article) -> tuple[float, str]:
    published = article.published
    return -published.timestamp() if published else float("inf"), article.path
