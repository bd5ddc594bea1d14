"""feeds new."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.arguments import folder_argument, found_folder
from feeds.cli.messages import fail
from feeds.errors import ArticleError

if TYPE_CHECKING:
    from feeds.articles.blank import Blank, Start
    from feeds.config import Config


@click.command("new")
@click.argument("title")
@folder_argument
@click.option(
    "--format",
    "suffix",
    type=click.Choice(["md", "html", "txt", "rst"]),
    help="How its text is written; Markdown, or what most articles there are.",
)
@click.option("--draft", is_flag=True, help="Keep it back until it says so no more.")
@click.option("--date", metavar="DATE", help="When it is published, in place of now.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; repeatable.")
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
def command(
    title: str,
    folder: str | None,
    suffix: str | None,
    draft: bool,
    date: str | None,
    tags: tuple[str, ...],
    edit: bool,
) -> None:
    """Make a file in FOLDER for an article called TITLE, and print its path.

    It lies where the tool whose folder it is has its articles, with a header in the
    tool's own notation. Nothing is ever overwritten. Where the site is being served,
    it is published at once, unless it is a --draft.
    """
    from feeds.articles.blank import Start, line
    from feeds.config import read_config

    place = found_folder(folder)
    if not place.is_dir():
        fail(f"{place}: no such folder (name a folder of articles)", 2)
    config = read_config(place)
    start = Start(
        title=_read(title, "title", line),
        date=_date(date, config),
        tags=tuple(_read(tag, "tag", line) for tag in tags),
        is_draft=draft,
        suffix=f".{suffix}" if suffix else "",
    )
    try:
        file = _write(place, _blank(place, start, config))
    except ArticleError as error:
        fail(f"{error.found} ({error.fix})", 1)
    click.echo(file)
    if edit:
        click.edit(filename=str(file))


def _read(text: str, what: str, line: Callable[[str], str]) -> str:
    try:
        return line(text)
    except ValueError:
        fail(f"not a {what}: {text!r:.60} (write one line of text)", 2)


def _date(told: str | None, config: "Config") -> datetime:
    from feeds import dates

    if told is None:
        return datetime.now(UTC).replace(microsecond=0).astimezone(config.timezone)
    try:
        return dates.parse(told, config.timezone)
    except ValueError:
        fix = "write it as 2024-01-31 or 2024-01-31T09:30:00+01:00"
        fail(f"not a date: {told!r:.60} ({fix})", 2)


def _blank(place: Path, start: "Start", config: "Config") -> "Blank":
    from feeds.articles import dialects
    from feeds.articles.article import Reading
    from feeds.articles.blank import blank
    from feeds.articles.folder import scan
    from feeds.articles.ledger import Ledger

    found = scan(place.resolve())
    dialect = dialects.detect(found.files, found.others)
    reading = Reading(dialect, config.timezone, config.authors)
    memories = Ledger(place.resolve(), reads=True).memories().values()
    names = {memory.name for memory in memories}
    return blank(start, found, reading, config.id, names)


def _write(place: Path, made: "Blank") -> Path:
    file = place / made.path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(made.text)
    except FileExistsError:
        fail(f"{file}: there is one already (edit it, or choose another title)", 1)
    except OSError as error:
        fail(f"{file}: {error.strerror}", 1)
    return file
