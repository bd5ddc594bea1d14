"""The list of body formats, by suffix."""

from collections.abc import Callable
from dataclasses import dataclass

from feeds.articles import html, markdown, text
from feeds.articles.frontmatter import Fact


@dataclass(frozen=True, slots=True)
class BodyFormat:
    """A way to write a body.

    `split` gets the body and the title that the header gives ("" for none), and
    takes apart what the body says of itself and the rest; `to_html` makes HTML of
    that rest, which need not be safe.
    """

    name: str
    suffixes: tuple[str, ...]
    split: Callable[[str, str], tuple[dict[str, Fact], str]]
    to_html: Callable[[str], str]


FORMATS = {
    room.NAME: BodyFormat(room.NAME, room.SUFFIXES, room.split, room.to_html)
    for room in (markdown, html, text)
}
#: Writing that people keep articles in too: said to be passed over, not just so.
UNREAD = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".mdx": "MDX",
    ".org": "Org",
    ".rst": "reStructuredText",
    ".textile": "Textile",
}
BY_SUFFIX = {suffix: form for form in FORMATS.values() for suffix in form.suffixes}
