"""/stats: what was counted, for who has the site's token, as a page and as data."""

import secrets
from collections.abc import Callable

from flask import Flask, Response, request

from feeds.documents import pages
from feeds.documents.statistics import CSV, JSON, Statistics, to_csv, to_json
from feeds.edition import Edition
from feeds.errors import StatisticsError
from feeds.policies import PAGE_POLICY
from feeds.site import Site
from feeds.statistics.counting import Counting
from feeds.statistics.report import statistics_of
from feeds.statistics.store import place_of
from feeds.views import around
from feeds.web.files import Sent
from feeds.web.representation import Answer, notice

_ASKS = ("WWW-Authenticate", 'Basic realm="statistics", charset="UTF-8"')
# It is told to nobody else, whoever comes by and whatever is between.
_ABOUT = (("X-Robots-Tag", "noindex"), ("Content-Security-Policy", PAGE_POLICY))
_Write = Callable[[Statistics, Edition], str]


def _page(told: Statistics, edition: Edition) -> str:
    return pages.statistics(told, around(edition, "", "./")).decode()


#: What lies at each path, and its media type.
PATHS: dict[str, tuple[str, _Write]] = {
    "/stats": (pages.HTML, _page),
    "/stats.csv": (CSV, lambda told, _: to_csv(told)),
    "/stats.json": (JSON, lambda told, _: to_json(told)),
}


def answer_statistics(app: Flask, site: Site, counting: Counting) -> None:
    """Have `app` answer at PATHS, if feeds.toml has a token for them.

    Else there is what the site has there, which is nothing.
    """

    @app.before_request
    def answer() -> Response | None:
        found = PATHS.get(request.path)
        if found is None or request.method not in ("GET", "HEAD"):
            return None
        token = site.config.stats
        if not token:
            return None
        return Sent(_told(site, counting, *found) if _is_known(token) else _asked())


def _is_known(token: str) -> bool:
    """Whether the request has the token, as the password of any user."""
    told = request.authorization
    given = told.password if told is not None and told.type == "basic" else None
    return secrets.compare_digest((given or "").encode(), token.encode())


def _asked() -> Answer:
    return notice(401, "The token is wanted, as the password of any user.\n", _ASKS)


def _told(site: Site, counting: Counting, media_type: str, write: _Write) -> Answer:
    counting.write()  # so that the visit of just now is among them
    edition = site.edition
    try:
        told = statistics_of(edition, place_of(site.folder), site.clock())
    except StatisticsError:
        return notice(503, "What was counted cannot be read.\n", *_ABOUT)
    return notice(200, write(told, edition), *_ABOUT, media_type=media_type)
