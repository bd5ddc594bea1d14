"""reStructuredText bodies, as Pelican and Nikola write them, by docutils if present."""

import re

from feeds.errors import ArticleError
from feeds.notation import Fact, Value

NAME = "reStructuredText"
SUFFIXES = (".rst", ".rest")

# A comment: what is no footnote, target, substitution or directive (`name::`).
_COMMENT = re.compile(r"\.\. +(?![_\[|])(?![\w:.+-]+ ?::)(?P<text>.*)")
_TOLD = re.compile(r"(?P<name>[A-Za-z][\w-]*): *(?P<value>.*)")
_TARGET = re.compile(r"\.\. _(?!_)[^:]+: *")
_FIELD = re.compile(r":(?P<name>(?![: ])[^:\n]{0,80}[^: ]):(?: +(?P<value>.*))?")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*")
_NO_TITLE = re.compile(r"\.\. |[-*+•] |:[^:]+:(?: |$)|\||>>> |__ ")
_ITEM = re.compile(r"[-*+] +(?P<text>.*)")
_LABEL = re.compile(r"(?P<text>.*\S)\s+<[^<>]*>", re.DOTALL)
_MARKUP = re.compile(
    r"``(?P<code>.+?)``(?!`)"
    r"|(?<![\w`]):[\w:.+-]+:`(?P<role>[^`]+)`"
    r"|(?<![\w`])`(?P<quoted>[^`]+)`(?::[\w:.+-]+:|__?(?!\w))?"
    r"|(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<emphasis>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])"
    r"|\\(?P<escaped>.)"
)


def split(body: str, title: str) -> tuple[dict[str, Fact], str]:
    """Return what Nikola's comments, the title and the first fields say, and the rest.

    The title stays where the file is called something else.
    """
    lines = [line.rstrip() for line in body.split("\n")]
    facts: dict[str, Fact] = {}
    kept: list[str] = []  # targets, and a heading that is not the title
    at = _comments(lines, facts, kept)
    heading, after = _heading(lines, at)
    end = _fields(lines, after, facts)
    known = title or str(facts["title"].value if "title" in facts else "")
    if heading and known in ("", heading):
        # With an overline, the words are on the second of three lines.
        facts.setdefault("title", Fact(heading, after - 1))
    else:
        kept += lines[at:after]
    if not facts:
        return {}, body
    rest = [*kept, *([""] if end > after else []), *body.split("\n")[end:]]
    return facts, "\n".join(rest).strip("\n")


def _comments(lines: list[str], facts: dict[str, Fact], kept: list[str]) -> int:
    """Read `.. name: value` from the top into `facts`; return the line after them."""
    at = 0
    while at < len(lines):
        if comment := _COMMENT.fullmatch(lines[at]):
            if not (told := _TOLD.fullmatch(comment["text"])) and facts:
                break  # the teaser's end, say
            end = at + 1
            while end < len(lines) and lines[end][:1] in (" ", "\t"):
                end += 1
            if told:
                value = " ".join([told["value"], *map(str.strip, lines[at + 1 : end])])
                _tell(facts, told["name"], value.strip(), at + 1)
            at = end
        elif _TARGET.fullmatch(lines[at]):
            kept.append(lines[at])
            at += 1
        elif not lines[at]:
            at += 1
        else:
            break
    return at


def _heading(lines: list[str], at: int) -> tuple[str, int]:
    """The words of a section title at `at`, and the line after it; "" if none."""
    over = lines[at] if at < len(lines) and _RULE.fullmatch(lines[at]) else ""
    words, rule = [*lines[at + bool(over) : at + bool(over) + 2], "", ""][:2]
    if not words.strip() or not _RULE.fullmatch(rule) or _RULE.fullmatch(words):
        return "", at
    if over and over != rule:
        return "", at
    # A shorter line under it is text to docutils, unless it is as long as this.
    if len(rule) < min(4, len(words)) or (not over and words[0] == " "):
        return "", at
    if not over and _NO_TITLE.match(words):
        return "", at
    return plain(words.strip()), at + bool(over) + 2


def _fields(lines: list[str], at: int, facts: dict[str, Fact]) -> int:
    """Read the field list that comes next into `facts`; return the line after it."""
    end = at
    while end < len(lines) and not lines[end]:
        end += 1
    if end == len(lines) or not _FIELD.fullmatch(lines[end]):
        return at
    while end < len(lines) and (field := _FIELD.fullmatch(lines[end])):
        start, end = end, _indented(lines, end + 1)
        folded = [line.strip() for line in lines[start + 1 : end] if line]
        items = [item["text"] for line in folded if (item := _ITEM.fullmatch(line))]
        if items and len(items) == len(folded) and not field["value"]:
            facts[field["name"].lower()] = Fact([*items], start + 1)
        else:
            value = " ".join([field["value"] or "", *folded]).strip()
            _tell(facts, field["name"], value, start + 1)
    return end


def _indented(lines: list[str], at: int) -> int:
    """The line after the indented ones at `at`, blank ones among them included."""
    end = at
    while at < len(lines) and (lines[at][:1] in " \t"):
        at += 1
        end = at if lines[at - 1] else end
    return end


def _tell(facts: dict[str, Fact], name: str, text: str, line: int) -> None:
    name = name.lower()
    if not text or name in facts:
        return
    value: Value = text
    if name in ("title", "summary", "description"):
        value = plain(text)
    elif name == "authors" or (name in ("tags", "keywords") and ";" in text):
        # Pelican: with semicolons, a comma is part of a name.
        parts = text.split(";" if ";" in text else ",")
        value = [part.strip() for part in parts if part.strip()]
    facts[name] = Fact(value, line)


def plain(text: str) -> str:
    """`text` without the marks of inline markup."""
    return _MARKUP.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return label(match[kind]) if kind in ("role", "quoted") else match[kind]


def label(text: str) -> str:
    """The words of `words <where they lead>`, else all of the text."""
    found = _LABEL.fullmatch(text)
    return found["text"] if found else text


def to_html(body: str) -> str:
    """The body as HTML, not yet safe; ArticleError where docutils is not installed."""
    try:
        from feeds.articles.rst_html import render
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "docutils":
            raise
        found = "reStructuredText needs docutils"
        raise ArticleError(found, "install folderfeed[rst]") from None
    try:
        return render(body)
    except RecursionError:
        raise ArticleError("a text nested too deeply", "flatten it") from None
