"""The state of a walk over one body: what is read, written and taken out so far."""

import re
from html import escape

from feeds.articles.templating import names, syntax
from feeds.articles.templating.code import Code, before, starts_block

# Tags that only steer: the line of such a tag goes with it, as a list or a table
# would end at the blank line.
STEERING = frozenset(
    """if elsif elif else unless case when assign set capture for tablerow break
    continue increment decrement import from extends""".split()
)


class Walk:
    def __init__(self, body: str) -> None:
        self.body = body
        self.code = Code(body)
        self.page = syntax.PAGE.match(body) is not None
        self.out: list[str] = []
        self.done = 0  # how much of the body is in `out`
        self.since = 0  # where the last mark ended
        self.uses: list[tuple[str, int]] = []
        self.unclosed: set[str] = set()
        self.loops: list[tuple[int, int]] = []  # what `out` and `uses` held before
        self.quotes: list[tuple[int, str]] = []  # the place in `out`, the author

    def step_over(self, mark: re.Match[str]) -> int:
        end = self.code.end(mark, self.since)
        start = max(mark.start(), self.done)
        text = self.body[start:end]
        if "{" in text and (plain := syntax.shown(text)) != text:
            self.put(start, end, plain)
        return end

    def put(self, start: int, end: int, text: str) -> int:
        """Let `text` stand in place of the body from `start` to `end`."""
        self.out += [self.body[self.done : start], text]
        self.done = end
        return end

    def drop(self, start: int, end: int, kind: str = "", line: bool = False) -> int:
        """Take something out, with the whole line that it has to itself if `line`."""
        ahead = before(self.body, start, self.since)
        rest = syntax.LINE_END.match(self.body, end)
        if kind:
            self.uses.append((kind, start))
            if ahead and rest and ahead.rstrip()[-1:] in tuple("-*+.)"):
                # An empty item would end its list, and free what is indented below.
                return self.put(start, end, "…" if starts_block(ahead) else "")
        if not line or ahead is None or ahead.strip() or rest is None:
            return self.put(start, end, "")
        self.put(start - len(ahead), rest.end(), "")
        # The newline is still to be seen: it may be part of a blank line.
        return max(end, rest.end() - 1)

    def block(self, start: int, end: int, text: str) -> int:
        """Put in a block, with the blank lines around it that it needs."""
        ahead = before(self.body, start, self.since)
        rest = syntax.LINE_END.match(self.body, end)
        if ahead is None or not starts_block(ahead):
            text = "\n\n" + text
        elif not ahead.strip():
            above = start - len(ahead)
            if self.body[max(above - 2, 0) : above] not in ("\n\n", "\n", ""):
                text = "\n" + ahead + text
        if rest is None:
            text += "\n\n"
        elif self.body[rest.end() : rest.end() + 1] not in ("\n", ""):
            text += "\n"
        return self.put(start, end, text)

    def find(self, end: re.Pattern[str], at: int) -> re.Match[str] | None:
        """Where `end` is next, if it is; each kind of end is missed only once."""
        if end.pattern in self.unclosed:
            return None
        found = end.search(self.body, at)
        if found is None:
            self.unclosed.add(end.pattern)
        return found

    def meant(self, start: int, end: int, call: names.Call, kind: str) -> int:
        """Put in what a call means, or take it out as `kind`."""
        if call.name in names.REFERENCES and (target := names.reference(call)):
            return self.put(start, end, target)
        if html := names.block(call):
            return self.block(start, end, html)
        return self.drop(start, end, kind, call.name in STEERING)

    def source(self, start: int, end: int, language: str, text: str) -> int:
        """Put in a block of source code, as long as its own fences need."""
        # Blank lines around the code are the tags'; its first line's indent is not.
        text = syntax.shown(text).rstrip()
        text = text[text.find("\n", 0, len(text) - len(text.lstrip())) + 1 :]
        if self.page:
            kind = f' class="language-{language}"' if language else ""
            code = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return self.block(start, end, f"<pre><code{kind}>{code}</code></pre>")
        ahead = before(self.body, start, self.since) or ""
        indent = ahead if not ahead.strip() else ""
        if not all(line.startswith(indent) for line in text.split("\n") if line):
            text = "\n".join(indent + line if line else "" for line in text.split("\n"))
        longest = max((len(fence) for fence in syntax.FENCES.findall(text)), default=2)
        fence = "`" * max(longest + 1, 3)
        fenced = f"{fence}{language}\n{text}\n{indent}{fence}"
        return self.block(start, end, fenced)

    def open_quote(self, start: int, end: int, call: names.Call) -> int:
        self.put(start, end, "")
        author = call.get("author", "cite", "source") or " ".join(call.words)
        self.quotes.append((len(self.out) - 1, author))
        return end

    def close_quote(self, start: int, end: int) -> int:
        if not self.quotes:
            return self.drop(start, end)
        place, author = self.quotes.pop()
        self.out[place] = "\n\n<blockquote>\n\n"
        said = f"<p>— {escape(author)}</p>\n\n" if author else ""
        return self.put(start, end, f"\n\n{said}</blockquote>\n\n")

    def close_loop(self, start: int, end: int) -> int:
        """What a loop repeats means nothing without what it runs over."""
        end = self.drop(start, end, line=True)
        if self.loops:
            out, uses = self.loops.pop()
            del self.out[out:], self.uses[uses:]
            while self.quotes and self.quotes[-1][0] >= out:
                self.quotes.pop()
        return end
