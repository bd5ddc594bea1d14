"""Which articles a feed carries, and each of them as an entry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from feeds import markup, reading
from feeds.addresses import Addresses, Asked, Resolve
from feeds.articles.article import Article, html_of
from feeds.articles.folder import File
from feeds.articles.places import title_of
from feeds.config import Config
from feeds.errors import Problem
from feeds.feed import Author, Category, Comments, Entry, Episode, Image
from feeds.files import Files
from feeds.languages import direction, direction_of
from feeds.offers import FOLDERS, labels_of

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
# Where Markdown has addresses: in links and pictures, in definitions, in HTML.
_ADDRESS = re.compile(
    r"(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\b(?:src|href)=[\"'])([^\s<>\"')]+)",
    re.MULTILINE,
)


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


@dataclass(frozen=True, slots=True)
class Published:
    """What was made of an article, and what that depends on beside the article.

    `entry` is None where there can be none. `answers` are the addresses that lead into
    the site, as written, and where they led; `files` the media files that were
    measured. It takes so many `minutes` to read.
    """

    article: Article
    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, File | None] = field(default_factory=dict)
    minutes: int = 0


def publish(
    article: Article,
    body: str,
    entry_id: str,
    config: Config,
    addresses: Addresses,
    now: datetime,
    back: datetime | None = None,
) -> Published:
    """The article with its body as an entry, and what in it leads nowhere.

    `back` is since when it is published again, if it was not in between.
    """
    resolve, asked = addresses.resolver(article.path, config.home)
    files = Files(addresses, config.home)
    image = article.image
    if image is not None and image.url:
        image = files.image(replace(image, url=resolve(image.url)))
    html = html_of(article, body)
    content = markup.safe(html, resolve) or f"<p>{escape(article.title)}</p>"
    summary = article.summary or _summary(html, content)
    content = _figure(image, content) + content
    own = article.language
    way = direction(own) if own else direction_of(article.title)
    if way != direction(config.language):
        content = f'<div dir="{way}">{content}</div>'
    url = config.home + quote(addresses.pages[article.path])
    entry = Entry(
        id=entry_id,
        url=url,
        title=titled(article),
        content=content,
        summary=summary,
        published=published_of(article),
        updated=updated_of(article, now, back),
        authors=article.authors or _site_authors(config),
        categories=tuple(
            Category(label, f"{config.home}{FOLDERS['tag']}")
            for label in labels_of(article)
        ),
        language=article.language or config.language,
        image=image,
        comments=_comments(article.comments, url),
        enclosures=tuple(
            files.enclosure(replace(found, url=there))
            for found in article.enclosures
            if (there := resolve(found.url)).startswith("http")
        ),
        link=article.link,
        source=article.source,
        rights=article.rights,
        license=article.license,
        episode=_episode(article.episode, resolve) if article.enclosures else None,
        markdown=_markdown(article, body, asked) if config.markdown else "",
    )
    missing = tuple(
        _missing(wanted, article, body) for wanted in dict.fromkeys(asked.missing)
    )
    answers = {written: asked.answers[written] for written in asked.inner}
    taken = reading.minutes(content)
    return Published(article, entry, missing, answers, files.measured, taken)


def still_holds(published: Published, config: Config, addresses: Addresses) -> bool:
    """Whether what was made of an unchanged article would be made of it again."""
    entry, article = published.entry, published.article
    place = config.home + quote(addresses.pages[article.path])
    if entry is None or entry.url != place:
        return False
    resolve, _ = addresses.resolver(article.path, config.home)
    return all(
        resolve(written) == there for written, there in published.answers.items()
    ) and all(
        addresses.file(url, config.home) == file
        for url, file in published.files.items()
    )


def titled(article: Article) -> str:
    """What an article is called, as plain text."""
    return markup.told(article.title) or title_of(article.place)


def published_of(article: Article) -> datetime:
    """When the article was published; only what is selected is asked."""
    assert article.published is not None
    return article.published


def updated_of(
    article: Article, now: datetime, back: datetime | None = None
) -> datetime:
    """When it last changed, by its author's word and not before it came out."""
    told = article.updated
    updated = told if told is not None and told <= now else EPOCH
    # Who has seen the tombstone of an entry takes it again only if it is newer.
    return max(updated, published_of(article), back or EPOCH)


def _missing(wanted: str, article: Article, body: str) -> Problem:
    found = f"nothing lies at {wanted!r}"
    fix = "mend the link, or add the file"
    line = _line_of(wanted, article, body)
    return Problem(article.path, line, found, fix, "warning", code="link")


def _comments(comments: Comments | None, url: str) -> Comments | None:
    """Where the comments are: on the article's own page, if nothing else is said."""
    if comments is None or comments.url or not comments.is_open:
        return comments
    return replace(comments, url=url)


def _episode(episode: Episode | None, resolve: Resolve) -> Episode:
    if episode is None:
        return Episode()
    return replace(
        episode,
        image=resolve(episode.image) if episode.image else "",
        chapters=resolve(episode.chapters) if episode.chapters else "",
        transcripts=tuple(
            replace(found, url=there)
            for found in episode.transcripts
            if (there := resolve(found.url)).startswith("http")
        ),
    )


def _markdown(article: Article, body: str, asked: Asked) -> str:
    """The article's Markdown, the addresses in it made absolute."""
    if article.format != "Markdown":
        return ""
    answers = {written: there for written, there in asked.answers.items() if there}

    def absolute(match: re.Match[str]) -> str:
        return match[1] + answers.get(match[2], match[2])

    return markup.clean(_ADDRESS.sub(absolute, body)).strip()


def _line_of(address: str, article: Article, body: str) -> int:
    """The line of the article's file on which an address is first written."""
    at = body.find(address)
    return article.first_line + body.count("\n", 0, at) + 1 if at >= 0 else 1


def _summary(html: str, content: str) -> str:
    """What comes before the author's mark, else the first paragraph."""
    mark = _MORE.search(html)
    before = markup.plain(html[: mark.start()]) if mark else ""
    return before if 0 < len(before) <= _LONG else markup.excerpt(content)


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
