"""What search engines and link previews are told: JSON-LD, and Open Graph's locale."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from feeds import dates
from feeds.documents.words import are_spoken, words_of
from feeds.feed import Author, Entry, Feed

_CONTEXT = "https://schema.org"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def of_site(site: Feed) -> Markup:
    """The site as schema.org describes it."""
    return _written(
        {
            "@context": _CONTEXT,
            "@type": "WebSite",
            "name": site.title,
            "description": site.description,
            "url": site.url,
            "inLanguage": site.language,
            "image": site.image,
            "license": site.license,
        }
    )


def of_article(entry: Entry, minutes: int, site: Feed) -> Markup:
    """An article as schema.org describes it."""
    return _written(
        {
            "@context": _CONTEXT,
            "@type": "BlogPosting",
            "headline": entry.title,
            "description": entry.summary,
            "url": entry.url,
            "datePublished": dates.rfc3339(entry.published),
            "dateModified": dates.rfc3339(entry.updated),
            "inLanguage": entry.language,
            "author": [_person(author) for author in entry.authors],
            "image": entry.image.url if entry.image else "",
            "keywords": [category.term for category in entry.categories],
            "timeRequired": f"PT{minutes}M" if minutes else "",
            "license": entry.license or site.license,
            "isPartOf": {"@type": "Blog", "name": site.title, "url": site.url},
        }
    )


def locale(language: str) -> str:
    """`de_DE` (Open Graph), with the usual country where the tag has none; or ""."""
    parts = language.replace("_", "-").split("-")
    country = next((p.upper() for p in parts[1:] if len(p) == 2 and p.isalpha()), "")
    if country:
        return f"{parts[0].lower()}_{country}"
    return words_of(language)["locale"] if are_spoken(language) else ""


def _person(author: Author) -> dict[str, str]:
    person = {"@type": "Person", "name": author.name}
    return {**person, "url": author.uri} if author.uri else person


def _written(told: Mapping[str, object]) -> Markup:
    """JSON that no `</script>` in it can end."""
    text = _encode({key: value for key, value in told.items() if value})
    return Markup(text.replace("<", "\\u003c"))
