"""Plain text as a newsroom or a scraper leaves it: headline, caption, paragraphs."""

import re
from html import escape

from feeds.notation import Fact

NAME = "plain text"
SUFFIXES = (".txt", ".text")

_HEADLINE = 200
_CAPTION = 400
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_CREDIT = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,120})[)\]]")
_ITEM = re.compile(r"[-*•‣]\s+(?P<text>.+)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'’”]")
# Lines that the site around a story leaves at its end. With an address in it, a
# line says something to the reader and stays.
_MORE = re.compile(r"(?:read more of this story|continue reading)[\s.…:»→]*", re.I)
_VISITED = re.compile(
    r"visited (?P<total>[\d,. ]+) times?,? (?P<today>[\d,. ]+) visit(?:s|\(s\))? today"
    r"[\s.]*",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"comments are (?P<state>closed|open)[\s.]*", re.IGNORECASE)


def split(body: str, title: str) -> tuple[dict[str, Fact], str]:
    """Return what the text says of itself, and the paragraphs that are left."""
    facts: dict[str, Fact] = {}
    blocks = [
        block.strip() for block in _BLANK.split(body.strip("\n")) if block.strip()
    ]
    while blocks and (found := _furniture(blocks[-1])) is not None:
        facts |= found
        blocks.pop()
    if blocks and (headline := _headline(blocks, title)):
        facts["title"] = Fact(headline, 1)
        if blocks and (image := _caption(blocks[0])):
            facts |= image
            blocks.pop(0)
    if blocks and len(blocks[0]) <= _CAPTION and not _ITEM.match(blocks[0]):
        facts["summary"] = Fact(" ".join(blocks[0].split()), 1)
    return facts, "\n\n".join(blocks)


def _headline(blocks: list[str], known: str) -> str:
    """Take the headline out of the first block, unless that is a wrapped paragraph."""
    first, _, rest = blocks[0].partition("\n")
    if known and " ".join(first.split()) != known:
        return ""
    if len(first) > _HEADLINE or _ITEM.match(first) or rest.lstrip()[:1].islower():
        return ""
    blocks[0:1] = [rest.strip()] if rest.strip() else []
    return " ".join(first.split())


def _caption(block: str) -> dict[str, Fact] | None:
    """A block whose last line is a credit in brackets is what a picture shows."""
    caption, _, last = block.rpartition("\n")
    credit = _CREDIT.fullmatch(last.strip())
    if credit is None or not caption.strip() or len(block) > _CAPTION:
        return None
    return {
        "image_caption": Fact(" ".join(caption.split()), 1),
        "image_credit": Fact(credit["credit"], 1),
    }


def _furniture(block: str) -> dict[str, Fact] | None:
    """The facts of a block that is the site's and not the story's, else None."""
    facts: dict[str, Fact] = {}
    for line in (line.strip() for line in block.split("\n")):
        if visited := _VISITED.fullmatch(line):
            digits = {k: re.sub(r"\D", "", v) for k, v in visited.groupdict().items()}
            facts["visits"] = Fact({**digits}, 1)
        elif closed := _CLOSED.fullmatch(line):
            facts["comments"] = Fact(closed["state"].lower(), 1)
        elif not _MORE.fullmatch(line):
            return None
    return facts


def to_html(body: str) -> str:
    """Paragraphs between blank lines; lists, short lines and addresses kept."""
    blocks = (block for block in _BLANK.split(body.strip("\n")) if block.strip())
    return "\n".join(map(_block, blocks))


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().split("\n")]
    items = [_ITEM.fullmatch(line) for line in lines]
    if all(items):
        listed = "".join(
            f"<li>{_inline(item['text'])}</li>\n" for item in items if item
        )
        return f"<ul>\n{listed}</ul>"
    # Lines that stop early were broken on purpose: a verse, an address.
    verse = len(lines) > 1 and max(map(len, lines)) < 50
    joined = ("<br>\n" if verse else "\n").join(map(_inline, lines))
    return f"<p>{joined}</p>"


def _inline(line: str) -> str:
    parts, end = [], 0
    for match in _ADDRESS.finditer(line):
        address = match[0]
        rest = line[match.end() :]
        if rest.startswith(")") and address.count("(") > address.count(")"):
            address += ")"
        url = escape(address)
        parts += [escape(line[end : match.start()], quote=False)]
        parts += [f'<a href="{url}">{url}</a>']
        end = match.start() + len(address)
    return "".join([*parts, escape(line[end:], quote=False)])
