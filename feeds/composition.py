"""A shelf's articles, each an entry, as the feed that is offered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote
from uuid import UUID, uuid5

from feeds.addresses import Addresses
from feeds.articles import withdrawal
from feeds.articles.identity import mint
from feeds.articles.library import Library
from feeds.articles.memory import Memory
from feeds.config import Config
from feeds.entries import Entries
from feeds.feed import FRESH, Author, Deleted, Entry, Feed, Podcast
from feeds.files import picture
from feeds.offers import Offer
from feeds.selection import EPOCH
from feeds.shelves import Shelf

#: The stylesheet of feeds that are opened in a browser.
STYLESHEET = "feed.css"
# The namespace that podcast:guid is made in.
_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
# A feed is asked for in three formats, one after another; more need not stay.
_MOST = 64


class Feeds:
    """The feeds that lie on the shelves of an edition, each composed when asked for."""

    def __init__(
        self,
        shelves: Mapping[str, Shelf],
        library: Library,
        config: Config,
        addresses: Addresses,
        entries: Entries,
        now: datetime,
    ) -> None:
        self._shelves = shelves
        self._library = library
        self._config = config
        self._addresses = addresses
        self._entries = entries
        self._now = now
        self._heads: dict[str, Feed] = {}
        self._whole: dict[str, Feed] = {}

    def head(self, place: str) -> Feed:
        """The feed, or the archive, that lies at `place`, but for its entries."""
        found = self._heads.get(place)
        return found or _put(self._heads, place, self._head(self._shelves[place]))

    def whole(self, place: str) -> Feed:
        """The feed, or the archive, that lies at `place`."""
        found = self._whole.get(place)
        return found or _put(self._whole, place, self._filled(place))

    def _filled(self, place: str) -> Feed:
        shelf = self._shelves[place]
        entries = filter(None, map(self._entries.of, shelf.articles))
        told = tuple(shown(entry, shelf.offer) for entry in entries)
        return replace(self.head(place), entries=told)

    def _head(self, shelf: Shelf) -> Feed:
        home = self._config.home
        return compose(
            shelf,
            self._config,
            [self._entries.updated(article) for article in shelf.articles],
            deleted=() if shelf.place else self.deleted,
            icon=picture(self._config.icon, self._addresses, home),
            image=picture(shelf.offer.image, self._addresses, home),
        )

    @cached_property
    def deleted(self) -> tuple[Deleted, ...]:
        """What subscribers are to be told is no more."""

        def id_of(path: str, memory: Memory) -> str:
            return memory.id or mint(self._config.id_prefix, memory.name)

        found = withdrawal.deleted(self._library.memories, id_of, self._now)
        live = set(self._entries.ids.values())
        return tuple(each for each in found if each.id not in live)


def _put(feeds: dict[str, Feed], place: str, feed: Feed) -> Feed:
    """Keep a feed, the site's own for good, and the newest of the others."""
    feeds[place] = feed
    if place and len(feeds) > _MOST:
        feeds.pop(next(filter(None, feeds)), None)
    return feed


def shown(entry: Entry, offer: Offer) -> Entry:
    """The entry as a feed carries it: whole or its summary, an episode or none."""
    if offer.content == "summary" and (entry.content or entry.markdown):
        entry = replace(entry, content="", markdown="")
    if offer.podcast is None and entry.episode is not None:
        entry = replace(entry, episode=None)
    return entry


def compose(
    shelf: Shelf,
    config: Config,
    updated: Iterable[datetime],
    deleted: tuple[Deleted, ...] = (),
    icon: str = "",
    image: str = "",
) -> Feed:
    """The feed that lies on `shelf`, but for its entries, and as new as the newest.

    `updated` has when each was updated; `icon` and `image` are absolute addresses.
    """
    offer = shelf.offer
    dates = [*updated, *(each.when for each in deleted)]
    return Feed(
        id=_id(offer, config),
        url=config.home + quote(offer.place),
        title=offer.title,
        description=offer.description,
        updated=max(dates, default=EPOCH),
        # RFC 4287 4.1.1: an author at the feed, unless every entry has one.
        authors=offer.authors or (Author(config.title),),
        language=offer.language,
        entries=(),
        rights=config.rights,
        license=config.license,
        icon=icon,
        image=image,
        complete=shelf.complete,
        paging=shelf.paging,
        variants=shelf.variants,
        deleted=deleted,
        podcast=_show(offer, config),
        moved=offer.moved,
        stylesheet="../" * shelf.place.count("/") + STYLESHEET,
        fresh=int(FRESH.total_seconds()) // 60,
    )


def _id(offer: Offer, config: Config) -> str:
    return mint(config.id_prefix, f"feed/{offer.place}".rstrip("/"))


def _show(offer: Offer, config: Config) -> Podcast | None:
    """The podcast with the guid that its id gives it, if it was not given one."""
    show = offer.podcast
    if show is None or show.guid:
        return show
    # podcast:guid is to be made of something once, and then kept. Our ids never change.
    return replace(show, guid=str(uuid5(_PODCASTS, _id(offer, config))))
