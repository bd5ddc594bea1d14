"""The tools that people keep articles for: where each has them, and where not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import cache

from feeds.articles.formats import BY_SUFFIX
from feeds.languages import is_language


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool lays out a folder. In patterns `*` crosses folders, case counts.

    Any of `signs` tells the tool; `articles` is where its articles are, but only
    `usual` where there is anything, and `others` are none; `roots` are folders that
    addresses leave out; `permalink` is where a page lies unless its author or the
    site says otherwise, in the words of Jekyll and Hugo. `new` is where a new article
    goes, but for its suffix, and `notation` that of its header.

    `spaced_tags`: `tags: one two` are two.
    `language_folders`: the first folder of an address is a language.
    """

    name: str
    signs: tuple[str, ...]
    articles: tuple[str, ...] = ("*",)
    usual: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    permalink: str = ""
    new: str = ":name"
    notation: str = "YAML"
    spaced_tags: bool = False
    language_folders: bool = False


PLAIN = Dialect("plain", (), spaced_tags=True)
_HUGO = Dialect(
    "Hugo",
    signs=("hugo.*", "archetypes/*", "config/_default/*"),
    articles=("content/*",),
    roots=("content/", "static/"),
    new="content/posts/:name",
    notation="TOML",
)
# Tools that have no place of their own for articles, and people who have.
_POSTS = tuple(
    pattern
    for name in ("posts", "blog", "articles", "writing", "news")
    for pattern in (f"{name}/*", f"*/{name}/*")
)
# The first with a sign is taken. A new one is one entry, or none at all if the folder
# is laid out like one of these.
DIALECTS = (
    Dialect(
        "Hexo",
        signs=("source/_posts/*",),
        articles=("source/_posts/*", "source/_drafts/*"),
        roots=("source/_posts/", "source/_drafts/", "source/"),
        permalink=":year/:month/:day/:title",
        new="source/_posts/:name",
        spaced_tags=True,
    ),
    Dialect(
        "Jekyll",
        signs=("_posts/*", "*/_posts/*"),
        articles=("_posts/*", "*/_posts/*", "_drafts/*", "*/_drafts/*"),
        permalink=":folders/:year/:month/:day/:title",
        new="_posts/:date-:name",
        spaced_tags=True,
    ),
    Dialect(
        "Pelican",
        signs=("pelicanconf.py", "content/*.rst"),
        articles=("content/*",),
        others=("content/pages/*",),
        roots=("content/",),
        permalink=":slug",
        new="content/:name",
        notation="lines",
    ),
    Dialect(
        "Nikola",
        signs=("posts/*.meta", "posts/*.rst"),
        articles=("posts/*",),
        roots=("files/",),
        new="posts/:name",
        notation="Nikola",
    ),
    Dialect(
        "Docusaurus",
        signs=("docusaurus.config.*",),
        articles=("blog/*",),
        roots=("static/",),
        new="blog/:date-:name",
    ),
    Dialect(
        "Astro",
        signs=("astro.config.*", "src/content/*"),
        articles=("src/content/*", "src/pages/*"),
        usual=_POSTS,
        roots=("src/content/", "src/pages/", "public/"),
        new="src/content/blog/:name",
    ),
    Dialect(
        "Eleventy",
        signs=("eleventy.config.*", "*.11tydata.*", "*.njk"),
        usual=_POSTS,
        roots=("src/", "content/", "public/"),
        new="posts/:name",
    ),
    Dialect(
        "Next",
        signs=("next.config.*",),
        usual=_POSTS,
        roots=("src/", "data/", "content/", "public/"),
        new="posts/:name",
    ),
    Dialect(
        "Gatsby",
        signs=("gatsby-config.*",),
        usual=_POSTS,
        roots=("src/", "content/", "static/"),
        new="content/blog/:name",
    ),
    replace(
        _HUGO,
        name="Zola",
        signs=("sass/*", "zola.toml"),
        permalink=":folders/:slug",  # it takes the date off a file's name
        new="content/:name",
    ),
    _HUGO,
    replace(_HUGO, name="Hugo or Zola", signs=("content/*.md", "content/*.html")),
)
# What no tool has articles in, and what no article is called.
_OTHERS = (
    *("*/node_modules/*", "*/vendor/*", "*/themes/*", "*/layouts/*", "*/templates/*"),
    "*/archetypes/*",
    *("*/_index.*", "/readme.*", "/license.*", "/licence.*"),
    *("/changelog.*", "/contributing.*", "/code_of_conduct.*", "/security.*"),
    *("*/robots.txt", "*/humans.txt", "*/ads.txt", "*/security.txt", "*/llms.txt"),
    *("*/requirements*.txt", "*/404.*", "/index.htm*"),
)
_WRITTEN = tuple(BY_SUFFIX)
_PRIVATE = re.compile(r"(?:^|/)_(?!posts/|drafts/)")


def detect(files: Iterable[str], others: Iterable[str] = ()) -> Dialect:
    """The tool whose folder this is, by its files and all that lies beside them."""
    files = list(files)
    listed = [*files, *others]
    every = _any(tuple(sign for known in DIALECTS for sign in known.signs))
    signs = [path for path in listed if every.fullmatch(path)]
    dialect = next((d for d in DIALECTS if _signed(d, signs)), PLAIN)
    usual = replace(dialect, articles=dialect.usual)
    if dialect.usual and any(is_article(path, usual) for path in files):
        dialect = usual
    is_by_language = _are_languages(
        rootless(path, dialect.roots).partition("/")[0]
        for path in files
        if path.endswith(_WRITTEN) and is_article(path, dialect)
    )
    return replace(dialect, language_folders=True) if is_by_language else dialect


def _are_languages(folders: Iterator[str]) -> bool:
    """Whether there are any, and all are: mostly the first tells."""
    first = next(folders, "")
    return is_language(first) and all(map(is_language, folders))


def _signed(dialect: Dialect, paths: Iterable[str]) -> bool:
    sign = _any(dialect.signs)
    return any(sign.fullmatch(path) for path in paths)


def rootless(path: str, roots: Iterable[str]) -> str:
    """A path without the folder that addresses leave out."""
    return path.removeprefix(next((r for r in roots if path.startswith(r)), ""))


def is_article(path: str, dialect: Dialect) -> bool:
    """Whether a file with the suffix of an article is one, by where it lies."""
    return (
        _any(dialect.articles).fullmatch(path) is not None
        and not (dialect.others and _any(dialect.others).fullmatch(path))
        and not _PRIVATE.search(path)
        and not _any(_OTHERS).fullmatch("/" + path.lower())
    )


@cache
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)))
