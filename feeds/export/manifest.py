"""The manifest of an export: what was written at each path, a line each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

_HEAD = "# feeds export 2: it replaces and removes these: ETag size mtime key path"
# A bucket has a tag, in quotes, in place of the time.
_LINE = re.compile(r'(\S+) (\d{1,18}|-) (\d{1,20}|"[!#-~]+"|-) (\w{24}|-) (.+)')
# What would end a line, or start an escape.
_ESCAPED = {ord(c): f"%{ord(c):02X}" for c in "%\r\n"}


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: the validator of its bytes, and how it then looked.

    An empty `etag` is that of a file of which no more is known than its path. `key` is
    that of a document, if it has one; `tag` is what tells whether an object in a bucket
    is as it was put.
    """

    etag: str = ""
    size: int = 0
    mtime_ns: int = 0
    key: str = ""
    tag: str = ""


UNKNOWN = Written()


def read_manifest(text: str) -> dict[str, Written]:
    """What a manifest lists, by path: whatever can be read of a damaged one.

    Of one that another version wrote, or whose first line is damaged, the paths alone
    are believed, so that all files are compared with what they should be.
    """
    head, *lines = text.split("\n")
    is_ours = head == _HEAD
    found = {}
    for line in lines if is_ours else (head, *lines):
        read = _LINE.fullmatch(line)
        if read is not None:
            *known, path = read.groups()
            is_known = is_ours and "-" not in known[:3]
            written = _written(*known) if is_known else UNKNOWN
            found[unquote(path) if "%" in path else path] = written
        elif line and not is_ours and not line.startswith("#"):
            found[line] = UNKNOWN  # the first version had paths only
    return found


def manifest(files: Mapping[str, Written], seal: str = "") -> str:
    """The manifest of some files; `seal` is a line on what they were made of."""
    return f"{_HEAD}\n{seal}" + "".join(
        _line(path, written) for path, written in sorted(files.items())
    )


def _written(etag: str, size: str, looks: str, key: str) -> Written:
    mtime_ns, tag = (0, looks.strip('"')) if looks[0] == '"' else (int(looks), "")
    return Written(etag, int(size), mtime_ns, key.strip("-"), tag)


def _line(path: str, written: Written) -> str:
    path = path.translate(_ESCAPED)
    if written == UNKNOWN:
        return f"- - - - {path}\n"
    key = written.key or "-"
    looks = f'"{written.tag}"' if written.tag else written.mtime_ns
    return f"{written.etag} {written.size} {looks} {key} {path}\n"
