"""Inline markup of reStructuredText, with roles of Pelican, Nikola and Sphinx."""

import contextlib
from typing import Any

from docutils import nodes
from docutils.parsers.rst import states

from feeds.articles.rst import label

_WORK = 50_000_000
_MARKS = "*`_|["
_LITERAL = frozenset(
    """attr class code command const data envvar exc file func literal meth mod obj
    option program samp""".split()
)
_ROLES: dict[str, type[nodes.TextElement]] = {
    "": nodes.title_reference,
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    **dict.fromkeys(("sub", "subscript"), nodes.subscript),
    **dict.fromkeys(("sup", "superscript"), nodes.superscript),
    **dict.fromkeys(("t", "title", "title-reference"), nodes.title_reference),
}
_NUMBERED = {
    "pep": "https://peps.python.org/pep-{:04}/",
    "rfc": "https://www.rfc-editor.org/rfc/rfc{}",
}


class Inliner(states.Inliner):
    """Reads the markup of one text: `roles` are those that the text itself defines."""

    def __init__(self) -> None:
        super().__init__()
        self.roles: dict[str, tuple[str, dict[str, str]]] = {}
        self.default_role = ""
        self.work = 0

    def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> Any:
        # The end of each mark is looked for in all the text that is left, and that of
        # an address in all of a word. Beyond what people write, text stays as it is.
        self.work += len(text) * sum(map(text.count, _MARKS))
        self.work += sum(len(word) ** 2 for word in text.split())
        if self.work > _WORK:
            return [nodes.Text(text)], []
        return super().parse(text, lineno, memo, parent)

    def implicit_inline(self, text: str, lineno: int) -> list[Any]:
        # The original calls itself for each address.
        made: list[nodes.Node] = []
        done, at = 0, 0
        [(pattern, method)] = self.implicit_dispatch
        while match := pattern.search(text, at):
            at = match.end()
            with contextlib.suppress(states.MarkupMismatch):
                address = method(match, lineno)
                made += [nodes.Text(text[done : match.start()]), *address]
                done = at
        return [*made, nodes.Text(text[done:])]

    def interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> Any:
        name = (role or self.default_role).lower().rpartition(":")[2]
        base, options = self.roles.get(name, (name, {}))
        literal = nodes.unescape(text, restore_backslashes=True)
        if base == "raw":
            made: nodes.Node = nodes.raw("", literal, format=options.get("format", ""))
        elif base == "math":
            made = nodes.math("", literal)
        elif base in _LITERAL:
            made = nodes.literal("", label(literal).removeprefix("~"))
        elif base in _ROLES:
            made = _ROLES[base](rawsource, text)
        elif base in _NUMBERED and nodes.unescape(text).isdecimal():
            url = _NUMBERED[base].format(int(text))
            made = nodes.reference("", f"{base.upper()} {text}", refuri=url)
        else:
            words = label(nodes.unescape(text))
            made = nodes.inline("", words, classes=options.get("class", name).split())
        return [made], []


for _name, _value in vars(states.Inliner).items():
    if isinstance(_value, str) and not _name.startswith("__"):
        setattr(Inliner, _name, _value)  # docutils looks in the class alone
