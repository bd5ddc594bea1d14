"""Everything that can go wrong, as one tree.

FeedsError
├─ ConfigError     feeds.toml cannot be used; nothing starts
├─ ExportError     the folder or bucket to export to cannot be used
├─ ServeError      the address to serve at cannot be used
├─ StatisticsError what was counted cannot be read
├─ RemoteError     another machine did not answer
├─ ArticleError    one file cannot be published; it becomes a Problem
├─ FeedSyntaxError some bytes are not the feed that they are said to be
└─ NotFound        no document lies at that path
   └─ Gone         one did, and will not again
"""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one file: an `error` keeps it out of the feeds.

    A `warning` is published all the same. `line` counts from 1; `code` is one that
    `feeds check --explain` explains.
    """

    path: str
    line: int
    found: str
    fix: str
    severity: Severity = "error"
    code: str = field(kw_only=True)

    def __str__(self) -> str:
        # A name may hold a newline or an escape sequence: no terminal gets those.
        path = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.path)
        return f"{path}:{self.line}: {self.found} ({self.fix})"


class FeedsError(Exception):
    """Anything that this program reports instead of a traceback."""


class ConfigError(FeedsError):
    """feeds.toml or its stand-ins cannot be used; holds every fault found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ExportError(FeedsError):
    """The folder or bucket to export to cannot be used."""


class ServeError(FeedsError):
    """The address to serve at cannot be used."""


class StatisticsError(FeedsError):
    """What was counted cannot be read."""


class RemoteError(FeedsError):
    """Another machine did not answer at `url`."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class ArticleError(FeedsError):
    """A file cannot become an article; whoever knows its path makes the Problem."""

    def __init__(self, found: str, fix: str, line: int = 1, code: str = "body") -> None:
        super().__init__(f"{line}: {found} ({fix})")
        self.code = code
        self.found = found
        self.fix = fix
        self.line = line

    def problem(self, path: str, severity: Severity = "error") -> Problem:
        """The same fault as a value that names its file."""
        return Problem(path, self.line, self.found, self.fix, severity, code=self.code)


class FeedSyntaxError(FeedsError):
    """Some bytes are not the feed that they are said to be."""

    def __init__(self, found: str, line: int = 1) -> None:
        super().__init__(f"{line}: {found}")
        self.found = found
        self.line = line


class NotFound(FeedsError):
    """No document lies at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no document at {path!r}")
        self.path = path


class Gone(NotFound):
    """A document lay at `path`, and will not again."""
