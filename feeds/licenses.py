"""Licences: the addresses of those that have one, by address or by usual name."""

import re

from feeds import markup

_HOME = "https://creativecommons.org/"
_SHORT = {
    "attribution": "by",
    "noncommercial": "nc",
    "sharealike": "sa",
    "noderivatives": "nd",
    "noderivs": "nd",
}
# What a name may end in and an address has not.
_UNSAID = frozenset("international unported generic universal license licence".split())
_NAME = re.compile(r"cc-(by(?:-nc)?(?:-sa|-nd)?)(?:-(2\.0|2\.5|3\.0|4\.0))?")
_ZERO = re.compile(r"cc-?(?:0|zero)(?:-1\.0)?")


def address(text: str) -> str:
    """The address of a licence: itself, or Creative Commons' for the name of theirs.

    `CC BY-SA 3.0` has one, and `cc-by` means 4.0; "" where it is none, as for `MIT`.
    """
    text = text.strip()
    if not text:
        return ""
    if not re.search(r"\s", text) and (url := markup.http_url(text)):
        return url
    parts = re.split(r"[\s_-]+", text.lower().replace("creative commons", "cc"))
    name = "-".join(_SHORT.get(part, part) for part in parts if part not in _UNSAID)
    if _ZERO.fullmatch(name):
        return f"{_HOME}publicdomain/zero/1.0/"
    found = _NAME.fullmatch(name)
    return f"{_HOME}licenses/{found[1]}/{found[2] or '4.0'}/" if found else ""
