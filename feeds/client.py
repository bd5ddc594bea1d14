"""What asks other machines; no other room opens a connection."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from feeds.errors import RemoteError

_PATIENCE = 15.0
_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; `headers` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer to a GET of an http(s) address, redirects followed.

    Any status is an answer. RemoteError where there is none.
    """
    request = urllib.request.Request(url, headers=dict(headers or {}))
    if request.type not in ("http", "https"):
        raise RemoteError(url, "no http or https address")
    try:
        try:
            answer = urllib.request.urlopen(request, timeout=_PATIENCE)
        except urllib.error.HTTPError as error:  # an answer like any other
            answer = error
        with answer:
            body = answer.read(_LARGEST + 1)
            told = {name.lower(): value for name, value in answer.headers.items()}
            status = answer.status
    except (OSError, HTTPException) as error:
        raise RemoteError(url, _reason(error)) from None
    if len(body) > _LARGEST:
        raise RemoteError(url, f"an answer of more than {_LARGEST:,} bytes")
    return Answer(status, told, body)


def _reason(error: Exception) -> str:
    """Why there is no answer, in words."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    told = cause.strerror if isinstance(cause, OSError) else None
    return (told or str(cause) or "no answer").lower()
