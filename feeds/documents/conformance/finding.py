"""What a rule finds, and the spellings that the rules of every format ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from feeds.languages import ISO_639_1


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a finished feed breaks.

    `code` is a key of RULES; `entry` is an entry's id (without one its address, or
    its number from 1), or "" for the feed itself; `found` is what was found.
    """

    code: str
    entry: str
    found: str


Findings = Iterator[Finding]

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MIME = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+( *; *[\w-]+=([\w.-]+|\"[^\"]*\"))*")
EMAIL = re.compile(r"[^\s@<>()\":,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
COUNT = re.compile(r"\d+", re.ASCII)
_HTTP = re.compile(
    r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?"
    r"([/?#]([\w;/?:@&=+$.!~*'(),#-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
_URI = re.compile(r"[A-Za-z][\w+.-]*:([\w;/?:@&=+$.!~*'(),#-]|%[\da-fA-F]{2})+", re.A)
_TAG = re.compile(
    r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[\w;/?:@&=+$.!~*'()%,#-]*",
    re.ASCII,
)
_UUID = re.compile(r"urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE)
_URN = re.compile(r"urn:[\da-z][\da-z-]{1,31}:[\w()+,.:=@;$!*'%-]+", re.A | re.I)
_AUTHORITY = re.compile(r"(?:[^/?#]*@)?([^/?#@]*)([^?#]*)")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)


def shown(value: str, length: int = 60) -> str:
    """`value` as it is shown in a finding: quoted, and cut where it is long."""
    return repr(value if len(value) <= length else value[: length - 1] + "…")


def text(element: etree._Element | None) -> str:
    """The text of an element, without the space around it; "" where there is none."""
    return "" if element is None else (element.text or "").strip()


def is_address(value: str) -> bool:
    """Whether `value` is an absolute http(s) URL in RFC 3986's characters alone."""
    return _HTTP.fullmatch(value) is not None


def is_uri(value: str) -> bool:
    """Whether `value` is an absolute URI; a tag: and a urn: by rules of their own."""
    scheme = value.partition(":")[0].lower()
    if scheme in ("http", "https"):
        return is_address(scheme + value[len(scheme) :])
    if scheme == "urn":
        form = _UUID if value.lower().startswith("urn:uuid:") else _URN
    else:
        form = _TAG if scheme == "tag" else _URI
    return form.fullmatch(value) is not None


def is_language(value: str) -> bool:
    """Whether `value` is a language tag (BCP 47) whose language is known."""
    found = _LANGUAGE.fullmatch(value)
    return found is not None and (len(found[1]) == 3 or found[1].lower() in ISO_639_1)


def instant(value: str) -> datetime | None:
    """The instant that a date in our one spelling names; None for any other."""
    try:
        return datetime.fromisoformat(value) if _INSTANT.fullmatch(value) else None
    except ValueError:
        return None


def needless(uri: str) -> str:
    """What RFC 3986 6.2 would write otherwise in an absolute URI, or ""."""
    scheme, _, rest = uri.partition(":")
    if scheme != scheme.lower():
        return f"capitals in {scheme!r}"
    for octet in re.findall("%[0-9A-Fa-f]{2}", rest):
        if octet != octet.upper() or re.match(
            r"[\w.~-]", chr(int(octet[1:], 16)), re.A
        ):
            return f"needless {octet!r}"
    if not rest.startswith("//"):
        return ""
    host, path = _AUTHORITY.match(rest[2:]).groups()  # type: ignore[union-attr]
    if host != host.lower():
        return f"capitals in {host!r}"
    if re.search({"http": ":(80)?$", "https": ":(443)?$"}.get(scheme, ":$"), host):
        return f"needless port in {host!r}"
    if re.search(r"/\.\.?(/|$)", path):
        return "dots in the path"
    return "" if path else "no path after the host"
