"""Rules for the hosts of exported files, so that they answer as `feeds serve` does."""

from collections.abc import Callable, Mapping

from feeds.config import NAME
from feeds.edition import Edition
from feeds.errors import Problem
from feeds.export.hosts.apache import apache
from feeds.export.hosts.caddy import caddy
from feeds.export.hosts.github import github
from feeds.export.hosts.lists import cloudflare, left_out, netlify
from feeds.export.hosts.nginx import nginx

_RULES: dict[str, Callable[[Edition], dict[str, bytes]]] = {
    "netlify": netlify,
    "cloudflare": cloudflare,
    "github": github,
    "apache": apache,
    "nginx": nginx,
    "caddy": caddy,
    # S3 and its like have no rules: what is sent with an object is kept with it.
    "s3": lambda edition: {},
}
#: The hosts whose rules are known, by the names that people call them.
HOSTS = tuple(_RULES)


def rules(edition: Edition, host: str) -> Mapping[str, bytes]:
    """The files to put among those exported, by their paths; `host` is one of HOSTS.

    With them it sends media types, caching, policies, redirects and what is gone as
    `feeds serve` does, as near as it can. It must answer at `base_url`: paths in rules
    are from its root.
    """
    return _RULES[host](edition)


def problems(edition: Edition, host: str) -> tuple[Problem, ...]:
    """What the rules for a host cannot say of this site."""
    if host == "cloudflare" and (count := left_out(edition)):
        found = (
            f"Cloudflare Pages cannot redirect {count} of the oldest former addresses"
        )
        fix = "take aliases out, or choose another host"
        return (Problem(NAME, 1, found, fix, "warning", code="host"),)
    return ()
