"""The rules of the document itself: its bytes, its XML, its vocabulary."""

import re
from typing import Final

from lxml import etree

from feeds.documents.conformance.finding import (
    XML,
    Finding,
    Findings,
    is_language,
    shown,
)
from feeds.documents.conformance.vocabulary import NAMESPACES, PREFIXES, Vocabulary

LIMIT = 5_000_000
RULES: Final[dict[str, str]] = {
    "xml-start": "The first bytes are `<?xml`, with no byte order mark and no space "
    "before them: strict parsers refuse anything else. Write nothing before it.",
    "xml-declaration": "The declaration says XML 1.0 and UTF-8, the one pair that "
    "every reader has. Write version='1.0' encoding='UTF-8'.",
    "xml-broken": "The document is well-formed XML: a reader that finds a fault shows "
    "nothing of the feed at all. Escape text and close every element.",
    "xml-doctype": "There is no document type declaration: readers refuse it, as "
    "entities can be an attack. Leave it out.",
    "xml-instruction": "The one processing instruction is an xml-stylesheet of type "
    "text/css before the root: browsers no longer run XSLT, and nobody reads others. "
    "Take it out.",
    "xml-root": "The root is <rss> in no namespace, or <feed> in Atom's: by it readers "
    "know the format. Write no default namespace on <rss>.",
    "root-late": "The root's start tag is within the first 512 bytes and has no prefix "
    "(`<rss`, `<feed`): readers look there for it. Keep what is before it short.",
    "size": "A feed has at most 5,000,000 bytes: the validator and some readers take "
    "no more. Let the feed carry fewer entries, or summaries.",
    "characters": "No control character, no U+FFFD and no non-character is in the "
    "text: readers show them as boxes or reject the feed. Mend the article's encoding.",
    "mojibake": "No text is UTF-8 that was read as Latin-1 (Ã© for é). Save the "
    "article as UTF-8.",
    "prefix": "A namespace has its conventional prefix: sfeed and others match "
    "`content:encoded` or `dc:creator` literally. Declare it under that name.",
    "namespace": "Every element is of a namespace that readers know, and XHTML only "
    "within content. Leave out the others.",
    "element-unknown": "An element stands where its format has it: readers pass over "
    "the others, or mistake them for something else. Mind spelling and place.",
    "element-twice": "What an entry or a feed has one of is there once: readers differ "
    "in which of two they take. Keep one.",
    "attribute-unknown": "An attribute is one that its element has, spelt so "
    "(isPermaLink, not isPermalink): another is passed over. Mind the spelling.",
    "text-stray": "Text is inside the elements that are made for it; beside them it is "
    "lost. Take it out.",
    "blank": "An element that is there says something: an empty title, category or "
    "name is shown as an empty one. Leave it out, or fill it.",
    "xml-base": "There is no xml:base: readers disagree on what it means, and "
    "Thunderbird carries one over to the next entry. Make the addresses absolute.",
    "language": "A language is a tag of BCP 47 (`en`, `pt-BR`): by it readers choose "
    "fonts, hyphens and direction. Mend the tag.",
    "language-missing": "A feed says its language (RSS: language, Atom: xml:lang): by "
    "it readers choose fonts and direction. Set `language`.",
    "date-early": "No date is before 1990: it is most often a mistake, and readers "
    "distrust it. Mend the article's date.",
    "category-comma": "A category has no comma: FreshRSS makes two of it, Thunderbird "
    "a semicolon. Write two categories.",
}

_DECLARATION = re.compile(
    rb"<\?xml\s+version\s*=\s*(['\"])1\.0\1\s+encoding\s*=\s*(['\"])utf-8\2", re.I
)
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd]"
)
_SUSPECT = re.compile("[\xc2\xc3][\x80-\xbf]")
_MOJIBAKE = re.compile("^.*[\xc2\xc3][\x80-\xbf].*$", re.MULTILINE)
_XHTML = "{http://www.w3.org/1999/xhtml}"
# Attributes that tell nothing without a text.
_VAIN = frozenset({"type", "isPermaLink", "domain", "uri", f"{XML}lang"})


def of_bytes(body: bytes) -> Findings:
    """The rules that the bytes show before they are parsed."""
    if not body.startswith(b"<?xml"):
        yield Finding("xml-start", "", f"starts with {bytes(body[:8])!r}")
    elif not _DECLARATION.match(body):
        yield Finding("xml-declaration", "", shown(body[:60].decode("latin-1")))
    if len(body) > LIMIT:
        yield Finding("size", "", f"{len(body):,} bytes")
    found = re.search(rb"<([\w:.-]*:)?(rss|feed)[\s>/]", body)
    if found and (found[1] or found.end() > 512):
        name = shown((found[1] or b"").decode("latin-1") + found[2].decode())
        yield Finding("root-late", "", f"{name} at byte {found.start()}")


