"""A document as it is sent: plain or compressed, with the headers that go along."""

from collections.abc import Iterable
from dataclasses import dataclass

from feeds import dates
from feeds.documents.compression import CODERS
from feeds.documents.document import Document
from feeds.policies import GUARDS

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: a status, headers, a body; nothing of it is of the request.

    `saved` are the bytes that compression took away, or a 304 need not send.
    """

    status: int
    headers: Headers
    body: bytes = b""
    saved: int = 0


@dataclass(frozen=True, slots=True)
class Representation:
    """A document in one coding, ready to be sent whole, as a head, or not again."""

    full: Answer
    head: Answer
    unchanged: Answer


def represent(
    document: Document,
    coding: str,
    media_type: str,
    headers: Iterable[tuple[str, str]],
    vary: str,
) -> Representation:
    """The document in a coding, "" for none, with `headers` on every answer.

    The validator is of the coding too (RFC 9110 8.8.3.3), and on a 304 there is all
    that readers take from it: NetNewsWire forgets what is not repeated.
    """
    body = CODERS[coding](document.body) if coding else document.body
    etag = document.etag if not coding else f'{document.etag[:-1]}-{coding}"'
    common = (
        ("ETag", etag),
        ("Last-Modified", dates.rfc822(document.last_modified)),
        *((("Vary", vary),) if vary else ()),
        *headers,
    )
    encoded = (("Content-Encoding", coding),) if coding else ()
    about = (
        ("Content-Type", media_type),
        *encoded,
        ("Content-Length", str(len(body))),
    )
    return Representation(
        full=Answer(200, (*about, *common), body, len(document.body) - len(body)),
        head=Answer(200, (*about, *common)),
        unchanged=Answer(304, common, saved=len(body)),
    )


def notice(
    status: int,
    text: str,
    *headers: tuple[str, str],
    media_type: str = "text/plain; charset=utf-8",
) -> Answer:
    """What is said to this client now, and kept by no cache."""
    body = text.encode()
    about = (
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    )
    return Answer(status, (*about, *headers, *GUARDS), body)
