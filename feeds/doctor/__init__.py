"""Whether all is right with a site, and with the machine that it is served from."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from feeds.doctor import articles, installed, online, places, settings
from feeds.doctor.finding import Finding
from feeds.errors import ConfigError, Problem
from feeds.site import Site

__all__ = ["Finding", "examine"]

# What is looked at, in the order in which it is told. A new one is a function and its
# word here: of the site, or of its folder, which can be looked at without a site too.
OF_SITES: tuple[Callable[[Site], Iterable[Finding]], ...] = (
    settings.base_url,
    settings.site_id,
    settings.hosts,
    settings.time_zone,
    articles.problems,
    articles.clock,
    installed.extras,
)
ONLINE: tuple[Callable[[Site], Iterable[Finding]], ...] = (online.proxies,)
OF_FOLDERS: tuple[Callable[[Path], Iterable[Finding]], ...] = (
    settings.environment,
    places.folder,
    places.ledger,
    places.history,
    places.cache,
    places.space,
    installed.versions,
)


def examine(
    folder: Path, flags: Mapping[str, object] | None = None, asks: bool = False
) -> tuple[Finding, ...]:
    """All that can be found; nothing is written.

    Another machine is asked only if it `asks`: the one at base_url. ConfigError where
    there is no such folder.
    """
    found: list[Finding] = []
    try:
        site = Site(folder, flags=flags, reads=True)
    except ConfigError as error:
        if not folder.is_dir():
            raise
        found += map(_of_settings, error.problems)
    else:
        looks = (*OF_SITES, *(ONLINE if asks else ()))
        found += [each for look in looks for each in look(site)]
    place = Path(os.path.realpath(folder))
    return (*found, *(each for look in OF_FOLDERS for each in look(place)))


def _of_settings(problem: Problem) -> Finding:
    about = f"{problem.path}:{problem.line}"
    return Finding("wrong", about, problem.found, problem.fix)
