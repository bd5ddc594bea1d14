"""The site's own feeds as OPML 2.0, for readers that take a list."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from feeds import dates
from feeds.documents.xml import add
from feeds.feed import Author

MEDIA_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in the list: `xml_url` is the feed, `html_url` the page it speaks for.

    `version` is `RSS2` where the feed is RSS; OPML has no word for the others.
    """

    title: str
    description: str
    xml_url: str
    html_url: str
    language: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Feeds that belong together, as readers show them: a folder with a title."""

    title: str
    outlines: tuple[Outline, ...]


def render(
    title: str,
    owner: Author | None,
    modified: datetime,
    outlines: tuple[Outline, ...],
    groups: tuple[Group, ...],
) -> bytes:
    """The list as a document, in the order given; groups come after `outlines`.

    A group without outlines is left out.
    """
    root = etree.Element("opml", version="2.0")
    _tell_head(add(root, "head"), title, owner, modified)
    body = add(root, "body")
    _tell_outlines(body, outlines)
    for group in groups:
        if group.outlines:
            # No title beside it: the W3C's validator takes that for a feed's.
            _tell_outlines(add(body, "outline", text_=group.title), group.outlines)
    return bytes(
        etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    )


def _tell_head(
    head: etree._Element, title: str, owner: Author | None, modified: datetime
) -> None:
    add(head, "title", title)
    add(head, "dateModified", dates.rfc822(modified))
    if owner:
        known = {
            "ownerName": owner.name,
            "ownerEmail": owner.email,
            "ownerId": owner.uri,
        }
        for name, value in known.items():
            if value:
                add(head, name, value)


def _tell_outlines(parent: etree._Element, outlines: tuple[Outline, ...]) -> None:
    for outline in outlines:
        # OPML 2.0 demands `text`; some readers take `title` first.
        title = outline.title or outline.xml_url
        add(
            parent,
            "outline",
            type="rss",
            text_=title,
            title=title,
            description=outline.description,
            xmlUrl=outline.xml_url,
            htmlUrl=outline.html_url,
            language=outline.language,
            version=outline.version,
        )
