"""What the pages of a site lead to: feeds, and pages of tags, people and so on."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from urllib.parse import quote

from feeds.config import Config
from feeds.documents import opml
from feeds.documents.document import FeedFormat
from feeds.documents.formats import FORMATS
from feeds.documents.pages import Around, Group, Link, Subscription
from feeds.documents.words import words_of
from feeds.offers import FOLDERS, Offer
from feeds.slugs import slug

_FEW = 12
# The kinds of feeds beside the site's own, and the words for several of each.
_KINDS = {
    "feed": "feeds",
    "tag": "tags",
    "author": "authors",
    "section": "sections",
    "language": "languages",
}


def formats_of(offer: Offer) -> tuple[FeedFormat, ...]:
    """The formats in which a feed is offered, the one to recommend first."""
    names = offer.formats or tuple(FORMATS)
    return tuple(form for name, form in FORMATS.items() if name in names)


class Navigation:
    """The ways through a site, as paths from its front page, and as addresses."""

    def __init__(self, offers: Sequence[Offer], config: Config) -> None:
        # Who has moved or gone is not offered to those who are not there yet.
        self._offers = [o for o in offers if not (o.gone or o.moved)]
        self._home = config.home
        self._words = words_of(config.language)
        self._by_place = {offer.place: offer for offer in offers}
        self._main = self.subscriptions("")
        #: What is around pages that offer the site's own feeds alone, by their roots.
        self.around: dict[str, Around] = {}

    def subscriptions(self, place: str) -> tuple[Subscription, ...]:
        """The feeds that lie at `place`, in each format."""
        offer = self._by_place[place]
        folder = quote(place)
        return tuple(
            Subscription(
                form.label,
                offer.title,
                folder + form.filename,
                self._home + folder + form.filename,
                form.media_type,
            )
            for form in formats_of(offer)
        )

    def offered(self, place: str) -> tuple[Subscription, ...]:
        """What a page at `place` names to readers: the site's own feeds first."""
        return self._main if not place else (*self._main, *self.subscriptions(place))

    def groups(self) -> tuple[Group, ...]:
        """The kinds of feeds beside the site's own, with the largest of each."""
        return tuple(
            Group(
                self.title(kind),
                FOLDERS.get(kind, "") if len(found) > _FEW else "",
                tuple(self._links(_largest(found))),
                len(found),
            )
            for kind in _KINDS
            if (found := self._of(kind))
        )

    @cached_property
    def folders(self) -> dict[str, tuple[str, tuple[Link, ...]]]:
        """For each folder of a kind its title, and everything in it."""
        return {
            folder: (self.title(kind), tuple(self._links(found)))
            for kind, folder in FOLDERS.items()
            if (found := self._of(kind))
        }

    def title(self, kind: str) -> str:
        """What all feeds of a kind are called together."""
        return self._words[_KINDS[kind]]

    def path(self, kind: str, label: str) -> str:
        """The path of the page of a tag or author, "" where there is none."""
        place = f"{FOLDERS[kind]}{slug(label)}/"
        return quote(place) if place in self._by_place else ""

    def outlines(self) -> tuple[tuple[opml.Outline, ...], tuple[opml.Group, ...]]:
        """The feeds as OPML lists them: the site's own and the named, then groups."""
        first = [o for o in self._offers if o.kind in ("site", "feed")]
        groups = (
            opml.Group(self.title(kind), tuple(map(self._outline, self._of(kind))))
            for kind in FOLDERS
        )
        return tuple(map(self._outline, first)), tuple(groups)

    def _outline(self, offer: Offer) -> opml.Outline:
        form = formats_of(offer)[0]
        folder = self._home + quote(offer.place)
        return opml.Outline(
            title=offer.title,
            description=offer.description,
            xml_url=folder + form.filename,
            html_url=folder,
            language=offer.language,
            version="RSS2" if form.name == "rss" else "",
        )

    def _of(self, kind: str) -> list[Offer]:
        return [offer for offer in self._offers if offer.kind == kind]

    def _links(self, offers: Iterable[Offer]) -> Iterable[Link]:
        for offer in offers:
            language = offer.language if offer.kind == "language" else ""
            count = len(offer.articles)
            yield Link(offer.label, quote(offer.place), count, language)


def _largest(offers: list[Offer]) -> list[Offer]:
    """The few with the most articles, in the order that they had."""
    largest = sorted(offers, key=lambda offer: -len(offer.articles))[:_FEW]
    places = {offer.place for offer in largest}
    return [offer for offer in offers if offer.place in places]
