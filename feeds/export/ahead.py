"""Documents rendered before they are asked for, on all cores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from feeds.articles.article import Article
from feeds.articles.bodies import Asked
from feeds.cores import batches, spread
from feeds.documents.document import Document
from feeds.edition import Edition
from feeds.errors import Problem
from feeds.export.keys import Keys, asked_of

_BATCH = 100


@dataclass(frozen=True, slots=True)
class _Made:
    """Documents, None for what cannot be rendered, and what was seen beside them."""

    documents: tuple[Document | None, ...]
    asked: Mapping[str, Asked] = field(default_factory=dict)
    found: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def rendered(
    edition: Edition, paths: Sequence[str], keys: Keys
) -> Iterator[Document | None]:
    """The documents at `paths`, in their order; None for what cannot be rendered.

    What was asked of the site to publish their articles is noted for `keys`, and for
    later exports.
    """
    bodies = edition.library.contents.bodies
    for made in spread(partial(_render, edition), batches(paths, _BATCH)):
        edition.note(made.found)
        bodies.note(made.asked)
        keys.learn(made.asked)
        yield from made.documents


def _render(edition: Edition, paths: Iterable[str]) -> _Made:
    known = set(edition.found_in)
    documents, asked = [], {}
    for path in paths:
        documents.append(_document(edition, path))
        recipe = edition.recipe(path)
        if recipe is not None and isinstance(recipe.subject, Article):
            published = edition.published(recipe.subject)
            asked[recipe.subject.path] = asked_of(published)
    found = {path: told for path, told in edition.found_in.items() if path not in known}
    return _Made(tuple(documents), asked, found)


def _document(edition: Edition, path: str) -> Document | None:
    try:
        return edition.document(path)
    except Exception:  # who wants it will hear of it
        return None
