"""/healthz and /metrics: what a served site tells those who look after the server."""

from flask import Flask, Response, request

from feeds.site import Site
from feeds.watch import Watch
from feeds.web.clients import is_near
from feeds.web.files import Sent
from feeds.web.health import health
from feeds.web.metrics import MEDIA_TYPE, OTHER, Metrics, gauges_of
from feeds.web.representation import notice

HEALTH = "/healthz"
METRICS = "/metrics"
_EMPTY = (204, 304)


def answer_probes(app: Flask, site: Site, watch: Watch | None, counts: Metrics) -> None:
    """Have `app` answer at both paths, at which no document ever lies.

    The numbers are for the operator: whoever is not near, or asks through a proxy,
    finds there what the site has, which is nothing.
    """

    @app.before_request
    def answer() -> Response | None:
        if request.method not in ("GET", "HEAD"):
            return None
        if watch is not None:
            watch.ensure()
        now, look = site.clock(), watch.last if watch else None
        if request.path == HEALTH:
            told = health(site, now, look)
            return Sent(notice(200, told, media_type="application/json"))
        if request.path == METRICS and is_near(request.environ):
            told = counts.text(gauges_of(site, now, look))
            return Sent(notice(200, told, media_type=MEDIA_TYPE))
        return None


def count_answers(app: Flask, counts: Metrics) -> None:
    """Count what `app` answers, and a lookup before it did not."""

    @app.after_request
    def count(response: Response) -> Response:
        is_sent = request.method != "HEAD" and response.status_code not in _EMPTY
        size = response.content_length or 0 if is_sent else 0
        document, saved = OTHER, 0
        if isinstance(response, Sent):
            document, saved = response.document, response.saved
        counts.count(document, response.status_code, size, saved)
        return response
