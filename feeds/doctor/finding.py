"""What was found of a site or its surroundings: well, worth knowing, or wrong."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of what it is `about`, and what to do, "" for nothing."""

    level: Level
    about: str
    found: str
    fix: str = ""

    def __str__(self) -> str:
        told = f"{self.about}: {self.found}"
        return f"{told} ({self.fix})" if self.fix else told
