"""What a rule finds, and the spellings that the rules of both formats ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree


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
_LANGUAGE = re.compile(r"([a-z]{2,3})(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_LANGUAGES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv
    ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj
    kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro
    ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
    tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)


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
    return found is not None and (len(found[1]) == 3 or found[1].lower() in _LANGUAGES)


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
