"""MDX as plain Markdown: what only a program could show is taken out."""

import re

from feeds.articles.templating.code import MARKS, Code, before
from feeds.articles.templating.leftovers import Leftover, listed

_ANY = re.compile(r"[{}]|</?[A-Z]|^(?:import|export)\b|\bclassName=", re.MULTILINE)
_MARK = re.compile(
    MARKS + r"|\{|</?[A-Z]|\bclassName=(?=[\"'{])"
    r"|(?<=\s)(?P<key>[A-Za-z][\w:-]*+)=(?=\{)|^(?:import|export)\b",
    re.MULTILINE,
)
# Within braces, quotes hide braces; in the prose around them they are only quotes.
_BRACE = re.compile(
    MARKS
    + r"""|[{}]|(?<=[\s=(,:\[{?&|+])(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')"""
)
_IMPORT = re.compile(
    r"""import\b(?:[^"'\n;{}]|\{[^{}]*+\})*+["'][^"'\n]++["']"""
    r"[ \t]*+;?[ \t]*+(?=\n|\Z)"
)
_EXPORT = re.compile(
    r"export\s+(?:default\b|\{|\*|(?:const|let|var|async|class|function\*?)\s+[\w${\[])"
)
_STOP = re.compile(r"\{|\n[ \t]*+(?=\n)")
_COMPONENT = re.compile(r"<(?P<close>/?)(?P<name>[A-Z][\w.]*+)")
_PIECE = re.compile(
    r"""(?:[^{}<>"'/\n]++|\n(?![ \t]*+\n)|/(?!>)|"[^"]*+"|'[^']*+')++"""
)
_LITERAL = re.compile(
    r"""\{\s*+(?:"(?P<double>[^"\n]*+)"|'(?P<single>[^'\n]*+)'
    |`(?P<raw>[^`$]*+)`|(?P<number>\d[\d.]*+))\s*+\}""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"\{\s*+/\*")
_ID = re.compile(r"\{#[\w:.-]+\}")
_LINE_END = re.compile(r"[ \t]*+(?:\n|\Z)")
_INDENT = re.compile(r"[ \t]*+\n(?:[ \t]*+\n)*+([ ]++)\S")


def plain_mdx(body: str) -> tuple[str, tuple[Leftover, ...]]:
    """`body` without statements, components and expressions, and their kinds.

    The text within components is kept, and so is HTML.
    """
    if _ANY.search(body) is None:
        return body, ()
    return _Walk(body).result()


class _Walk:
    def __init__(self, body: str) -> None:
        self.body = body
        self.code = Code(body)
        self.braces = _braces(body)
        self.out: list[str] = []
        self.done = self.since = self.hopeless = 0
        self.uses: list[tuple[str, int]] = []
        self.indents: list[int] = []  # of the text in each open component

    def result(self) -> tuple[str, tuple[Leftover, ...]]:
        while mark := _MARK.search(self.body, self.since):
            first = mark[0][0]
            if mark["key"] or mark[0] == "className=":
                self.since = self.attribute(mark)
            elif first == "{":
                self.since = self.expression(mark.start()) or mark.end()
            elif first in "ie":
                self.since = self.statement(mark.start()) or mark.end()
            elif _COMPONENT.match(mark[0]):
                self.since = self.component(mark.start()) or mark.end()
            else:
                self.since = self.code.end(mark, self.since)
        self.put(len(self.body), len(self.body), "")
        return "".join(self.out), listed(self.uses, self.body)

    def put(self, start: int, end: int, text: str) -> int:
        self.out += [self.outdented(self.body[self.done : start]), text]
        self.done = end
        return end

    def outdented(self, text: str) -> str:
        """`text` without the indent of the component around it, which is no code."""
        width = self.indents[-1] if self.indents else 0
        return re.sub(rf"(?m)^[ ]{{1,{width}}}", "", text) if width else text

    def statement(self, start: int) -> int | None:
        """`import … from "…"`, or an export up to its last brace or a blank line."""
        body = self.body
        if found := _IMPORT.match(body, start):
            return self.put(start, found.end(), "")
        if not _EXPORT.match(body, start):
            return None
        at = start
        while stop := _STOP.search(body, at):
            if stop[0] != "{":
                return self.put(start, stop.start(), "")
            if stop.start() not in self.braces:
                line = body.find("\n", at)
                return self.put(start, line if line >= 0 else len(body), "")
            at = self.braces[stop.start()]
        return self.put(start, len(body), "")

    def expression(self, start: int) -> int | None:
        body = self.body
        end = self.braces.get(start)
        if end is None:
            return None
        if found := _ID.match(body, start):
            return self.put(start, found.end(), "")
        if found := _LITERAL.match(body, start):
            text = found["double"] or found["single"] or found["raw"]
            return self.put(start, found.end(), text or found["number"] or "")
        if not _COMMENT.match(body, start):
            self.uses.append(("{…}", start))
        return self.put(start, end, "")

    def attribute(self, mark: re.Match[str]) -> int:
        """`className="x"` and `width={300}` as HTML has them."""
        start, end = mark.span()
        name = "class" if mark[0] == "className=" else mark["key"]
        if self.body[end : end + 1] != "{":
            return self.put(start, end, "class=")
        if found := _LITERAL.match(self.body, end):
            value = next(text for text in found.groups() if text is not None)
            plain = value.replace("&", "&amp;").replace('"', "&quot;")
            return self.put(start, found.end(), f'{name}="{plain}"')
        if end not in self.braces:
            return end
        self.uses.append(("{…}", end))
        return self.put(start, self.braces[end], "")

    def component(self, start: int) -> int | None:
        found = _COMPONENT.match(self.body, start)
        end = self.tag_end(found.end()) if found else None
        if found is None or end is None:
            return None
        self.uses.append((f"<{found['name']}>", start))
        ahead = before(self.body, start, self.since)
        self.put(start, end, "")
        if found["close"]:
            if self.indents:
                self.indents.pop()
        elif self.body[end - 2] != "/":
            inner = _INDENT.match(self.body, end)
            own = ahead is not None and not ahead.strip()
            outer = self.indents[-1] if self.indents else 0
            self.indents.append(len(inner[1]) if own and inner else outer)
        return end

    def tag_end(self, at: int) -> int | None:
        """Behind the `>` of a component's tag; None for one that is not closed."""
        if at < self.hopeless:
            return None
        while True:
            piece = _PIECE.match(self.body, at)
            at = piece.end() if piece else at
            if self.body.startswith((">", "/>"), at):
                return self.body.index(">", at) + 1
            if at not in self.braces:
                # What was read in vain is not read again.
                self.hopeless = at
                return None
            at = self.braces[at]


def _braces(body: str) -> dict[int, int]:
    """Where each `{` is closed: behind the `}`. Those of code do not count."""
    code = Code(body)
    pairs: dict[int, int] = {}
    opened: list[int] = []
    since = 0
    while mark := _BRACE.search(body, since):
        since, start = mark.end(), mark.start()
        if mark[0] == "{":
            opened.append(start)
        elif mark[0] == "}":
            if opened:
                pairs[opened.pop()] = since
        elif mark[0][0] in "\"'":
            since = since if opened else start + 1
        else:
            since = code.end(mark, start)
    return pairs
