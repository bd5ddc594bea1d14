"""What commands have in common: the folder that they are about, and its address."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

#: As in feeds.config, which commands import when they run: --help is to be quick.
NAME = "feeds.toml"
#: How the address of every bucket starts.
BUCKET = "s3://"

_Command = Callable[..., None]
_DEFAULT = "data"


def folder_argument(function: _Command) -> _Command:
    return click.argument(
        "folder", required=False, type=click.Path(), shell_complete=folders
    )(function)


def json_option(function: _Command) -> _Command:
    return click.option(
        "--json", "as_json", is_flag=True, help="As JSON, for programs."
    )(function)


def folders(*asked: object) -> "list[CompletionItem[str]]":
    """Have a shell complete the name of a folder."""
    from click.shell_completion import CompletionItem

    return [CompletionItem("", type="dir")]


def base_url_option(function: _Command) -> _Command:
    return click.option(
        "--base-url",
        metavar="URL",
        help="Where the site is, in place of base_url in feeds.toml.",
    )(function)


def found_folder(name: str | None) -> Path:
    """The folder named, else $FEEDS_FOLDER, else here if it is a site, else data."""
    if name:
        return Path(name)
    if configured := os.environ.get("FEEDS_FOLDER"):
        return Path(configured)
    here = Path(NAME).exists() or not Path(_DEFAULT).is_dir()
    return Path() if here else Path(_DEFAULT)
