"""Files for GitHub Pages, which knows no rules: pages that lead on, two switches."""

from html import escape
from string import Template
from urllib.parse import urljoin, urlsplit

from feeds.addresses import PAGE
from feeds.edition import Edition
from feeds.export.hosts.turns import Turn, turns

NO_JEKYLL = ".nojekyll"
CNAME = "CNAME"
_PAGE = Template("""\
<!doctype html>
<meta charset="utf-8">
<title>$address</title>
<link rel="canonical" href="$address">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=$address">
<p><a href="$address">$address</a></p>
""")


def github(edition: Edition) -> dict[str, bytes]:
    """Files to publish with the site, at the root of its repository's pages.

    Without the first, GitHub would leave out names that start with an underscore. The
    domain is told where `base_url` is a whole host that is not GitHub's: a path in it
    is that of a repository. Readers follow no pages, so feeds that moved and guesses
    at feeds have none; what is gone is only not found.
    """
    found = {NO_JEKYLL: b""}
    home = urlsplit(edition.config.home)
    host = home.hostname or ""
    if edition.config.base_url and home.path == "/" and not _is_githubs(host):
        found[CNAME] = f"{host}\n".encode()
    for turn in turns(edition):
        page = f"{turn.path}/{PAGE}"
        if f"/{PAGE}" in turn.endings and turn.target and _is_free(turn, edition):
            address = escape(urljoin(edition.config.home, turn.target))
            found[page] = _PAGE.substitute(address=address).encode()
    return found


def _is_githubs(host: str) -> bool:
    return f".{host}".endswith(".github.io")


def _is_free(turn: Turn, edition: Edition) -> bool:
    """Whether a page can lie at an address: in no hidden folder, and below no file."""
    parts = turn.path.split("/")
    if not all(map(_is_a_name, parts)):
        return False
    ways = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return not any(
        way == CNAME or way in edition.media or edition.has(way) for way in ways
    )


def _is_a_name(part: str) -> bool:
    is_hidden = part.startswith(".")  # such as .git, and what leads out of the site
    return part.isprintable() and 0 < len(part.encode()) < 255 and not is_hidden
