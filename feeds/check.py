"""Every problem of a site, in one list."""

from feeds.errors import NotFound, Problem
from feeds.site import Site


def check(site: Site) -> tuple[Problem, ...]:
    """Render everything once and return all that is wrong, by path and line."""
    for path in site.edition.paths:
        try:
            site.document(path)
        except NotFound:  # what kept it from being rendered is among the problems
            continue
    return site.problems
