"""Rules for Caddy: a file to import in the block of the site."""

from collections.abc import Iterable, Iterator

from feeds.edition import Edition
from feeds.export.files import OWN
from feeds.export.hosts.kinds import DOCUMENTS, PAGES, Kind, media
from feeds.export.hosts.patterns import named, of_letters, one_of
from feeds.export.hosts.turns import root_of, turns
from feeds.policies import GUARDS, SHARED, cache_control
from feeds.recipes import NOT_FOUND

CADDYFILE = "feeds.caddy"
# In the table of turns, beside addresses; none of those is without a slash.
_GONE = "gone"
_HIDDEN = "hidden"


def caddy(edition: Edition) -> dict[str, bytes]:
    """A file for `import` in a site's block, beside `root`; the file server is in it.

    `root` is the folder that is at `/`: where `base_url` has a path, the site lies in
    a folder of that path below it.
    """
    root = root_of(edition)
    lines = (
        *_table("feeds_type feeds_cache feeds_policy", _kinds(edition), _sent(PAGES)),
        *_table("feeds_turn", _turns(edition), [""]),
        "header {",
        *(f"    {name} {_quoted(value)}" for name, value in (*SHARED, *GUARDS)),
        "    Vary Accept-Encoding",
        "    Content-Type {feeds_type}",
        "    Cache-Control {feeds_cache}",
        "    Content-Security-Policy {feeds_policy}",
        "}",
        "@feeds_moved vars_regexp {feeds_turn} /",
        "header @feeds_moved {",
        f"    Cache-Control {_quoted(cache_control())}",
        "    defer",
        "}",
        "redir @feeds_moved {feeds_turn} 301",
        f"@feeds_gone vars {{feeds_turn}} {_GONE}",
        "error @feeds_gone 410",
        f"@feeds_hidden vars {{feeds_turn}} {_HIDDEN}",
        "error @feeds_hidden 404",
        *_FILES,
        *_missing(root + NOT_FOUND),
    )
    return {CADDYFILE: "".join(f"{line}\n" for line in lines).encode()}


_FILES = ("file_server {", "    precompressed br gzip", "}")


def _missing(page: str) -> Iterator[str]:
    yield "handle_errors {"
    yield "    @feeds_missing expression {err.status_code} in [404, 410]"
    # Unlike a browser, Caddy 2.6 looks for files by percent signs if given them.
    yield f"    rewrite @feeds_missing {_quoted(page)}"
    yield "    header @feeds_missing {"
    for name, value in (("Content-Type", PAGES.media_type), *PAGES.headers):
        yield f"        {name} {_quoted(value)}"
    yield "    }"
    yield "    file_server @feeds_missing"
    yield "}"


def _table(
    names: str, rows: Iterable[tuple[str, Iterable[str]]], rest: Iterable[str]
) -> Iterator[str]:
    """What each path is to be sent with: the first pattern that fits it counts."""
    yield f"map {{path}} {' '.join(f'{{{name}}}' for name in names.split())} {{"
    for pattern, values in rows:
        yield f"    {_quoted(f'~{pattern}')} {' '.join(map(_quoted, values))}"
    yield f"    default {' '.join(map(_quoted, rest))}"
    yield "}"


def _kinds(edition: Edition) -> Iterator[tuple[str, Iterable[str]]]:
    root = of_letters(root_of(edition))
    for kind in (*DOCUMENTS, *media(edition)):
        yield f"^{root}(?:.*/)?{named(kind)}$", _sent(kind)


def _sent(kind: Kind) -> tuple[str, str, str]:
    return kind.media_type, kind.cache, kind.policy


def _turns(edition: Edition) -> Iterator[tuple[str, Iterable[str]]]:
    root = of_letters(root_of(edition))
    for turn in turns(edition):
        path = of_letters(turn.path)
        yield f"^{root}{path}{one_of(turn.endings)}$", [turn.target or _GONE]
    hidden = one_of((NOT_FOUND, CADDYFILE, *sorted(OWN)))
    yield f"^{root}{hidden}$", [_HIDDEN]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
