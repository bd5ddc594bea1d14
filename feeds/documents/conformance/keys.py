"""The rules of each key of JSON Feed: how it is spelt, what kind of value it has."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from feeds.documents.conformance import content
from feeds.documents.conformance.finding import Finding, Findings, is_address, shown

RULES: Final[dict[str, str]] = {
    "json-key": "A key is one that its object has, spelt so: readers pass over others. "
    "Mind the spelling, or begin it with an underscore.",
    "json-extension": "An extension's key is an underscore, a letter and no dot, and "
    "its value is an object (JSON Feed, Extensions): programs may refuse it otherwise. "
    "Rename it.",
    "json-type": "A value is of the kind that its key has, text in quotes and numbers "
    "without: strict parsers refuse the whole feed. Mend the value.",
    "json-address": "An address is an absolute http(s) URL, with what URLs cannot hold "
    "escaped: readers follow it as it is. Make it so.",
    "json-date": "A date is `2003-12-13T18:30:02Z`, or with a zone (RFC 3339): readers "
    "take any other for now. Leave dates to the program.",
    "json-author": "An author is an object with a name, a url or an avatar: readers "
    "show them under the title. Write one of them.",
    "json-attachment": "An attachment has a url, a mime_type, and sizes that are "
    "numbers from 0: NetNewsWire passes over one without a type. Write them.",
    "json-hub": "A hub has a type (WebSub or rssCloud) and a url: readers subscribe to "
    "changes by them. Write both.",
}
_TEXT = "title description user_comment language name id summary content_html"
_TEXT += " content_text mime_type type version"
_ADDRESS = """home_page_url feed_url next_url icon favicon url external_url image
    banner_image avatar"""
# By each key the kind of its value: text, an address, a date, a number and so on.
_KINDS = {
    **dict.fromkeys(_TEXT.split(), "text"),
    **dict.fromkeys(_ADDRESS.split(), "address"),
    "date_published": "date",
    "date_modified": "date",
    "size_in_bytes": "number",
    "duration_in_seconds": "number",
    "expired": "flag",
    "author": "object",
    **dict.fromkeys("authors items attachments hubs".split(), "objects"),
    "tags": "texts",
}
_KEYS = {
    "feed": """version title home_page_url feed_url description user_comment next_url
        icon favicon author authors language expired hubs items""",
    "item": """id url external_url title content_html content_text summary image
        banner_image date_published date_modified author authors tags language
        attachments""",
    "author": "name url avatar",
    "attachment": "url mime_type title size_in_bytes duration_in_seconds",
    "hub": "type url",
}
_KNOWN = {kind: frozenset(names.split()) for kind, names in _KEYS.items()}
_NEEDED = {"attachment": ("url", "mime_type"), "hub": ("type", "url")}
_HUBS = ("WebSub", "rssCloud")
_EXTENSION = re.compile(r"_[A-Za-z][^.]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_PLAIN = frozenset("title description summary name".split())
_REFERENCE = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);", re.IGNORECASE)


def text(told: Mapping[str, Any], name: str) -> str:
    """The text under a key; "" for anything else."""
    found = told.get(name)
    return found if isinstance(found, str) else ""


def texts(told: Mapping[str, Any], name: str) -> list[str]:
    """The list of texts under a key."""
    found = told.get(name)
    listed = found if isinstance(found, list) else []
    return [each for each in listed if isinstance(each, str)]


def objects(told: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The objects in the list under a key, or the one that is there alone."""
    found = told.get(name)
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, dict):
            yield each


def examine(told: Mapping[str, Any], kind: str, entry: str) -> Findings:
    """The rules of an object's keys; `kind` is what it is, such as `item`."""
    for name, value in told.items():
        if name.startswith("_"):
            if not (_EXTENSION.fullmatch(name) and isinstance(value, dict)):
                yield Finding("json-extension", entry, shown(name))
        elif name not in _KNOWN[kind]:
            yield Finding("json-key", entry, f"{shown(name)} in the {kind}")
        elif name != "id":  # of which there is a rule that says more
            yield from _of_value(name, value, kind, entry)
    for name in _NEEDED.get(kind, ()):
        if not text(told, name):
            yield Finding(f"json-{kind}", entry, f"no {name!r}")
    if kind == "hub" and text(told, "type") not in ("", *_HUBS):
        yield Finding("json-hub", entry, shown(text(told, "type")))


def _of_value(name: str, value: Any, kind: str, entry: str) -> Findings:
    form = _KINDS[name]
    where = f"{shown(str(value))} in {name!r}"
    if not _is_of(form, value):
        numeric = form == "number"
        yield Finding("json-attachment" if numeric else "json-type", entry, where)
    elif form == "address" and value and not is_address(value):
        yield Finding("json-address", entry, where)
    elif form == "date" and not _is_date(value):
        yield Finding("json-date", entry, where)
    elif form == "date" and value < "1990":
        yield Finding("date-early", entry, where)
    elif name in _PLAIN:
        yield from content.of_plain(value, entry, name)
        if found := _REFERENCE.search(value):
            yield Finding("text-markup", entry, f"{found[0]!r} in {name!r}")


def _is_of(form: str, value: Any) -> bool:
    if form == "number":
        whole = isinstance(value, int | float) and not isinstance(value, bool)
        return whole and value >= 0
    if form == "flag":
        return isinstance(value, bool)
    if form in ("objects", "texts"):
        inner = dict if form == "objects" else str
        return isinstance(value, list) and all(isinstance(v, inner) for v in value)
    return isinstance(value, dict if form == "object" else str)


def _is_date(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False
