"""The rules of what RSS and Atom say in the same words: deletions, comments, rhythm."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from lxml import etree

from feeds.documents.conformance import media, podcast
from feeds.documents.conformance.finding import (
    COUNT,
    Finding,
    Findings,
    instant,
    is_address,
    is_language,
    is_uri,
    needless,
    shown,
    text,
)
from feeds.documents.conformance.vocabulary import clark

RULES: Final[dict[str, str]] = {
    **media.RULES,
    **podcast.RULES,
    "tombstone": "at:deleted-entry has the absolute id of the entry as ref, and the "
    "time as when, in Zulu time (RFC 6721 3): programs find by it what is to go. "
    "Write both.",
    "tombstone-twice": "No two at:deleted-entry have the same ref and when (RFC 6721 "
    "3): programs may take the feed for broken. Keep one.",
    "tombstone-alive": "An entry is not deleted at or after its update and in the feed "
    "as well: programs pass over it (RFC 6721 3). Renew its date, or take one out.",
    "in-reply-to": "thr:in-reply-to has a ref that is the absolute id of the entry "
    "(RFC 4685 3): Thunderbird makes threads by it. Write it.",
    "comments-count": "slash:comments and thr:total are numbers from 0, and an RSS "
    "channel has a lastBuildDate that they are the count of: programs add them up. "
    "Write both.",
    "comments-feed": "The feed of comments is wfw:commentRss, spelt so, at an absolute "
    "http(s) URL: programs that follow it know no other spelling. Mend it.",
    "rhythm": "sy:updatePeriod is hourly, daily, weekly, monthly or yearly, "
    "sy:updateFrequency a number from 1, sy:updateBase a date: Thunderbird sets its "
    "clock by them. Mend the word.",
    "rhythm-ttl": "sy: and ttl say the same: readers go by either, and come too often "
    "or too late by one of them. Keep the one that is right.",
    "license": "A license is an absolute http(s) URL: it tells programs what they may "
    "do, and a name or a path tells them nothing. Write the license's address.",
}
_PERIODS = {
    "hourly": 60,
    "daily": 1440,
    "weekly": 10080,
    "monthly": 43200,
    "yearly": 525600,
}
_BASE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?", re.A)
_GRAVE = clark("at:deleted-entry")


def examine(parent: etree._Element, entry: str) -> Findings:
    """The rules of each child of a feed or entry that is of others' vocabularies."""
    for element in parent.iterchildren("{*}*"):
        if check := _CHECKS.get(str(element.tag)):
            yield from check(element, entry)


def of_deleted(feed: etree._Element, living: Mapping[str, str]) -> Findings:
    """The deletions of a feed or channel; `living` are ids and when each was updated.

    Those times are as RFC 3339 writes them, or "" where it is not known.
    """
    seen = set()
    for grave in feed.iterchildren(_GRAVE):
        ref, when = grave.get("ref", ""), grave.get("when", "")
        if not is_uri(ref) or instant(when) is None:
            yield Finding("tombstone", "", f"{shown(ref)} {when!r}")
        elif (ref, when) in seen:
            yield Finding("tombstone-twice", "", f"{shown(ref)} {when!r}")
        elif ref in living and living[ref] <= when:
            yield Finding("tombstone-alive", ref, f"deleted at {when!r}")
        seen.add((ref, when))


def of_rhythm(feed: etree._Element) -> Findings:
    """How often a feed says that it changes."""
    period, often, base, ttl = (
        text(feed.find(clark(name))) or None
        for name in ("sy:updatePeriod", "sy:updateFrequency", "sy:updateBase", "ttl")
    )
    if period is not None and period not in _PERIODS:
        yield Finding("rhythm", "", f"{shown(period)} in <sy:updatePeriod>")
    elif often is not None and not (COUNT.fullmatch(often) and int(often)):
        yield Finding("rhythm", "", f"{shown(often)} in <sy:updateFrequency>")
    elif period and ttl and COUNT.fullmatch(ttl):
        minutes = _PERIODS[period] / int(often or 1)
        if int(ttl) and abs(minutes - int(ttl)) >= 1:
            yield Finding("rhythm-ttl", "", f"{minutes:g} minutes, and a ttl of {ttl}")
    if base is not None and not _BASE.fullmatch(base):
        yield Finding("rhythm", "", f"{shown(base)} in <sy:updateBase>")


def _of_count(element: etree._Element, entry: str) -> Findings:
    item = element.getparent()
    undated = item.tag == "item" and item.find("../lastBuildDate") is None
    if undated or not COUNT.fullmatch(text(element)):
        yield Finding("comments-count", entry, shown(text(element)))


def _of_comment_feed(element: etree._Element, entry: str) -> Findings:
    if not is_address(text(element)) or element.tag == clark("wfw:commentRSS"):
        name = etree.QName(element).localname
        yield Finding("comments-feed", entry, f"{name} {shown(text(element))}")


def _of_language(element: etree._Element, entry: str) -> Findings:
    if not is_language(element.text or ""):
        yield Finding("language", entry, f"{shown(element.text or '')} in <language>")


def _of_license(element: etree._Element, entry: str) -> Findings:
    if not is_address(text(element)):
        yield Finding("license", entry, shown(text(element)))


def _of_reply(element: etree._Element, entry: str) -> Findings:
    ref = element.get("ref", "")
    if not is_uri(ref) or needless(ref):
        yield Finding("in-reply-to", entry, shown(ref))


def _checks(
    told: Iterable[tuple[str, Callable[[etree._Element, str], Findings]]],
) -> dict[str, Callable[[etree._Element, str], Findings]]:
    return {clark(name): check for name, check in told}


_CHECKS = _checks(
    {
        **media.CHECKS,
        **podcast.CHECKS,
        "slash:comments": _of_count,
        "thr:total": _of_count,
        "thr:in-reply-to": _of_reply,
        "wfw:commentRss": _of_comment_feed,
        "wfw:commentRSS": _of_comment_feed,
        "creativeCommons:license": _of_license,
        "dc:language": _of_language,
    }.items()
)
