"""The rules of JSON Feed 1.1: the feed, its items, and what is in them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from feeds.documents.conformance import content, document, keys
from feeds.documents.conformance.finding import (
    MIME,
    Finding,
    Findings,
    is_address,
    is_language,
    shown,
)

RULES: Final[dict[str, str]] = {
    **keys.RULES,
    "json-start": "The first byte is `{`, with no byte order mark and no space before "
    "it: some parsers refuse anything else. Write nothing before it.",
    "json-broken": "The document is JSON in UTF-8 with no key twice in an object: a "
    "reader that finds a fault shows nothing of the feed. Leave it to a JSON writer.",
    "json-version": "The first key is version, and it is exactly "
    "`https://jsonfeed.org/version/1.1`: NetNewsWire looks for it near the start.",
    "json-lacks": "A feed has a title, a home_page_url, a feed_url and items: readers "
    "ask for them when someone subscribes. Write all four.",
    "json-id": "Every item has an id that is a non-empty string, not a number: "
    "NetNewsWire passes over an item without. Write it in quotes.",
    "json-id-twice": "No two items of a feed have one id: readers show one of them "
    "only. Give each article an id of its own.",
    "json-item-empty": "An item has content_html or content_text that says something: "
    "NetNewsWire passes over one with neither. Write a text.",
    "json-next": "next_url is another address than feed_url: a reader would go round "
    "for ever. Leave it out of the last page.",
}
_VERSION = "https://jsonfeed.org/version/1.1"
_NEEDED = ("title", "home_page_url", "feed_url")


def examine(body: bytes, topic: str) -> Findings:
    """The rules of JSON Feed, for a document that lies at `topic`."""
    if not body.startswith(b"{"):
        yield Finding("json-start", "", f"starts with {bytes(body[:8])!r}")
    if len(body) > document.LIMIT:
        yield Finding("size", "", f"{len(body):,} bytes")
    try:
        told = json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        yield Finding("json-broken", "", str(error)[:100])
        return
    if not isinstance(told, dict):
        yield Finding("json-broken", "", "no object")
        return
    # Text of other letters, and what is written as \u0008, may be what it should not.
    suspect = not body.isascii() or b"\\u" in body
    yield from _of_feed(told, topic, suspect)
    seen: set[str] = set()
    for number, item in enumerate(keys.objects(told, "items"), 1):
        yield from _of_item(item, number, seen, suspect)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key in found if [k for k, _ in pairs].count(key) > 1)
        raise ValueError(f"{twice!r} is there twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _of_feed(feed: Mapping[str, Any], topic: str, suspect: bool) -> Findings:
    version = feed.get("version")
    if next(iter(feed), "") != "version" or version != _VERSION:
        yield Finding("json-version", "", f"{shown(str(version))}")
    for name in _NEEDED:
        if not keys.text(feed, name).strip():
            yield Finding("json-lacks", "", f"no {name!r}")
    if "items" not in feed:
        yield Finding("json-lacks", "", "no 'items'")
    told = keys.text(feed, "feed_url")
    if told and told != topic and is_address(told):
        yield Finding("self-address", "", f"{shown(told)} at {shown(topic)}")
    if told and keys.text(feed, "next_url") == told:
        yield Finding("json-next", "", shown(told))
    if not keys.text(feed, "language"):
        yield Finding("language-missing", "", "no 'language'")
    yield from _of_both(feed, "feed", "", suspect)
    for hub in keys.objects(feed, "hubs"):
        yield from keys.examine(hub, "hub", "")


def _of_item(
    item: Mapping[str, Any], number: int, seen: set[str], suspect: bool
) -> Findings:
    own = keys.text(item, "id")
    entry = own or keys.text(item, "url") or f"#{number}"
    if not own.strip():
        yield Finding("json-id", entry, shown(repr(item.get("id"))))
    elif own in seen:
        yield Finding("json-id-twice", entry, shown(own))
    seen.add(own)
    html = keys.text(item, "content_html")
    if not (html.strip() or keys.text(item, "content_text").strip()):
        yield Finding("json-item-empty", entry, "no content")
    # Half a character is no text that a parser of HTML could read.
    yield from content.of_html(html.encode("utf-8", "replace").decode(), entry)
    yield from _of_both(item, "item", entry, suspect)
    yield from _of_tags(item, entry)
    for attachment in keys.objects(item, "attachments"):
        yield from keys.examine(attachment, "attachment", entry)
        kind = keys.text(attachment, "mime_type")
        if kind and not MIME.fullmatch(kind):
            yield Finding("json-attachment", entry, f"mime_type {shown(kind)}")


def _of_tags(item: Mapping[str, Any], entry: str) -> Findings:
    for tag in keys.texts(item, "tags"):
        if not tag.strip():
            yield Finding("blank", entry, "a tag")
        elif "," in tag:
            yield Finding("category-comma", entry, shown(tag))


def _of_both(told: Mapping[str, Any], kind: str, entry: str, suspect: bool) -> Findings:
    """What a feed and an item have alike."""
    yield from keys.examine(told, kind, entry)
    language = keys.text(told, "language")
    if language and not is_language(language):
        yield Finding("language", entry, shown(language))
    people = [*keys.objects(told, "authors"), *keys.objects(told, "author")]
    for person in people:
        yield from keys.examine(person, "author", entry)
        if not any(keys.text(person, name).strip() for name in person):
            yield Finding("json-author", entry, "an author without a name")
    for name, value in _strings(told) if suspect else ():
        yield from document.of_characters(value, entry, repr(name))


def _strings(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of an object but its items, and the key that it is under."""
    waiting: list[tuple[str, Any]] = [("", {**told, "items": ()})]
    while waiting:  # and no recursion: the document says how deep it goes
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, each) for each in value]
        elif isinstance(value, str):
            yield name, value
