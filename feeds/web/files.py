"""Media files over HTTP: as they lie in the folder, whole or in part (RFC 9110 14)."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import NotFound as HTTPNotFound
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import http_date
from werkzeug.wsgi import wrap_file

from feeds.articles.folder import File, open_file
from feeds.articles.media import MEDIA_TYPES
from feeds.policies import GUARDS, MEDIA_POLICY, SHARED, cache_control
from feeds.web.conditional import is_unchanged
from feeds.web.metrics import OTHER
from feeds.web.representation import Answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Sent(Response):
    """An answer as a response of Flask, sent as it is; counted as of `document`.

    Werkzeug would take Last-Modified out of a 304, and NetNewsWire would forget it.
    """

    automatically_set_content_length = False

    def __init__(self, answer: Answer, document: str = OTHER) -> None:
        super().__init__(answer.body, answer.status)
        self.headers = Headers(list(answer.headers))
        self.document = document
        self.saved = answer.saved

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are sent."""
        return self.headers


class _FileSent(Response):
    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        modified = self.last_modified
        headers = super().get_wsgi_headers(environ)
        if modified is not None:
            headers["Last-Modified"] = http_date(modified)
        return headers


def file_answer(path: str, file: File) -> Response:
    """The file at `path`, a range of it, or that the client has it already."""
    answer = _FileSent(content_type=MEDIA_TYPES[os.path.splitext(path)[1].lower()])
    etag = f'"{file.mtime_ns:x}-{file.size:x}"'
    modified = datetime.fromtimestamp(file.mtime_ns // 10**9, UTC)
    answer.content_length = file.size
    answer.last_modified = modified
    for name, value in (
        ("ETag", etag),
        ("Cache-Control", cache_control()),
        *SHARED,
        *GUARDS,
        ("Content-Security-Policy", MEDIA_POLICY),
        ("Accept-Ranges", "bytes"),
    ):
        answer.headers[name] = value
    asked = request.headers
    tags, since = asked.get("If-None-Match"), asked.get("If-Modified-Since")
    if is_unchanged(etag, modified, tags, since):
        answer.status_code = 304
        answer.response = ()
    elif request.method == "GET":
        _put_bytes(answer, file)
    return answer


def _put_bytes(answer: Response, file: File) -> None:
    try:
        opened = open_file(file)
    except OSError:
        raise HTTPNotFound from None
    answer.response = wrap_file(request.environ, opened, 64 * 1024)
    answer.direct_passthrough = True
    try:
        answer.make_conditional(request, accept_ranges=True, complete_length=file.size)
    except RequestedRangeNotSatisfiable:
        opened.close()
        raise
