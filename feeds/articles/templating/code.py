"""What in a body is code or comment, where braces are text like any other."""

import re

#: Where code may start. Each begins with a literal, so that `re` skips what lies
#: between them at the speed of a byte search.
MARKS = r"``*+|~~~++|<(?:!--|(?:pre|code|script|style)(?=[\s>]))|\$\$"
INDENTED = r"\n[ \t]*+\n(?=[ ]{4}|\t)"

# A blank line or the start of another block ends a paragraph, and its code spans.
_SPAN = re.compile(
    r"(?P<ticks>`{1,8}+)(?:[^`\n]++|(?!(?P=ticks)(?!`))`++"
    r"|\n(?![ \t]*+(?:\n|\Z|#|[-*+>][ \t]|\d{1,9}[.)][ \t]|```|~~~|\{[%{]))"
    r")*+(?P=ticks)(?!`)"
)
_MATH = re.compile(r"\$\$(?:[^$\n]++|\$(?!\$)|\n(?![ \t]*+\n))++\$\$")
_FENCES = {
    "`": re.compile(r"^[ \t>]*+(`{3,}+)[ \t]*+$", re.MULTILINE),
    "~": re.compile(r"^[ \t>]*+(~{3,}+)[ \t]*+$", re.MULTILINE),
}
_ENDS = {
    # Authors hide `{% raw %}` in comments; it is no less open for that.
    "!--": re.compile(r"-->|(?=\{%[-+]?\s*+raw\b)"),
    **{
        name: re.compile(f"</{name}\\s*+>", re.IGNORECASE)
        for name in ("pre", "code", "script", "style")
    },
}
_LINE = re.compile(
    r"^[ ]*+(?:(?P<item>(?:[-*+]|\d{1,9}[.)])[ ]++)(?=\S)|(?=\S))", re.MULTILINE
)
_CONTAINERS = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+")
_SPACES = re.compile(r"[ \t]*+")


def before(body: str, start: int, since: int) -> str | None:
    """What stands before `start` on its line; None where that begins before `since`."""
    newline = body.rfind("\n", since, start)
    if newline < 0 and since and body[since - 1] != "\n":
        return None
    return body[max(newline + 1, since) : start]


def starts_block(ahead: str | None) -> bool:
    """Whether a block can start after `ahead`: indentation, list and quote marks."""
    return ahead is not None and _CONTAINERS.fullmatch(ahead) is not None


class Code:
    """Tells where code ends, for a walk over one body from mark to mark."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.unclosed: set[str] = set()
        # Where the text of the list items starts that are open at `listed`.
        self.columns: list[int] = []
        self.listed = 0

    def end(self, mark: re.Match[str], since: int) -> int:
        """Where the code that opens at `mark` ends; the mark's end where none does.

        `since` is where the mark before it ended.
        """
        match mark[0][0]:
            case "`" | "~":
                return self._fence(mark, since) or self._span(mark)
            case "$":
                found = _MATH.match(self.body, mark.start())
                return found.end() if found else mark.end()
            case "<":
                return self._element(mark)
            case _:
                return self._indented(mark)

    def _fence(self, mark: re.Match[str], since: int) -> int:
        ahead = before(self.body, mark.start(), since) if len(mark[0]) > 2 else None
        if not starts_block(ahead):
            return 0
        line = self.body.find("\n", mark.end())
        line = len(self.body) if line < 0 else line
        if "`" in self.body[mark.end() : line] and mark[0][0] == "`":
            return 0
        self._open_items(mark.start())
        ends = _FENCES[mark[0][0]].finditer(self.body, line)
        closed = (end.end() for end in ends if len(end[1]) >= len(mark[0]))
        self.listed = next(closed, len(self.body))
        return self.listed

    def _span(self, mark: re.Match[str]) -> int:
        start = mark.start()
        if mark[0][0] == "~" or self.body[start - 1 : start] == "\\":
            return mark.end()
        found = _SPAN.match(self.body, start)
        return found.end() if found else mark.end()

    def _element(self, mark: re.Match[str]) -> int:
        name = mark[0][1:].lower()
        if name in self.unclosed:
            return mark.end()
        found = _ENDS[name].search(self.body, mark.end())
        if found is None:
            self.unclosed.add(name)
        return found.end() if found else mark.end()

    def _indented(self, mark: re.Match[str]) -> int:
        """The end of a block that is code because it is indented, unless it is not."""
        self._open_items(mark.start())
        indent, text = self._indentation(mark.end())
        while self.columns and self.columns[-1] > indent:
            self.columns.pop()
        needed = (self.columns[-1] if self.columns else 0) + 4
        # In a page that somebody indented by hand, the next element is no code.
        page = self.body[mark.start() - 1] == ">" and self.body[text : text + 1] == "<"
        if indent < needed or page:
            return mark.end()
        end = start = mark.end()
        while start < len(self.body):
            indent, text = self._indentation(start)
            line = self.body.find("\n", text)
            line = len(self.body) if line < 0 else line
            if text < line and indent < needed:
                break
            end = line if text < line else end
            start = line + 1
        self.listed = end
        return end

    def _indentation(self, start: int) -> tuple[int, int]:
        """The column where a line's text starts, and the offset of that."""
        found = _SPACES.match(self.body, start)
        spaces = found[0] if found else ""
        return len(spaces.expandtabs(4)), start + len(spaces)

    def _open_items(self, upto: int) -> None:
        """Read on to `upto`, for the list items that are open there."""
        for line in _LINE.finditer(self.body, self.listed, upto):
            column = line.end() - line.start()
            start = column - len(line["item"] or "")
            blank = self.body[max(line.start() - 2, 0) : line.start()] in ("\n\n", "")
            while (line["item"] or blank) and self.columns and self.columns[-1] > start:
                self.columns.pop()
            if line["item"]:
                self.columns.append(column)
        self.listed = max(self.listed, upto)
