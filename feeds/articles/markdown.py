"""Markdown bodies: CommonMark with GitHub's tables, footnotes, tasks and links."""

import re

import comrak

from feeds import markup
from feeds.notation import Fact

NAME = "Markdown"
SUFFIXES = (".md", ".markdown")

# Only where a heading may be: whether it is one is for the Markdown parser to say.
_HEADING = re.compile(
    r"(?:[ \t]*\n)*(?P<line> {0,3}(?:#[ \t][^\n]*|[^ \t\n][^\n]*\n {0,3}=+[ \t]*))"
    r"(?:\n|\Z)"
)
_TASK = re.compile(r'<input type="checkbox"( checked="")? disabled="" />')
_CELLS = 200_000


def _options(tables: bool) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = tables
    options.footnotes = True
    options.strikethrough = True
    options.tasklist = True
    options.autolink = True
    return options


_WITH_TABLES = _options(tables=True)
_WITHOUT_TABLES = _options(tables=False)
_NOTES = '<section class="footnotes" data-footnotes>'
_RENDER = comrak.RenderOptions()
_RENDER.unsafe_ = True  # markup.safe comes after, for every format alike


def split(body: str, title: str) -> tuple[dict[str, Fact], str]:
    """A leading first-level heading is the title, and leaves the body."""
    found = _HEADING.match(body)
    if found is None:
        return {}, body
    html = to_html(found["line"])
    heading = markup.plain(html) if html.startswith("<h1>") else ""
    if not heading or title not in ("", heading):
        return {}, body
    return {"title": Fact(heading, 1)}, body[found.end() :]


def to_html(body: str) -> str:
    """The body as HTML, not yet safe."""
    extensions = _WITH_TABLES if _bounded_tables(body) else _WITHOUT_TABLES
    html = comrak.render_markdown(
        body, extension_options=extensions, render_options=_RENDER
    )
    if _NOTES in html:  # a section without a headline is none
        before, _, after = html.partition(_NOTES)
        notes, _, rest = after.rpartition("</section>")
        html = f"{before}<div>{notes}</div>{rest}"
    # Readers drop form elements, and with them whether the task is done.
    return _TASK.sub(lambda match: "☑" if match[1] else "☐", html)


def _bounded_tables(body: str) -> bool:
    # A row shorter than its head is filled up: 16 kB can ask for 40 MB of cells.
    rows = [line.count("|") for line in body.split("\n") if "|" in line]
    return not rows or max(rows) * len(rows) < _CELLS
