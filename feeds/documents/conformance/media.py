"""The rules of Media RSS: pictures and recordings beside the text of an entry."""

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from feeds.documents.conformance import content
from feeds.documents.conformance.finding import (
    COUNT,
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
    "media-address": "media:content has an absolute http(s) url or a media:player, and "
    "media:thumbnail and media:player have a url: Miniflux and newsboat fetch it as it "
    "is. Write it.",
    "media-form": "What a media element says of its file is in the form of Media RSS: "
    "a media type, a medium it knows, sizes that are numbers from 1. Leave out what is "
    "not known.",
    "media-group": "A media:group has two media:content or more, which are the same "
    "thing in several forms: readers show one of them. Take a lone one out of it.",
}
_MEDIUMS = frozenset("image audio video document executable".split())
_EXPRESSIONS = frozenset("sample full nonstop".split())
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_TIME = re.compile(r"now|\d+(\.\d+)?|\d+:\d\d:\d\d(\.\d+)?", re.ASCII)


def _is_size(value: str) -> bool:
    return COUNT.fullmatch(value) is not None and int(value) > 0


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


_FORMS: dict[str, Callable[[str], bool]] = {
    "type": lambda value: MIME.fullmatch(value) is not None,
    "medium": _MEDIUMS.__contains__,
    "expression": _EXPRESSIONS.__contains__,
    "isDefault": ("true", "false").__contains__,
    "lang": is_language,
    "fileSize": _is_size,
    "width": _is_size,
    "height": _is_size,
    "channels": _is_size,
    "duration": _is_number,
    "bitrate": _is_number,
    "framerate": _is_number,
    "samplingrate": _is_number,
    "time": lambda value: _TIME.fullmatch(value) is not None,
}


def _of_file(element: etree._Element, entry: str) -> Findings:
    name = str(etree.QName(element).localname)
    url = element.get("url")
    needed = name != "content" or element.find(clark("media:player")) is None
    if not is_address(url or "") and (needed or url is not None):
        yield Finding("media-address", entry, f"{name} {shown(url or '')}")
    for key, value in element.attrib.items():
        if (form := _FORMS.get(str(key))) and not form(str(value)):
            yield Finding("media-form", entry, f"{key}={shown(str(value))} of {name}")
    for child in element.iterchildren("{*}*"):
        if check := _INNER.get(str(child.tag)):
            yield from check(child, entry)


def _of_group(element: etree._Element, entry: str) -> Findings:
    contents = element.findall(clark("media:content"))
    if len(contents) < 2:
        yield Finding("media-group", entry, f"{len(contents)} in a group")
    for each in contents:
        yield from _of_file(each, entry)


def _of_text(element: etree._Element, entry: str) -> Findings:
    name = str(etree.QName(element).localname)
    kind = element.get("type", "plain")
    if kind == "html":
        yield from content.of_html(element.text or "", entry)
    elif kind == "plain":
        yield from content.of_plain(text(element), entry, f"media:{name}")
    else:
        yield Finding("media-form", entry, f"type={kind!r} of {name}")


#: Of each element of Media RSS that has rules: what finds where they are broken.
CHECKS: dict[str, Callable[[etree._Element, str], Findings]] = {
    "media:content": _of_file,
    "media:thumbnail": _of_file,
    "media:player": _of_file,
    "media:group": _of_group,
    "media:title": _of_text,
    "media:description": _of_text,
}
_INNER = {clark(name): check for name, check in CHECKS.items()}
