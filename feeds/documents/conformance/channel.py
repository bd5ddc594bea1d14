"""The rules of what an RSS channel says of itself."""

from typing import Final

from lxml import etree

from feeds.documents.conformance.finding import (
    COUNT,
    Finding,
    Findings,
    is_address,
    is_language,
    shown,
    text,
)

RULES: Final[dict[str, str]] = {
    "rss-version": "<rss> has version='2.0': by it readers know what to expect.",
    "rss-channel-lacks": "A channel has a title, a link and a description (RSS 2.0): "
    "readers ask for them when someone subscribes. Write all three.",
    "rss-order": "All that a channel says of itself comes before its first item: "
    "NetNewsWire resolves addresses by what it has read so far. Move it up.",
    "rss-ttl": "ttl is a number of minutes from 1: Miniflux polls no sooner.",
    "rss-cloud": "cloud has domain, port, path, registerProcedure and protocol; all "
    "but registerProcedure say something, and the port is a number. Write all five.",
    "rss-image": "image has a url that ends in gif, jpg or png, the channel's own "
    "title and link, and at most 144 by 400 pixels: else readers show none.",
    "rss-skip": "skipHours has hours from 0 to 23, skipDays English day names, none of "
    "them twice: readers match them so.",
    "rss-text-input": "There is no textInput: no reader shows it. Leave it out.",
}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def examine(channel: etree._Element) -> Findings:
    """The rules of a channel, apart from its items, links and dates."""
    for name in ("title", "link", "description"):
        if not text(channel.find(name)):
            yield Finding("rss-channel-lacks", "", f"no <{name}>")
    tags = [child.tag for child in channel.iterchildren("{*}*")]
    if "item" in tags:
        for tag in tags[tags.index("item") :]:
            if tag != "item":
                yield Finding("rss-order", "", f"{shown(str(tag))} after an item")
    language = channel.find("language")
    if language is None:
        yield Finding("language-missing", "", "no <language>")
    elif not is_language(language.text or ""):
        yield Finding("language", "", f"{shown(language.text or '')} in <language>")
    for ttl in channel.findall("ttl"):
        if not (COUNT.fullmatch(text(ttl)) and int(text(ttl))):
            yield Finding("rss-ttl", "", shown(text(ttl)))
    for cloud in channel.findall("cloud"):
        yield from _of_cloud(cloud)
    for image in channel.findall("image"):
        yield from _of_image(image, channel)
    for name, known in (("hour", [str(n) for n in range(24)]), ("day", _DAYS)):
        told = [text(e) for e in channel.iterfind(f"skip{name.title()}s/{name}")]
        if len(told) != len(set(told)) or set(told) - set(known):
            yield Finding("rss-skip", "", f"{name}s {shown(' '.join(told))}")
    if channel.find("textInput") is not None:
        yield Finding("rss-text-input", "", "a <textInput>")


def _of_cloud(cloud: etree._Element) -> Findings:
    told = {str(name): str(value) for name, value in cloud.attrib.items()}
    names = ("domain", "path", "protocol")
    whole = all(told.get(name) for name in names) and "registerProcedure" in told
    port = told.get("port", "")
    if not whole or not COUNT.fullmatch(port) or not int(port):
        yield Finding("rss-cloud", "", f"{sorted(told)}")


def _of_image(image: etree._Element, channel: etree._Element) -> Findings:
    url = text(image.find("url"))
    end = url.rpartition(".")[2].lower()
    if not is_address(url) or (end.isalnum() and end not in "gif jpg jpeg png".split()):
        yield Finding("rss-image", "", f"url {shown(url)}")
    for name in ("title", "link"):
        own = text(image.find(name))
        if own != text(channel.find(name)):
            yield Finding("rss-image", "", f"{name} {shown(own)}")
    for name, most in (("width", 144), ("height", 400)):
        size = text(image.find(name)) or "1"
        if not (COUNT.fullmatch(size) and 0 < int(size) <= most):
            yield Finding("rss-image", "", f"{name} {size!r}")
