"""Where in a large feed each of its entries lies, remembered from export to export."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from feeds.articles.homes import cache_folder

_FOLDER = "exports"
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Part:
    """So many bytes of a file from `start` on: an entry, and the prefixes in it.

    An entry that could not be made has no bytes.
    """

    start: int
    size: int
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The entries in the document with a validator, by the keys of what they hold."""

    etag: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)


_decode = msgspec.json.Decoder(Parts).decode


def known_parts(out: Path, path: str) -> Parts:
    """What lies where in the document at `path` of an export into `out`, if known."""
    try:
        return _decode(_place(out, path).read_bytes())
    except (OSError, msgspec.MsgspecError, RecursionError):
        return Parts()


def keep_parts(out: Path, path: str, parts: Parts) -> None:
    """Remember it, where something can be kept; it can always be made again."""
    place = _place(out, path)
    draft = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_encode(parts))
        draft.replace(place)


def _place(out: Path, path: str) -> Path:
    name = hashlib.sha256(os.fsencode(out.resolve() / path)).hexdigest()[:24]
    return cache_folder() / _FOLDER / f"{name}.json"
