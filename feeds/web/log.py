"""The access log: who asked for what, and what they were told, a line for each."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger("feeds.access")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request and its answer; `bytes` of the body, None where nobody knows."""

    time: str
    address: str
    method: str
    path: str
    protocol: str
    status: int
    bytes: int | None
    referer: str
    user_agent: str


Tell = Callable[[Visit], str]


def logged(app: "WSGIApplication", tell: Tell) -> "WSGIApplication":
    """`app`, with a line in the log for each of its answers."""
    _log.setLevel(logging.INFO)

    def answer(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            _log.info("%s", tell(_visit(environ, status, headers)))
            return start_response(status, headers, *rest)

        return app(environ, start)

    return answer


def _visit(
    environ: "WSGIEnvironment", status: str, headers: Iterable[tuple[str, str]]
) -> Visit:
    # A query may hold a token, here and in the address of where somebody comes from.
    path = (environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]).encode("latin-1")
    return Visit(
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        address=environ.get("REMOTE_ADDR", ""),
        method=environ["REQUEST_METHOD"],
        path=quote(path),
        protocol=environ["SERVER_PROTOCOL"],
        status=int(status[:3]),
        bytes=_size(environ["REQUEST_METHOD"], status, headers),
        referer=environ.get("HTTP_REFERER", "").partition("?")[0],
        user_agent=environ.get("HTTP_USER_AGENT", ""),
    )


def _size(method: str, status: str, headers: Iterable[tuple[str, str]]) -> int | None:
    if method == "HEAD" or status[:3] in ("204", "304"):
        return 0
    lengths = [value for name, value in headers if name.lower() == "content-length"]
    return int(lengths[0]) if lengths else None


def _combined(visit: Visit) -> str:
    """The line that Apache and nginx write, which every log program reads."""
    time = datetime.fromisoformat(visit.time).strftime("%d/%b/%Y:%H:%M:%S %z")
    request = f"{visit.method} {visit.path} {visit.protocol}"
    return (
        f"{visit.address or '-'} - - [{time}] {_quoted(request)} {visit.status} "
        f"{visit.bytes or '-'} {_quoted(visit.referer)} {_quoted(visit.user_agent)}"
    )


def _quoted(text: str) -> str:
    """`text` in quotes, with what could end them or the line escaped as nginx does."""
    safe = "".join(
        char if " " <= char <= "~" and char not in '"\\' else _escaped(char)
        for char in text
    )
    return f'"{safe or "-"}"'


def _escaped(char: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _json(visit: Visit) -> str:
    return json.dumps(asdict(visit))


STYLES: dict[str, Tell] = {"combined": _combined, "json": _json}
