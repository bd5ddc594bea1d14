"""feeds init."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from feeds.cli.arguments import NAME, folder_argument
from feeds.cli.messages import fail


@click.command("init")
@folder_argument
@click.option("--title", prompt="What is the site called?", help="What it is called.")
@click.option(
    "--base-url",
    prompt="Where will it be (https://…)?",
    metavar="URL",
    help="Where it will be.",
)
@click.option("--author", default="", metavar="NAME", help="Who writes it.")
def command(folder: str | None, title: str, base_url: str, author: str) -> None:
    """Write a feeds.toml into FOLDER, with the id that all ids start with."""
    from feeds.config import read_config, starter

    place = Path(folder or ".")
    file = place / NAME
    config = read_config(place, {}, {"base_url": base_url})
    host = urlsplit(config.base_url).hostname
    site_id = f"tag:{host},{datetime.now(UTC):%Y}:"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as made:
            made.write(starter(title, config.base_url, site_id, author))
    except FileExistsError:
        fail(f"{file}: there is one already (edit it)", 1)
    except OSError as error:
        fail(f"{file}: {error.strerror}", 1)
    click.echo(
        f"{file} written. Keep its id for ever: every article's id starts with it."
    )
