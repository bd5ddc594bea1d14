"""feeds doctor."""

import json
import sys
from dataclasses import asdict

import click

from feeds.cli.arguments import (
    base_url_option,
    folder_argument,
    found_folder,
    json_option,
)
from feeds.cli.messages import shown

_COLOURS = {"ok": "green", "note": "yellow", "wrong": "red"}


@click.command("doctor")
@folder_argument
@json_option
@click.option("--online", is_flag=True, help="Ask at base_url too, as a reader does.")
@base_url_option
def command(
    folder: str | None, as_json: bool, online: bool, base_url: str | None
) -> None:
    """Say whether all is right with FOLDER and this machine; exit 1 if not.

    Each line is ok, note or wrong, and says what was found and what to do. Nothing is
    written, and without --online no other machine is asked.
    """
    from feeds.doctor import examine

    found = examine(found_folder(folder), {"base_url": base_url}, online)
    if as_json:
        told = [asdict(each) for each in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in found:
            level = click.style(f"{each.level:<5}", fg=_COLOURS[each.level])
            click.echo(f"{level}  {shown(str(each))}")
    sys.exit(any(each.level == "wrong" for each in found))
