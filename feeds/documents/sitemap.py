"""Every page with when it last changed, for search engines (sitemaps.org 0.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from feeds import dates
from feeds.feed import Variant

MEDIA_TYPE = "application/xml; charset=utf-8"
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
_NAMESPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# What the protocol allows: pages and bytes in a file, characters in an address.
_MOST_PAGES = 50_000
_MOST_BYTES = 50_000_000
_LONGEST = 2047
# For what stands around the pages in a file.
_FRAME = 500


@dataclass(frozen=True, slots=True)
class Page:
    """A page and when it last changed.

    `variants` are the languages that it is in, its own among them, as search engines
    want it.
    """

    url: str
    modified: datetime
    variants: tuple[Variant, ...] = ()


def render(pages: Sequence[Page]) -> bytes:
    """The sitemap of some pages, in their order, a page a line."""
    xhtml = _XHTML if any(page.variants for page in pages) else ""
    return _written("urlset", _NAMESPACE + xhtml, map(_line, pages))


def index(locations: Sequence[tuple[str, datetime]]) -> bytes:
    """The list of several sitemaps: where each lies, and when it last changed."""
    lines = (
        f"  <sitemap>{_place(url, modified)}</sitemap>\n" for url, modified in locations
    )
    return _written("sitemapindex", _NAMESPACE, lines)


def parts(pages: Sequence[Page]) -> list[tuple[Page, ...]]:
    """The pages, newest first, as they go into files: the part with the oldest first.

    Parts are filled from the oldest page on, so that a new page changes the last of
    them alone. A page whose address is longer than the protocol allows is left out.
    """
    found: list[list[Page]] = []
    room = 0
    for page in reversed(pages):
        if len(page.url) > _LONGEST:
            continue
        size = len(_line(page).encode())
        if not found or size > room or len(found[-1]) == _MOST_PAGES:
            found.append([])
            room = _MOST_BYTES - _FRAME
        found[-1].append(page)
        room -= size
    return [tuple(reversed(part)) for part in found]


def _written(root: str, namespaces: str, lines: Iterable[str]) -> bytes:
    body = "".join(lines)
    return f"{_DECLARATION}<{root}{namespaces}>\n{body}</{root}>\n".encode()


def _line(page: Page) -> str:
    links = "".join(map(_link, page.variants))
    return f"  <url>{_place(page.url, page.modified)}{links}</url>\n"


def _place(url: str, modified: datetime) -> str:
    when = dates.rfc3339(modified)
    return f"<loc>{escape(url)}</loc><lastmod>{when}</lastmod>"


def _link(variant: Variant) -> str:
    language, url = escape(variant.language), escape(variant.url)
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
