"""The command line."""

from typing import Any

import click

import feeds
from feeds.cli import (
    check,
    completion,
    doctor,
    export,
    init,
    listing,
    new,
    serve,
    stats,
)
from feeds.cli.messages import fail
from feeds.errors import ConfigError, FeedsError


class _Commands(click.Group):
    """Errors of the house end a command with one sentence, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ConfigError as error:
            fail(str(error), 2)
        except FeedsError as error:
            fail(str(error), 1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(feeds.__version__, prog_name="feeds")
def main() -> None:
    """A folder of articles becomes RSS, Atom and a small site.

    FOLDER holds the articles: Markdown, HTML, plain text or reStructuredText, with a
    feeds.toml beside them if you like; the folder of a Jekyll, Hugo or other blog will
    do as it is. Without FOLDER, it is $FEEDS_FOLDER, else the folder here if it has a
    feeds.toml, else data.
    """


for each in (serve, export, check, doctor, stats, listing, init, new, completion):
    main.add_command(each.command)
