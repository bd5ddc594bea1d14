"""What a site's own templates may do: show what they are given, and no more."""

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST = 1_000
# With a number in the right place, each makes text without end.
_ENDLESS = ("center", "format", "indent")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which nothing is changed, and little made of nothing."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in _ENDLESS:
            del self.filters[name]
        del self.globals["lipsum"]
        self.globals["range"] = _range

    def call_binop(
        self, context: Context, operator: str, left: object, right: object
    ) -> Any:
        """Of the operators that can make much of little, only sums with numbers."""
        are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not are_numbers:
            raise SecurityError(f"{operator!r} is for numbers, and '**' for none")
        return super().call_binop(context, operator, left, right)


def _range(*numbers: int) -> range:
    found = range(*numbers)
    if len(found) > _MOST:
        raise SecurityError(f"a range of more than {_MOST:,}")
    return found
