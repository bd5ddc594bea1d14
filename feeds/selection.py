"""Which articles a feed carries, and each of them as an entry."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from feeds import markup
from feeds.articles.article import Article
from feeds.articles.identity import mint
from feeds.config import Config
from feeds.errors import Problem
from feeds.feed import Author, Entry, Feed, Image

#: When a feed without entries was last updated; Thunderbird asks what is newer than
#: 2000-01-01 when it has nothing, and must get it.
EPOCH = datetime(2000, 1, 2, tzinfo=UTC)
_UNSAFE = re.compile(r"[^\w.~-]+")


def select(articles: Iterable[Article], now: datetime) -> tuple[Article, ...]:
    """The articles that are out by `now`: no drafts, nothing of the future."""
    return tuple(article for article in articles if _is_out(article, now))


def next_change(articles: Iterable[Article], now: datetime) -> datetime | None:
    """When `select` will next answer otherwise, for the same articles."""
    coming = [
        when
        for article in articles
        for when in (article.published, article.updated)
        if when is not None and when > now and not article.draft
    ]
    return min(coming, default=None)


def _is_out(article: Article, now: datetime) -> bool:
    return (
        not article.draft and article.published is not None and article.published <= now
    )


def addresses(articles: Iterable[Article]) -> tuple[dict[str, str], list[Problem]]:
    """Where each article's page lies, by its path: `2024/hello.md` -> `2024/hello/`.

    Of two that want one place, the later by path gets one that ends in its file's
    name and type, and a problem.
    """
    found: dict[str, str] = {}
    owners: dict[str, str] = {}
    problems = []
    for article in sorted(articles, key=lambda article: article.path):
        address = _address(article)
        if address in owners:
            name = f"the address of {owners[address]} again: /{address}"
            fix = "give it a slug of its own"
            problems.append(Problem(article.path, 1, name, fix, "warning"))
            address = _slugs(article.path)
        owners[address] = article.path
        found[article.path] = address
    return found, problems


def _address(article: Article) -> str:
    file = PurePosixPath(article.path)
    folder = file.parent
    stem = file.stem
    if stem.lower() == "index" and folder.name:
        folder, stem = folder.parent, folder.name
    return _slugs(str(folder / (_slug(article.slug) or stem)))


def _slugs(path: str) -> str:
    parts = (_slug(part) for part in path.split("/"))
    return "/".join(part or "_" for part in parts if part != ".") + "/"


def _slug(name: str) -> str:
    """A name as a part of an address: `A Walk, at Night` -> `a-walk-at-night`."""
    name = unicodedata.normalize("NFC", name).lower()
    return _UNSAFE.sub("-", name).strip("-.").replace(".", "-")


def publish(
    article: Article,
    entry_id: str,
    config: Config,
    places: Mapping[str, str],
    now: datetime,
) -> Entry:
    """The article as subscribers see it; `places` has every article's address.

    Addresses in it are relative to where its file lies, as its author wrote them;
    those that lead to another article's file lead to that article's page.
    """
    assert article.published is not None, "only what is selected is published"
    url = config.home + quote(places[article.path])
    resolve = _resolver(article.path, url, config.home, places)
    language = article.language or config.language
    image = _resolved(article.image, resolve)
    content = markup.safe(article.html(), resolve) or f"<p>{escape(article.title)}</p>"
    summary = article.summary or markup.excerpt(content)
    content = _figure(image, content) + content
    if markup.direction(language) != markup.direction(config.language):
        content = f'<div dir="{markup.direction(language)}">{content}</div>'
    updated = article.updated or article.published
    return Entry(
        id=entry_id,
        url=url,
        title=article.title,
        content=content,
        summary=summary,
        published=article.published,
        updated=max(updated if updated <= now else EPOCH, article.published),
        authors=article.authors or _site_authors(config),
        categories=article.categories,
        language=language,
        image=image,
        comments=article.comments,
    )


def _resolver(
    path: str, url: str, home: str, places: Mapping[str, str]
) -> Callable[[str], str]:
    base = home + quote(path)

    def resolve(address: str) -> str:
        if address.startswith("#"):
            return markup.link(address, url)
        found = markup.link(address, base)
        if found.startswith(home):
            parts = urlsplit(found)
            file = unquote(found[len(home) :].partition("#")[0].partition("?")[0])
            if file in places:
                fragment = f"#{parts.fragment}" if parts.fragment else ""
                return home + quote(places[file]) + fragment
        return found

    return resolve


def _resolved(image: Image | None, resolve: Callable[[str], str]) -> Image | None:
    return replace(image, url=resolve(image.url)) if image and image.url else image


def _figure(image: Image | None, content: str) -> str:
    """The lead picture as HTML, for the many readers that look nowhere else."""
    if image is None or (image.url and escape(image.url) in content):
        return ""
    source, alt = escape(image.url), escape(image.alt)
    picture = f'<img src="{source}" alt="{alt}">' if source else ""
    credit = f"<small>({escape(image.credit)})</small>" if image.credit else ""
    words = " ".join(filter(None, (escape(image.caption), credit)))
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"<figure>{picture}{caption}</figure>\n"


def _site_authors(config: Config) -> tuple[Author, ...]:
    return (config.author,) if config.author else ()


def compose(config: Config, entries: tuple[Entry, ...]) -> Feed:
    """The site's feed of `entries`, as new as the newest of them."""
    return Feed(
        id=mint(config.id_prefix, "feed"),
        url=config.home,
        title=config.title,
        description=config.description or config.title,
        updated=max((entry.updated for entry in entries), default=EPOCH),
        # RFC 4287 4.1.1: an author at the feed, unless every entry has one.
        authors=_site_authors(config) or (Author(config.title),),
        language=config.language,
        entries=entries,
    )
