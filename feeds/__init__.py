"""A folder of articles goes in; RSS, Atom and a site come out.

The map of the house, from the ground up; imports run downward only:

    errors dates languages cores    the ground: what every room speaks
    client                          what asks other machines
    markup feed notation slugs freed reading visits
    licenses categories tables
    policies                        what goes with every answer, at every door
    podcasts wanted settings        what a site says of itself, and where it says it
    toolconfig config
    articles/  documents/           the way in, the way out
    addresses files themes          where pages and media lie; a site's own templates
    offers archives                 which feeds there are, and what of each is past
    shelves selection               where each lies, of what; an article as an entry
    entries rendered                what was made of both, while there is room
    composition navigation          entries as a feed; what leads to what
    translations neighbours
    views                           what each page shows
    recipes signposts publication   what makes each document; where other paths lead
    edition                         a snapshot of all of them
    statistics/                     how often articles are visited and feeds followed
    site                            a folder that changes
    check  listing  watch           its problems; its articles; looking at it again
    doctor/                         whether all is right with a site and around it
    web/  export                    the doors
    cli/                            the command line
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.site import Site
    from feeds.web import create_app

__all__ = ["Site", "create_app"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported when asked for: `feeds --help` needs neither Flask nor the parsers.
    if name == "create_app":
        from feeds.web import create_app

        return create_app
    if name == "Site":
        from feeds.site import Site

        return Site
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
