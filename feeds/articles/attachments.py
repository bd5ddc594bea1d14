"""The pictures and recordings that a header names."""

import re
from dataclasses import replace

from feeds import markup
from feeds.articles.facts import first, lowered, text, truth_of
from feeds.articles.names import find
from feeds.feed import Enclosure, Image
from feeds.notation import Facts, Value


def image(facts: Facts) -> Image | None:
    """The lead picture: an address or a mapping, and the words about it."""
    fact = find(facts, "image")
    told: dict[str, str] = {}
    if fact is not None:
        value = fact.value[0] if isinstance(fact.value, list) else fact.value
        if isinstance(value, str) and truth_of(value) is None:
            told = {"src": value.strip()}
        elif isinstance(value, dict):
            told = {
                key.lower(): markup.line(inner)
                for key, inner in value.items()
                if isinstance(inner, str)
            }
    names = ("src", "url", "path", "image", "img", "file", "feature")
    url = next((told[name] for name in names if told.get(name)), "")
    about = {
        name: told.get(name) or text(facts, f"image_{name}")
        for name in ("alt", "caption", "credit")
    }
    found = Image(url, about["alt"], about["caption"], about["credit"])
    return found if found.url or found.caption else None


def enclosures(facts: Facts) -> tuple[Enclosure, ...]:
    """The recordings of an article, each an address or a mapping.

    What stands beside a single one is of it, where it does not say so itself.
    """
    fact = find(facts, "enclosure")
    if fact is None:
        return ()
    values = fact.value if isinstance(fact.value, list) else [fact.value]
    several = tuple(found for value in values if (found := _enclosure(value)))
    if len(several) != 1:
        return several
    length, duration = text(facts, "length"), text(facts, "duration")
    # Some call length how long it takes, and not how many bytes it is.
    duration = duration or (length if ":" in length else "")
    return (
        replace(
            several[0],
            length=several[0].length or _bytes(length),
            duration=several[0].duration or _seconds(duration),
        ),
    )


def _enclosure(value: Value) -> Enclosure | None:
    if isinstance(value, str) and truth_of(value) is None:
        # Hexo and others write several lines: address, length, type.
        url, *rest = value.split() or [""]
        told: dict[str, Value] = {"url": url}
        told |= {"length" if part.isdecimal() else "type": part for part in rest}
    elif isinstance(value, dict):
        told = lowered(value)
    else:
        return None
    url = first(told, "url", "src", "file", "href", "path")
    return (
        Enclosure(
            url,
            first(told, "type", "mime", "mime_type", "mimetype"),
            _bytes(first(told, "length", "size", "bytes")),
            _seconds(first(told, "duration")),
        )
        if url
        else None
    )


def _bytes(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _seconds(text: str) -> int:
    """`1:02:03`, `62:03` or `3723` in seconds; 0 for anything else."""
    if not re.fullmatch(r"\d{1,6}(:[0-5]?\d){0,2}", text):
        return 0
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
