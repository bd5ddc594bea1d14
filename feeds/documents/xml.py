"""What RSS and Atom share: feedgen's elements, their repair, and safe reading."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from html import escape

import feedgen.feed  # isort: skip  # feedgen.util cannot be imported before it
import feedgen.entry
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds import dates, markup
from feeds.documents.document import Fragment, Frame
from feeds.errors import FeedSyntaxError
from feeds.feed import Entry, Feed

#: By their conventional prefixes, which some readers match literally.
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "source": "http://source.scripting.com/",
}
#: When something of no known date is from.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_GENERATOR = "folderfeed"
_RSS_RULES = "https://www.rssboard.org/rss-specification"
# A non-character, which `markup.clean` keeps out of text, so that it can part entries.
_END = "\ufdd3"
_NONE = frozenset([None])


def _spell_date(when: datetime) -> str:
    return dates.rfc822(when)


# feedgen sets the locale of the whole process, for a moment, around each RSS date.
feedgen.feed.formatRFC2822 = _spell_date
feedgen.entry.formatRFC2822 = _spell_date


def generator(feed: Feed, topic: str, media_type: str) -> FeedGenerator:
    """feedgen, told of all but the entries that it writes right."""
    made = FeedGenerator()
    made.id(feed.id)
    made.title(feed.title)
    made.link(href=topic, rel="self", type=media_type)
    made.link(href=feed.url, rel="alternate", type="text/html")  # last: RSS takes it
    made.description(feed.description)
    made.language(feed.language)
    made.generator(_GENERATOR)
    made.docs(_RSS_RULES)
    if feed.rights:
        made.rights(feed.rights)
    if feed.image:
        made.image(feed.image, title=feed.title, link=feed.url)
        made.logo(feed.image)
    if feed.icon:
        made.icon(feed.icon)
    if feed.fresh:
        made.ttl(feed.fresh)
    # Left alone, both are the time of rendering, and no two documents are equal.
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    return made


def told_entry(entry: Entry, spell: Callable[[str], str] = str) -> FeedEntry:
    """feedgen's entry, told of all that it writes right in both formats.

    Plain text is spelled by `spell`.
    """
    told = FeedEntry()
    told.id(entry.id)
    told.title(spell(entry.title))
    told.published(entry.published)
    told.updated(entry.updated)
    if entry.summary:
        # rss2email prefers any plain text to HTML: a plain summary would be all it
        # mails of the article.
        told.summary(escape(entry.summary, quote=False), type="html")
    if entry.content:
        # The same to parsers as what is escaped, and legible to people.
        told.content(entry.content, type="CDATA")
    told.category(
        [
            {"term": spell(category.term), "scheme": category.scheme or None}
            for category in entry.categories
        ]
    )
    return told


@cache
def qualified(name: str) -> str:
    """`media:content` in Clark's notation; a name without a prefix as it is."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else local


def add(
    parent: etree._Element, name: str, text: str = "", **attributes: str
) -> etree._Element:
    """Add an element, `title` or `media:title`; attributes that are "" are left out."""
    element = etree.SubElement(parent, qualified(name))
    for key, value in attributes.items():
        if value:
            element.set(key.rstrip("_"), value)
    if text:
        element.text = text
    return element


def fragments(elements: Iterable[etree._Element], level: int) -> list[Fragment]:
    """Entries as lines of a document, at a depth of `level`."""
    root = etree.Element("root", nsmap=NAMESPACES)
    prefixes = []
    for element in elements:
        element.tail = _END
        root.append(element)
        # What is inside an extension's element is of the same extension.
        prefixes.append(frozenset([child.prefix for child in element]) - _NONE)
    etree.indent(root, level=level - 1)
    root.text = None
    # All at once, so that each entry does not declare the namespaces anew.
    body = etree.tostring(root, encoding="UTF-8")
    bodies = body[body.index(b">") + 1 :].split(_END.encode())
    lines = (b"".join((b"  " * level, each, b"\n")) for each in bodies)
    return list(map(Fragment, lines, prefixes))


def frame(
    root: etree._Element,
    prefixes: frozenset[str],
    stylesheet: str,
    finish: Callable[[bytes], bytes] = bytes,
) -> Frame:
    """The document around its entries: UTF-8, no byte order mark, an element a line.

    `root` holds all but the entries, which go to its end (RSS: to its channel's), and
    declares every namespace; of those it keeps what is used, and `prefixes`. What it is
    as bytes is passed through `finish`.
    """
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(prefixes))
    if stylesheet:
        told = f'type="text/css" href="{stylesheet}"'
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", told))
    tree = root.getroottree()
    body = finish(
        etree.tostring(tree, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    )
    is_rss = root.tag == "rss"
    end = body.rindex(b"  </channel>" if is_rss else b"</feed>")
    return Frame(body[:end], b"", body[end:])


def parse(body: bytes) -> etree._Element:
    """The root of an XML document from elsewhere; FeedSyntaxError where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise FeedSyntaxError(f"not XML: {error!s:.200}", line) from None


def text(parent: etree._Element, name: str) -> str:
    """The text of a child, `title` or `media:title`; "" where there is none."""
    found = parent.find(qualified(name))
    return "" if found is None else markup.clean(found.text or "").strip()


def number(value: str | None) -> int:
    """A count as it stands in an attribute or element; 0 for anything else."""
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


def stylesheet(root: etree._Element) -> str:
    """The address in the document's xml-stylesheet instruction, or ""."""
    before = root.getprevious()
    while before is not None:
        if getattr(before, "target", "") == "xml-stylesheet":
            return str(before.attrib.get("href", ""))
        before = before.getprevious()
    return ""
