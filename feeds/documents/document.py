"""Document: finished bytes at a path. FeedFormat: a way to write and read a feed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feeds.feed import Entry, Feed


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

    def dated(self, last_modified: datetime) -> "Document":
        """The same document as it would be had it changed then."""
        if last_modified == self.last_modified:
            return self
        return replace(self, last_modified=last_modified)


@dataclass(frozen=True, slots=True)
class Fragment:
    """An entry as a format writes it, and the XML prefixes that it uses."""

    body: bytes
    prefixes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document has before its first entry, between any two, after the last."""

    before: bytes
    between: bytes
    after: bytes


#: What writes some entries of a feed, each as a fragment, in their order.
Write = Callable[[Sequence[Entry], Feed], list[Fragment]]


# Of those of archives, nobody asks for most again.
_MOST = 2_000


class Fragments:
    """The fragments of a format, so that an entry which did not change is not rendered.

    An entry is written in the language of its feed, whole or as its summary, as an
    episode or not. `earlier` are the fragments of a rendering before; what nobody asks
    for again is forgotten with them.
    """

    def __init__(self, earlier: "Fragments | None" = None) -> None:
        self._known = earlier._made if earlier else {}
        self._made: dict[_Key, tuple[Entry, Fragment]] = {}
        self._most = _MOST

    def of(self, feed: Feed, write: Write) -> list[Fragment]:
        """The fragments of the feed's entries; `write` makes those that are new."""
        keys = [_key(entry, feed.language) for entry in feed.entries]
        new = [
            (key, entry)
            for key, entry in zip(keys, feed.entries, strict=True)
            if not self._has(key, entry)
        ]
        written = write([entry for _, entry in new], feed) if new else []
        for (key, entry), fragment in zip(new, written, strict=True):
            self._made[key] = entry, fragment
        fragments = [self._made[key][1] for key in keys]
        # No fewer than the largest feed has, or nothing of it would be found again.
        self._most = max(self._most, len(keys))
        while len(self._made) > self._most:
            self._made.pop(next(iter(self._made)), None)
        return fragments

    def _has(self, key: "_Key", entry: Entry) -> bool:
        found = self._made.get(key) or self._known.get(key)
        if found is None or found[0] != entry:
            return False
        self._made[key] = found
        return True


_Key = tuple[str, str, bool, bool]


def _key(entry: Entry, language: str) -> _Key:
    return entry.id, language, not entry.content, entry.episode is None


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A way to write a feed, and to read it.

    `write(entries, feed)` makes fragments of entries; `frame(feed, topic, prefixes)` is
    what a feed has around them: `topic` is the absolute address at which it will lie
    (rel=self), `prefixes` are all that the fragments use. Neither knows a clock or a
    request. `parse(body)` returns the feed that some bytes of the format are, and
    raises FeedSyntaxError for others: `parse(render(feed))` is the feed, as far as the
    format can hold it. `guesses` are paths at which readers and people look for such a
    feed.
    """

    name: str
    label: str
    filename: str
    media_type: str
    guesses: str
    write: Write
    frame: Callable[[Feed, str, frozenset[str]], Frame]
    parse: Callable[[bytes], Feed]

    def render(
        self, feed: Feed, topic: str, fragments: Fragments | None = None
    ) -> bytes:
        """The feed as the finished bytes that lie at `topic`."""
        made = (fragments or Fragments()).of(feed, self.write)
        prefixes = frozenset[str]().union(*(each.prefixes for each in made))
        frame = self.frame(feed, topic, prefixes)
        entries = frame.between.join(each.body for each in made)
        return b"".join((frame.before, entries, frame.after))

    @property
    def content_type(self) -> str:
        """The media type as it is sent."""
        return f"{self.media_type}; charset=utf-8"
