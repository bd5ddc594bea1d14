"""The folder that is exported to: what lies there, each file replaced whole."""

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from feeds.articles.folder import EXPORT_MARK
from feeds.errors import ExportError
from feeds.export.contents import Content
from feeds.export.lock import LOCK, alone_in
from feeds.export.manifest import Written, manifest

_CHUNK = 1 << 20
# One is enough, as exports take turns; that of a dead one is found where it always is.
_DRAFT = ".feeds-export.part"
#: What an export itself needs, beside what it is to write.
OWN = frozenset({EXPORT_MARK, LOCK, _DRAFT})
_AWAY = "move it away"


class Files:
    """The files in a folder, by path: a Place.

    No path leads out of the folder, neither by its own words nor by a link.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._known: Collection[str] = ()
        self._folders = {""}

    def __str__(self) -> str:
        return self._root

    @property
    def folder(self) -> Path:
        """The folder."""
        return Path(self._root)

    @contextmanager
    def alone(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Make the folder, and keep other exports out of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone_in(self.folder, waiting) as has_waited:
            yield has_waited

    def manifest(self) -> str | None:
        """The manifest that lies there, as text; None where none does."""
        try:
            with open(self.place(EXPORT_MARK), "rb") as file:
                return file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return None

    def is_free(self) -> bool:
        """Whether nothing lies there but what an export itself needs."""
        return not os.path.exists(self._root) or OWN.issuperset(os.listdir(self._root))

    def is_as(self, path: str, written: Written) -> bool:
        """Whether a file looks as it did when it was written."""
        try:
            looks = os.lstat(self.place(path))
        except OSError:
            return False
        return (looks.st_size, looks.st_mtime_ns) == (written.size, written.mtime_ns)

    def begin(self, known: Collection[str]) -> None:
        """Remove the draft of an export that was killed."""
        self._known = known
        with suppress(FileNotFoundError):
            os.unlink(self.place(_DRAFT))

    def place(self, path: str) -> str:
        """Where the file at a path lies."""
        # Path takes longer than the system itself, and there are many.
        return os.path.join(self._root, path)

    def exists(self, path: str) -> bool:
        """Whether anything lies at a path."""
        return os.path.lexists(self.place(path))

    def holding(self, content: Content, before: Written | None) -> Written | None:
        """The file as it is, if it holds what it should, else None.

        One that looks as it did when it was written, `before`, is not read.
        """
        looks = self._look(content.path)
        if looks is None:
            return None
        found = _written(content, looks)
        if before is not None and found == replace(before, key=content.key):
            return found
        # Validators of media are new in every copy of their folder.
        with content.open() as opened:
            return found if _same(self.place(content.path), opened) else None

    def opened(self, path: str, before: Written) -> BinaryIO | None:
        """The file at a path, if it still looks as it did when it was written."""
        if self._look(path) is None:
            return None
        file = open(self.place(path), "rb")  # noqa: SIM115 - who asks closes it
        looks = os.fstat(file.fileno())
        if (looks.st_size, looks.st_mtime_ns) == (before.size, before.mtime_ns):
            return file
        file.close()
        return None

    def put(self, content: Content, mtime_ns: int | None = None) -> Written:
        """Write a file, so that readers see the old bytes or the new, never a part."""
        place = self.place(content.path)
        self._make_way(content.path)
        with content.open() as opened:
            self._replace(place, opened, content.is_topic, mtime_ns)
        return _written(content, os.lstat(place))

    def mark(self, files: Mapping[str, Written], seal: str = "") -> None:
        """Write the manifest, which tells a later export what this one wrote."""
        text = BytesIO(manifest(files, seal).encode())
        self._replace(self.place(EXPORT_MARK), text, True, None)

    def remove(self, path: str) -> bool:
        """Remove a file, and the folders that are empty then; return if it was there.

        A link that took its place is none of ours.
        """
        if self._look(path) is None:
            return False
        os.unlink(self.place(path))
        for folder in _folders(path):
            try:
                os.rmdir(self.place(folder))
            except OSError:
                break
            self._folders.discard(folder)
        return True

    def is_ours(self, path: str) -> bool:
        """Whether a regular file lies at a path, which leads nowhere else."""
        return self._look(path) is not None

    def _replace(
        self, place: str, opened: BinaryIO, lasting: bool, mtime_ns: int | None
    ) -> None:
        draft = self.place(_DRAFT)
        try:
            # Not through a link that someone put there.
            with open(draft, "xb") as file:
                shutil.copyfileobj(opened, file, _CHUNK)
                if lasting:
                    # What a power cut leaves of the others does not look as it was
                    # written, and the next export mends it.
                    file.flush()
                    os.fsync(file.fileno())
            if mtime_ns is not None:
                os.utime(draft, ns=(mtime_ns, mtime_ns))
            os.replace(draft, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise

    def _look(self, path: str) -> os.stat_result | None:
        """How the regular file at a path looks, None where there is none."""
        if not (_is_plain(path) and self._is_inside(path)):
            return None
        try:
            looks = os.lstat(self.place(path))
        except OSError:
            return None
        return looks if stat.S_ISREG(looks.st_mode) else None

    def _is_inside(self, path: str) -> bool:
        """Whether all folders above a file are there, and none leads out."""
        if path.rpartition("/")[0] in self._folders:
            return True
        return all(map(self._is_folder, reversed([*_folders(path)])))

    def _is_folder(self, path: str) -> bool:
        """Whether a folder lies at a path, or a link to one in here.

        The folders above it must be known to.
        """
        if path in self._folders:
            return True
        place = self.place(path)
        try:
            mode = os.lstat(place).st_mode
        except OSError:
            return False
        if stat.S_ISLNK(mode):
            real = Path(place).resolve()
            root = Path(self._root).resolve()
            if not (real.is_dir() and real.is_relative_to(root)):
                return False
        elif not stat.S_ISDIR(mode):
            return False
        self._folders.add(path)
        return True

    def _make_way(self, path: str) -> None:
        """Make the folders above a file, and remove what we left in its way."""
        place = self.place(path)
        if not _is_plain(path):
            raise ExportError(f"{place}: leads out of {self._root} (rename it)")
        if not self._is_inside(path):
            for folder in reversed([*_folders(path)]):
                if not self._is_folder(folder):
                    self._make_folder(folder)
        if os.path.isdir(place) and not os.path.islink(place):
            self._unmake_folder(path)

    def _make_folder(self, path: str) -> None:
        place = self.place(path)
        if os.path.islink(place):
            raise ExportError(f"{place}: a link out of {self._root} ({_AWAY})")
        if os.path.exists(place):
            if path not in self._known:
                raise ExportError(f"{place}: a file where a folder must be ({_AWAY})")
            os.unlink(place)
        os.mkdir(place)
        self._folders.add(path)

    def _unmake_folder(self, path: str) -> None:
        place = self.place(path)
        for above, folders, files in os.walk(place):
            inside = Path(above).relative_to(self._root).as_posix()
            links = [name for name in folders if os.path.islink(f"{above}/{name}")]
            if links or any(f"{inside}/{name}" not in self._known for name in files):
                raise ExportError(f"{place}: a folder where a file must be ({_AWAY})")
        shutil.rmtree(place)
        self._folders = {
            each for each in self._folders if not f"{each}/".startswith(f"{path}/")
        }


def _written(content: Content, looks: os.stat_result) -> Written:
    return Written(content.etag, looks.st_size, looks.st_mtime_ns, content.key)


def _is_plain(path: str) -> bool:
    """Whether a path leads down, by its words, and not to what exports need."""
    parts = path.split("/")
    is_down = not any(part in ("", ".", "..") or "\0" in part for part in parts)
    if os.name == "nt":
        is_down = is_down and "\\" not in path and ":" not in path
    return is_down and path not in OWN


def _folders(path: str) -> Iterator[str]:
    """The folders above a path, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def _same(place: str, content: BinaryIO) -> bool:
    with open(place, "rb") as there:
        while chunk := content.read(_CHUNK):
            if there.read(len(chunk)) != chunk:
                return False
        return not there.read(1)
