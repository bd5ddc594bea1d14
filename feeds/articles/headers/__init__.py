"""The header of a file apart from its body, in each notation that tools use."""

from collections.abc import Callable
from dataclasses import dataclass

from feeds.articles.headers import comments, fenced, lines
from feeds.notation import Told


@dataclass(frozen=True, slots=True)
class Header:
    """What a header tells, the body that follows, and the notation it is in."""

    told: Told
    body: str
    notation: str = ""


Split = Callable[[str], tuple[Told, str] | None]

# In the order in which they are tried. A notation is a function that gets the text of
# a file and returns what its header tells and the body, or None if there is none.
NOTATIONS: dict[str, Split] = {
    "YAML": fenced.split_yaml,
    "TOML": fenced.split_toml,
    "JSON": fenced.split_json,
    "Nikola": comments.split,
    "lines": lines.split,
}


def split(text: str) -> Header:
    """Take a file's header off; ArticleError for one that cannot be read."""
    for notation, take in NOTATIONS.items():
        if (found := take(text)) is not None:
            return Header(*found, notation)
    return Header(Told({}, []), text)
