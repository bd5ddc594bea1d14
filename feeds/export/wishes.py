"""How an export is to be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feeds.edition import Edition
from feeds.export.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to export: `force` into a folder that has files of others, or no articles.

    `compress`: each document also as .gz and .br. `dry_run`: write and remove nothing.
    `only`: the paths of documents to write, and nothing else; () for all that there is.
    `more`: what else to write of an edition, path -> bytes. `stamp`: what it is all
    made of, if that is known.
    """

    force: bool = False
    compress: bool = False
    dry_run: bool = False
    only: tuple[str, ...] = ()
    more: Callable[[Edition], Mapping[str, bytes]] = lambda edition: {}
    stamp: Stamp | None = None
