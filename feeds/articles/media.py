"""The files beside articles that are served as they are, and their media types."""

from dataclasses import dataclass
from typing import BinaryIO

import imagesize
from tinytag import TinyTag

# Written out, because Python's own table differs from system to system.
MEDIA_TYPES = {
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".flac": "audio/flac",
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".mp4": "video/mp4",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt; charset=utf-8",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
}


def media_type_of(address: str) -> str:
    """The media type that the end of a path or address tells."""
    path = address.partition("#")[0].partition("?")[0]
    suffix = path[path.rfind(".") :].lower()
    return MEDIA_TYPES.get(suffix, "application/octet-stream").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a media file is by its own account: pixels, or seconds; 0 if unknown."""

    width: int = 0
    height: int = 0
    duration: int = 0


def measure(suffix: str, file: BinaryIO) -> Measure:
    """Read the head of a media file; nothing is raised for one that is broken."""
    kind = MEDIA_TYPES.get(suffix, "").partition("/")[0]
    try:
        if kind == "image":
            width, height = imagesize.get(file)
            return Measure(max(round(width), 0), max(round(height), 0))
        if kind in ("audio", "video"):
            told = TinyTag.get(file_obj=file, tags=False)
            return Measure(duration=round(told.duration or 0))
    except Exception:  # whatever two readers of foreign bytes may raise
        return Measure()
    return Measure()
