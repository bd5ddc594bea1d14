"""The few words that the pages have of their own, in the language of the site."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

#: What is spoken where nothing is known of the language that is wanted.
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and how it writes dates.

    `language` is the tag of the words, which need not be the one that was wanted;
    `told` has them by their keys in words.toml. `months` are as in a whole date,
    `alone` as they are without a day.
    """

    language: str
    told: Mapping[str, str]
    months: tuple[str, ...]
    alone: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.told[name]

    def day(self, when: date) -> str:
        """31 January 2024, on the author's own calendar."""
        day = self.told["first"] if when.day == 1 and "first" in self.told else when.day
        month = self.months[when.month - 1]
        return self.told["day"].format(day=day, month=month, year=when.year)

    def month(self, when: date) -> str:
        """January 2024."""
        month = self.alone[when.month - 1]
        return self.told["month"].format(month=month, year=when.year)

    def minutes(self, count: int) -> str:
        """How long a text takes to read, "" where that is not known."""
        return self.told["minutes"].format(count=count) if count else ""


@cache
def words_of(language: str) -> Words:
    """The words of a language (BCP 47), else of the nearest, else of English."""
    table = _table()
    parts = language.lower().replace("_", "-").split("-")
    tags = ["-".join(parts[:count]) for count in range(1, len(parts) + 1)]
    found = [tag for tag in tags if tag in table] or [FALLBACK]
    told = {key: word for tag in found for key, word in table[tag].items()}
    months = tuple(told["months"].split())
    return Words(
        found[-1], told, months, tuple(told.get("alone", "").split()) or months
    )


@cache
def are_spoken(language: str) -> bool:
    """Whether there are words of that language."""
    return language.lower().replace("_", "-").partition("-")[0] in _table()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (files("feeds.documents") / "words.toml").read_text("utf-8")
    return {tag.lower(): words for tag, words in tomllib.loads(text).items()}
