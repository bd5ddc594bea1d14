"""The text of a reStructuredText body made a document tree, by docutils, in bounds.

docutils has one registry of directives and one of roles for a whole program, where a
role that one article defines would be known to the next. State classes and an inliner
of our own look them up instead: nothing global changes.
"""

import copy
import functools
import re
from types import SimpleNamespace
from typing import Any

from docutils import frontend, nodes, statemachine, utils
from docutils.parsers import rst
from docutils.parsers.rst import directives, states
from docutils.readers import standalone
from docutils.transforms import writer_aux
from docutils.writers import html5_polyglot

from feeds.articles.rst_directives import (
    CELLS,
    CLASSES,
    DIRECTIVES,
    Block,
    kept,
    read_block,
    read_options,
)
from feeds.articles.rst_roles import Inliner
from feeds.errors import ArticleError

_LONGEST = 500_000
_LINES = 10_000
_DEEPEST = 50
_GROWN = 1_000_000
_MANY = 1_000
_RULE = re.compile(r"\s*([^\w\s])\1{3,}")
_BARE_TARGET = re.compile(r"[^:]*\.\. _.*: *$")


def parse(text: str) -> nodes.document:
    """The tree of `text`, with its references resolved.

    ArticleError where it would take too long, RecursionError where it is too deep.
    """
    document = utils.new_document("", copy.copy(_settings()))
    lines = statemachine.string2lines(text, tab_width=8, convert_whitespace=True)
    _bound_lines(lines)
    machine = states.RSTStateMachine(state_classes=STATES, initial_state="Body")
    machine.run(lines, document, inliner=Inliner())
    _bound_substitutions(document)
    transforms = [*standalone.Reader().get_transforms(), writer_aux.Admonitions]
    document.transformer.add_transforms(transforms)
    document.transformer.apply_transforms()
    return document


def _bound_lines(lines: list[str]) -> None:
    # docutils copies what is left of a text at each list of it.
    if len(lines) > _LINES:
        raise ArticleError(f"a text of {len(lines):,} lines", f"at most {_LINES:,}")
    if (length := sum(map(len, lines))) > _LONGEST:
        raise ArticleError(f"a text of {length:,} characters", f"at most {_LONGEST:,}")
    # For each of these, docutils goes through all those before it.
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    rules = sum(bool(_RULE.fullmatch(x)) and not y and not z for y, x, z in around)
    if rules + sum(bool(_BARE_TARGET.match(line)) for line in lines) > _MANY:
        raise ArticleError("a text of too many rules and targets", "take some out")
    # Each line in a simple table (`== == ==`) is a row with all of its columns; each
    # `+` of a grid may be the corner of a cell.
    simple = max((line.count(" =") for line in lines), default=0) * len(lines)
    grid = sum(line.count("+") for line in lines if line.lstrip()[:1] in ("+", "|"))
    if max(simple, grid) > CELLS:
        raise ArticleError("a table of too many cells", "split it")


@functools.cache
def _settings() -> Any:
    # Reading no files: neither a configuration, nor a stylesheet, nor an include.
    components = (rst.Parser, standalone.Reader, html5_polyglot.Writer)
    settings = frontend.get_default_settings(*components)
    changes = {
        "docinfo_xform": False,
        "doctitle_xform": False,
        "embed_stylesheet": False,
        "file_insertion_enabled": False,
        "halt_level": 5,
        "raw_enabled": False,
        "report_level": 5,
        "sectsubtitle_xform": False,
        "smart_quotes": False,
        "stylesheet": None,
        "stylesheet_path": None,
        "syntax_highlight": "none",
        "warning_stream": False,
        "_disable_config": True,
    }
    for name, value in changes.items():
        setattr(settings, name, value)
    return settings


class _Nested(states.NestedStateMachine):
    def run(  # type: ignore[override]
        self, input_lines: Any, input_offset: int, memo: Any, *more: Any, **named: Any
    ) -> list[str]:
        # A level is nine calls: counting them is no matter of who calls from where.
        depth = getattr(memo, "depth", 0)
        if depth >= _DEEPEST:
            raise ArticleError("a text nested too deeply", "flatten it")
        memo.depth = depth + 1
        try:
            return super().run(input_lines, input_offset, memo, *more, **named)
        finally:
            memo.depth = depth


