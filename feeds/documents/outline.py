"""A text made ready for a page: for those who hear it, or have only keys."""

import re

_HEADING = re.compile(r"(</?h)([1-6])\b")
_SCROLLED = re.compile(r"<(pre|table)\b")
# Feed readers know no other way to align a cell, and HTML knows it no more.
_ALIGNED = re.compile(r'(<t[dh]\b[^<>]*) align="(left|right|center)"')
_OWN = 1


def readied(html: str) -> str:
    """The HTML with its headings in order, and what scrolls within reach of keys."""
    html = _ALIGNED.sub(r'\1 class="\2"', outlined(html))
    return _SCROLLED.sub(r'<\1 tabindex="0"', html)


def outlined(html: str) -> str:
    """The HTML with its headings from the second level on, each by its place.

    Who cannot see how large they are hears how deep they are.
    """
    if not (found := _HEADING.findall(html)):
        return html
    above: list[int] = []
    levels = []
    for mark, level in found:
        if mark == "<h":
            while above and above[-1] >= int(level):
                above.pop()
            above.append(int(level))
        levels.append(min(_OWN + len(above), 6))
    if all(int(level) == new for (_, level), new in zip(found, levels, strict=True)):
        return html
    places = iter(levels)
    return _HEADING.sub(lambda heading: f"{heading[1]}{next(places)}", html)
