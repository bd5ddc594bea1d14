"""From mark to mark through a body: code is stepped over, templating is read."""

import re

from feeds.articles.templating import syntax
from feeds.articles.templating.attributes import attributes, comment, kramdown
from feeds.articles.templating.code import INDENTED, MARKS
from feeds.articles.templating.leftovers import Leftover, listed
from feeds.articles.templating.liquid import tag
from feeds.articles.templating.outputs import output
from feeds.articles.templating.walk import Walk

_MARK = re.compile(rf"{MARKS}|{INDENTED}|\{{\{{*+|\](?:\(<?|:[ \t]*+)@/", re.IGNORECASE)
_ASSIGNED = re.compile(r"\{%-?\s{0,20}assign\s{1,20}(\w{1,80})\s{0,20}=")
# What reads on from a brace, by the character after it: it returns where it ended,
# or None where it is no templating.
_READERS = {"%": tag, "{": output, "#": comment, ":": kramdown}


def translate(body: str) -> tuple[str, tuple[Leftover, ...]]:
    """`body` without templating, and the kinds of it that were taken out.

    What has a plain meaning becomes Markdown or HTML; links between articles become
    `ref:` and what the author called the article. Code is left as it is.
    """
    if "{" not in body and "@/" not in body:
        return body, ()
    if syntax.ANY.search(body) is None:
        return body, ()
    walk = Walk(body)
    while mark := _MARK.search(body, walk.since):
        walk.since = _read(walk, mark)
    walk.out.append(body[walk.done :])
    done = "".join(walk.out)
    for name in dict.fromkeys(_ASSIGNED.findall(body)):
        # A body's own variable means nothing in code either, and is no one's example.
        done = re.sub(rf"\{{\{{-?\s*{name}\b[^{{}}\n]*\}}\}}", "", done)
    return done, listed(walk.uses, body)


def _read(walk: Walk, mark: re.Match[str]) -> int:
    start, end = mark.span()
    match mark[0][0]:
        case "{":
            # No generator writes more than three, but hostile files a million.
            start = start if end - start <= 3 else end - 2
            reader = _READERS.get(walk.body[start + 1 : start + 2], attributes)
            return reader(walk, start) or max(start + 1, end - 1)
        case "]":
            return walk.put(end - len("@/"), end, "ref:")
        case _:
            return walk.step_over(mark)
