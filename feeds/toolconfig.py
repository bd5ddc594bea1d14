"""What the configuration of another tool says of a site, where feeds.toml is silent."""

import re
from ast import literal_eval
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from feeds.errors import ArticleError
from feeds.notation import Fact, Facts, Told, Value, read_json, read_toml, read_yaml

_LARGEST = 256 * 1024
# Where tools keep it: the first that is there counts, and of two in one line the first
# before the second. Programs are read as text, for plain assignments, and never run.
_PLACES = (
    *("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"),
    *("config.toml", "config.yaml", "config.yml", "zola.toml"),
    *("config/_default/hugo.toml", "config/_default/config.toml"),
    *("publishconf.py pelicanconf.py", "conf.py"),
    *("_data/metadata.json", "src/_data/metadata.json"),
    *("_data/site.json", "src/_data/site.json"),
)
#: All files that are looked at, by their paths in the folder.
FILES = tuple(" ".join(_PLACES).split())
_PEOPLE = ("_data/authors.yml", "_data/authors.yaml", "data/authors.yaml")
# A key of feeds.toml under the names that tools have for it.
_NAMES = {
    "title": ("title", "sitename", "blog_title", "name"),
    "description": ("description", "sitesubtitle", "blog_description", "subtitle"),
    "base_url": ("url", "baseurl", "base_url", "siteurl", "site_url"),
    "author": ("author", "blog_author"),
    "language": (
        "language",
        "lang",
        "locale",
        "languagecode",
        "default_language",
        "default_lang",
    ),
    "timezone": ("timezone", "time_zone"),
    "permalink": ("permalink",),
}
_ASSIGNMENT = re.compile(
    r"^([A-Z][A-Z_]*+)[ \t]*+=[ \t]*+[uU]?"
    r"(\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')[ \t]*+(?:#.*+)?$",
    re.MULTILINE,
)
# Jekyll's names for its patterns (a date before the title, all of them).
_STYLES = {
    "date": "/:folders/:year/:month/:day/:title/",
    "pretty": "/:folders/:year/:month/:day/:title/",
    "none": "/:folders/:title/",
}
# Pelican's fields.
_FIELDS = {
    "{date:%Y}": ":year",
    "{date:%m}": ":month",
    "{date:%d}": ":day",
    "{slug}": ":slug",
    "{category}": ":section",
}
_WORDS = {":categories": ":folders", ":contentbasename": ":name", ":filename": ":name"}


def read(folder: Path) -> dict[str, object]:
    """The keys of feeds.toml that another tool's configuration in `folder` gives."""
    facts = _first(folder, _PLACES)
    told: dict[str, object] = {}
    for key, names in _NAMES.items():
        value = next((_text(facts, name) for name in names if _text(facts, name)), None)
        if value is not None:
            told[key] = value
    if "author" in facts and isinstance(author := facts["author"].value, dict):
        told["author"] = _author(author)
    # Jekyll parts its address into a host and a path.
    path = _text(facts, "baseurl") or ""
    if path.startswith("/") and (host := _text(facts, "url")):
        told["base_url"] = host.rstrip("/") + path
    if isinstance(locale := told.get("language"), str):  # such as pt_BR.UTF-8
        told["language"] = locale.partition(".")[0].replace("_", "-")
    told.pop("permalink", None)
    if pattern := _permalink(facts):
        told["permalink"] = pattern
    people = {
        key: _author(fact.value)
        for key, fact in _first(folder, _PEOPLE).items()
        if isinstance(fact.value, dict) and _author(fact.value).get("name")
    }
    return {**told, "authors": people} if people else told


def _first(folder: Path, places: Iterable[str]) -> Facts:
    for place in places:
        facts: dict[str, Fact] = {}
        for name in place.split():
            facts = {**_facts(folder, name), **facts}
        if facts:
            return facts
    return {}


def _facts(folder: Path, name: str) -> Facts:
    file = folder / name
    try:
        is_inside = file.resolve().is_relative_to(folder.resolve())
        if not (is_inside and file.is_file()) or file.stat().st_size > _LARGEST:
            return {}
        return _READERS[file.suffix](file.read_text("utf-8-sig")).facts
    except (OSError, UnicodeDecodeError, ArticleError):
        return {}


def _read_python(text: str) -> Told:
    """Assignments of plain text, and nothing that would have to be run."""
    facts = {}
    for found in _ASSIGNMENT.finditer(text):
        with suppress(ValueError, SyntaxError):
            facts[found[1].lower()] = Fact(str(literal_eval(found[2])), 1)
    return Told(facts, [])


_READERS: dict[str, Callable[[str], Told]] = {
    ".yml": read_yaml,
    ".yaml": read_yaml,
    ".toml": read_toml,
    ".json": lambda text: read_json(text)[0],
    ".py": _read_python,
}


def _text(facts: Facts, name: str) -> str | None:
    fact = facts.get(name)
    return fact.value if fact and isinstance(fact.value, str) else None


def _author(told: dict[str, Value]) -> dict[str, str]:
    names = {"name": "name", "email": "email", "uri": "uri", "url": "uri", "web": "uri"}
    return {
        names[key]: value
        for key, value in told.items()
        if key in names and isinstance(value, str)
    }


def _permalink(facts: Facts) -> str:
    """The pattern of a post's address, in our words; "" where there is none."""
    if pattern := _text(facts, "article_url"):  # Pelican: {date:%Y}/{slug}.html
        for theirs, ours in _FIELDS.items():
            pattern = pattern.replace(theirs, ours)
        return "" if "{" in pattern else _pattern(pattern)
    sections = facts.get("permalinks")  # Hugo has one for each section
    if sections is not None and isinstance(sections.value, dict):
        found = [v for v in sections.value.values() if isinstance(v, str)]
        return _pattern(found[0]) if len(set(found)) == 1 else ""
    return _pattern(_text(facts, "permalink") or "")


def _pattern(pattern: str) -> str:
    pattern = _STYLES.get(pattern, pattern)
    for theirs, ours in _WORDS.items():
        pattern = pattern.replace(theirs, ours)
    return re.sub(r"(:output_ext|\.html?)$", "/", pattern)
