"""While somebody writes: pages that load again by themselves once they are others."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.policies import PAGE_POLICY
from feeds.web.representation import notice

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Where the script lies. Hidden files are no content, so nothing else does.
SCRIPT = "/.feeds/reload.js"
#: How often the folder is looked at then, in seconds.
OFTEN = 0.25
_POLICY = f"{PAGE_POLICY}; script-src 'self'; connect-src 'self'"
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
_OWN = ("content-length", "content-security-policy", "cache-control")

_Headers = list[tuple[str, str]]


def reloading(app: "WSGIApplication") -> "WSGIApplication":
    """`app`, with a script in each page that loads it again when there is another.

    All else is as it was, but that nothing is compressed: the script compares tags,
    and those of compressed bytes are others.
    """
    script = Path(__file__).with_suffix(".js").read_text("utf-8")
    told = notice(200, script, media_type="text/javascript; charset=utf-8")

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == SCRIPT:
            start_response("200 OK", list(told.headers))
            return (told.body,) if environ["REQUEST_METHOD"] == "GET" else ()
        said: list[tuple[Any, ...]] = []

        def start(*told: Any) -> Any:
            said.append(told)
            return _unused

        body = app(_plainly(environ), start)
        status, headers, *more = said[-1]
        if environ["REQUEST_METHOD"] == "GET" and _is_page(headers):
            page = _with_script(body, status, headers)
            start_response(status, _for_now(headers, len(page)), *more)
            return (page,)
        start_response(status, headers, *more)
        return body

    return answer


def _unused(data: bytes) -> object:
    raise NotImplementedError("no door writes like this")


def _plainly(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """The request as one for what can be changed: uncompressed, and a page whole."""
    left_out = {"HTTP_ACCEPT_ENCODING"}
    # A page that was kept while nobody watched has no script.
    if "text/html" in environ.get("HTTP_ACCEPT", ""):
        left_out |= {*_CONDITIONS}
    return {name: value for name, value in environ.items() if name not in left_out}


def _is_page(headers: _Headers) -> bool:
    return dict(headers).get("Content-Type", "").startswith("text/html")


def _with_script(body: Iterable[bytes], status: str, headers: _Headers) -> bytes:
    page = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    tag = escape(f"{status[:3]} {dict(headers).get('ETag', 'null')}")
    script = f'<script src="{SCRIPT}" data-tag="{tag}" defer></script>\n'
    return page.replace(b"</head>", script.encode() + b"</head>", 1)


def _for_now(headers: _Headers, length: int) -> _Headers:
    """The headers of a page with the script: no cache is to keep it."""
    return [
        *((name, value) for name, value in headers if name.lower() not in _OWN),
        ("Content-Length", str(length)),
        ("Content-Security-Policy", _POLICY),
        ("Cache-Control", "no-store"),
    ]
