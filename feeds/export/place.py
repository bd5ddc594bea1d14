"""Where exports go: what is asked of a folder, and of a bucket."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from feeds.export.manifest import Written

if TYPE_CHECKING:
    from feeds.export.contents import Content


class Place(Protocol):
    """Files by path, each replaced whole; `str` is what people call it.

    ExportError, or OSError, where something cannot be done.
    """

    @property
    def folder(self) -> Path | None:
        """The folder that it is, None where it is none."""
        ...

    def alone(self, waiting: Callable[[], None]) -> AbstractContextManager[bool]:
        """Be written to; yields whether another export had to end first.

        `waiting` is called where there is such a one.
        """
        ...

    def manifest(self) -> str | None:
        """The manifest that lies there, as text; None where none does.

        It is asked for first, in every export.
        """
        ...

    def is_free(self) -> bool:
        """Whether nothing of others lies there."""
        ...

    def is_as(self, path: str, written: Written) -> bool:
        """Whether a file looks as it did when it was written."""
        ...

    def begin(self, known: Collection[str]) -> None:
        """Be ready for files; `known` are those that exports wrote before."""
        ...

    def place(self, path: str) -> str:
        """What people call the file at a path."""
        ...

    def exists(self, path: str) -> bool:
        """Whether anything lies at a path."""
        ...

    def is_ours(self, path: str) -> bool:
        """Whether a file lies at a path that an export may have written."""
        ...

    def holding(self, content: "Content", before: Written | None) -> Written | None:
        """The file as it is, if it holds what it should, else None.

        `before` is how an export wrote it, if one did.
        """
        ...

    def opened(self, path: str, before: Written) -> BinaryIO | None:
        """The file at a path, if it can be read here, and is as it was written."""
        ...

    def put(self, content: "Content", mtime_ns: int | None = None) -> Written:
        """Write a file, so that readers see the old bytes or the new, never a part."""
        ...

    def remove(self, path: str) -> bool:
        """Remove a file; return if it was there."""
        ...

    def mark(self, files: Mapping[str, Written], seal: str = "") -> None:
        """Write the manifest, after all that was written and removed so far."""
        ...
