"""A header written out, in each notation that headers are read in."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

Told = str | bool | datetime | tuple[str, ...]
Facts = Mapping[str, Told]


def _yaml(facts: Facts) -> str:
    lines = (f"{name}: {_quoted(value)}\n" for name, value in facts.items())
    return f"---\n{''.join(lines)}---\n\n"


def _toml(facts: Facts) -> str:
    lines = (f"{name} = {_quoted(value)}\n" for name, value in facts.items())
    return f"+++\n{''.join(lines)}+++\n\n"


def _zola(facts: Facts) -> str:
    """TOML with its tags in a table, where alone Zola takes them."""
    rest = {name: value for name, value in facts.items() if name != "tags"}
    tags = facts.get("tags")
    table = f"\n[taxonomies]\ntags = {_quoted(tags)}\n" if tags else ""
    return _toml(rest).replace("\n+++\n", f"\n{table}+++\n")


def _json(facts: Facts) -> str:
    told = {
        k: v.isoformat() if isinstance(v, datetime) else v for k, v in facts.items()
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n\n"


def _comments(facts: Facts) -> str:
    return "".join(f".. {name}: {value}\n" for name, value in _bare(facts)) + "\n"


def _marked(facts: Facts) -> str:
    return f"<!--\n{_comments(facts)[:-1]}-->\n\n"


def _lines(facts: Facts) -> str:
    told = (f"{name.capitalize()}: {value}\n" for name, value in _bare(facts))
    return "".join(told) + "\n"


def _fields(facts: Facts) -> str:
    """The title as reST writes one, and the rest below it."""
    (_, title), *rest = _bare(facts)
    # Letters of East Asia are twice as wide, and the rule must not be shorter.
    rule = "#" * max(4, 2 * len(title))
    return f"{title}\n{rule}\n\n" + "".join(f":{n}: {v}\n" for n, v in rest) + "\n"


#: What writes a header, by its notation; the first of the facts is the title.
WRITERS: dict[str, Callable[[Facts], str]] = {
    "YAML": _yaml,
    "TOML": _toml,
    "Zola": _zola,
    "JSON": _json,
    "Nikola": _comments,
    "Nikola in HTML": _marked,
    "lines": _lines,
    "fields": _fields,
}


def _quoted(value: Told) -> str:
    """A value as YAML and TOML both have it."""
    if isinstance(value, datetime):
        return value.isoformat()
    # A mark of the order of bytes may not stand inside a text of either.
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def _bare(facts: Facts) -> Iterator[tuple[str, str]]:
    """Values where nothing is quoted, and a draft is a status."""
    for name, value in facts.items():
        if isinstance(value, bool):
            yield "status", "draft" if value else "published"
        elif isinstance(value, datetime):
            yield name, value.isoformat()
        else:
            yield name, value if isinstance(value, str) else ", ".join(value)
