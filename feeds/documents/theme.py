"""The templates that the pages are made with."""

from collections.abc import Mapping
from functools import cached_property

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds import dates, languages

_SETTINGS = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,  # it would look at the templates' files for each page
}


class Theme:
    """Our templates."""

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """A template filled in."""
        return self._ours.get_template(name).render(values)

    def source(self, name: str) -> str:
        """A stylesheet as it is."""
        assert self._ours.loader is not None
        return self._ours.loader.get_source(self._ours, name)[0]

    @cached_property
    def _ours(self) -> Environment:
        environment = Environment(loader=PackageLoader("feeds.documents"), **_SETTINGS)  # type: ignore[arg-type]
        environment.filters["rfc3339"] = dates.rfc3339
        environment.filters["direction"] = languages.direction
        return environment


OURS = Theme()
