"""A lookup in front of Flask: what is known is answered without it, and the same."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from feeds.addresses import PAGE
from feeds.web.door import Door
from feeds.web.metrics import Count

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATUS = {
    status.value: f"{status.value} {status.phrase.upper()}" for status in HTTPStatus
}


class Lookup:
    """A WSGI app that answers for documents that were asked for before.

    Whatever else there is to do is Flask's, in `app`: the first request for a document,
    too, and all that is none. `count` is told of each answer that was given here.
    """

    def __init__(self, app: "WSGIApplication", door: Door, count: Count) -> None:
        self._app = app
        self._door = door
        self._count = count

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ["SCRIPT_NAME"]:
            path = environ["PATH_INFO"][1:]
            if path.endswith("/") or not path:
                path += PAGE
            found = self._door.known().get(path)
            if found is not None and path.isascii():
                answer = self._door.answer(path, found, environ)
                size = len(answer.body)
                self._count(found.label, answer.status, size, answer.saved)
                start_response(_STATUS[answer.status], list(answer.headers))
                return (answer.body,) if answer.body else ()
        return self._app(environ, start_response)
