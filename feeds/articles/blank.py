"""An article still to be written: where its file goes, and what its header says."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from feeds import markup
from feeds.articles import headers
from feeds.articles.article import Reading, read_article
from feeds.articles.decoding import decode
from feeds.articles.dialects import Dialect, is_article
from feeds.articles.folder import File, Scan, read_file
from feeds.articles.formats import BY_SUFFIX, suffix_of
from feeds.articles.headers.written import WRITERS, Facts, Told
from feeds.articles.identity import mint
from feeds.errors import ArticleError

_APOSTROPHES = re.compile("['’ʼ]")
_UNSAFE = re.compile(r"[\W_]+")
_LONGEST = 80
# To Nikola a .txt is reStructuredText, too.
_COMMENTED = (".rst", ".rest", ".txt")
# What tools' starters call the date, if not so; Astro's refuse an article without it.
_DATED = re.compile(r"^(pubDate|publishDate|publishedAt|date)\b", re.MULTILINE)
_YAML = re.compile(r"(config/_default/)?(hugo|config)\.ya?ml")


@dataclass(frozen=True, slots=True)
class Start:
    """What an author says of an article before it is written.

    `suffix` is that of its file, "" for what the folder has.
    """

    title: str
    date: datetime
    tags: tuple[str, ...] = ()
    is_draft: bool = False
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A file to be made: its path in the folder, and its text."""

    path: str
    text: str


def line(text: str) -> str:
    """`text` as a header can give it back; ValueError for what is no line of text."""
    told = markup.line(text)
    if not told or len(text.strip().splitlines()) > 1 or markup.clean(text) != text:
        raise ValueError("no line of text")
    return told


def blank(
    start: Start,
    found: Scan,
    reading: Reading,
    site_id: str = "",
    names: Container[str] = (),
) -> Blank:
    """The article as a folder like this one has them.

    In the folder of a tool it lies where most do, with a header like that of the one
    that was written last. In any other it gets the id that it would be given anyway, if
    `site_id` has what ids start with, so that it needs no ledger to keep it; unless
    that is another's, one of whose `names` is its path.
    """
    dialect = reading.dialect
    articles = {p: f for p, f in found.files.items() if _is_written(p, dialect)}
    folder = _folder(dialect, articles)
    beside = {p: f for p, f in articles.items() if _home(p) == folder}
    suffix = start.suffix or _suffix(dialect, beside)
    path = _path(start, dialect, folder, suffix)
    last = _last(suffix, beside) if dialect.signs else ""
    has_id = site_id and not dialect.signs and path not in names
    facts = _facts(start, path, last, mint(site_id, path) if has_id else "")
    for notation in _notations(dialect, suffix, last, found.others):
        made = Blank(path, WRITERS[notation](facts))
        if _says(made, facts, reading):
            return made
    raise ArticleError(f"no header can hold {start.title!r}", "write it otherwise")


def _facts(start: Start, path: str, last: str, own_id: str) -> Facts:
    """What the header is to say; `last` is an article that it is to be like."""
    date = found[1] if (found := _DATED.search(last)) else "date"
    facts: dict[str, Told] = {"title": start.title, date: start.date}
    if start.tags:
        facts["tags"] = start.tags
    if start.is_draft and "_drafts/" not in path:
        facts["draft"] = True
    if own_id:
        facts["id"] = own_id
    return facts


def _is_written(path: str, dialect: Dialect) -> bool:
    return suffix_of(path) in BY_SUFFIX and is_article(path, dialect)


def _home(path: str) -> str:
    """The folder that an article is in; one that is a folder itself is in another."""
    file = PurePosixPath(path)
    parent = file.parent.parent if file.stem == "index" else file.parent
    return "" if str(parent) == "." else f"{parent}/"


def _folder(dialect: Dialect, articles: Iterable[str]) -> str:
    usual = dialect.new[: dialect.new.rfind("/") + 1]
    homes = Counter(_home(path) for path in articles)
    if not homes or usual in homes or not dialect.signs:
        return usual
    return homes.most_common(1)[0][0]


def _suffix(dialect: Dialect, beside: Iterable[str]) -> str:
    suffixes = Counter(map(suffix_of, beside)) if dialect.signs else Counter()
    return suffixes.most_common(1)[0][0] if suffixes else ".md"


def _path(start: Start, dialect: Dialect, folder: str, suffix: str) -> str:
    name, day = _name(start.title), f"{start.date:%Y-%m-%d}"
    pattern = dialect.new[dialect.new.rfind("/") + 1 :]
    if start.is_draft and "_posts/" in folder:
        folder, pattern = folder.replace("_posts/", "_drafts/"), ":name"
    path = folder + pattern.replace(":date", day).replace(":name", name) + suffix
    # A file called README or index would be something else.
    if not name or name == "index" or not is_article(path, dialect):
        path = f"{folder}{f'{day}-{name}'.rstrip('-')}{suffix}"
    return path


def _name(title: str) -> str:
    """`What's new, Ann?` -> `whats-new-ann`, for a file; "" where no letter is left."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFC", title.lower()))
    name = _UNSAFE.sub("-", bare).strip("-")
    if len(name.encode()) > _LONGEST:
        cut = name.encode()[:_LONGEST].decode("utf-8", "ignore")
        name = cut.rpartition("-")[0] or cut
    return name


def _notations(
    dialect: Dialect, suffix: str, last: str, others: Iterable[str]
) -> Iterator[str]:
    """The notations to try, the best one first; YAML can hold anything."""
    usual = dialect.notation
    if usual == "TOML" and any(map(_YAML.fullmatch, others)):
        usual = "YAML"
    if suffix in (".rst", ".rest") and usual != "Nikola":
        usual = "fields"
    elif usual == "lines" and suffix in (".html", ".txt"):
        usual = "YAML"  # only in Markdown are such lines a header
    found = _notation(last) or usual
    if found == "Nikola" and suffix not in _COMMENTED:
        found = "Nikola in HTML"
    is_zola = dialect.name == "Zola" or "\n[taxonomies]\n" in last
    if found == "TOML" and is_zola:  # which wants its tags in a table
        found = "Zola"
    yield found
    yield "YAML"


def _last(suffix: str, beside: dict[str, File]) -> str:
    """The text of the article of this kind that was written last, "" for none."""
    same = [path for path in beside if suffix_of(path) == suffix]
    if not same:
        return ""
    path = max(same, key=lambda path: (beside[path].mtime_ns, path))
    try:
        return decode(read_file(beside[path]))[0]
    except ArticleError:
        return ""


def _notation(text: str) -> str:
    try:
        return headers.split(text).notation
    except ArticleError:
        return ""


def _says(made: Blank, facts: Facts, reading: Reading) -> bool:
    """Whether all of it is read back."""
    try:
        article, _ = read_article(made.path, made.text.encode(), reading)
    except ArticleError:
        return False
    read = (article.title, article.published, article.tags, article.draft, article.id)
    return all(value in read for value in facts.values())
