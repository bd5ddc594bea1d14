"""By which names a site may be asked for, where feeds.toml says so."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.site import Site
from feeds.web.metrics import OTHER, Count
from feeds.web.probes import HEALTH
from feeds.web.representation import notice

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PORT = re.compile(r"\.?(:\d*)?$")


def named(app: "WSGIApplication", site: Site, count: Count) -> "WSGIApplication":
    """`app`, asked only by a name in `hosts`; by another it is 421 (RFC 9110 15.5.20).

    Probes ask for the health by the address of a machine.
    """

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        hosts = site.config.hosts
        if not hosts or environ["PATH_INFO"] == HEALTH or host_of(environ) in hosts:
            return app(environ, start_response)
        found = notice(421, "This host has no such site.\n")
        body = b"" if environ["REQUEST_METHOD"] == "HEAD" else found.body
        count(OTHER, found.status, len(body), 0)
        start_response("421 MISDIRECTED REQUEST", list(found.headers))
        return (body,)

    return answer


def host_of(environ: "WSGIEnvironment") -> str:
    """The name by which somebody asks, in small letters and without a port."""
    return _PORT.sub("", environ.get("HTTP_HOST", "").lower(), count=1)
