"""Episodes: what podcast apps want to know of an article, as its header says it."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from feeds import markup
from feeds.articles.attachments import enclosures
from feeds.articles.facts import first, lowered, tag_of, truth_of
from feeds.articles.formats import suffix_of
from feeds.articles.media import MEDIA_TYPES
from feeds.articles.names import NAMES, find, settle
from feeds.articles.people import persons
from feeds.errors import ArticleError
from feeds.feed import Author, Episode, Transcript
from feeds.notation import Fact, Facts, Value

_Found = TypeVar("_Found")

_NUMBER = re.compile(r"0*(\d{1,9}(?:\.\d{1,3})?)", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_KINDS = frozenset({"full", "trailer", "bonus"})
_EXPLICIT = {"explicit": True, "clean": False}
# What the entries of a mapping `episode` are called where they stand at the top.
_INNER = {
    "number": "episode_number",
    "season": "itunes_season",
    "type": "episode_type",
    "explicit": "itunes_explicit",
    "image": "episode_image",
}
# Nobody has these for anything else. What cannot be read under another name is not
# meant for us: a season of the year, the people of a tale.
_CERTAIN = ("episode_", "episodenumber", "episodetype", "itunes_")
# What is found and what to write, of each that is read from one text.
_WANTED = {
    "episode": ("not the number of an episode", "write 12"),
    "season": ("not the number of a season", "write 2"),
    "episode_type": ("not a type of episode", "write full, trailer or bonus"),
    "explicit": ("neither true nor false", "write true or false"),
}
_TRANSCRIPTS = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
}
_FACTS = """episode season episode_type explicit episode_image chapters transcripts
    persons hosts guests""".split()
_KEYS = frozenset(key for name in _FACTS for key in NAMES[name])
_TIMED = frozenset({"text/vtt", "application/x-subrip"})


def episode(
    facts: Facts, known: Mapping[str, Author]
) -> tuple[Episode | None, list[ArticleError]]:
    """What a header says of an episode, and what of that cannot be used.

    None where it says nothing. `known` are those who can be named by a key alone.
    """
    faults: list[ArticleError] = []
    if not facts.keys() & _KEYS:  # as in nearly every header
        return None, faults
    facts = _spread(facts)
    found = Episode(
        number=_read(facts, "episode", _number, faults) or "",
        season=_read(facts, "season", _season, faults) or 0,
        kind=_read(facts, "episode_type", _kind, faults) or "",
        explicit=_read(facts, "explicit", _is_explicit, faults),
        image=_address(_value(facts, "episode_image")),
        chapters=_chapters(facts),
        transcripts=_transcripts(facts),
        persons=persons(facts, known),
    )
    # Blogs name people too, and these are heard only where there is something to hear.
    silent = () if enclosures(facts) else found.persons
    return None if found == Episode(persons=silent) else found, faults


def _spread(facts: Facts) -> Facts:
    """The facts, with those of a mapping `episode` as if they stood at the top."""
    fact = facts.get("episode")
    if fact is None or not isinstance(fact.value, dict):
        return facts
    inner = settle({key: Fact(value, fact.line) for key, value in fact.value.items()})
    told = {_INNER.get(key, key): value for key, value in inner.items()}
    return {**{key: facts[key] for key in facts if key != "episode"}, **told}


def _read(
    facts: Facts,
    name: str,
    read: Callable[[str], _Found | None],
    faults: list[ArticleError],
) -> _Found | None:
    fact = find(facts, name)
    if fact is None:
        return None
    told = fact.value.strip().lower() if isinstance(fact.value, str) else ""
    found = read(told)
    key = next(key for key in NAMES[name] if facts.get(key) is fact)
    if found is None and key.startswith(_CERTAIN):
        what, fix = _WANTED[name]
        faults.append(
            ArticleError(f"{what}: {fact.value!r:.60}", fix, fact.line, "fact")
        )
    return found


def _number(told: str) -> str | None:
    found = _NUMBER.fullmatch(told)
    return found[1] if found else None


def _season(told: str) -> int | None:
    return int(told) if re.fullmatch(r"[0-9]{1,9}", told) and int(told) else None


def _kind(told: str) -> str | None:
    return told if told in _KINDS else None


def _is_explicit(told: str) -> bool | None:
    return _EXPLICIT.get(told, truth_of(told))


def _value(facts: Facts, name: str) -> Value:
    fact = find(facts, name)
    return fact.value if fact else None


def _address(value: Value) -> str:
    """The address that a value is or that a mapping has, as it is written."""
    told = lowered(value) or {"url": value}
    found = first(told, "url", "src", "file", "href", "path")
    return found if truth_of(found) is None else ""


def _chapters(facts: Facts) -> str:
    # Some write the chapters themselves, or of which chapter of a book they speak.
    told = _address(_value(facts, "chapters"))
    return told if markup.http_url(told) or _suffix(told) == ".json" else ""


def _transcripts(facts: Facts) -> tuple[Transcript, ...]:
    value = _value(facts, "transcripts")
    values = value if isinstance(value, list) else [value]
    return tuple(
        dict.fromkeys(found for value in values if (found := _transcript(value)))
    )


def _transcript(value: Value) -> Transcript | None:
    """One transcript; None for what has no media type, such as the very words."""
    url = _address(value)
    told = lowered(value)
    kind = first(told, "type", "mime", "mime_type").lower()
    kind = kind if _MEDIA_TYPE.fullmatch(kind) else _media_type(url)
    if not url or not kind:
        return None
    has_times = kind in _TIMED or first(told, "rel").lower() == "captions"
    language = tag_of(first(told, "language", "lang"))
    return Transcript(url, kind, language, "captions" if has_times else "")


def _media_type(url: str) -> str:
    suffix = _suffix(url)
    is_page = markup.http_url(url) and suffix not in MEDIA_TYPES
    return _TRANSCRIPTS.get(suffix, "text/html" if is_page else "")


def _suffix(url: str) -> str:
    return suffix_of(re.sub(r"^https?://[^/]*|[?#].*", "", url, flags=re.DOTALL))
