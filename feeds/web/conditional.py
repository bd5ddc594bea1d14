"""Conditional requests: nothing is sent that the client has (RFC 9110 13)."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Response
from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date, parse_etags

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Answer(Response):
    """A response whose 304 keeps Last-Modified.

    NetNewsWire takes what it will ask with next from each answer, and forgets what
    is not there; Werkzeug takes Last-Modified out of a 304.
    """

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are sent."""
        modified = self.last_modified
        headers = super().get_wsgi_headers(environ)
        if modified is not None:
            headers["Last-Modified"] = http_date(modified)
        return headers


def is_unchanged(etag: str, last_modified: datetime, headers: Headers) -> bool:
    """Whether a conditional GET or HEAD is answered by 304.

    `etag` has its quotes. If-None-Match alone decides where there is one (13.2.2),
    weakly compared.
    """
    tags = headers.get("If-None-Match")
    if tags is not None:
        return parse_etags(tags).contains_weak(etag.strip('"'))
    since = parse_date(headers.get("If-Modified-Since"))
    return since is not None and last_modified <= since


def is_for_a_browser(media_type: str, accept: str) -> bool:
    """Whether a feed is asked for by a browser, in which a person wants to read it.

    Browsers ask for pages. Some readers do too, but they name feeds as well.
    """
    return "text/html" in accept and media_type not in accept
