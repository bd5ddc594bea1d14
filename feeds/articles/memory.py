"""What a site remembers of one article, as a line of text, and as several tell it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from urllib.parse import quote, unquote

from feeds import dates

# Those of a line after its instant and its path, where none is written.
_NO_COLUMNS = ("",) * 7


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the article at a path.

    `name` is what its id is made from: the path at which it was first seen. `content`
    and `facts` are digests of its body, and of its title and date. `id` is its
    author's own, as written. `addresses` are paths on the site such as `2024/hello/`:
    that of its page, then those that lead to it. `gone` is since when it is published
    no more, and `back` when it last was again after its absence could be seen.
    """

    first_seen: datetime
    name: str
    content: str = ""
    facts: str = ""
    id: str = ""
    addresses: tuple[str, ...] = ()
    gone: datetime | None = None
    back: datetime | None = None


def digest(text: str) -> str:
    """A short name for some text, to know it again by."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text.strip() else ""


def joined(memory: Memory, other: Memory, heard: Memory | None = None) -> Memory:
    """`memory`, with what `other` has beside it of addresses and absences.

    `heard` is what the writer of `memory` had been told before, if anything.
    """
    # Several who write see a file go, and come back, at different times; the word of
    # one who has not looked since must not undo the word of one who has. So the later
    # return counts, with what is said of the absence after it: whoever told of that
    # return knew what was before. Of one absence the earlier start counts. Only an
    # absence too short to be seen ends without a return; that it ended counts if who
    # says so had heard of it. In the same way an address is left out by those alone
    # who had heard of it.
    has_ended = heard is not None and heard.gone is not None and memory.gone is None
    theirs = replace(other, gone=None) if has_ended else other
    absence = min(memory, theirs, key=_absence)
    left_out = heard.addresses if heard else ()
    added = (a for a in other.addresses if a not in left_out)
    return replace(
        memory,
        addresses=tuple(dict.fromkeys((*memory.addresses, *added))),
        gone=absence.gone,
        back=absence.back,
    )


def _absence(memory: Memory) -> tuple[float, float]:
    """Orders what is said of absences: the latest return first, the earliest start."""
    return (
        -memory.back.timestamp() if memory.back else inf,
        memory.gone.timestamp() if memory.gone else inf,
    )


def line_of(path: str, memory: Memory) -> str:
    """What is remembered of the article at `path`, as far as there is something."""
    columns = (
        dates.rfc3339(memory.first_seen),
        _spell(path),
        "" if memory.name == path else _spell(memory.name),
        _spell(memory.content),
        _spell(memory.facts),
        _spell(memory.id),
        " ".join(_spell(address, "% ") for address in memory.addresses),
        dates.rfc3339(memory.gone) if memory.gone else "",
        dates.rfc3339(memory.back) if memory.back else "",
    )
    return "\t".join(columns).rstrip("\t")


def read_line(line: str) -> tuple[str, Memory] | None:
    """The path and the memory in a line, or None where it has none.

    What cannot be read of the columns after these two is as if it were not written.
    """
    instant, _, rest = line.partition("\t")
    path, *columns = rest.split("\t")
    when = _instant(instant)
    if not path or when is None:  # a remark, a merge mark, or a line cut short
        return None
    path = unquote(path)
    return path, _memory(when, path, (*columns, *_NO_COLUMNS))


def path_in(line: str) -> str:
    """The path that a line is about, "" for none."""
    return unquote(line.partition("\t")[2].partition("\t")[0])


def _memory(when: datetime, path: str, columns: Sequence[str]) -> Memory:
    name, content, facts, own, addresses, gone, back = columns[: len(_NO_COLUMNS)]
    return Memory(
        when,
        path if name in ("", path) else unquote(name),
        unquote(content),
        unquote(facts),
        unquote(own),
        tuple(unquote(address) for address in addresses.split(" ") if address),
        _instant(gone),
        _instant(back),
    )


def _instant(text: str) -> datetime | None:
    try:
        return dates.parse(text) if text else None
    except ValueError:
        return None


def _spell(text: str, also: str = "%") -> str:
    """`text` as a column of a line, in which the marks in `also` mean something."""
    if text.isprintable() and not any(mark in text for mark in also):
        return text  # as nearly all are, of very many
    return "".join(
        quote(c, safe="") if not c.isprintable() or c in also else c for c in text
    )
