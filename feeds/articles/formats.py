"""The list of body formats, by suffix."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feeds.articles import html, markdown, rst, text
from feeds.articles.templating import Leftover, plain_mdx, translate
from feeds.notation import Fact


def _as_it_is(body: str) -> tuple[str, tuple[Leftover, ...]]:
    return body, ()


@dataclass(frozen=True, slots=True)
class BodyFormat:
    """A way to write a body.

    `split` gets the body and the title that the header gives ("" for none), and
    takes apart what the body says of itself and the rest; `to_html` makes HTML of
    that rest, which need not be safe. `translate` gives the templating in it a plain
    meaning, and tells what it took out.
    """

    name: str
    suffixes: tuple[str, ...]
    split: Callable[[str, str], tuple[dict[str, Fact], str]]
    to_html: Callable[[str], str]
    translate: Callable[[str], tuple[str, tuple[Leftover, ...]]] = _as_it_is


_MARKDOWN = BodyFormat(
    markdown.NAME, markdown.SUFFIXES, markdown.split, markdown.to_html, translate
)
FORMATS = {
    form.name: form
    for form in (
        _MARKDOWN,
        replace(_MARKDOWN, name="MDX", suffixes=(".mdx",), translate=plain_mdx),
        BodyFormat(html.NAME, html.SUFFIXES, html.split, html.to_html, translate),
        BodyFormat(text.NAME, text.SUFFIXES, text.split, text.to_html),
        BodyFormat(rst.NAME, rst.SUFFIXES, rst.split, rst.to_html),
    )
}
BY_SUFFIX = {suffix: form for form in FORMATS.values() for suffix in form.suffixes}
#: Writing that people keep articles in too: said to be passed over, not just so.
UNREAD = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
}


def suffix_of(path: str) -> str:
    """The end of a file's name that tells what it is, in lower case: `.md`."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
