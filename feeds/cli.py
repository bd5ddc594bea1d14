"""The command line."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import click

import feeds
from feeds.errors import ConfigError, FeedsError, NotFound, Problem

if TYPE_CHECKING:
    from feeds.site import Site

_Command = Callable[..., None]
_DEFAULT = "data"
_TOML = "feeds.toml"
_FEW = 5


class _Commands(click.Group):
    """Errors of the house end a command with one sentence, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ConfigError as error:
            _fail(str(error), 2)
        except FeedsError as error:
            _fail(str(error), 1)


def _fail(message: str, code: int) -> NoReturn:
    for line in message.splitlines():
        click.secho(line, err=True, fg="red")
    sys.exit(code)


def _folder(function: _Command) -> _Command:
    return click.argument("folder", required=False, type=click.Path())(function)


def _base_url(function: _Command) -> _Command:
    return click.option(
        "--base-url",
        metavar="URL",
        help="Where the site is, in place of base_url in feeds.toml.",
    )(function)


def _found_folder(name: str | None) -> Path:
    """The folder named, else $FEEDS_FOLDER, else here if it is a site, else data."""
    if name:
        return Path(name)
    if configured := os.environ.get("FEEDS_FOLDER"):
        return Path(configured)
    here = Path(_TOML).exists() or not Path(_DEFAULT).is_dir()
    return Path() if here else Path(_DEFAULT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(feeds.__version__, prog_name="feeds")
def main() -> None:
    """A folder of articles becomes RSS, Atom and a small site.

    FOLDER holds the articles: Markdown, HTML, plain text or reStructuredText, with a
    feeds.toml beside them if you like; the folder of a Jekyll, Hugo or other blog will
    do as it is. Without FOLDER, it is $FEEDS_FOLDER, else the folder here if it has a
    feeds.toml, else data.
    """


@main.command()
@_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen here.")
@click.option(
    "-p",
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port; 0 picks one that is free.",
)
@_base_url
def serve(folder: str | None, host: str, port: int, base_url: str | None) -> None:
    """Serve FOLDER over HTTP, and follow it as it changes."""
    from feeds.web import serve as server

    place = _found_folder(folder)
    port = server.free_port(host, port)
    address = server.address_of(host, port)
    flags = (("base_url", base_url),) if base_url else ()
    site = server.load(place, address, flags)
    _introduce(site, place, address)
    server.serve(place, host, port, address, flags)


def _introduce(site: "Site", folder: Path, address: str) -> None:
    from feeds.documents.formats import FORMATS

    count = len(site.edition.articles)
    plural = "article" if count == 1 else "articles"
    click.secho(f"{site.config.title}: {count} {plural} in {folder}/", bold=True)
    if (dialect := site.edition.library.reading.dialect).signs:
        article = "an" if dialect.name[0] in "AEIO" else "a"
        click.echo(f"  It reads like {article} {dialect.name} folder.")
    _report(site.problems)
    places = {"site": "", **{form.label: form.filename for form in FORMATS.values()}}
    for label, path in places.items():
        click.echo(f"  {label:<5} {click.style(address + path, fg='cyan')}")
    if not site.config.base_url:
        _warn_of_address(address)
    click.echo("Ctrl-C stops it.")
    sys.stdout.flush()


def _warn_of_address(home: str) -> None:
    # A reader that finds another address in a feed may move its subscription there.
    what = f"The feeds say that they lie at {home}"
    fix = f"set base_url in {_TOML} before others subscribe, or pass --base-url"
    click.secho(f"{what} ({fix})", err=True, fg="yellow")


def _report(problems: tuple[Problem, ...]) -> None:
    """Every error, and the first few warnings, on standard error."""
    warnings = [problem for problem in problems if problem.severity == "warning"]
    for problem in problems:
        if problem.severity == "error":
            click.secho(str(problem), err=True, fg="red")
    for problem in warnings[:_FEW]:
        click.secho(str(problem), err=True, fg="yellow")
    if more := len(warnings[_FEW:]):
        click.secho(f"{more} more warnings (feeds check lists them)", err=True)


@main.command()
@click.argument("folder", required=False, type=click.Path())
@click.argument("document", required=False)
@click.option("-o", "--output", type=click.Path(), metavar="OUT", help="Write here.")
@click.option("--force", is_flag=True, help="Write into OUT though it has other files.")
@_base_url
def export(
    folder: str | None,
    document: str | None,
    output: str | None,
    force: bool,
    base_url: str | None,
) -> None:
    """Write every document of FOLDER below OUT, or print one DOCUMENT.

    What is written is byte for byte what feeds serve sends.

    \b
      feeds export blog -o public     the whole site, as files
      feeds export blog atom.xml      one document, on standard output
    """
    from feeds.export import export as write
    from feeds.site import Site

    if folder and not document and not output and not Path(folder).is_dir():
        folder, document = None, folder
    if (output is None) == (document is None):
        raise click.UsageError("Say where to write (-o OUT), or name one DOCUMENT.")
    site = Site(_found_folder(folder), flags={"base_url": base_url})
    if document is not None:
        try:
            body = site.document(document).body
        except NotFound:
            known = ", ".join(path for path in site.edition.paths if "/" not in path)
            _fail(f"no document at {document!r} (there are {known})", 1)
        _report(site.problems)
        sys.stdout.buffer.write(body)
        return
    summary = write(site, Path(str(output)), force)
    _report(site.problems)
    click.echo(
        f"{output}: {summary.written} written, {summary.unchanged} unchanged, "
        f"{summary.removed} removed"
    )
    if not site.config.base_url:
        _warn_of_address(site.config.home)


@main.command()
@_folder
@_base_url
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for GitHub's annotations.",
)
@click.option("--explain", metavar="CODE", help="Say what a code means, and no more.")
def check(
    folder: str | None,
    base_url: str | None,
    strict: bool,
    style: str,
    explain: str | None,
) -> None:
    """List every problem of FOLDER and its feeds; exit 1 if there is an error."""
    from feeds import report
    from feeds.check import CODES
    from feeds.check import check as find
    from feeds.site import Site

    if explain is not None:
        if explain not in CODES:
            _fail(report.unknown(explain, CODES), 2)
        click.echo(f"{explain}: {CODES[explain]}")
        return
    site = Site(_found_folder(folder), flags={"base_url": base_url})
    problems = find(site)
    click.echo(report.STYLES[style](problems), nl=False)
    errors = sum(problem.severity == "error" for problem in problems)
    published = len(site.edition.articles)
    click.echo(report.counted(published, errors, len(problems) - errors), err=True)
    sys.exit(1 if errors or (strict and problems) else 0)


@main.command()
@_folder
@click.option("--title", prompt="What is the site called?", help="What it is called.")
@click.option(
    "--base-url",
    prompt="Where will it be (https://…)?",
    metavar="URL",
    help="Where it will be.",
)
@click.option("--author", default="", metavar="NAME", help="Who writes it.")
def init(folder: str | None, title: str, base_url: str, author: str) -> None:
    """Write a feeds.toml into FOLDER, with the id that all ids start with."""
    from feeds.config import read_config, starter

    place = Path(folder or ".")
    file = place / _TOML
    config = read_config(place, {}, {"base_url": base_url})
    host = urlsplit(config.base_url).hostname
    site_id = f"tag:{host},{datetime.now(UTC):%Y}:"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as made:
            made.write(starter(title, config.base_url, site_id, author))
    except FileExistsError:
        _fail(f"{file}: there is one already (edit it)", 1)
    except OSError as error:
        _fail(f"{file}: {error.strerror}", 1)
    click.echo(
        f"{file} written. Keep its id for ever: every article's id starts with it."
    )
