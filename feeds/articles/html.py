"""HTML files: facts from the head, the body from the element that is the story."""

from contextlib import suppress

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds import dates, markup
from feeds.notation import Fact, Value

NAME = "HTML"
SUFFIXES = (".html", ".htm")

_STORY = ("article", "main", "body")
# Which fact a <meta> tells, by its name or property; earlier names win.
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "summary": ("description", "og:description", "twitter:description"),
    "published": ("article:published_time", "date", "dc.date", "dcterms.created"),
    "updated": ("article:modified_time", "og:updated_time", "dcterms.modified"),
    "authors": ("author", "article:author", "dc.creator"),
    "tags": ("keywords", "article:tag"),
    "image": ("og:image", "twitter:image"),
}


def split(body: str, title: str) -> tuple[dict[str, Fact], str]:
    """Return the facts of a page's head, and the HTML of its story."""
    page = LexborHTMLParser(body)
    told: dict[str, Value] = {**_meta(page)}
    story = next((node for tag in _STORY if (node := page.css_first(tag))), None)
    told["title"] = _title(page, story, title) or told.get("title")
    told["language"] = _attribute(page.css_first("html"), "lang")
    if story is not None and "published" not in told:
        told["published"] = _take_time(story)
    facts = {name: Fact(value, 1) for name, value in told.items() if value}
    return facts, _inner(story) if story is not None else ""


def _meta(page: LexborHTMLParser) -> dict[str, Value]:
    found: dict[str, list[str]] = {}
    for node in page.css("meta[content]"):
        key = node.attributes.get("name") or node.attributes.get("property") or ""
        if content := (node.attributes["content"] or "").strip():
            found.setdefault(key.lower(), []).append(content)
    told: dict[str, Value] = {}
    for name, keys in _META.items():
        values = next((found[key] for key in keys if key in found), [])
        if len(values) > 1 and name in ("tags", "authors"):
            told[name] = [*values]
        elif values:
            told[name] = values[0]
    return told


def _title(page: LexborHTMLParser, story: LexborNode | None, known: str) -> str:
    """The story's own heading, which leaves the body, else the page's title."""
    heading = story.css_first("h1") if story is not None else None
    if heading is not None and (text := markup.plain(heading.html or "")):
        if known in ("", text):
            heading.decompose()
        return text
    title = page.css_first("head title")
    return title.text().strip() if title is not None else ""


def _take_time(story: LexborNode) -> str | None:
    """When the story's first <time> is; if alone in its line, it leaves the body."""
    for time in story.css("time[datetime]"):
        when = time.attributes["datetime"] or ""
        with suppress(ValueError):
            dates.parse(when)
            break
    else:  # durations and years are no dates of publication
        return None
    around = time.parent
    if (
        around is not None
        and around.tag in ("p", "div")
        and around.text() == time.text()
    ):
        around.decompose()
    return when


def _attribute(node: LexborNode | None, name: str) -> str | None:
    return node.attributes.get(name) if node is not None else None


def _inner(node: LexborNode) -> str:
    return "".join(child.html or "" for child in node.iter(include_text=True))


def to_html(body: str) -> str:
    """The body as it is, not yet safe."""
    return body
