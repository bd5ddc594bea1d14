"""The rules of the elements that podcasts have, wherever one of them stands."""

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from feeds.categories import CATEGORIES
from feeds.documents.conformance import content
from feeds.documents.conformance.finding import (
    COUNT,
    EMAIL,
    MIME,
    Finding,
    Findings,
    is_address,
    is_language,
    shown,
    text,
)
from feeds.documents.conformance.vocabulary import clark

RULES: Final[dict[str, str]] = {
    "podcast-word": "Where podcasts have a choice of words, the value is one of them, "
    "spelt so (explicit is true or false, a type episodic or serial): directories take "
    "any other for nothing said. Mend it.",
    "podcast-number": "itunes:episode and itunes:season are numbers from 1, and "
    "podcast:episode a decimal: apps sort by them. Write 7, not `seven`.",
    "podcast-duration": "itunes:duration is in seconds, or H:MM:SS: apps show a wrong "
    "length, or none, for anything else. Leave it to the program.",
    "podcast-guid": "podcast:guid is a UUID, assigned once: by it apps know the show "
    "after a move. Write the one that the show has had from the start.",
    "podcast-image": "A podcast's picture is an absolute http(s) URL that ends in jpg, "
    "jpeg or png: Apple refuses others. Save the picture so.",
    "podcast-category": "An itunes:category is one of Apple's, spelt as there, its "
    "division within it: directories sort a show under no other. Take one of theirs.",
    "podcast-moved": "itunes:new-feed-url is an absolute http(s) URL: Apple and "
    "Thunderbird move every subscription there. Write the new feed's address.",
    "podcast-email": "An owner has an email of the form user@host: directories verify "
    "by it whose the show is. Write the address alone.",
    "podcast-length": "Values are at most 255 characters long, a summary 4000, names "
    "and calls of podcast: 128: directories cut or refuse more. Shorten them.",
    "podcast-transcript": "podcast:transcript has a url, a media type (text/vtt, "
    "application/x-subrip, text/html…), a valid language, and `captions` or no rel: "
    "apps choose by them. Write them.",
    "podcast-chapters": "podcast:chapters has a url, and application/json+chapters as "
    "its type: apps read no other. Write both.",
    "podcast-funding": "podcast:funding has the url of a page where listeners give: "
    "apps make a button of it. Write the address.",
    "podcast-person": "podcast:person has a name, and where they are there an img and "
    "href that are addresses: apps show them beside the player. Write the name.",
    "podcast-https": "What podcast: and an itunes:image point to is at an https URL: "
    "apps load nothing else (Podcasting 2.0). Serve it so.",
}
_DURATION = re.compile(r"\d+(:[0-5]\d(:[0-5]\d)?)?", re.ASCII)
_DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)
_UUID = re.compile(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", re.A | re.I)
_PICTURE = re.compile(r"\.(jpe?g|png)([?#].*)?$", re.IGNORECASE)
_MEDIUMS = """audiobook blog course film mixed music newsletter podcast publisher
    video""".split()
_WORDS = {
    "itunes:explicit": ("true", "false"),
    "itunes:type": ("episodic", "serial"),
    "itunes:episodeType": ("full", "trailer", "bonus"),
    "itunes:block": ("Yes",),
    "itunes:complete": ("Yes",),
    "podcast:block": ("yes", "no"),
    "podcast:locked": ("yes", "no"),
    "podcast:medium": (*_MEDIUMS, *(f"{medium}L" for medium in _MEDIUMS)),
}
_CHOICES = {clark(name): words for name, words in _WORDS.items()}
_LENGTHS = {
    "itunes:author": 255,
    "itunes:name": 255,
    "itunes:subtitle": 255,
    "itunes:keywords": 255,
    "itunes:title": 255,
    "itunes:summary": 4000,
    "podcast:funding": 128,
    "podcast:person": 128,
}
_MOST = {clark(name): most for name, most in _LENGTHS.items()}


def _found(code: str, element: etree._Element, entry: str, value: str) -> Finding:
    return Finding(code, entry, f"{shown(value)} in <{etree.QName(element).localname}>")


def _of_address(
    code: str, element: etree._Element, entry: str, name: str, needed: bool = True
) -> Findings:
    url = element.get(name)
    if not is_address(url or "") and (needed or url is not None):
        yield _found(code, element, entry, url or "")
    elif url and not url.startswith("https:"):
        yield _found("podcast-https", element, entry, url)


def _of_word(element: etree._Element, entry: str) -> Findings:
    if text(element) not in _CHOICES[str(element.tag)]:
        yield _found("podcast-word", element, entry, text(element))
    if not EMAIL.fullmatch(element.get("owner", "a@a.example")):
        yield _found("podcast-email", element, entry, element.get("owner", ""))


def _of_length(element: etree._Element, entry: str) -> Findings:
    value, name = text(element), str(etree.QName(element).localname)
    if len(value) > _MOST[str(element.tag)]:
        yield _found("podcast-length", element, entry, value)
    yield from content.of_plain(value, entry, name)


def _of_number(element: etree._Element, entry: str) -> Findings:
    value = text(element)
    if not COUNT.fullmatch(value) or not int(value):
        yield _found("podcast-number", element, entry, value)


def _of_decimal(element: etree._Element, entry: str) -> Findings:
    if not _DECIMAL.fullmatch(text(element)):
        yield _found("podcast-number", element, entry, text(element))


def _of_duration(element: etree._Element, entry: str) -> Findings:
    if not _DURATION.fullmatch(text(element)):
        yield _found("podcast-duration", element, entry, text(element))


def _of_guid(element: etree._Element, entry: str) -> Findings:
    if not _UUID.fullmatch(text(element)):
        yield _found("podcast-guid", element, entry, text(element))


def _of_image(element: etree._Element, entry: str) -> Findings:
    href = element.get("href", "")
    if is_address(href) and not _PICTURE.search(href):
        yield _found("podcast-image", element, entry, href)
    yield from _of_address("podcast-image", element, entry, "href")


def _of_owner(element: etree._Element, entry: str) -> Findings:
    email = text(element.find(clark("itunes:email")))
    if not EMAIL.fullmatch(email):
        yield _found("podcast-email", element, entry, email)
    for name in element.iterchildren(clark("itunes:name")):
        yield from _of_length(name, entry)


def _of_category(element: etree._Element, entry: str) -> Findings:
    outer = element.get("text", "")
    inner = (each.get("text", "") for each in element.iterchildren("{*}*"))
    for name in [outer, *(f"{outer} > {name}" for name in inner)]:
        if name not in CATEGORIES:
            yield _found("podcast-category", element, entry, name)
    if element.find("*/*") is not None:
        yield _found("podcast-category", element, entry, "a third level")


def _of_new_address(element: etree._Element, entry: str) -> Findings:
    if not is_address(text(element)):
        yield _found("podcast-moved", element, entry, text(element))


def _of_transcript(element: etree._Element, entry: str) -> Findings:
    yield from _of_address("podcast-transcript", element, entry, "url")
    kind, rel = element.get("type", ""), element.get("rel", "captions")
    language = element.get("language", "en")
    if not MIME.fullmatch(kind) or rel != "captions" or not is_language(language):
        found = f"{kind!r} {rel!r} {language!r}"
        yield _found("podcast-transcript", element, entry, found)


def _of_chapters(element: etree._Element, entry: str) -> Findings:
    yield from _of_address("podcast-chapters", element, entry, "url")
    if (kind := element.get("type", "")) != "application/json+chapters":
        yield _found("podcast-chapters", element, entry, kind)


def _of_funding(element: etree._Element, entry: str) -> Findings:
    yield from _of_address("podcast-funding", element, entry, "url")
    yield from _of_length(element, entry)


def _of_person(element: etree._Element, entry: str) -> Findings:
    if not text(element):
        yield _found("podcast-person", element, entry, "")
    yield from _of_length(element, entry)
    for name in ("img", "href"):
        yield from _of_address("podcast-person", element, entry, name, needed=False)


#: Of each element of a podcast that has rules: what finds where they are broken.
CHECKS: dict[str, Callable[[etree._Element, str], Findings]] = {
    **dict.fromkeys(_WORDS, _of_word),
    **dict.fromkeys(_LENGTHS, _of_length),
    "itunes:episode": _of_number,
    "itunes:season": _of_number,
    "podcast:season": _of_number,
    "podcast:episode": _of_decimal,
    "itunes:duration": _of_duration,
    "podcast:guid": _of_guid,
    "itunes:image": _of_image,
    "itunes:owner": _of_owner,
    "itunes:category": _of_category,
    "itunes:new-feed-url": _of_new_address,
    "podcast:transcript": _of_transcript,
    "podcast:chapters": _of_chapters,
    "podcast:funding": _of_funding,
    "podcast:person": _of_person,
}
