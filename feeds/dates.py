"""Any date text as an aware datetime, and the spellings that go on the wire."""

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime

from dateutil import parser

# RFC 822 5.1 gives these names; any other abbreviation means several zones.
_ZONES = {
    name: timezone(timedelta(hours=hours))
    for name, hours in {
        "EST": -5,
        "EDT": -4,
        "CST": -6,
        "CDT": -5,
        "MST": -7,
        "MDT": -6,
        "PST": -8,
        "PDT": -7,
    }.items()
}
# Two defaults that differ in every field: what agrees was written by the author.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))
_YEAR_FIRST = re.compile(r"\d{4}")
_THREE_SHORT = re.compile(r"\D*\d{1,2}\D+\d{1,2}\D+\d{1,2}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
# POSIX reads UTC-3 as three hours ahead, and dateutil follows it; authors do not.
_ZONE_NAME_BEFORE_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*(?=[+-]\d)")
_LONGEST = 80


def now() -> datetime:
    """The clock. Only doors ask it."""
    return datetime.now(UTC)


def parse(text: str, zone: tzinfo = UTC) -> datetime:
    """Return the instant that `text` names, aware and in whole seconds.

    Without a time it is midnight, without a zone it is in `zone`. ValueError where
    any part would have to be guessed: a missing day, 03/04/2024, an unknown zone.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise ValueError("too long for a date")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _read(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    try:
        year = found.astimezone(UTC).year
    except OverflowError:
        raise ValueError("outside the calendar") from None
    if year < 1000:
        raise ValueError("no year of four digits")
    return found.replace(microsecond=0)


def _read(text: str) -> datetime:
    text = _ZONE_NAME_BEFORE_OFFSET.sub("", text)
    readings = {_parse(text, default=default) for default in _DEFAULTS}
    if not _YEAR_FIRST.match(text):
        readings.add(_parse(text, default=_DEFAULTS[0], dayfirst=True))
    if _THREE_SHORT.match(text) and not _LETTERS.search(text):
        readings.add(_parse(text, default=_DEFAULTS[0], yearfirst=True))
    if len(readings) != 1:
        raise ValueError("a date that can be read in several ways")
    return readings.pop()


def _parse(
    text: str, default: datetime, dayfirst: bool = False, yearfirst: bool = False
) -> datetime:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an unknown zone is only warned of
            return parser.parse(
                text,
                default=default,
                dayfirst=dayfirst,
                yearfirst=yearfirst,
                tzinfos=_zone,
            )
    except (ValueError, OverflowError, TypeError, ArithmeticError, Warning):
        raise ValueError("not a date") from None


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    # Asked for every date, so that this machine's own zones count for nothing.
    if name in _ZONES:
        return _ZONES[name]
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is None:
        return None
    raise ValueError("an unknown zone")


def rfc3339(when: datetime) -> str:
    """`2024-01-31T08:00:00Z` (RFC 3339; readers stumble over fractions and +00:00)."""
    zulu = when.astimezone(UTC).replace(tzinfo=None)
    return zulu.isoformat(timespec="seconds") + "Z"


def rfc822(when: datetime) -> str:
    """`Wed, 31 Jan 2024 08:00:00 GMT`, for RSS and for HTTP (RFC 9110 5.6.7)."""
    return format_datetime(when.astimezone(UTC).replace(microsecond=0), usegmt=True)
