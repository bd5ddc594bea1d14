"""Rules for Netlify and Cloudflare Pages: the lists `_headers` and `_redirects`."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from feeds.edition import Edition
from feeds.export.hosts.kinds import DOCUMENTS, PAGES, media
from feeds.export.hosts.turns import Turn, root_of, turns
from feeds.policies import GUARDS, SHARED
from feeds.recipes import NOT_FOUND

HEADERS = "_headers"
REDIRECTS = "_redirects"
# Cloudflare Pages takes 2,000 redirects without wildcards, of 1,000 characters each.
# It takes 100 rules for headers too, of which there are never half as many.
_MOST = 2_000
_LONGEST = 1_000
# What browsers send as it is in a path, and what older links have encoded.
_AS_IT_IS = "/!$&'()+,;=@~"

Headers = Iterable[tuple[str, str]]


def netlify(edition: Edition) -> dict[str, bytes]:
    """The lists for Netlify; they belong at the root of what is published there.

    That is above the site, where `base_url` has a path. A slash at the end of an
    address is nothing to Netlify.
    """
    missing = quote(root_of(edition) + NOT_FOUND)
    lines = []
    for turn in turns(edition):
        status = ("301!" if turn.covers else "301") if turn.target else "410"
        for path in _addresses(turn, edition, ("", ".html")):
            lines.append(f"{path} {turn.target or missing} {status}")
    return {HEADERS: _headers(edition), REDIRECTS: _text(lines)}


def cloudflare(edition: Edition) -> dict[str, bytes]:
    """The lists for Cloudflare Pages, at the root of what is published there.

    It cannot say 410, only 404. Where there are more redirects than it takes, those to
    the newest articles are in.
    """
    lines = (line for line, _ in _redirects(edition))
    return {HEADERS: _headers(edition), REDIRECTS: _text(lines)}


def left_out(edition: Edition) -> int:
    """How many former addresses Cloudflare Pages is not told, in no spelling."""
    told = {turn for _, turn in _redirects(edition)}
    return sum(1 for turn in turns(edition) if turn.target and turn not in told)


def _redirects(edition: Edition) -> list[tuple[str, Turn]]:
    """As many lines as are taken, the most usual spellings of all addresses first."""
    lines = (
        (f"{path} {turn.target} 301", turn)
        for endings in (("/", ""), (".html",))
        for turn in turns(edition)
        if turn.target
        for path in _addresses(turn, edition, endings)
    )
    return list(islice((each for each in lines if _is_taken(each[0])), _MOST))


def _is_taken(line: str) -> bool:
    """Whether a line is short enough, and leads to no other site without HTTPS."""
    return len(line) <= _LONGEST and " http:" not in line


def _addresses(turn: Turn, edition: Edition, endings: Iterable[str]) -> Iterator[str]:
    """The turn's addresses with those of its endings that are wanted.

    Nothing that has a meaning in a list is left in them: no space, colon or asterisk.
    """
    for ending in endings:
        if ending in turn.endings:
            path = root_of(edition) + turn.path + ending
            yield from dict.fromkeys((quote(path), quote(path, safe=_AS_IT_IS)))


def _headers(edition: Edition) -> bytes:
    """What is sent with all, with pages, and with each other kind of file.

    Of rules that fit one path, Cloudflare joins what they say, and Netlify takes the
    last. To Netlify the rule of pages, `/*/`, fits all: so it comes early.
    """
    root = quote(root_of(edition))
    rules = [_rule(f"{root}*", (*SHARED, *GUARDS))]
    rules += [_rule(path, PAGES.headers) for path in (root, f"{root}*/")]
    for kind in (*DOCUMENTS, *media(edition)):
        # Cloudflare allows one asterisk in a path.
        name = kind.name.lstrip("*")
        path = root + name if kind.name.startswith("sitemap") else f"{root}*{name}"
        rules.append(_rule(path, (("Content-Type", kind.media_type), *kind.headers)))
    return _text(rules)


def _rule(path: str, headers: Headers) -> str:
    return "\n".join((path, *(f"  {name}: {value}" for name, value in headers)))


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
