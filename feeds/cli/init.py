"""feeds init."""

import shlex
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from feeds.cli.arguments import NAME, folder_argument
from feeds.cli.messages import fail, likeness, shown

_TITLE = "What is the site called?"
_ADDRESS = "Where will it be (https://…)?"


@click.command("init")
@folder_argument
@click.option("--title", help="What it is called; asked for, without it.")
@click.option("--base-url", metavar="URL", help="Where it will be; asked for, too.")
@click.option("--author", metavar="NAME", help="Who writes it.")
def command(
    folder: str | None, title: str | None, base_url: str | None, author: str | None
) -> None:
    """Write a feeds.toml into FOLDER, with the id that all ids start with.

    What the configuration of another tool says there is proposed.
    """
    from feeds.config import read_config, starter

    place = Path(folder or ".")
    file = place / NAME
    if file.exists():
        _refuse(file)
    known = read_config(place, {})
    _introduce(place)
    title = title or click.prompt(_TITLE, default=known.title)
    url = base_url or click.prompt(_ADDRESS, default=known.base_url or None)
    config = read_config(place, {}, {"base_url": url})
    author = author or (known.author.name if known.author else "")
    site_id = f"tag:{urlsplit(config.base_url).hostname},{datetime.now(UTC):%Y}:"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as made:
            made.write(starter(title, config.base_url, site_id, author))
    except FileExistsError:
        _refuse(file)
    except OSError as error:
        fail(f"{file}: {error.strerror}", 1)
    _say_what_next(file, folder)


def _refuse(file: Path) -> None:
    fail(f"{file}: there is one already (edit it)", 1)


def _introduce(place: Path) -> None:
    """Say whose folder it is, and what that tool's configuration tells."""
    from feeds import toolconfig
    from feeds.articles import dialects
    from feeds.articles.folder import scan

    if not place.is_dir():
        return
    found = scan(place)
    if (dialect := dialects.detect(found.files, found.others)).signs:
        click.echo(likeness(dialect.name))
    told = toolconfig.read(place)
    for key in ("title", "base_url", "author"):
        value = told.get(key)
        name = value.get("name") if isinstance(value, dict) else value
        if name:
            click.echo(f"  {key}: {shown(str(name))}")


def _say_what_next(file: Path, folder: str | None) -> None:
    click.echo(
        f"{file} written. Keep its id for ever: every article's id starts with it."
    )
    where = f" {shlex.quote(folder)}" if folder else ""
    click.echo(f'Next: feeds new "Hello"{where}, and then: feeds serve{where}')
