"""Every feed of a site: its own, those of feeds.toml, one for each tag and so on."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feeds.articles.article import Article
from feeds.config import NAME, Config
from feeds.errors import Problem
from feeds.feed import Author, Podcast
from feeds.languages import name_of
from feeds.slugs import slug
from feeds.wanted import Wanted

#: The kinds of feeds that there are of themselves, and the folders in which they lie.
FOLDERS = {
    "tag": "tags/",
    "author": "authors/",
    "section": "sections/",
    "language": "languages/",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a site offers, and the articles that it may carry, newest first.

    `place` is the folder in which its documents lie, "" for the site's own; `kind` is
    `site`, `feed`, or a key of FOLDERS; `label` is what it is called among its kind.
    `limit` (0: all), `content`, `formats` and what follows are as in feeds.toml.
    """

    place: str
    kind: str
    label: str
    title: str
    description: str
    articles: tuple[Article, ...]
    language: str
    authors: tuple[Author, ...] = ()
    limit: int = 20
    content: str = "full"
    formats: tuple[str, ...] = ()
    image: str = ""
    podcast: Podcast | None = None
    archives: bool = False
    moved: str = ""
    gone: bool = False


def labels_of(article: Article) -> tuple[str, ...]:
    """Categories, then tags, each once whatever its case."""
    labels: dict[str, str] = {}
    for label in (*article.categories, *article.tags):
        labels.setdefault(label.casefold(), label)
    return tuple(labels.values())


def section_of(article: Article) -> str:
    """The top folder in which the article lies, unless that is a year or a language."""
    folder = next(iter(article.place.folders), "")
    is_language = folder.replace("_", "-") == article.place.language
    return "" if folder.isdecimal() or is_language else folder


def offers(
    articles: Sequence[Article], config: Config
) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """The feeds that can be made of `articles`, the site's own first; and problems.

    Problems are of tables in feeds.toml that want what there is not.
    """
    articles = [article for article in articles if article.listed]
    facts = _Facts(config)
    own = Offer(
        place="",
        kind="site",
        label=config.title,
        title=config.title,
        description=config.description or config.title,
        articles=_carried(articles, config.podcast),
        language=config.language,
        authors=(config.author,) if config.author else (),
        limit=config.limit,
        content=config.content,
        formats=config.formats,
        image=config.image,
        podcast=config.podcast,
        archives=config.archives,
    )
    named = [_named(wanted, articles, facts, config) for wanted in config.feeds]
    found = [
        _automatic(kind, articles, facts.of[kind], config)
        for kind in FOLDERS
        if kind != "language" or _several(articles, facts)
    ]
    problems = [p for wanted in config.feeds for p in _unknown(wanted, articles, facts)]
    return (own, *named, *(o for some in found for o in some)), tuple(problems)


class _Facts:
    """What an article is to each kind of feed: its labels of that kind."""

    def __init__(self, config: Config) -> None:
        own = (config.author,) if config.author else ()
        self.of: dict[str, Callable[[Article], Iterable[str]]] = {
            "tag": labels_of,
            "author": lambda a: [person.name for person in a.authors or own],
            "section": lambda a: filter(None, [section_of(a)]),
            "language": lambda a: [a.language or config.language],
        }

    def slugs(self, kind: str, article: Article) -> set[str]:
        return {slug(label) for label in self.of[kind](article)}


def _several(articles: Iterable[Article], facts: _Facts) -> bool:
    return len({slug for a in articles for slug in facts.slugs("language", a)}) > 1


def _carried(
    articles: Iterable[Article], podcast: Podcast | None
) -> tuple[Article, ...]:
    """A podcast carries what has a recording."""
    return tuple(a for a in articles if podcast is None or a.enclosures)


def _automatic(
    kind: str,
    articles: Iterable[Article],
    labels: Callable[[Article], Iterable[str]],
    config: Config,
) -> list[Offer]:
    """A feed for each label of one kind, in the order of their slugs."""
    carried: dict[str, list[Article]] = {}
    names: dict[str, str] = {}
    for article in articles:
        for label in labels(article):
            key = slug(label)
            names[key] = label  # the oldest article's spelling, so that it stays
            found = carried.setdefault(key, [])
            if not found or found[-1] is not article:
                found.append(article)
    shown = {key: name_of(n) if kind == "language" else n for key, n in names.items()}
    return [
        Offer(
            place=f"{FOLDERS[kind]}{key}/",
            kind=kind,
            label=shown[key],
            title=f"{config.title} – {shown[key]}",
            description=config.description or config.title,
            articles=tuple(carried[key]),
            language=names[key] if kind == "language" else config.language,
            authors=_people(kind, key, carried[key], config),
            limit=config.limit,
            content=config.content,
            formats=config.formats,
            image=config.image,
        )
        for key in sorted(carried)
    ]


def _people(
    kind: str, key: str, articles: Iterable[Article], config: Config
) -> tuple[Author, ...]:
    own = (config.author,) if config.author else ()
    if kind != "author":
        return own
    people = (person for article in articles for person in article.authors or own)
    return tuple([person for person in people if slug(person.name) == key][:1])


def _named(
    wanted: Wanted, articles: Iterable[Article], facts: _Facts, config: Config
) -> Offer:
    carried = [article for article in articles if _matches(wanted, article, facts)]
    one_language = wanted.languages[0] if len(wanted.languages) == 1 else ""
    return Offer(
        place=wanted.place,
        kind="feed",
        label=wanted.title or wanted.name,
        title=wanted.title or f"{config.title} – {wanted.name}",
        description=wanted.description or config.description or config.title,
        articles=_carried(carried, wanted.podcast),
        language=one_language or config.language,
        authors=(config.author,) if config.author else (),
        limit=config.limit if wanted.limit is None else wanted.limit,
        content=wanted.content or config.content,
        formats=wanted.formats or config.formats,
        image=wanted.image or config.image,
        podcast=wanted.podcast,
        archives=wanted.archives,
        moved=wanted.moved,
        gone=wanted.gone,
    )


def _matches(wanted: Wanted, article: Article, facts: _Facts) -> bool:
    for kind, names in _filters(wanted).items():
        if names and not facts.slugs(kind, article) & set(map(slug, names)):
            return False
    if facts.slugs("tag", article) & set(map(slug, wanted.not_tags)):
        return False
    published = article.published
    return wanted.since is None or (published is not None and published >= wanted.since)


def _filters(wanted: Wanted) -> dict[str, tuple[str, ...]]:
    return {
        "tag": wanted.tags,
        "author": wanted.authors,
        "section": wanted.sections,
        "language": wanted.languages,
    }


def _unknown(
    wanted: Wanted, articles: Sequence[Article], facts: _Facts
) -> list[Problem]:
    """What a table asks for and no article has."""
    problems = []
    asked = [(f"{kind}s", kind, names) for kind, names in _filters(wanted).items()]
    for key, kind, names in (*asked, ("not_tags", "tag", wanted.not_tags)):
        if not names:
            continue
        known = {slug(n): n for a in articles for n in facts.of[kind](a)}
        for name in names:
            if slug(name) not in known:
                near = difflib.get_close_matches(slug(name), known, 1, 0.6)
                fix = f"did you mean {known[near[0]]!r}?" if near else "take it out"
                found = f"no article has the {kind} {name!r} in [feeds.{wanted.name}]"
                line = wanted.lines.get(key, wanted.line)
                problems.append(Problem(NAME, line, found, fix, code="config"))
    return problems
