"""feeds serve."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.arguments import base_url_option, folder_argument, found_folder
from feeds.cli.messages import likeness, show, warn_of_address

if TYPE_CHECKING:
    from feeds.site import Site


@click.command("serve")
@folder_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen here.")
@click.option(
    "-p",
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port; 0 picks one that is free.",
)
@base_url_option
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Answer with this many processes.",
)
@click.option("--tls-cert", metavar="FILE", help="HTTPS, with this certificate.")
@click.option("--tls-key", metavar="FILE", help="The certificate's key.")
@click.option(
    "--log-format",
    type=click.Choice(["none", "combined", "json"]),
    default="none",
    show_default=True,
    help="Log each request on standard error, without its query.",
)
@click.option(
    "--watch", is_flag=True, help="Have pages in a browser reload as you write."
)
def command(
    folder: str | None,
    host: str,
    port: int,
    base_url: str | None,
    workers: int,
    tls_cert: str | None,
    tls_key: str | None,
    log_format: str,
    watch: bool,
) -> None:
    """Serve FOLDER over HTTP, and follow it as it changes.

    SIGTERM and Ctrl-C let requests finish; SIGHUP replaces the workers, and reads the
    certificate again, while others go on answering. --watch is for who writes, and
    adds a script to each page, which no export has.
    """
    from feeds.web import serve as server

    place = found_folder(folder)
    files = (Path(name) if name else None for name in (tls_cert, tls_key))
    certificate = server.certificate_of(*files)
    port = server.free_port(host, port)
    terms = server.Terms(host, port, workers, certificate, log_format, watch)
    flags = (("base_url", base_url),) if base_url else ()
    site = server.load(place, terms.address, flags)
    introduce(site, place, terms.address)
    if watch and not terms.is_local:
        found = f"--watch is for you alone, and others can ask at {host}"
        click.secho(f"{found} (leave out --host)", err=True, fg="yellow")
    server.serve(place, terms, flags)


def introduce(site: "Site", folder: Path, address: str) -> None:
    from feeds.documents.formats import FORMATS

    count = len(site.edition.articles)
    plural = "article" if count == 1 else "articles"
    click.secho(f"{site.config.title}: {count} {plural} in {folder}/", bold=True)
    if (dialect := site.edition.library.contents.reading.dialect).signs:
        click.echo(f"  {likeness(dialect.name)}")
    show(site.problems)
    places = {"site": "", **{form.label: form.filename for form in FORMATS.values()}}
    for label, path in places.items():
        click.echo(f"  {label:<5} {click.style(address + path, fg='cyan')}")
    if not site.config.base_url:
        warn_of_address(address)
    click.echo("Ctrl-C stops it.")
    sys.stdout.flush()
