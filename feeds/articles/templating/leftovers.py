"""What templating was taken out of a body, and where it was first used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leftover:
    """A kind of templating that was taken out, and the line of its first use (from 1).

    The line is the body's, without the header of its file.
    """

    kind: str
    line: int


def listed(uses: list[tuple[str, int]], body: str) -> tuple[Leftover, ...]:
    """Each kind once, from its uses (kind, offset) in the order of the body."""
    first: dict[str, int] = {}
    for kind, offset in uses:
        first.setdefault(kind, offset)
    found, line, counted = [], 1, 0
    for kind, offset in first.items():
        line += body.count("\n", counted, offset)
        counted = offset
        found.append(Leftover(kind, line))
    return tuple(found)
