"""The kinds of files that a site has, by their names: type, caching and policy."""

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase

from feeds.articles.media import MEDIA_TYPES
from feeds.composition import STYLESHEET
from feeds.documents import opml, pages, robots, sitemap
from feeds.documents.formats import FORMATS
from feeds.edition import Edition
from feeds.policies import (
    FEED_POLICY,
    MEDIA_POLICY,
    PAGE_CACHE,
    PAGE_POLICY,
    cache_control,
)
from feeds.recipes import CSS, OPML, ROBOTS


@dataclass(frozen=True, slots=True)
class Kind:
    """Files that are sent alike: those in any folder of a name, `rss.xml`.

    Or, where `name` starts with an asterisk, of an ending: `*.png`. No file of a site
    is of two kinds, so rules need no order.
    """

    name: str
    media_type: str
    cache: str = cache_control()
    policy: str = PAGE_POLICY

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What differs from kind to kind, beside the type."""
        return (
            ("Cache-Control", self.cache),
            ("Content-Security-Policy", self.policy),
        )


PAGES = Kind("*.html", pages.HTML, PAGE_CACHE)
#: All documents that are no pages. Sitemaps are the only others in XML.
DOCUMENTS = (
    *(
        Kind(form.filename, form.content_type, policy=FEED_POLICY)
        for form in FORMATS.values()
    ),
    Kind("sitemap*.xml", sitemap.MEDIA_TYPE),
    Kind(OPML, opml.MEDIA_TYPE),
    Kind(ROBOTS, robots.MEDIA_TYPE),
    Kind(CSS, pages.CSS),
    Kind(STYLESHEET, pages.CSS),
)


def kind_of(path: str) -> Kind | None:
    """The kind of what a site has at a path, None where it has nothing of that name."""
    name = os.path.basename(path)
    for kind in (PAGES, *DOCUMENTS):
        if fnmatchcase(name, kind.name):
            return kind
    ending = os.path.splitext(name)[1]
    return _media(ending) if ending.lower() in MEDIA_TYPES else None


def media(edition: Edition) -> tuple[Kind, ...]:
    """A kind for each ending of the site's media files, as it is spelled there."""
    endings = {os.path.splitext(path)[1] for path in edition.media}
    return tuple(map(_media, sorted(endings)))


def _media(ending: str) -> Kind:
    return Kind(f"*{ending}", MEDIA_TYPES[ending.lower()], policy=MEDIA_POLICY)
