"""Pictures and recordings in RSS and Atom: Media RSS, and what each has of its own."""

from lxml import etree

from feeds.documents.xml import add, number, qualified, text
from feeds.feed import Enclosure, Entry, Image

_KINDS = ("audio", "video")


def is_described(entry: Entry) -> bool:
    """Whether the lead picture's caption is to be in media:description.

    feedparser takes that for the entry's summary, unless another comes after it. Where
    there is none, the caption is in the content alone.
    """
    image = entry.image
    return image is not None and bool(image.url and image.caption and entry.summary)


def tell_image(parent: etree._Element, entry: Entry) -> None:
    """Add the lead picture, for the readers that look here and not in the content."""
    image = entry.image
    if image is None or not image.url:
        return
    size = {"width": str(image.width or ""), "height": str(image.height or "")}
    element = add(
        parent,
        "media:content",
        url=image.url,
        fileSize=str(image.length or ""),
        type=image.media_type,
        medium="image",
        **size,
    )
    if image.alt:
        add(element, "media:title", image.alt, type="plain")
    if is_described(entry):
        add(element, "media:description", image.caption, type="plain")
    if image.credit:
        add(element, "media:credit", image.credit)
    add(parent, "media:thumbnail", url=image.url, **size)


def tell_more(parent: etree._Element, entry: Entry) -> None:
    """Add the enclosures after the first, of which RSS has but one."""
    for enclosure in entry.enclosures[1:]:
        kind = enclosure.media_type.partition("/")[0]
        add(
            parent,
            "media:content",
            url=enclosure.url,
            fileSize=str(enclosure.length or ""),
            type=enclosure.media_type,
            medium=kind if kind in _KINDS else "document",
            duration=str(enclosure.duration or ""),
        )


def read_image(parent: etree._Element) -> Image | None:
    """The lead picture of an entry, or None."""
    for element in parent.iterfind(qualified("media:content")):
        if _is_picture(element) and element.get("url"):
            return Image(
                url=str(element.get("url")),
                alt=text(element, "media:title"),
                caption=text(element, "media:description"),
                credit=text(element, "media:credit"),
                media_type=element.get("type", ""),
                length=number(element.get("fileSize")),
                width=number(element.get("width")),
                height=number(element.get("height")),
            )
    return None


def read_more(parent: etree._Element) -> list[Enclosure]:
    """The enclosures that an RSS item has beside its `<enclosure>`."""
    return [
        Enclosure(
            str(element.get("url")),
            element.get("type", ""),
            number(element.get("fileSize")),
            number(element.get("duration")),
        )
        for element in parent.iterfind(qualified("media:content"))
        if not _is_picture(element) and element.get("url")
    ]


def _is_picture(element: etree._Element) -> bool:
    kind = element.get("type", "").partition("/")[0]
    return bool(element.get("medium", kind) == "image")
