"""What Markdown's dialects write in braces about the text beside them: left out."""

import re

from feeds.articles.templating import syntax
from feeds.articles.templating.code import before
from feeds.articles.templating.walk import Walk


def comment(walk: Walk, start: int) -> int | None:
    """`{# … #}`, or `{#id}`"""
    if found := syntax.COMMENT.match(walk.body, start):
        return walk.drop(start, found.end(), line=True)
    return attributes(walk, start)


def kramdown(walk: Walk, start: int) -> int | None:
    """`{: .class}`, `{:toc}`, `{::comment}…{:/comment}`"""
    body = walk.body
    found = syntax.KRAMDOWN.match(body, start)
    if found is None:
        found = syntax.KRAMDOWN_LINE.match(body, start)
        if found is None or not _alone(walk, start, found.end()):
            return None
    end = found.end()
    if body.startswith("{::comment}", start):
        close = walk.find(syntax.KRAMDOWN_COMMENT_END, end)
        return walk.drop(start, close.end() if close else end, line=True)
    if "toc" in re.split(r"[\s{}:]+", found[0]):
        start = _item_above(walk, start)
    return walk.drop(start, end, line=True)


def _item_above(walk: Walk, start: int) -> int:
    """Where the list item starts that only says where a table of contents goes."""
    item = syntax.ITEM.search(walk.body[walk.done : start])
    return walk.done + item.start() if item else start


def attributes(walk: Walk, start: int) -> int | None:
    """`{#id .class key=value}` behind a heading, a picture or a link, or alone."""
    body = walk.body
    found = syntax.ATTRIBUTES.match(body, start)
    if found is None:
        return None
    end = found.end()
    beside = body[start - 1] if start else ""
    if beside in (")", "]") or (beside == "`" and walk.since == start):
        return walk.put(start, end, "")
    rest = syntax.LINE_END.match(body, end)
    if rest is None:
        return None
    # Once for each line, at its end.
    above = body.rfind("\n", 0, start) + 1
    if syntax.HEADING.match(body, above) or syntax.UNDERLINE.match(body, end):
        text = len(body[max(above, walk.done) : start].rstrip())
        return walk.put(max(above, walk.done) + text, end, "")
    return walk.drop(start, end, line=True) if _alone(walk, start, end) else None


def _alone(walk: Walk, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    ahead = before(walk.body, start, walk.since)
    rest = syntax.LINE_END.match(walk.body, end)
    return ahead is not None and not ahead.strip() and rest is not None
