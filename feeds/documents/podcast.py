"""What podcast apps ask of RSS and Atom: Apple's elements and Podcasting 2.0's."""

from collections.abc import Iterable

from lxml import etree

from feeds.documents.xml import add, number, qualified, text
from feeds.feed import (
    Author,
    Entry,
    Episode,
    Feed,
    Funding,
    Person,
    Podcast,
    Transcript,
)

_WORDS = {True: "true", False: "false"}
_YES = ("yes", "true", "explicit")


def tell_show(parent: etree._Element, feed: Feed) -> None:
    """Add what a podcast says of itself, to a feed that is one."""
    if feed.moved:
        add(parent, "itunes:new-feed-url", feed.moved)
    show = feed.podcast
    if show is None:
        return
    add(parent, "itunes:author", ", ".join(author.name for author in feed.authors))
    for category in show.categories:
        outer, _, inner = category.partition(" > ")
        element = add(parent, "itunes:category", text_=outer)
        if inner:
            add(element, "itunes:category", text_=inner)
    add(parent, "itunes:explicit", _WORDS[show.explicit])
    if feed.image:
        add(parent, "itunes:image", href=feed.image)
    if show.owner:
        owner = add(parent, "itunes:owner")
        add(owner, "itunes:name", show.owner.name)
        add(owner, "itunes:email", show.owner.email)
    add(parent, "itunes:type", show.kind)
    if show.complete:
        add(parent, "itunes:complete", "Yes")
    _tell_newer(parent, show)


def _tell_newer(parent: etree._Element, show: Podcast) -> None:
    if show.guid:
        add(parent, "podcast:guid", show.guid)
    owner = show.owner.email if show.owner else ""
    add(parent, "podcast:locked", "yes" if show.locked else "no", owner=owner)
    add(parent, "podcast:medium", show.medium)
    for funding in show.funding:
        add(parent, "podcast:funding", funding.text, url=funding.url)
    _tell_persons(parent, show.persons)


def tell_episode(parent: etree._Element, entry: Entry) -> None:
    """Add what an episode says of itself, to an entry that is one."""
    episode = entry.episode
    if episode is None:
        return
    if entry.enclosures and entry.enclosures[0].duration:
        add(parent, "itunes:duration", str(entry.enclosures[0].duration))
    if episode.number.isdecimal():
        add(parent, "itunes:episode", episode.number)
    elif episode.number:
        add(parent, "podcast:episode", episode.number)
    if episode.season:
        add(parent, "itunes:season", str(episode.season))
    if episode.kind:
        add(parent, "itunes:episodeType", episode.kind)
    if episode.explicit is not None:
        add(parent, "itunes:explicit", _WORDS[episode.explicit])
    if episode.image:
        add(parent, "itunes:image", href=episode.image)
    for transcript in episode.transcripts:
        add(
            parent,
            "podcast:transcript",
            url=transcript.url,
            type=transcript.media_type,
            language=transcript.language,
            rel=transcript.rel,
        )
    if episode.chapters:
        kind = "application/json+chapters"
        add(parent, "podcast:chapters", url=episode.chapters, type=kind)
    _tell_persons(parent, episode.persons)


def _tell_persons(parent: etree._Element, persons: Iterable[Person]) -> None:
    for person in persons:
        add(
            parent,
            "podcast:person",
            person.name,
            role=person.role,
            group=person.group,
            img=person.image,
            href=person.url,
        )


def read_show(parent: etree._Element) -> Podcast | None:
    """What a feed says of itself as a podcast; None where it is none."""
    told = text(parent, "itunes:explicit")
    if not told and parent.find(qualified("podcast:medium")) is None:
        return None
    owner = parent.find(qualified("itunes:owner"))
    return Podcast(
        guid=text(parent, "podcast:guid"),
        categories=tuple(_categories(parent)),
        explicit=told.lower() in _YES,
        kind=text(parent, "itunes:type") or "episodic",
        owner=None
        if owner is None
        else Author(text(owner, "itunes:name"), text(owner, "itunes:email")),
        locked=text(parent, "podcast:locked").lower() in _YES,
        complete=text(parent, "itunes:complete").lower() in _YES,
        medium=text(parent, "podcast:medium") or "podcast",
        funding=tuple(
            Funding(url, (found.text or "").strip())
            for found in parent.iterfind(qualified("podcast:funding"))
            if (url := found.get("url"))
        ),
        persons=_persons(parent),
    )


def _categories(parent: etree._Element) -> Iterable[str]:
    for element in parent.iterfind(qualified("itunes:category")):
        outer = element.get("text", "")
        found = element.iterfind(qualified("itunes:category"))
        inner = [each.get("text", "") for each in found]
        yield from (f"{outer} > {name}" for name in inner) if inner else (outer,)


def read_episode(parent: etree._Element, is_one: bool = False) -> Episode | None:
    """What an entry says of itself as an episode; None where it is none.

    `is_one`: it is an episode even if it says nothing.
    """
    explicit = text(parent, "itunes:explicit").lower()
    image = parent.find(qualified("itunes:image"))
    chapters = parent.find(qualified("podcast:chapters"))
    found = Episode(
        number=text(parent, "itunes:episode") or text(parent, "podcast:episode"),
        season=number(text(parent, "itunes:season")),
        kind=text(parent, "itunes:episodeType"),
        explicit=explicit in _YES if explicit else None,
        image="" if image is None else image.get("href", ""),
        chapters="" if chapters is None else chapters.get("url", ""),
        transcripts=tuple(
            Transcript(
                url,
                element.get("type", ""),
                element.get("language", ""),
                element.get("rel", ""),
            )
            for element in parent.iterfind(qualified("podcast:transcript"))
            if (url := element.get("url"))
        ),
        persons=_persons(parent),
    )
    return found if is_one or found != Episode() else None


def seconds(parent: etree._Element) -> int:
    """How long an episode is by itunes:duration: seconds, or hours and minutes too."""
    total = 0
    for part in text(parent, "itunes:duration").split(":")[:3]:
        total = total * 60 + number(part)
    return total


def _persons(parent: etree._Element) -> tuple[Person, ...]:
    return tuple(
        Person(
            (element.text or "").strip(),
            element.get("role", ""),
            element.get("group", ""),
            element.get("img", ""),
            element.get("href", ""),
        )
        for element in parent.iterfind(qualified("podcast:person"))
    )
