"""The values of feed.py as JSON, and back; and what may be anything, read safely."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from feeds import dates, markup

_MOST = 10**18


def plain(value: object) -> Any:
    """A value as JSON has it; fields that are as they always are go."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(told)
            for field in fields(value)
            if (told := getattr(value, field.name)) != field.default
        }
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return dates.rfc3339(value) if isinstance(value, datetime) else value


def read(told: Mapping[str, Any], kind: type, names: tuple[str, ...]) -> dict[str, Any]:
    """Those of the fields `names` of `kind` that are told, each if of its type."""
    types = get_type_hints(kind)
    found = {name: value(told[name], types[name]) for name in names if name in told}
    return {name: value for name, value in found.items() if value is not None}


def value(told: object, kind: Any) -> Any:
    """What `plain` made JSON of; None where it is of another type."""
    if get_origin(kind) in (Union, UnionType):
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        listed = told if isinstance(told, list) else []
        return tuple(v for each in listed if (v := value(each, inner)) is not None)
    if isinstance(kind, type) and is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        try:
            return kind(**read(told, kind, names)) if isinstance(told, dict) else None
        except TypeError:  # a field that it cannot do without
            return None
    if kind is datetime:
        return date({"": told}, "")
    if kind is str:
        return text({"": told}, "") if isinstance(told, str) else None
    if kind is int:
        is_count = type(told) is int and 0 <= told < _MOST
        return told if is_count else None
    return told if isinstance(told, kind) else None


def text(told: Mapping[str, Any], name: str) -> str:
    """A text, with nothing in it that no feed may hold; "" for anything else."""
    found = told.get(name)
    return markup.clean(found).strip() if isinstance(found, str) else ""


def texts(told: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts."""
    found = told.get(name)
    listed = found if isinstance(found, list) else []
    lines = (markup.line(each) for each in listed if isinstance(each, str))
    return [line for line in lines if line]


def count(told: Mapping[str, Any], name: str) -> int:
    """A number from 0; 0 for anything else."""
    found = told.get(name)
    return int(found) if isinstance(found, int | float) and 0 <= found < _MOST else 0


def mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object; an empty one for anything else."""
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def mappings(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of objects."""
    found = told.get(name)
    listed = found if isinstance(found, list) else []
    return [each for each in listed if isinstance(each, dict)]


def date(told: Mapping[str, Any], name: str) -> datetime | None:
    """A date of the wire; None where it cannot be read."""
    try:
        return dates.parse(text(told, name))
    except ValueError:
        return None
