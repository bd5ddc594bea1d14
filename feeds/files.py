"""The site's own media files, where entries or feeds.toml name them."""

from dataclasses import replace
from urllib.parse import quote

from feeds.addresses import Addresses
from feeds.articles.folder import File, measure_file
from feeds.articles.media import media_type_of
from feeds.config import NAME, Config
from feeds.errors import Problem
from feeds.feed import Enclosure, Image


class Files:
    """The media files of a site by their absolute addresses.

    `measured` are those that were asked for; None are files of others.
    """

    def __init__(self, addresses: Addresses, home: str) -> None:
        self._addresses = addresses
        self._home = home
        self.measured: dict[str, File | None] = {}

    def image(self, image: Image) -> Image:
        """The picture with its type and sizes, where its file is one of ours."""
        file = self._file(image.url)
        if file is None:
            return image
        size = measure_file(file)
        return replace(
            image,
            media_type=media_type_of(image.url),
            length=file.size,
            width=size.width,
            height=size.height,
        )

    def enclosure(self, enclosure: Enclosure) -> Enclosure:
        """The recording with its type, length and duration, as far as known."""
        file = self._file(enclosure.url)
        seconds = enclosure.duration or (measure_file(file).duration if file else 0)
        return replace(
            enclosure,
            media_type=enclosure.media_type or media_type_of(enclosure.url),
            length=file.size if file else enclosure.length,
            duration=seconds,
        )

    def _file(self, url: str) -> File | None:
        self.measured[url] = file = self._addresses.file(url, self._home)
        return file


def picture(path: str, addresses: Addresses, home: str) -> str:
    """The absolute address of a picture that feeds.toml names, "" where none is."""
    if path.startswith(("http://", "https://")):
        return path
    there = addresses.media.get(path)
    return home + quote(there) if there else ""


def missing_pictures(config: Config, addresses: Addresses) -> list[Problem]:
    """The pictures that feeds.toml names and that are not there."""
    fix = "name a file of the folder, or an address"
    named = {config.icon: 1, config.image: 1}
    for wanted in config.feeds:
        named.setdefault(wanted.image, wanted.lines.get("image", wanted.line))
    return [
        Problem(NAME, line, f"no picture at {path!r}", fix, "warning", code="link")
        for path, line in named.items()
        if path and not picture(path, addresses, config.home)
    ]
