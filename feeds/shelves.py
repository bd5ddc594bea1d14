"""Where each feed and each archive lies, what is in it, and what leads to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from feeds.archives import FOLDER, Division, divide
from feeds.articles.article import Article
from feeds.config import Config
from feeds.feed import Paging, Variant
from feeds.offers import Offer


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of the site in which a feed, or an archive of it, lies in each format.

    `place` ends in a slash, or is "" for the site's own; `archive` is the archive's
    name, "" in the feed itself. Paging and variants are absolute addresses.
    """

    place: str
    offer: Offer
    articles: tuple[Article, ...]
    archive: str = ""
    paging: Paging = field(default=Paging())
    complete: bool = False
    variants: tuple[Variant, ...] = ()


def shelves(
    offers: Iterable[Offer], config: Config, now: datetime
) -> tuple[Shelf, ...]:
    """The shelf of each feed that is not gone, and after each those of its archives."""
    offers = [offer for offer in offers if not offer.gone]
    languages = [
        Variant(offer.language, config.home + quote(offer.place))
        for offer in offers
        if offer.kind == "language"
    ]
    found: list[Shelf] = []
    for offer in offers:
        found += _of_offer(offer, config, now, languages)
    return tuple(found)


def _of_offer(
    offer: Offer, config: Config, now: datetime, languages: list[Variant]
) -> list[Shelf]:
    division = _divide(offer, config, now)
    places = [f"{offer.place}{FOLDER}{each.name}/" for each in division.archives]
    home = config.home
    ends = ["", *(home + quote(place) for place in places), ""]
    own = home + quote(offer.place)
    archives = [
        Shelf(
            place,
            offer,
            archive.articles,
            archive.name,
            Paging(own, ends[number], ends[number + 2]),
        )
        for number, (place, archive) in enumerate(
            zip(places, division.archives, strict=True)
        )
    ]
    is_of_a_language = offer.kind in ("site", "language")
    current = Shelf(
        offer.place,
        offer,
        division.current,
        paging=Paging(previous=ends[-2]),
        complete=division.complete,
        variants=tuple(v for v in languages if v.url != own and is_of_a_language),
    )
    return [current, *archives]


def _divide(offer: Offer, config: Config, now: datetime) -> Division:
    if offer.archives:
        return divide(offer.articles, offer.limit, now, config.timezone)
    listed = offer.articles[: offer.limit or None]
    return Division(listed, complete=len(listed) == len(offer.articles))
