"""How a served site is, for whoever looks after the server."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import get_args

from feeds.errors import Severity
from feeds.site import Site
from feeds.watch import Look


def health(site: Site, now: datetime, look: Look | None) -> str:
    """The JSON that tells of `site`; `look` is the last one at its folder.

    All is well whatever is wrong in the folder: an edition is served all the same, and
    a server that is restarted for it would mend nothing. Nothing is told that the feeds
    do not tell too: no paths, no names of machines.
    """
    told = {
        "status": "ok",
        "articles": len(site.edition.articles),
        "problems": problems(site),
        "scanned_seconds_ago": None if look is None else int(age(now, look)),
    }
    return json.dumps(told) + "\n"


def problems(site: Site) -> Mapping[str, int]:
    """How many problems of each severity are known."""
    found = Counter(problem.severity for problem in site.problems)
    return {severity: found[severity] for severity in get_args(Severity)}


def age(now: datetime, look: Look) -> float:
    """The seconds since a look; none where the clock was set back meanwhile."""
    return max(0.0, (now - look.at).total_seconds())
