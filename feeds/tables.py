"""Tables of feeds.toml: every fault in them at once, and the values they share."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from feeds import markup
from feeds.feed import Author

#: The endings of the pictures that RSS knows, and of those that suit an icon.
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
ICONS = (*PICTURES, ".svg", ".ico", ".webp")

#: Makes of a key's value what is kept; ValueError(found, fix) if nothing can.
Check = Callable[[object], object]
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the key at a path such as `feeds.a.tags`, and the remedy."""

    path: str
    found: str
    fix: str


class Faults(ValueError):
    """Everything that is wrong in a table."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_table(
    values: Mapping[str, object], checks: Mapping[str, Check], name: str = ""
) -> dict[str, object]:
    """What the checks make of the keys of the table [`name`], "" for the file's own.

    Faults has everything that is wrong in it and in the tables inside it.
    """
    told: dict[str, object] = {}
    faults: list[Fault] = []
    for key, value in values.items():
        try:
            told[key] = _check_of(key, checks, name)(value)
        except Faults as error:
            faults += error.faults
        except ValueError as error:
            faults.append(Fault(f"{name}.{key}" if name else key, *error.args))
    if faults:
        raise Faults(*faults)
    return told


def _check_of(key: str, checks: Mapping[str, Check], name: str) -> Check:
    if key in checks:
        return checks[key]
    near = difflib.get_close_matches(key, checks, 1, 0.5)
    fix = f"did you mean {near[0]}?" if near else f"known: {', '.join(checks)}"
    raise ValueError(f"unknown key {key!r}" + (f" in [{name}]" if name else ""), fix)


def text(value: object) -> str:
    """One clean line of text."""
    if not isinstance(value, str):
        raise ValueError(f"not text: {value!r}", 'write it in quotes, "so"')
    return markup.line(value)


def name(value: object) -> str:
    """Text that says something."""
    if not (told := text(value)):
        raise ValueError("an empty name", 'write "a", or ["a", "b"] for several')
    return told


def texts(value: object, keys: tuple[str, ...], what: str, fix: str) -> dict[str, str]:
    """The texts of { … }, "" where one is not given; what is no table is the first."""
    told = value if isinstance(value, dict) else {keys[0]: text(value)}
    if set(told) - set(keys) or not all(isinstance(v, str) for v in told.values()):
        raise ValueError(f"not {what}: {value!r}", fix)
    return {key: markup.line(told.get(key, "")) for key in keys}


def several(value: object, read: Callable[[object], _Item]) -> tuple[_Item, ...]:
    """Each item of a list once; what is no list is the only one."""
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(map(read, values)))


def choice(value: object, words: tuple[str, ...]) -> str:
    """One of the words."""
    word = text(value).lower()
    if word not in words:
        raise ValueError(f"unknown value {value!r}", f"write {either(words)}")
    return word


def either(words: tuple[str, ...]) -> str:
    """`a, b or c`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def flag(value: object) -> bool:
    """Whether it is true."""
    if not isinstance(value, bool):
        raise ValueError(f"neither true nor false: {value!r}", "write true or false")
    return value


def url(value: object) -> str:
    """An absolute http(s) address."""
    found = markup.http_url(text(value))
    if not found:
        fix = "write it as https://example.org/page/"
        raise ValueError(f"not an address: {value!r}", fix)
    return found


def picture(value: object, suffixes: tuple[str, ...] = PICTURES) -> str:
    """The path of a picture in the folder, or its absolute http(s) address."""
    told = text(value)
    address = markup.http_url(told)
    fix = 'write "media/logo.png", or an address'
    if not address and {"", ".", ".."} & set(told.split("/")):
        raise ValueError(f"not a file of the folder: {value!r}", fix)
    place = urlsplit(address).path if address else told
    if not place.lower().endswith(suffixes):
        fix = f"give it one that ends in {either(suffixes)}"
        raise ValueError(f"not a picture: {value!r}", fix)
    return address or told


def author(value: object) -> Author | None:
    """Someone by name, or by name, email and uri; None without a name."""
    fix = 'write { name = "Ann", email = "…", uri = "https://…" }'
    told = texts(value, ("name", "email", "uri"), "an author", fix)
    uri = markup.http_url(told["uri"])
    known = told["name"] or told["email"]
    return Author(known, told["email"], uri) if known else None
