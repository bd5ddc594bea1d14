"""The bucket that is exported to: what lies there, each object put whole."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError
from feeds.export import objects
from feeds.export.contents import Content
from feeds.export.failures import refusal
from feeds.export.manifest import UNKNOWN, Written, manifest

if TYPE_CHECKING:
    from obstore.store import S3Store

_ADDRESS = re.compile(r"s3://([A-Za-z0-9._-]+)(?:/(.*))?")
_AT_ONCE = 32
# An endpoint of one's own may be of http; a part takes a while on a slow line.
_CLIENT = {
    "allow_http": True,
    "connect_timeout": timedelta(seconds=10),
    "timeout": timedelta(minutes=5),
}
_RETRIES = {"max_retries": 5, "retry_timeout": timedelta(minutes=1)}


def bucket(address: str) -> "Bucket":
    """The bucket at `s3://bucket/prefix`; the environment says with which key, where.

    ExportError for any other address, and where obstore is not installed.
    """
    read = _ADDRESS.fullmatch(address)
    prefix = (read[2] or "").strip("/") if read else ""
    if read is None or not (not prefix or objects.is_key(prefix)):
        # It is not repeated: some write their secret into it.
        raise ExportError("not an address of a bucket (write s3://bucket/prefix)")
    try:
        from obstore.store import S3Store
    except ModuleNotFoundError:
        fix = "pip install 'folderfeed[s3]'"
        raise ExportError(f"{address}: obstore is not installed ({fix})") from None
    with _refused(address):
        store = S3Store(
            read[1],
            prefix=prefix or None,
            client_options=_CLIENT,  # type: ignore[arg-type]
            retry_config=_RETRIES,  # type: ignore[arg-type]
        )
    return Bucket(store, read[1], prefix)


@dataclass(frozen=True, slots=True)
class _Object:
    """An object as the bucket tells of it."""

    size: int
    etag: str


class Bucket:
    """The objects below a prefix of a bucket, by path: a Place.

    S3 knows no lock. Each manifest is put only where the one that was read still lies,
    and before any object that it does not list: so of two exports at once one fails,
    and none loses an object that the other put.
    """

    def __init__(self, store: "S3Store", name: str, prefix: str) -> None:
        self._store = store
        self._prefix = f"{prefix}/" if prefix else ""
        self._name = f"s3://{name}/{prefix}".rstrip("/")
        self._there: dict[str, _Object] = {}
        self._marked: str | None = None
        self._put: dict[str, Written] = {}
        self._waiting: list[_Body] = []
        self._leaving: list[str] = []

    def __str__(self) -> str:
        return self._name

    @property
    def folder(self) -> None:
        """None: it is no folder."""
        return None

    @contextmanager
    def alone(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Wait for no other export, and leave nothing undone at the end."""
        yield False
        self._do()

    def manifest(self) -> str | None:
        """The manifest as text, if there is one; and see what else lies there."""
        with _refused(self._name):
            listed = [
                each for some in self._store.list(chunk_size=1000) for each in some
            ]
            self._there = {
                found["path"]: _Object(found["size"], _bare(found["e_tag"]))
                for found in listed
                if found["path"]  # what stands for an empty folder has none
            }
            self._marked = None
            if EXPORT_MARK not in self._there:
                return None
            got = self._store.get(EXPORT_MARK)
            self._marked = got.meta["e_tag"]
            return bytes(got.bytes()).decode("utf-8", "replace")

    def is_free(self) -> bool:
        """Whether no object lies there."""
        return not self._there

    def is_as(self, path: str, written: Written) -> bool:
        """Whether an object is as it was put."""
        there = self._there.get(path)
        looks = (written.size, written.tag)
        return (
            there is not None and (there.size, objects.tag(path, there.etag)) == looks
        )

    def begin(self, known: Collection[str]) -> None:
        """Forget what another export, that failed, had still to do."""
        self._put, self._waiting, self._leaving = {}, [], []

    def place(self, path: str) -> str:
        """The address of the object at a path."""
        return f"{self._name}/{path}"

    def exists(self, path: str) -> bool:
        """Whether an object lies at a path."""
        return path in self._there

    def is_ours(self, path: str) -> bool:
        """Whether an object lies at a path, and is not the manifest."""
        return path in self._there and path != EXPORT_MARK

    def holding(self, content: Content, before: Written | None) -> Written | None:
        """The object as it is, if it holds what it should, else None.

        Of one that no export put, the type is not known. Media have another validator
        in every copy of their folder, and are read then.
        """
        there = self._there.get(content.path)
        if there is None or before is None:
            return None
        tag = objects.tag(content.path, there.etag)
        found = Written(content.etag, there.size, 0, content.key, tag)
        if found == replace(before, key=content.key):
            return found
        if before != UNKNOWN and not objects.has_headers(content.path, before.tag):
            return None
        with content.open() as opened:
            return found if objects.etag(opened) == there.etag else None

    def opened(self, path: str, before: Written) -> None:
        """None: what was put is not fetched again."""
        return None

    def put(self, content: Content, mtime_ns: int | None = None) -> Written:
        """Put an object, some time before the next manifest; its tag is known then."""
        if not objects.is_key(f"{self._prefix}{content.path}"):
            raise objects.refuse_name(content.path)
        with content.open() as opened:
            body = opened.read(objects.PART + 1)
            if (size := len(body)) > objects.PART:
                size = self._put_large(content.path, opened)
            else:
                self._waiting.append(_Body(content.path, content.is_topic, body))
        if len(self._waiting) == _AT_ONCE:
            self._send()
        put = self._put[content.path] = Written(content.etag, size, 0, content.key)
        return put

    def remove(self, path: str) -> bool:
        """Delete an object, before the next manifest; return if it was there."""
        if not self.is_ours(path):
            return False
        self._leaving.append(path)
        return True

    def mark(self, files: Mapping[str, Written], seal: str = "") -> None:
        """Put the manifest, after all that was put and deleted so far."""
        self._do()
        tagged = {path: self._tagged(path, written) for path, written in files.items()}
        put = partial(
            self._store.put,
            EXPORT_MARK,
            manifest(tagged, seal).encode(),
            attributes=objects.headers(EXPORT_MARK),
        )
        known = self._marked
        with _refused(self._name):
            try:
                result = put(mode={"e_tag": known} if known else "create")
            except NotImplementedError:  # AWS_CONDITIONAL_PUT=disabled
                result = put()
        self._marked = result["e_tag"]

    def _tagged(self, path: str, written: Written) -> Written:
        """What this export put, with the tag that is known since."""
        if written != self._put.get(path):
            return written
        return replace(written, tag=objects.tag(path, self._there[path].etag))

    def _do(self) -> None:
        self._send()
        leaving, self._leaving = self._leaving, []
        with _refused(self._name):
            self._store.delete(leaving)
        for path in leaving:
            self._there.pop(path, None)

    def _send(self) -> None:
        """Put what waits, many at once, but no feed before what it points to."""
        waiting, self._waiting = self._waiting, []
        waiting.sort(key=_turn)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _, turn in groupby(waiting, _turn):
                for path, there in pool.map(self._send_one, turn):
                    self._there[path] = there

    def _send_one(self, waiting: "_Body") -> tuple[str, _Object]:
        etag = self._etag_of(waiting.path, waiting.body)
        return waiting.path, _Object(len(waiting.body), etag)

    def _put_large(self, path: str, opened: BinaryIO) -> int:
        """Put what is not to be held in memory, and return its size."""
        self._send()
        size = opened.seek(0, 2)
        opened.seek(0)
        self._there[path] = _Object(size, self._etag_of(path, opened))
        return size

    def _etag_of(self, path: str, body: bytes | BinaryIO) -> str:
        """Put an object, and return its ETag."""
        headers = objects.headers(path)
        with _refused(self.place(path)):
            result = self._store.put(
                path, body, attributes=headers, chunk_size=objects.PART
            )
        return _bare(result["e_tag"])


@dataclass(frozen=True, slots=True)
class _Body:
    """The bytes of an object that is to be put."""

    path: str
    is_topic: bool
    body: bytes


def _turn(waiting: _Body) -> tuple[bool, int]:
    """Feeds come last, the site's own after those of its folders and archives."""
    return waiting.is_topic, -waiting.path.count("/") if waiting.is_topic else 0


def _bare(etag: str | None) -> str:
    # Not every store puts it in quotes each time.
    return (etag or "").strip('"')


@contextmanager
def _refused(place: str) -> Iterator[None]:
    """Tell what a bucket refuses in a sentence."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, OSError) as error:
        raise refusal(place, error) from None
