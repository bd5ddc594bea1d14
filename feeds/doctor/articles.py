"""The articles: how much is wrong with them, and whether their times can be true."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from feeds import dates
from feeds.check import check_files
from feeds.doctor.finding import Finding, Level
from feeds.site import Site

# Clocks of file servers differ by as much.
_SLACK = timedelta(minutes=1)


def problems(site: Site) -> Iterator[Finding]:
    """The problems of `feeds check`, counted, but those of finished feeds."""
    count = Counter(problem.severity for problem in check_files(site))
    told = f"{len(site.edition.articles)} published"
    if not count:
        yield Finding("ok", "articles", f"{told}, no problems")
        return
    level: Level = "wrong" if count["error"] else "note"
    told += f", {count['error']} errors, {count['warning']} warnings"
    fix = "feeds check lists them, and looks at finished feeds too"
    yield Finding(level, "articles", told, fix)


def clock(site: Site) -> Iterator[Finding]:
    """Whether no file is newer than now."""
    now, newest = site.clock(), site.edition.library.modified
    if newest > now + _SLACK:
        found = f"it is {dates.rfc3339(now)}, and a file is of {dates.rfc3339(newest)}"
        fix = "set the clock, or touch the file: articles are published by it"
        yield Finding("wrong", "clock", found, fix)
    else:
        yield Finding("ok", "clock", dates.rfc3339(now))
