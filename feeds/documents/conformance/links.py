"""The rules of links: rel=self, alternates, enclosures, pages and archives."""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from feeds.documents.conformance.finding import (
    ATOM,
    COUNT,
    MIME,
    Finding,
    Findings,
    is_address,
    is_language,
    is_uri,
    shown,
)

RULES: Final[dict[str, str]] = {
    "self-missing": "A feed has exactly one atom:link rel=self: by it readers and hubs "
    "know the feed, and FreshRSS moves its subscription there. Write one.",
    "self-address": "rel=self is the absolute address at which the feed lies: with "
    "another one subscribers move away, and hubs refuse it. Mend the base URL.",
    "self-type": "rel=self has the feed's own media type, by which feed finders "
    "choose. Write application/rss+xml or application/atom+xml.",
    "link-rel": "Every link says its rel, and a registered one (or an absolute URI): "
    "newsboat takes an alternate only where it is written. Write it.",
    "link-type": "Every link to a document says its media type: readers choose by it, "
    "and drop an enclosure without one. Write it.",
    "link-address": "A link's href is an absolute http(s) URL of URI characters: "
    "readers disagree on the base of others. Make it absolute, escape the rest.",
    "link-twice": "At most one alternate for each type and hreflang (RFC 4287 4.1.1): "
    "readers take one of two at random. Keep one.",
    "link-length": "An enclosure has a length in bytes, 0 where it is unknown; no "
    "length is negative. Players reserve space by it.",
    "link-content": "A link is empty, and its title is not; what is inside it nobody "
    "reads. Put words into its title.",
    "link-language": "hreflang is a language tag (BCP 47). Mend the tag.",
    "paging-place": "Links to pages and archives (RFC 5005) belong to the feed, never "
    "to an entry. Move them.",
    "paging-end": "The first page has no previous one, and the last has no next: an "
    "archiver would go round for ever. Leave the link out.",
    "paging-complete": "A feed that is complete (fh:complete) has no other pages and "
    "no archives, and its current is itself (RFC 5005 2). Leave one of them out.",
    "paging-archive": "An archive (fh:archive) has a current link and a prev-archive "
    "or next-archive (RFC 5005 4): else nobody finds the others. Write them.",
    "paging-self": "The next and the previous document are others than this one, and "
    "so is the current one of an archive: an archiver would go round for ever. Leave "
    "the link out.",
    "replies": "thr:count and thr:updated are on links with rel=replies, and a count "
    "is a number from 0 (RFC 4685 4). Mend or move them.",
}
_HISTORY = frozenset(
    "current first last next next-archive prev-archive previous".split()
)
_UNTYPED = frozenset("hub license payment related search service via".split())
_TYPED = frozenset(
    """alternate describedby edit edit-media enclosure replies self
    up""".split()
)
_FH = "{http://purl.org/syndication/history/1.0}"
_THR = "{http://purl.org/syndication/thread/1.0}"


def of_feed(parent: etree._Element, topic: str, media_type: str) -> Findings:
    """The links of a feed or channel that lies at `topic`."""
    links = parent.findall(f"{ATOM}link")
    yield from _of_links(links, "")
    own = [link for link in links if link.get("rel") == "self"]
    if len(own) != 1:
        yield Finding("self-missing", "", f"{len(own)} links with rel=self")
    for link in own:
        href, kind = link.get("href", ""), link.get("type", "")
        if href != topic:
            yield Finding("self-address", "", f"{shown(href)} at {shown(topic)}")
        if kind.partition(";")[0] != media_type:
            yield Finding("self-type", "", f"{kind!r} for {media_type!r}")
    yield from _of_pages(
        parent, {str(e.get("rel")): e.get("href") for e in links}, topic
    )


def of_entry(parent: etree._Element, entry: str) -> Findings:
    """The links of an entry or item."""
    links = parent.findall(f"{ATOM}link")
    yield from _of_links(links, entry)
    for link in links:
        if link.get("rel") in _HISTORY:
            yield Finding("paging-place", entry, f"rel={link.get('rel')!r}")


def _of_links(links: Iterable[etree._Element], entry: str) -> Findings:
    alternates = set()
    for link in links:
        rel, href = link.get("rel", ""), link.get("href", "")
        yield from _of_link(link, rel, href, entry)
        kind = (link.get("type", ""), link.get("hreflang", ""))
        if rel in ("", "alternate"):
            if kind in alternates:
                yield Finding("link-twice", entry, f"alternates of {kind[0]!r}")
            alternates.add(kind)


def _of_link(link: etree._Element, rel: str, href: str, entry: str) -> Findings:
    which = f"rel={rel!r}"
    if rel not in _TYPED | _UNTYPED | _HISTORY and not is_uri(rel):
        yield Finding("link-rel", entry, which)
    if not is_address(href):
        yield Finding("link-address", entry, f"{shown(href)} of {which}")
    kind = link.get("type")
    if not MIME.fullmatch(kind or "") and (
        kind is not None or rel in _TYPED | _HISTORY
    ):
        yield Finding("link-type", entry, f"{kind!r} of {which}")
    length = link.get("length", "" if rel == "enclosure" else "0")
    if not COUNT.fullmatch(length):
        yield Finding("link-length", entry, f"{length!r} of {which}")
    inside = (link.text or "").strip() or len(link)
    if inside or not link.get("title", "title").strip():
        yield Finding("link-content", entry, which)
    if not is_language(link.get("hreflang", "en")):
        yield Finding("link-language", entry, shown(link.get("hreflang", "")))
    replies = [link.get(f"{_THR}{name}") for name in ("count", "updated", "when")]
    told = any(value is not None for value in replies[:2]) and rel != "replies"
    if (
        told
        or replies[2] is not None
        or not COUNT.fullmatch(link.get(f"{_THR}count", "0"))
    ):
        yield Finding("replies", entry, f"{which} with {replies[0]!r} replies")


def _of_pages(
    parent: etree._Element, links: dict[str, str | None], topic: str
) -> Findings:
    for end, beyond in (("first", "previous"), ("last", "next")):
        if links.get(end) == topic and beyond in links:
            yield Finding("paging-end", "", f"{end!r} is here, and has {beyond!r}")
    others = _HISTORY & links.keys()
    complete = parent.find(f"{_FH}complete") is not None
    archive = parent.find(f"{_FH}archive") is not None
    elsewhere = others - {"current"} or links.get("current", topic) != topic
    if complete and (archive or elsewhere):
        yield Finding("paging-complete", "", f"complete, with {sorted(others)}")
    linked = "current" in others and others & {"prev-archive", "next-archive"}
    if archive and not complete and not linked:
        yield Finding("paging-archive", "", f"an archive with {sorted(others)}")
    away = {"next", "next-archive", "prev-archive", "previous"}
    for rel in sorted(away | ({"current"} if archive else set())):
        if links.get(rel) == topic:
            yield Finding("paging-self", "", f"rel={rel!r} is here")
