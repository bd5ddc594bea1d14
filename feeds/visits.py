"""How often an article was visited: as its author's file tells, or as was counted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits in all, and those of the day on which that was said.

    `since` is when the numbers last changed, where that is known.
    """

    total: int
    today: int
    since: datetime | None = None


def told(own: Visits | None, counted: Visits | None) -> Visits | None:
    """What a page tells of its article, None where nobody has visited it.

    What the file tells is added to, but for its `today`: that day is long past.
    """
    total = (own.total if own else 0) + (counted.total if counted else 0)
    if not total:
        return None
    return Visits(
        total,
        counted.today if counted else 0,
        counted.since if counted else None,
    )
