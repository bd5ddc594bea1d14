"""Rules for Apache: an `.htaccess` in the folder of the site."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from feeds.addresses import PAGE
from feeds.edition import Edition
from feeds.export.contents import SUFFIXES
from feeds.export.files import OWN
from feeds.export.hosts.kinds import DOCUMENTS, PAGES, Kind, media
from feeds.export.hosts.patterns import named, of_bytes, one_of
from feeds.export.hosts.turns import Turn, root_of, turns
from feeds.policies import GUARDS, SHARED, cache_control
from feeds.recipes import NOT_FOUND

HTACCESS = ".htaccess"
_CODINGS = ("br", "gzip")  # the first is the better one
# A coding that is named, and not with the weight that means never.
_ACCEPTED = r'"(?:^|[\s,]){}\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))"'
_WHEN_MOVED = '"expr=%{REQUEST_STATUS} == 301"'


def apache(edition: Edition) -> dict[str, bytes]:
    """A file for Apache 2.4, in a folder with `AllowOverride FileInfo` or `All`.

    Addresses in it are below that folder; targets are from the host's root. Without
    mod_headers or mod_rewrite, what needs them is left. Apache reads such a file at
    each request: of thousands of redirects, it had better be included in the
    `<Directory>` of that folder, which is read once.
    """
    missing = quote(root_of(edition) + NOT_FOUND)
    kinds = (PAGES, *DOCUMENTS, *media(edition))
    lines = (
        *(f"ErrorDocument {status} {missing}" for status in (404, 410)),
        *(line for kind in kinds for line in _files(kind, [_type(kind)])),
        *(line for coding in _CODINGS for line in _coding(coding)),
        "<IfModule mod_headers.c>",
        *(_header(*each) for each in (*SHARED, *GUARDS)),
        "Header merge Vary Accept-Encoding",
        *(line for kind in kinds for line in _files(kind, _headers(kind))),
        # Whatever the name is that leads elsewhere; sections for files count last.
        '<Files "*">',
        f"    {_header('Cache-Control', cache_control())} {_WHEN_MOVED}",
        "</Files>",
        "</IfModule>",
        "<IfModule mod_rewrite.c>",
        "RewriteEngine On",
        *map(_turn, turns(edition)),
        f'RewriteRule "^{one_of(sorted(OWN))}$" - [R=404,L]',
        *_missing(NOT_FOUND),
        *(line for coding in _CODINGS for line in _compressed(coding)),
        "</IfModule>",
    )
    return {HTACCESS: "".join(f"{line}\n" for line in lines).encode()}


def _coding(coding: str) -> Iterator[str]:
    """Files that end in a coding's name; elsewhere that is a type or a language."""
    suffix = SUFFIXES[coding]
    yield rf'<FilesMatch "\{suffix}$">'
    yield f"    RemoveLanguage {suffix}"
    yield f"    RemoveType {suffix}"
    yield f"    AddEncoding {coding} {suffix}"
    yield "</FilesMatch>"


def _type(kind: Kind) -> str:
    return f'ForceType "{kind.media_type}"'


def _headers(kind: Kind) -> list[str]:
    return [_header(name, value) for name, value in kind.headers]


def _header(name: str, value: str) -> str:
    # Of the two tables of headers, the one that errors and redirects have too.
    return f'Header always set {name} "{value}"'


def _files(kind: Kind, rules: Iterable[str]) -> Iterator[str]:
    yield rf'<FilesMatch "^{named(kind)}(?:\.br|\.gz)?$">'
    yield from (f"    {rule}" for rule in rules)
    yield "</FilesMatch>"


def _turn(turn: Turn) -> str:
    pattern = f'"^{of_bytes(turn.path)}{one_of(turn.endings)}$"'
    if not turn.target:
        return f"RewriteRule {pattern} - [G,L]"
    # A percent sign and a digit would be what a condition found.
    target = turn.target.replace("%", "\\%")
    return f'RewriteRule {pattern} "{target}" [R=301,NE,L]'


def _missing(name: str) -> Iterator[str]:
    """Nothing lies at the address of the page for errors; it is only shown."""
    yield 'RewriteCond %{ENV:REDIRECT_STATUS} "^$"'
    yield f'RewriteRule "^{of_bytes(name)}$" - [R=404,L]'


def _compressed(coding: str) -> Iterator[str]:
    """A file, or the page of a folder, as it lies compressed beside itself."""
    suffix = SUFFIXES[coding]
    # What is found goes on as an address, in which these two mean something.
    flags = "L,B=#%,E=no-gzip:1,E=no-brotli:1"
    for pattern, page in (('"^(.*[^/])$"', ""), ('"^((?:.*/)?)$"', PAGE)):
        yield f"RewriteCond %{{HTTP:Accept-Encoding}} {_ACCEPTED.format(coding)} [NC]"
        yield f"RewriteCond %{{REQUEST_FILENAME}}{page}{suffix} -f"
        yield f'RewriteRule {pattern} "$1{page}{suffix}" [{flags}]'
