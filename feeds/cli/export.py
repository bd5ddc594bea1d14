"""feeds export."""

import sys
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.arguments import (
    BUCKET,
    base_url_option,
    folders,
    found_folder,
    json_option,
)
from feeds.cli.messages import fail, show, warn_of_address

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from feeds.site import Site

# Written out: to ask feeds.export.hosts would load everything for `--help`.
HOSTS = "netlify cloudflare github apache nginx caddy s3".split()
_ONE_CODING = "S3 sends each object as it is, and cannot ask who takes what"


def _documents(
    context: click.Context, parameter: click.Parameter, begun: str
) -> "list[CompletionItem[str]]":
    """Have a shell complete the path of a document."""
    from click.shell_completion import CompletionItem

    from feeds.errors import ConfigError
    from feeds.site import Site

    try:
        site = Site(found_folder(context.params.get("folder")), reads=True)
    except ConfigError:
        return []
    paths = site.edition.paths
    return [CompletionItem(path) for path in paths if path.startswith(begun)]


@click.command("export")
@click.argument("folder", required=False, type=click.Path(), shell_complete=folders)
@click.argument("document", nargs=-1, shell_complete=_documents)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="OUT",
    help="Write here: a folder, or s3://BUCKET/PREFIX.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Export though OUT has files of others, or no article is left.",
)
@click.option("--compress", is_flag=True, help="Each document as .gz and .br, too.")
@click.option(
    "--host", type=click.Choice(HOSTS), help="What this host is to know, as its files."
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would change, and touch nothing."
)
@click.option("--watch", is_flag=True, help="Export again whenever FOLDER changes.")
@json_option
@base_url_option
def command(
    folder: str | None,
    document: tuple[str, ...],
    output: str | None,
    force: bool,
    compress: bool,
    host: str | None,
    dry_run: bool,
    watch: bool,
    as_json: bool,
    base_url: str | None,
) -> None:
    """Write FOLDER, or some DOCUMENTs of it, below OUT; or print one DOCUMENT.

    What is written is byte for byte what feeds serve sends.

    \b
      feeds export blog -o public           the whole site, as files
      feeds export blog rss.xml -o public   these documents alone
      feeds export blog atom.xml            one document, on standard output
    """
    from feeds.cli import exporting
    from feeds.export import Wishes
    from feeds.site import Site

    if folder and _is_document(folder, document, output):
        document, folder = (folder, *document), None
    if output is None and len(document) != 1:
        raise click.UsageError("Say where to write (-o OUT), or name one DOCUMENT.")
    if host and document:
        raise click.UsageError("--host is for a whole site: name no DOCUMENT.")
    if watch and (dry_run or as_json):
        other = "--dry-run" if dry_run else "--json"
        raise click.UsageError(f"Say either {other} or --watch.")
    place, flags = found_folder(folder), {"base_url": base_url}
    if compress and output and output.startswith(BUCKET):
        raise click.UsageError(f"Leave --compress out: {_ONE_CODING}.")
    out = exporting.place_of(output or "")
    stamp = None
    if output is not None and not watch:
        stamp = exporting.stamp(place, (base_url, compress, host, document))
        if stamp and exporting.is_done(out, place, stamp, dry_run, as_json):
            return None
    site = Site(place, flags=flags, reads=dry_run)
    if missing := [path for path in document if not site.edition.has(path)]:
        fail(f"no document at {missing[0]!r} ({_meant(site, missing[0])})", 1)
    if output is None:
        return _print(site, document[0])
    wishes = Wishes(force, compress, dry_run, only=document, stamp=stamp)
    if host:
        from feeds.export import hosts

        wishes = replace(wishes, more=partial(hosts.rules, host=host))
        show(hosts.problems(site.edition, host))
    if not site.config.base_url:
        warn_of_address(site.config.home)
    if watch:
        return exporting.follow(site, out, wishes)
    sys.exit(exporting.once(site, out, wishes, as_json))


def _is_document(name: str, others: tuple[str, ...], output: str | None) -> bool:
    """Whether what stands where FOLDER may is a document: the path of a file."""
    is_alone = not output and not others
    return (is_alone or "." in name) and not Path(name).is_dir()


def _meant(site: "Site", path: str) -> str:
    """What to ask for instead: where the path leads on the web, or one like it."""
    paths = site.edition.paths
    led = site.redirect(path)
    if near := [led] if led in paths else get_close_matches(path, paths, 2, 0.7):
        return f"did you mean {' or '.join(map(str, near))}?"
    return f"there are {', '.join(path for path in paths if '/' not in path)}"


def _print(site: "Site", path: str) -> None:
    try:
        body = site.document(path).body
    except Exception as error:
        found = f"{path}: cannot be rendered: {error!r:.200}"
        fail(f"{found} (please report this)", 1)
    show(site.problems)
    sys.stdout.buffer.write(body)