class _State(states.RSTState):
    """What goes before each state class of docutils."""

    nested_sm = _Nested
    nested_sm_cache = []  # noqa: RUF012 - docutils keeps its own machines
    explicit: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nested_sm_kwargs = {"state_classes": STATES, "initial_state": "Body"}

    def directive(self, match: Any, **presets: Any) -> tuple[list[nodes.Node], bool]:
        """The nodes of the directive that begins here, and whether it ended blank."""
        machine: Any = self.state_machine
        name, line = match[1].lower(), machine.abs_line_number()
        start = machine.line_offset
        lines, _, offset, blank = machine.get_first_known_indented(
            match.end(), strip_top=False
        )
        block = read_block(self, statemachine.StringList(lines), offset, line)
        kind = CLASSES.get(name) or self._kind(name)
        if name in DIRECTIVES:
            made = DIRECTIVES[name](block)
        elif kind is None:
            made = kept(block)
        else:
            source = "\n".join(machine.input_lines[start : machine.line_offset + 1])
            made = self._run(kind, name, lines, offset, presets, source, block)
        return made, blank or machine.is_next_line_blank()

    def _kind(self, name: str) -> Any:
        return directives.directive(name, self.memo.language, self.document)[0]

    def _run(
        self,
        kind: Any,
        name: str,
        lines: Any,
        offset: int,
        presets: dict[str, Any],
        source: str,
        block: Block,
    ) -> list[nodes.Node]:
        parser: Any = self
        try:
            arguments, options, content, start = parser.parse_directive_block(
                lines, offset, kind, presets
            )
            made = kind(
                name,
                arguments,
                options,
                content,
                block.line,
                start,
                source,
                self,
                self.state_machine,
            ).run()
        except (ArticleError, RecursionError):
            raise
        except Exception:  # what docutils says of it, and what it trips over
            return kept(block)
        told = [node for node in made if not isinstance(node, nodes.system_message)]
        failed = any(node not in told and node["level"] > 2 for node in made)
        return [*told, *(kept(block) if failed else [])]

    def parse_directive_options(
        self, presets: dict[str, Any], spec: dict[str, Any], lines: Any
    ) -> tuple[dict[str, Any], Any]:
        """The options that docutils knows: another is no reason to lose a text."""
        options = dict(presets)
        at = next((n for n, line in enumerate(lines) if re.match(":[^: ]", line)), None)
        if at is None:
            return options, lines
        for name, value in read_options(lines, at)[0].items():
            try:
                options[name] = spec[name](value or None)
            except (KeyError, ValueError, TypeError, AttributeError):
                continue
        return options, lines[:at]


_State.explicit = SimpleNamespace(
    patterns=states.Body.explicit.patterns,
    constructs=[
        (_State.directive if method is states.Body.directive else method, pattern)
        for method, pattern in states.Body.explicit.constructs
    ],
)
STATES = [type(kind.__name__, (_State, kind), {}) for kind in states.state_classes]


def _bound_substitutions(document: nodes.document) -> None:
    """Refuse what grows without end, and make text of what docutils trips over."""
    known, names = document.substitution_defs, document.substitution_names
    sizes: dict[str, int] = {}

    def size(ref: nodes.Element) -> int:
        name = names.get(ref["refname"].lower(), "")
        if name and name not in sizes:
            sizes[name] = 1  # docutils notices where it leads in a circle
            inner = known[name].findall(nodes.substitution_reference)
            own = len(known[name].astext()) + sum(1 for _ in known[name].findall())
            sizes[name] = own + sum(map(size, inner))
        return sizes.get(name, 1)

    for definition in known.values():
        for ref in list(definition.findall(nodes.substitution_reference)):
            if ref["refname"].lower() not in names:
                ref.replace_self(nodes.Text(ref.astext()))
    if sum(map(size, document.findall(nodes.substitution_reference))) > _GROWN:
        raise ArticleError("substitutions that make too long a text", "write it out")
