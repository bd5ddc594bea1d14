"""What a request says of what the client has, and can read (RFC 9110 12 and 13)."""

import re
from datetime import datetime
from functools import lru_cache

from werkzeug.http import parse_date

#: The codings in which documents are sent, the one to prefer first; "" is none.
CODINGS = ("br", "gzip", "")
_ELEMENT = re.compile(r"\s*([\w*!#$&^.+-]+)\s*(?:;\s*q\s*=\s*([\d.]+))?\s*", re.ASCII)


def is_unchanged(
    etag: str, last_modified: datetime, tags: str | None, since: str | None
) -> bool:
    """Whether a conditional GET or HEAD is answered by 304.

    `etag` has its quotes; `tags` and `since` are If-None-Match and If-Modified-Since.
    The former alone decides where there is one (13.2.2), weakly compared: it may be a
    list, a tag of another coding, or one that a proxy changed to `"…-gzip"`.
    """
    if tags is not None:
        return tags.strip() == "*" or etag.strip('"') in tags
    moment = parse_date(since)
    return moment is not None and last_modified <= moment


@lru_cache(maxsize=256)
def coding_of(accepted: str) -> str:
    """The best of CODINGS by Accept-Encoding (12.5.3); "" where none is wanted."""
    wanted: dict[str, float] = {}
    for part in accepted.lower().split(","):
        found = _ELEMENT.fullmatch(part)
        if found is not None:
            wanted[found[1]] = _quality(found[2])
    rest = wanted.get("*", 0.0)
    qualities = {name: wanted.get(name, rest) for name in ("br", "gzip")}
    plain = wanted.get("identity", 0.0)
    best = max(qualities, key=lambda name: qualities[name])
    return best if qualities[best] > 0 and qualities[best] >= plain else ""


def _quality(told: str | None) -> float:
    try:
        return min(float(told), 1.0) if told else 1.0
    except ValueError:
        return 0.0


def is_for_a_browser(media_type: str, accept: str) -> bool:
    """Whether a feed is asked for by a browser, in which a person wants to read it.

    Browsers ask for pages. Some readers do too, but they name feeds as well.
    """
    return "text/html" in accept and media_type not in accept
