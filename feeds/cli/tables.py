"""Statistics as tables on a terminal, with a line of small bars for the days."""

import unicodedata
from collections.abc import Iterable, Sequence

import click

from feeds.documents.statistics import FollowedFeed, ReadArticle, Statistics

_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 30
_MOST_ARTICLES = 20
_WIDEST = 40
_Row = tuple[str, ...]


def text(told: Statistics) -> str:
    """The feeds with their subscribers, and the articles with their visits."""
    span = f"last {len(told.days)} days" if len(told.days) > 1 else "today"
    feeds = [
        ("Feeds", "subscribers", "by services", "direct", span),
        *(row for feed in told.feeds for row in _of_feed(feed)),
    ]
    shown = told.articles[:_MOST_ARTICLES]
    articles = [
        ("Articles", "today", "7 days", "in all", span),
        *map(_of_article, shown),
    ]
    left = len(told.articles) - len(shown)
    more = f"… and {left} more (--json and --csv have all)\n" if left else ""
    none = "" if shown else "No visits yet: they are counted while it is served.\n"
    head = click.style(f"{_clean(told.title)}  {told.home}", bold=True)
    return f"{head}\n\n{_table(feeds)}\n{_table(articles)}{more}{none}"


def bars(counts: Sequence[int]) -> str:
    """A bar for each count, or for each few where there are many, to one scale."""
    step = -(-len(counts) // _MOST_BARS)
    ends = range(len(counts), 0, -step)
    sums = [sum(counts[max(0, end - step) : end]) for end in reversed(ends)]
    most = max(*sums, 1)
    return "".join(_BARS[-(-count * (len(_BARS) - 1) // most)] for count in sums)


def _of_feed(feed: FollowedFeed) -> Iterable[_Row]:
    total, services, direct = feed.subscribers, feed.by_services, feed.direct
    yield _clean(feed.title), f"{total}", f"{services}", f"{direct}", bars(feed.days)
    for document in feed.documents:
        both = document.services + document.direct
        if both:
            numbers = f"{both}", f"{document.services}", f"{document.direct}"
            yield f"  {document.path}", *numbers, ""
    for name, count in feed.services:
        yield f"  {name}", f"{count}", "", "", ""


def _of_article(article: ReadArticle) -> _Row:
    numbers = f"{article.today}", f"{article.week}", f"{article.total}"
    return _clean(article.title or article.path), *numbers, bars(article.days)


def _table(rows: Sequence[_Row]) -> str:
    """Rows in columns: words on the left, numbers on the right, then bars."""
    cut = [(_cut(name), *rest) for name, *rest in rows]
    widths = [max(map(_width, column)) for column in zip(*cut, strict=True)]
    lines = []
    for name, *numbers, drawn in cut:
        name += " " * (widths[0] - _width(name))
        told = (each.rjust(widths[at]) for at, each in enumerate(numbers, 1))
        lines.append("  ".join((name, *told, drawn)).rstrip() + "\n")
    return click.style(lines[0], dim=True) + "".join(lines[1:])


def _cut(name: str) -> str:
    while _width(name) > _WIDEST:
        name = name.removesuffix("…")[:-1] + "…"
    return name


def _width(name: str) -> int:
    """The columns that it takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in name)
    return len(name) + wide - sum(unicodedata.combining(char) > 0 for char in name)


def _clean(name: str) -> str:
    # A title may hold an escape sequence: no terminal gets those.
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
