"""A shelf's articles, each an entry, as the feed that is offered."""

from dataclasses import replace
from urllib.parse import quote
from uuid import UUID, uuid5

from feeds.articles.identity import mint
from feeds.config import Config
from feeds.feed import FRESH, Author, Deleted, Entry, Feed, Podcast
from feeds.offers import Offer
from feeds.selection import EPOCH
from feeds.shelves import Shelf

#: The stylesheet of feeds that are opened in a browser.
STYLESHEET = "feed.css"
# The namespace that podcast:guid is made in.
_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


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
    entries: tuple[Entry, ...],
    deleted: tuple[Deleted, ...] = (),
    icon: str = "",
    image: str = "",
) -> Feed:
    """The feed that lies on `shelf`, as new as the newest of its entries.

    `icon` and `image` are absolute addresses.
    """
    offer = shelf.offer
    dates = [*(entry.updated for entry in entries), *(each.when for each in deleted)]
    return Feed(
        id=_id(offer, config),
        url=config.home + quote(offer.place),
        title=offer.title,
        description=offer.description,
        updated=max(dates, default=EPOCH),
        # RFC 4287 4.1.1: an author at the feed, unless every entry has one.
        authors=offer.authors or (Author(config.title),),
        language=offer.language,
        entries=tuple(shown(entry, offer) for entry in entries),
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
