"""The templates that the pages are made with: ours, and a site's own in their place."""

import hashlib
from collections.abc import Mapping
from functools import cache

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)

from feeds import dates, languages
from feeds.documents.sandbox import Sandbox
from feeds.errors import Problem

#: Where a site keeps its own templates.
FOLDER = "templates/"
#: What a site's stylesheet begins with where it adds to ours.
OURS_FIRST = '@import "default/feeds.css";'
_LARGEST = 5_000_000


class Theme:
    """Our templates, and `own` in place of those of their names, by name.

    Of one that is broken there is a problem, and ours is used in its place. `name` is
    another for other templates.
    """

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = dict(own or {})
        self.problems: dict[str, Problem] = {}
        told = "".join(f"{name}\0{text}\0" for name, text in sorted(self._own.items()))
        self.name = hashlib.sha256(told.encode()).hexdigest()[:24]
        self._environment = self._made() if self._own else _ours()

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """A template filled in; by ours alone, where one of the site's cannot be."""
        if self._environment is not _ours():
            try:
                return self._filled(name, values)
            except Exception as error:
                self._note(error)
        return _ours().get_template(name).render(values)

    def drop_broken(self) -> None:
        """Use ours in place of each that was found to be broken."""
        broken = {name for name in self._own if FOLDER + name in self.problems}
        self._own = {n: text for n, text in self._own.items() if n not in broken}
        self._environment = self._made() if self._own else _ours()

    def source(self, name: str) -> str:
        """A stylesheet as it is."""
        ours = _source(name)
        return self._own.get(name, ours).replace(OURS_FIRST, ours, 1)

    def _made(self) -> Environment:
        own = FunctionLoader(self._load)
        loader = ChoiceLoader([own, _package(), PrefixLoader({"default": _package()})])
        return _settled(Sandbox, loader)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        text = self._own.get(name)
        return None if text is None else (text, FOLDER + name, None)

    def _filled(self, name: str, values: Mapping[str, object]) -> str:
        parts, size = [], 0
        for part in self._environment.get_template(name).generate(values):
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise ValueError(f"a page of more than {_LARGEST:,} characters")
        return "".join(parts)

    def _note(self, error: Exception) -> None:
        path, line = _place_of(error)
        reason = "it leads to itself" if isinstance(error, RecursionError) else error
        found = f"cannot be filled in: {reason!s:.200}"
        fix = "mend it; the page is made with ours meanwhile"
        path = path or FOLDER + min(self._own)
        problem = Problem(path, line, found, fix, "warning", code="template")
        self.problems.setdefault(path, problem)


def _place_of(error: Exception) -> tuple[str, int]:
    """The template of the site in which something went wrong, and the line."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    place, trace = ("", 1), error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(FOLDER):
            place = name, trace.tb_lineno
        trace = trace.tb_next
    return place


@cache
def _package() -> PackageLoader:
    return PackageLoader("feeds.documents")


@cache
def _ours() -> Environment:
    return _settled(Environment, _package())


def _source(name: str) -> str:
    return _package().get_source(_ours(), name)[0]


def _settled(kind: type[Environment], loader: BaseLoader) -> Environment:
    environment = kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # it would look at the templates' files for each page
    )
    environment.filters["rfc3339"] = dates.rfc3339
    environment.filters["direction"] = languages.direction
    return environment


OURS = Theme()
