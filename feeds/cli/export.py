"""feeds export."""

import sys
from pathlib import Path

import click

from feeds.cli.arguments import base_url_option, found_folder
from feeds.cli.messages import fail, show, warn_of_address
from feeds.errors import NotFound


@click.command("export")
@click.argument("folder", required=False, type=click.Path())
@click.argument("document", required=False)
@click.option("-o", "--output", type=click.Path(), metavar="OUT", help="Write here.")
@click.option("--force", is_flag=True, help="Write into OUT though it has other files.")
@base_url_option
def command(
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
    site = Site(found_folder(folder), flags={"base_url": base_url})
    if document is not None:
        try:
            body = site.document(document).body
        except NotFound:
            known = ", ".join(path for path in site.edition.paths if "/" not in path)
            fail(f"no document at {document!r} (there are {known})", 1)
        show(site.problems)
        sys.stdout.buffer.write(body)
        return
    summary = write(site, Path(str(output)), force)
    show(site.problems)
    click.echo(
        f"{output}: {summary.written} written, {summary.unchanged} unchanged, "
        f"{summary.removed} removed"
    )
    if not site.config.base_url:
        warn_of_address(site.config.home)
