"""A site whose articles moved and are gone, with names that hurt, for its hosts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feeds.site import Site
from tests.conftest import NOW, write

#: Where an article was, by its own account: what servers take for more than text.
FORMER = (
    "2019/plain",
    "a space",
    'a "quote"',
    "it's",
    "a$1",
    "$uri",
    "50%",
    "a%20b",
    "a%2",
    "star*",
    "(x|y)+.^",
    "é/ü ł",
    "日本",
    "semi;colon",
    "a&b",
    "<b>",
    "`tick`",
    "@at~",
    "old.php",
    "!not",
    "-dash",
    "a,b",
    "<%",
)
#: What a ledger may say that was written by hand.
_EDITED = (
    "back\\slash",
    "ends\\",
    '\\"',
    "new\nline",
    "a\ttab",
    "{$HOME}",
    "{path}",
    "[x",
    "{2}",
    "#hash",
    "what?",
    ":colon",
    "a:b",
    "%0a",
    "${HOME}",
    "%{HTTP_HOST}",
    "x # y",
    "x;}",
)
_TOML = """\
title = "Ann"
base_url = "https://ann.example/bl%C3%B6g/"
[feeds.pod]
moved = "https://pod.example/a%20b/rss?a=1&b=$2;c='d'"
[feeds.dead]
gone = true
"""
_LONG = "Long text. " * 200
_OTHERS = {
    "a.md": "---\ndate: 2026-01-01\ntags: [c#, 'a&b$']\n---\n" + _LONG,
    "2024/p i'c$é.PNG": b"\x89PNG",
    "2024/draw.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "moves.md": '---\ndate: 2026-01-02\npermalink: "/was $here \'(1)/"\n---\nb',
    "percent.md": "---\ndate: 2026-01-01\npermalink: '/50% %23 é/'\n---\n" + _LONG,
    "goes.md": '---\ndate: 2026-01-03\npermalink: "/gone %20 it\' $1/"\n---\nb',
}


def hosted(folder: Path) -> Site:
    """The site, in `folder`, a day after one article moved and another went."""
    now = NOW
    aliases = "".join(f"- {_in_yaml(path)}\n" for path in FORMER)
    files = {
        "feeds.toml": _TOML,
        **_OTHERS,
        "aliased.md": f"---\ndate: 2026-01-04\naliases:\n{aliases}---\nc",
    }
    site = Site(write(folder, files), clock=lambda: now)
    moved = files["moves.md"].replace("was", "is")
    write(folder, {"moves.md": moved})
    (folder / "goes.md").unlink()
    site.refresh()
    now += timedelta(days=1)
    site.refresh()
    signposts = site.edition.signposts
    former = {**signposts.former, **dict.fromkeys(_EDITED, "aliased/")}
    vars(site.edition)["signposts"] = replace(signposts, former=former)
    return site


def _in_yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
