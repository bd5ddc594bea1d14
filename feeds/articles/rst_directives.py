"""Directives that Pelican, Nikola and Sphinx add, read so that no text is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from docutils.parsers.rst import states
from docutils.parsers.rst.directives import images, tables
from docutils.statemachine import StringList

CELLS = 50_000  # docutils needs 50 µs for each
_OPTION = re.compile(r":(?P<name>[\w-]+):(?: +(?P<value>.*))?")
_ROLE = re.compile(r"(?P<name>[\w.+-]+)(?: *\( *(?P<base>[\w.+-]+) *\))?")


@dataclass(slots=True)
class Block:
    """A directive as it is written, whatever it means, and the parser that met it."""

    state: states.RSTState
    line: int
    argument: str = ""
    options: dict[str, str] = field(default_factory=dict)
    content: StringList = field(default_factory=StringList)
    offset: int = 0

    def words(self, text: str) -> list[nodes.Node]:
        """`text` with its inline markup read."""
        return list(self.state.inline_text(text, self.line)[0])

    def blocks(self) -> list[nodes.Node]:
        """The content with all its markup read."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.offset, holder)
        return list(holder.children)


def read_block(
    state: states.RSTState, lines: StringList, offset: int, line: int
) -> Block:
    """Take a directive apart: its first line is `lines[0]`, without the name."""
    block, at = Block(state, line), 0
    words: list[str] = []
    if lines and lines[0].strip():
        while at < len(lines) and lines[at].strip() and not _OPTION.match(lines[at]):
            words.append(lines[at].strip())
            at += 1
    else:
        at = min(1, len(lines))
    block.argument = " ".join(words)
    block.options, at = read_options(lines, at)
    while at < len(lines) and not lines[at].strip():
        at += 1
    while len(lines) > at and not lines[-1].strip():
        lines.trim_end()
    block.content, block.offset = lines[at:], offset + at
    return block


def read_options(lines: StringList, at: int) -> tuple[dict[str, str], int]:
    """The options that stand at line `at`, and the line after them."""
    options: dict[str, str] = {}
    name = ""
    while at < len(lines) and lines[at].strip():
        if option := _OPTION.fullmatch(lines[at].rstrip()):
            name = option["name"].lower()
            options[name] = option["value"] or ""
        elif name:
            options[name] += "\n" + lines[at].strip()
        else:
            break
        at += 1
    return options, at


def kept(block: Block) -> list[nodes.Node]:
    """The content, as if the directive's own line were not there."""
    made = block.blocks()
    # One word or two are a name or a file; more are a text that people read.
    if len(block.argument.split()) > 2:
        made.insert(0, nodes.paragraph("", "", *block.words(block.argument)))
    return made


def _dropped(block: Block) -> list[nodes.Node]:
    return []


def _raw(block: Block) -> list[nodes.Node]:
    # HTML is made safe later, for every format alike; a file is never read.
    if block.options.keys() & {"file", "url"}:
        return []
    return [nodes.raw("", "\n".join(block.content), format=block.argument.lower())]


def _code(block: Block) -> list[nodes.Node]:
    caption = block.options.get("caption")
    said = [nodes.paragraph("", "", *block.words(caption))] if caption else []
    text = "\n".join(block.content)
    return [*said, nodes.literal_block(text, text, language=block.argument)]


def _link(address: str) -> Callable[[Block], list[nodes.Node]]:
    def linked(block: Block) -> list[nodes.Node]:
        url = address.format("".join(block.argument.split()[:1]))
        link = nodes.reference("", url, refuri=url)
        return [nodes.paragraph("", "", link), *block.blocks()]

    return linked


def _listing(block: Block) -> list[nodes.Node]:
    # The file is not read, but its name says what is missing.
    return [
        nodes.paragraph("", "", nodes.literal("", block.argument.partition(" ")[0]))
    ]


def _chart(block: Block) -> list[nodes.Node]:
    title = block.options.get("title", "").strip("'\"")
    said = [nodes.rubric("", "", *block.words(title))] if title else []
    text = "\n".join(block.content)
    return [*said, nodes.literal_block(text, text)]


def _slides(block: Block) -> list[nodes.Node]:
    files = [line.strip() for line in block.content if line.strip()]
    return [nodes.paragraph("", "", nodes.image(uri=file)) for file in files]


def _said(block: Block, argument: str) -> list[nodes.Node]:
    words = [nodes.paragraph("", "", *block.words(argument))] if argument else []
    return [*words, *block.blocks()]


def _unboxed(block: Block) -> list[nodes.Node]:
    return _said(block, block.argument)


def _titled(title: str) -> Callable[[Block], list[nodes.Node]]:
    def boxed(block: Block) -> list[nodes.Node]:
        head = nodes.title("", "", nodes.Text(title))
        return [nodes.admonition("", head, *_said(block, block.argument))]

    return boxed


def _version(title: str) -> Callable[[Block], list[nodes.Node]]:
    def boxed(block: Block) -> list[nodes.Node]:
        number, _, rest = block.argument.partition(" ")
        head = nodes.title("", "", nodes.Text(f"{title} {number}"))
        return [nodes.admonition("", head, *_said(block, rest))]

    return boxed


def _date(block: Block) -> list[nodes.Node]:
    return [nodes.Text("")]  # today's: the same text would not give the same HTML


def _role(block: Block) -> list[nodes.Node]:
    if found := _ROLE.fullmatch(block.argument):
        inliner: Any = block.state.inliner
        roles, base = inliner.roles, (found["base"] or found["name"]).lower()
        base, options = roles.get(base, (base, {}))
        roles[found["name"].lower()] = (base, {**options, **block.options})
    return []


def _default_role(block: Block) -> list[nodes.Node]:
    inliner: Any = block.state.inliner
    inliner.default_role = block.argument
    return []


class _CsvTable(tables.CSVTable):
    def extend_short_rows_with_empty_cells(self, columns: int, parts: Any) -> None:
        # A short row is filled up: a few kB can ask for millions of cells.
        if columns * sum(map(len, parts)) > CELLS:
            raise self.error("too many cells")
        super().extend_short_rows_with_empty_cells(columns, parts)


#: Directives that docutils lacks, or that it does otherwise than a feed needs.
DIRECTIVES: dict[str, Callable[[Block], list[nodes.Node]]] = {
    **dict.fromkeys("contents highlight include index toctree".split(), _dropped),
    **dict.fromkeys(("code", "code-block", "sourcecode"), _code),
    **dict.fromkeys(("listing", "literalinclude"), _listing),
    "chart": _chart,
    "date": _date,
    "default-role": _default_role,
    "deprecated": _version("Deprecated since version"),
    "footer": _unboxed,
    "gist": _link("https://gist.github.com/{}"),
    "header": _unboxed,
    "media": _link("{}"),
    "raw": _raw,
    "role": _role,
    "seealso": _titled("See also"),
    "slides": _slides,
    "todo": _titled("Todo"),
    "versionadded": _version("New in version"),
    "versionchanged": _version("Changed in version"),
    "vimeo": _link("https://vimeo.com/{}"),
    "youtube": _link("https://www.youtube.com/watch?v={}"),
}
#: Directives that are a class of docutils, under another name or bounded.
CLASSES = {"csv-table": _CsvTable, "thumbnail": images.Figure}
