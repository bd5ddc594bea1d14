"""Document: finished bytes at a path. FeedFormat: a way to write a feed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from feeds.feed import Feed


@dataclass(frozen=True, slots=True)
class Document:
    """What is served and exported: the same bytes at the same path.

    `path` has no leading slash and names a file (`2024/hello/index.html`);
    `media_type` is whole (`text/html; charset=utf-8`); `last_modified` is aware,
    in whole seconds; `etag`, with its quotes, is a strong validator of the bytes
    alone (RFC 9110 8.8.3), equal in every process and on every machine.
    """

    path: str
    media_type: str
    body: bytes
    last_modified: datetime
    etag: str = field(init=False)

    def __post_init__(self) -> None:
        tag = hashlib.sha256(self.body).hexdigest()[:32]
        object.__setattr__(self, "etag", f'"{tag}"')


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A way to write a feed.

    `render(feed, topic)` returns the finished bytes; `topic` is the absolute address
    at which they will lie (rel=self). It knows no clock and no request. `guesses`
    are paths at which readers and people look for a feed of this format.
    """

    name: str
    label: str
    filename: str
    media_type: str
    guesses: str
    render: Callable[[Feed, str], bytes]

    @property
    def content_type(self) -> str:
        """The media type as it is sent."""
        return f"{self.media_type}; charset=utf-8"
