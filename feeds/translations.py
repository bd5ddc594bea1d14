"""Which articles are the same in another language."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from feeds.articles.article import Article
from feeds.config import Config
from feeds.feed import Variant


def translations(
    articles: Sequence[Article], pages: Mapping[str, str], config: Config
) -> Mapping[str, tuple[Variant, ...]]:
    """The languages, itself among them, of each article that there is in several.

    `ferry.md` and `ferry.fr.md` are one article in two languages, and so are
    `en/ferry.md` and `fr/ferry.md` where folders are languages.
    """
    if not any(article.place.language for article in articles):
        return {}
    groups: dict[tuple[str, ...], list[Article]] = {}
    for article in articles:
        place = article.place
        folders = place.folders
        if folders and folders[0].replace("_", "-") == place.language:
            folders = folders[1:]
        groups.setdefault((*folders, place.name), []).append(article)
    found: dict[str, tuple[Variant, ...]] = {}
    for group in groups.values():
        languages = {a.language or config.language: a for a in reversed(group)}
        if len(languages) < 2 or not any(a.place.language for a in group):
            continue
        variants = tuple(
            Variant(language, config.home + quote(pages[languages[language].path]))
            for language in sorted(languages)
        )
        found |= dict.fromkeys((a.path for a in languages.values()), variants)
    return found
