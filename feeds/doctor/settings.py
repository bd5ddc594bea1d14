"""What feeds.toml and the environment say: addresses, ids, hosts, the time zone."""

import difflib
import ipaddress
import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from feeds.config import NAME
from feeds.doctor.finding import Finding
from feeds.settings import CHECKS, TABLES
from feeds.site import Site

_PREFIX = "FEEDS_"
# Those that are no key of feeds.toml: the folder, and what workers count in.
_OTHERS = ("folder", "metrics")
_READ = frozenset({*CHECKS, *_OTHERS} - TABLES)
_HERE = ("localhost", ".localhost", ".local", ".test", ".invalid")


def base_url(site: Site) -> Iterator[Finding]:
    """The address that everything in the feeds starts with."""
    about, url = "base_url", site.config.base_url
    parts = urlsplit(url)
    if not url:
        found = f"not set: every address starts with {site.config.home}"
        fix = f'write base_url = "https://…/" into {NAME} before others subscribe'
        yield Finding("wrong", about, found, fix)
    elif _is_here(parts.hostname or ""):
        fix = "write the address at which others find the site"
        yield Finding("wrong", about, f"{url} is no address for others", fix)
    elif parts.scheme != "https":
        fix = "write https:// once the server has a certificate"
        yield Finding("note", about, f"{url} is not encrypted", fix)
    else:
        yield Finding("ok", about, url)


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return not ipaddress.ip_address(host).is_global
    return f".{host}".endswith(_HERE)


def site_id(site: Site) -> Iterator[Finding]:
    """What every id starts with."""
    config = site.config
    if config.id:
        yield Finding("ok", "id", config.id)
        return
    found = "not set: ids change with base_url, and all articles are new to subscribers"
    fix = f'write id = "tag:example.org,2026:" into {NAME}, with your name and year'
    if config.base_url:
        fix = f'write id = "{config.base_url}" into {NAME}, which keeps those there are'
    yield Finding("note", "id", found, fix)


def hosts(site: Site) -> Iterator[Finding]:
    """By which names the site may be asked for."""
    named = site.config.hosts
    own = urlsplit(site.config.base_url).hostname or ""
    told = ", ".join(named)
    if named and own and own not in named:
        fix = f'add "{own}", or readers get 421'
        yield Finding("wrong", "hosts", f"{told}: base_url is at another", fix)
    elif named:
        yield Finding("ok", "hosts", told)
    else:
        yield Finding("ok", "hosts", "any: the site answers by whatever name")


def time_zone(site: Site) -> Iterator[Finding]:
    """Which dates are meant that name no zone."""
    zone = site.config.timezone
    here = site.clock().astimezone()
    if zone is UTC and here.utcoffset() != timedelta():
        found = f"dates that name none are in UTC, and this machine is at {here:%z}"
        fix = f'write timezone = "Europe/Berlin", or wherever you are, into {NAME}'
        yield Finding("note", "timezone", found, fix)
    else:
        yield Finding("ok", "timezone", str(zone))


def environment(folder: Path) -> Iterator[Finding]:
    """What FEEDS_* say, which goes before feeds.toml."""
    given = sorted(name for name in os.environ if name.startswith(_PREFIX))
    in_file = _keys(folder)
    for name in given:
        key = name.removeprefix(_PREFIX).lower()
        if key not in _READ:
            yield Finding("note", name, "nobody reads it", _instead(key))
        elif key in in_file:
            found = f"goes before {key} in {NAME}"
            yield Finding("note", name, found, "unset it, if that is not meant")
        else:
            yield Finding("ok", name, "counts")


def _instead(key: str) -> str:
    if key in TABLES:
        return f"write {key} into {NAME}"
    near = difflib.get_close_matches(key, _READ, 1)
    return f"did you mean {_PREFIX}{near[0].upper()}?" if near else "unset it"


def _keys(folder: Path) -> frozenset[str]:
    try:
        return frozenset(tomllib.loads((folder / NAME).read_text("utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return frozenset()