def parse(body: bytes) -> etree._Element:
    """The root of the document; lxml.etree.XMLSyntaxError where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)


def doctype(root: etree._Element) -> str:
    """The document type that is declared, or ""."""
    return str(root.getroottree().docinfo.doctype)


def of_namespaces(root: etree._Element) -> Findings:
    """The namespaces that the document declares, and those that its elements have."""
    used: set[tuple[str, str | None]] = {
        (e.tag[1:].split("}")[0], e.prefix)
        for e in root.iter("{*}*")
        if e.tag[0] == "{"
    }
    used |= {(namespace, prefix) for prefix, namespace in root.nsmap.items()}
    default = root.nsmap.get(None)
    for namespace, prefix in sorted(used, key=repr):
        usual = PREFIXES.get(namespace)
        taken = NAMESPACES.get(prefix or "", namespace) != namespace
        if taken or (usual and prefix and (prefix != usual or namespace == default)):
            yield Finding("prefix", "", f"{prefix!r} for {shown(namespace)}")
        elif usual is None:
            yield Finding("namespace", "", shown(namespace))


def of_tree(
    root: etree._Element, names: dict[etree._Element, str], words: Vocabulary
) -> Findings:
    """The rules of every element; `names` are the entries, and what each is called."""
    around = next((entry.getparent() for entry in names), None)
    name = ""
    for element in root.iter("{*}*"):
        if element in names or element.getparent() is around:
            name = names.get(element, "")
        yield from _of_element(element, name, words)


def of_instructions(root: etree._Element) -> Findings:
    """The processing instructions: a stylesheet before the root, and no other."""
    before = [*root.itersiblings(etree.PI, preceding=True)]
    for each in before:
        told = {str(name): str(value) for name, value in each.attrib.items()}
        style = each.target == "xml-stylesheet" and told.get("type") == "text/css"
        if not style or not told.get("href"):
            yield Finding("xml-instruction", "", shown(f"{each.target} {each.text}"))
    for each in [*root.iter(etree.PI), *root.itersiblings(etree.PI)]:
        yield Finding("xml-instruction", "", shown(f"{each.target} {each.text}"))


def _of_element(element: etree._Element, entry: str, words: Vocabulary) -> Findings:
    tag = str(element.tag)
    namespace, _, name = tag.rpartition("}")
    ruled = namespace in words.namespaces
    values = [element.text or ""]
    for key, value in element.attrib.items():
        values.append(str(value))
        if key == f"{XML}base":
            yield Finding("xml-base", entry, f"{shown(str(value))} on <{name}>")
        elif key == f"{XML}lang" and not is_language(str(value)):
            yield Finding("language", entry, f"{shown(str(value))} on <{name}>")
        elif ruled and "{" not in str(key) and key not in words.attributes.get(tag, ()):
            yield Finding("attribute-unknown", entry, f"{str(key)!r} on <{name}>")
    for value in values:
        if not value.isascii():
            yield from of_characters(value, entry, f"<{name}>")
    if tag in words.children:
        yield from _of_children(element, entry, words)
    elif len(element):
        if ruled and tag not in words.open:
            inner = spelt(element[0])
            yield Finding("element-unknown", entry, f"<{inner}> in <{name}>")
    elif said := values[0].strip():
        if tag in words.bare:
            yield Finding("text-stray", entry, f"{shown(said)} in <{name}>")
    elif ruled and tag not in words.bare and _VAIN.issuperset(element.attrib.keys()):
        yield Finding("blank", entry, f"<{name}>")


def spelt(element: etree._Element) -> str:
    """An element's name as it stands in the document: `title`, `media:title`."""
    name = str(etree.QName(element).localname)
    return f"{element.prefix}:{name}" if element.prefix else name


def of_characters(value: str, entry: str, place: str) -> Findings:
    """The rules of what stands in any text; `place` is where it was found."""
    if bad := _BAD.search(value):
        yield Finding("characters", entry, f"U+{ord(bad[0]):04X} in {place}")
    for line in _MOJIBAKE.findall(value) if _SUSPECT.search(value) else ():
        try:
            line.encode("latin-1").decode("utf-8")
        except UnicodeError:
            continue
        yield Finding("mojibake", entry, f"{shown(line.strip())} in {place}")


def _of_children(parent: etree._Element, entry: str, words: Vocabulary) -> Findings:
    tag = str(parent.tag)
    known = words.children[tag]
    where = f"in <{spelt(parent)}>"
    stray = (parent.text or "").strip()
    seen = set()
    for child in parent.iterchildren("{*}*"):
        name = str(child.tag)
        stray = stray or (child.tail or "").strip()
        if name.startswith(_XHTML):
            yield Finding("namespace", entry, f"{shown(name)} {where}")
        elif name not in known and name.rpartition("}")[0] in words.namespaces:
            yield Finding("element-unknown", entry, f"<{spelt(child)}> {where}")
        elif name in known and name in seen and (tag, name) not in words.many:
            yield Finding("element-twice", entry, f"<{spelt(child)}> {where}")
        seen.add(name)
    if stray:
        yield Finding("text-stray", entry, f"{shown(stray)} {where}")
