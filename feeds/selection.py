"""Which articles a feed carries, and each of them as an entry."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from feeds import markup
from feeds.addresses import Addresses
from feeds.articles.article import Article
from feeds.articles.folder import measure_file
from feeds.articles.identity import mint
from feeds.articles.media import media_type_of
from feeds.config import Config
from feeds.errors import Problem
from feeds.feed import Author, Enclosure, Entry, Feed, Image
from feeds.languages import direction, direction_of

#: When a feed without entries was last updated; Thunderbird asks what is newer than
#: 2000-01-01 when it has nothing, and must get it.
EPOCH = datetime(2000, 1, 2, tzinfo=UTC)
# The marks that tools have for the end of what stands in lists (of any spelling).
_MORE = re.compile(
    r"<!--\s*(?:more|excerpt|teaser[_ ]end|read[ -]?more|end[_ -]summary|truncate)"
    r"\s*-->",
    re.IGNORECASE,
)
_LONG = 1000


def select(articles: Iterable[Article], now: datetime) -> tuple[Article, ...]:
    """The articles that are out at `now`: no drafts, nothing to come or expired."""
    return tuple(article for article in articles if _is_out(article, now))


def next_change(articles: Iterable[Article], now: datetime) -> datetime | None:
    """When `select` will next answer otherwise, for the same articles."""
    coming = [
        when
        for article in articles
        for when in (article.published, article.updated, article.expires)
        if when is not None and when > now and not article.draft
    ]
    return min(coming, default=None)


def _is_out(article: Article, now: datetime) -> bool:
    return (
        not article.draft
        and article.published is not None
        and article.published <= now
        and (article.expires is None or article.expires > now)
    )


def publish(
    article: Article,
    entry_id: str,
    config: Config,
    addresses: Addresses,
    now: datetime,
) -> tuple[Entry, tuple[Problem, ...]]:
    """The article as subscribers see it, and the addresses in it that lead nowhere."""
    assert article.published is not None, "only what is selected is published"
    resolve, missing = addresses.resolver(article.path, config.home)
    language = article.language or config.language
    image = article.image
    if image is not None and image.url:
        image = replace(image, url=resolve(image.url))
        image = _measured_image(image, addresses, config.home)
    html = article.html()
    content = markup.safe(html, resolve) or f"<p>{escape(article.title)}</p>"
    summary = article.summary or _summary(html, content)
    content = _figure(image, content) + content
    own = article.language
    way = direction(own) if own else direction_of(article.title)
    if way != direction(config.language):
        content = f'<div dir="{way}">{content}</div>'
    updated = article.updated or article.published
    entry = Entry(
        id=entry_id,
        url=config.home + quote(addresses.pages[article.path]),
        title=markup.told(article.title),
        content=content,
        summary=summary,
        published=article.published,
        updated=max(updated if updated <= now else EPOCH, article.published),
        authors=article.authors or _site_authors(config),
        categories=_labels(article),
        language=language,
        image=image,
        comments=article.comments,
        enclosures=tuple(
            _measured(replace(found, url=url), addresses, config.home)
            for found in article.enclosures
            if (url := resolve(found.url)).startswith("http")
        ),
    )
    return entry, tuple(
        Problem(
            article.path,
            _line_of(wanted, article),
            f"nothing lies at {wanted!r}",
            "mend the link, or add the file",
            "warning",
            code="link",
        )
        for wanted in dict.fromkeys(missing)
    )


def _line_of(address: str, article: Article) -> int:
    """The line of the article's file on which an address is first written."""
    at = article.body.find(address)
    return article.first_line + article.body.count("\n", 0, at) + 1 if at >= 0 else 1


def _labels(article: Article) -> tuple[str, ...]:
    """Categories, then tags, each once whatever its case."""
    labels: dict[str, str] = {}
    for label in (*article.categories, *article.tags):
        labels.setdefault(label.casefold(), label)
    return tuple(labels.values())


def _summary(html: str, content: str) -> str:
    """What comes before the author's mark, else the first paragraph."""
    mark = _MORE.search(html)
    before = markup.plain(html[: mark.start()]) if mark else ""
    return before if 0 < len(before) <= _LONG else markup.excerpt(content)


def _measured_image(image: Image, addresses: Addresses, home: str) -> Image:
    """The picture with what its file says of itself, where it is one of the site's."""
    file = addresses.file(image.url, home)
    if file is None:
        return image
    size = measure_file(file)
    return replace(
        image,
        media_type=media_type_of(image.url),
        length=file.size,
        width=size.width,
        height=size.height,
    )


def _measured(enclosure: Enclosure, addresses: Addresses, home: str) -> Enclosure:
    """The recording with its type, length and duration, as far as they are known."""
    file = addresses.file(enclosure.url, home)
    seconds = enclosure.duration or (measure_file(file).duration if file else 0)
    return replace(
        enclosure,
        media_type=enclosure.media_type or media_type_of(enclosure.url),
        length=file.size if file else enclosure.length,
        duration=seconds,
    )


def _figure(image: Image | None, content: str) -> str:
    """The lead picture as HTML, for the many readers that look nowhere else."""
    if image is None or (image.url and escape(image.url) in content):
        return ""
    source, alt = escape(image.url), escape(image.alt)
    size = f' width="{image.width}" height="{image.height}"' if image.width else ""
    picture = f'<img src="{source}" alt="{alt}"{size}>' if source else ""
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
