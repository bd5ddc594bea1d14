"""Addresses without a file: what has moved and what is gone, for other hosts to say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from feeds.addresses import PAGE
from feeds.documents.formats import FORMATS
from feeds.edition import Edition

#: How a page's address is asked for: as it was linked to, and as people write it.
_SPELLINGS = ("/", "", ".html", f"/{PAGE}")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is answered at `path`, with each of `endings` behind it.

    `path` is below the site's root, as text; `target` is a percent-encoded address,
    from the host's root where it is of this site, and "" for what is gone. `covers`
    says that a file lies there all the same.
    """

    path: str
    endings: tuple[str, ...]
    target: str = ""
    covers: bool = False


def root_of(edition: Edition) -> str:
    """The path in `base_url` as text, with a slash at both ends: `/`, `/blog/`.

    Hosts count paths from their own root, so this goes before all in their rules.
    """
    return unquote(urlsplit(edition.config.home).path)


def turns(edition: Edition) -> tuple[Turn, ...]:
    """Feeds that moved, guesses at feeds, former addresses, newest first; what is gone.

    Each address is there once, and none at which a file would be found.
    """
    found = (*_feeds(edition), *_guesses(edition), *_former(edition), *_gone(edition))
    return tuple(_free(found, edition))


def _feeds(edition: Edition) -> Iterator[Turn]:
    for path, address in edition.signposts.moved.items():
        # What is no part of an address is not to be a part of a rule either.
        target = quote(address, safe="/:?#&=%+,;@!~'()*[]")
        yield Turn(path, ("",), target, covers=True)


def _guesses(edition: Edition) -> Iterator[Turn]:
    root = quote(root_of(edition))
    for form in FORMATS.values():
        if edition.has(form.filename):
            for guess in form.guesses.split():
                yield Turn(guess, ("", "/"), root + form.filename)


def _former(edition: Edition) -> Iterator[Turn]:
    root, pages = quote(root_of(edition)), edition.addresses.pages
    ages = {pages[article.path]: age for age, article in enumerate(edition.articles)}
    former = edition.signposts.former
    for path in sorted(former, key=lambda path: (ages[former[path]], path)):
        yield Turn(path, _SPELLINGS, root + quote(former[path]))


def _gone(edition: Edition) -> Iterator[Turn]:
    gone = edition.signposts.gone
    for path in sorted(gone):
        if f"{path}/{PAGE}" in gone:
            yield Turn(path, ("/", "", f"/{PAGE}"))
        elif not path.endswith(f"/{PAGE}"):
            yield Turn(path, ("",))


def _free(found: Iterable[Turn], edition: Edition) -> Iterator[Turn]:
    taken: set[str] = set()
    for turn in found:
        endings = tuple(
            ending
            for ending in turn.endings
            if turn.path + ending not in taken
            and (turn.covers or not _lies(turn.path + ending, edition))
        )
        taken.update(turn.path + ending for ending in endings)
        if endings:
            yield replace(turn, endings=endings)


def _lies(path: str, edition: Edition) -> bool:
    """Whether a host finds a file at a path, or a page in the folder of that name."""
    page = f"{path.rstrip('/')}/{PAGE}".lstrip("/")
    return path in edition.media or edition.has(path) or edition.has(page)
