"""The rules of a podcast as a whole: what directories ask of the show and of each."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from feeds.documents.conformance.finding import (
    ATOM,
    Finding,
    Findings,
    shown,
    text,
)
from feeds.documents.conformance.vocabulary import clark

RULES: Final[dict[str, str]] = {
    "podcast-lacks": "A podcast has an itunes:image, an itunes:category, "
    "itunes:explicit and an itunes:owner with an email: Apple takes no show without "
    "them. Write all four.",
    "podcast-description": "A podcast's description has at most 4000 bytes, and its "
    "title 255 characters: Apple refuses longer ones. Shorten it.",
    "podcast-enclosure": "An episode has an enclosure whose name and media type agree "
    "and are of those that Apple takes (m4a mp3 mov mp4 m4v pdf): it passes over "
    "others. Convert the file, or publish it elsewhere.",
    "podcast-enclosure-twice": "No two episodes have one enclosure: Apple shows the "
    "first of them only. Give each a file of its own.",
    "podcast-file-name": "The name of an enclosure's file is plain ASCII: Apple and "
    "some players cannot fetch another. Rename the file.",
    "podcast-serial": "Each episode of a serial has its number: Apple plays them in "
    "that order. Write itunes:episode.",
}
_TYPES = {
    "m4a": "audio/x-m4a",
    "mp3": "audio/mpeg",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "m4v": "video/x-m4v",
    "pdf": "application/pdf",
}
_TO_READ = frozenset("blog blogL newsletter newsletterL publisher publisherL".split())
_NEEDED = ("itunes:image", "itunes:category", "itunes:explicit", "itunes:owner")
_OURS = (clark("itunes:"), clark("podcast:"))
_ESCAPED = re.compile("%[89A-Fa-f][0-9A-Fa-f]")


def is_podcast(feed: etree._Element) -> bool:
    """Whether a feed or channel says that it is a podcast."""
    medium = text(feed.find(clark("podcast:medium")))
    told = feed.find(clark("itunes:explicit")) is not None
    return told or bool(medium and medium not in _TO_READ)


def examine(
    feed: etree._Element, entries: Sequence[tuple[etree._Element, str]]
) -> Findings:
    """The rules of a podcast; `entries` are its entries and what each is called."""
    if not is_podcast(feed):
        return
    yield from _of_show(feed)
    # A text among the episodes is none of them, and Apple passes over it.
    episodes = [(entry, told) for entry, told in entries if _is_episode(entry)]
    if entries and not episodes:
        yield Finding("podcast-enclosure", "", "no episode")
    serial = text(feed.find(clark("itunes:type"))) == "serial"
    seen: set[str] = set()
    for entry, told in episodes:
        yield from _of_file(entry, told, seen)
        kind = text(entry.find(clark("itunes:episodeType"))) or "full"
        if serial and kind == "full" and entry.find(clark("itunes:episode")) is None:
            yield Finding("podcast-serial", told, "no <itunes:episode>")


def _of_show(feed: etree._Element) -> Findings:
    for name in _NEEDED:
        if feed.find(clark(name)) is None:
            yield Finding("podcast-lacks", "", f"no <{name}>")
    for name in ("description", f"{ATOM}subtitle"):
        size = len(text(feed.find(name)).encode())
        if size > 4000:
            yield Finding("podcast-description", "", f"{size:,} bytes")
    for name in ("title", f"{ATOM}title"):
        if len(text(feed.find(name))) > 255:
            yield Finding("podcast-description", "", shown(text(feed.find(name))))


def _is_episode(entry: etree._Element) -> bool:
    return bool(_enclosure(entry)[0]) or any(
        str(child.tag).startswith(_OURS) for child in entry.iterchildren("{*}*")
    )


def _of_file(entry: etree._Element, told: str, seen: set[str]) -> Findings:
    url, kind = _enclosure(entry)
    name = urlsplit(url).path.rpartition("/")[2]
    end = name.rpartition(".")[2].lower()
    if not url:
        yield Finding("podcast-enclosure", told, "no enclosure")
        return
    if _TYPES.get(end) != kind:
        yield Finding("podcast-enclosure", told, f"{shown(unquote(name))} is {kind!r}")
    if url in seen:
        yield Finding("podcast-enclosure-twice", told, shown(url))
    if _ESCAPED.search(name):
        yield Finding("podcast-file-name", told, shown(unquote(name)))
    seen.add(url)


def _enclosure(entry: etree._Element) -> tuple[str, str]:
    """The address and media type of the first enclosure; RSS has but one."""
    for element in entry.iterchildren("enclosure", f"{ATOM}link"):
        if element.tag == "enclosure":
            return element.get("url", ""), element.get("type", "")
        if element.get("rel") == "enclosure":
            return element.get("href", ""), element.get("type", "")
    return "", ""
