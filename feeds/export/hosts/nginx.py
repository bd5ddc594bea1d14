"""Rules for nginx: a file to include in the server block of the site."""

from collections.abc import Iterable, Iterator

from feeds.edition import Edition
from feeds.export.files import OWN
from feeds.export.hosts.kinds import DOCUMENTS, PAGES, Kind, media
from feeds.export.hosts.patterns import named, of_bytes
from feeds.export.hosts.turns import Turn, root_of, turns
from feeds.policies import GUARDS, SHARED
from feeds.recipes import NOT_FOUND

CONF = "feeds.nginx.conf"
# What differs from kind to kind. A location that added headers itself would lose those
# that the server's owner adds, such as Strict-Transport-Security.
_VARIABLES = {
    "Cache-Control": "$feeds_cache",
    "Content-Security-Policy": "$feeds_policy",
}


def nginx(edition: Edition) -> dict[str, bytes]:
    """A file for `include` in a server block, beside `root`.

    `root` is the folder that is at `/`: where `base_url` has a path, the site lies in
    a folder of that path below it.
    """
    root = root_of(edition)
    lines = (
        "gzip_static on;",
        "gzip_vary on;",
        "# brotli_static on;  (where nginx has that module)",
        "absolute_redirect off;",
        # There is no way to write a dollar where nginx looks for variables.
        *([] if "$" in root else [f"error_page 404 410 {_quoted(root + NOT_FOUND)};"]),
        *_headers(),
        *(line for turn in turns(edition) for line in _turn(turn, root)),
        *(
            f"location = {_quoted(root + name)} {{ return 404; }}"
            for name in (CONF, *sorted(OWN))
        ),
        *_location(f"= {_quoted(root + NOT_FOUND)}", PAGES, ["internal;"]),
        *_locations((PAGES, *DOCUMENTS, *media(edition)), root),
    )
    return {CONF: "".join(f"{line}\n" for line in lines).encode()}


def _headers() -> Iterator[str]:
    """With all answers, redirects too; nginx leaves out a header that is empty."""
    redirect = Kind("", "", policy="")
    yield from _set(redirect)
    for name, value in (*SHARED, *GUARDS, *_VARIABLES.items()):
        yield f"add_header {name} {_quoted(value)} always;"


def _set(kind: Kind) -> list[str]:
    return [f"set {_VARIABLES[name]} {_quoted(value)};" for name, value in kind.headers]


def _turn(turn: Turn, root: str) -> Iterator[str]:
    answer = f"301 {_quoted(turn.target)}" if turn.target else "410"
    for ending in turn.endings:
        path = _quoted(root + turn.path + ending)
        yield f"location = {path} {{ return {answer}; }}"


def _locations(kinds: Iterable[Kind], root: str) -> Iterator[str]:
    for kind in kinds:
        pattern = f"^{of_bytes(root)}(?:.*/)?{named(kind)}$"
        yield from _location(f"~ {_quoted(pattern)}", kind)


def _location(where: str, kind: Kind, more: Iterable[str] = ()) -> Iterator[str]:
    yield f"location {where} {{"
    for line in (*more, "types { }", f"default_type {_quoted(kind.media_type)};"):
        yield f"    {line}"
    yield from (f"    {line}" for line in _set(kind))
    yield "}"


def _quoted(text: str) -> str:
    """Text as one word of nginx's; there is no dollar in what it would expand."""
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, written)
    return f'"{text}"'
