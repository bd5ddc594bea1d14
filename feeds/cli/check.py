"""feeds check."""

import sys

import click

from feeds.cli.arguments import (
    base_url_option,
    folder_argument,
    found_folder,
    json_option,
)
from feeds.cli.messages import fail


@click.command("check")
@folder_argument
@base_url_option
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for GitHub's annotations.",
)
@json_option
@click.option("--explain", metavar="CODE", help="Say what a code means, and no more.")
def command(
    folder: str | None,
    base_url: str | None,
    strict: bool,
    style: str,
    as_json: bool,
    explain: str | None,
) -> None:
    """List every problem of FOLDER and its feeds; exit 1 if there is an error."""
    from feeds.check import CODES
    from feeds.check import check as find
    from feeds.cli import report
    from feeds.site import Site

    if explain is not None:
        if explain not in CODES:
            fail(report.unknown(explain, CODES), 2)
        click.echo(f"{explain}: {CODES[explain]}")
        return
    site = Site(found_folder(folder), flags={"base_url": base_url})
    problems = find(site)
    click.echo(report.STYLES["json" if as_json else style](problems), nl=False)
    errors = sum(problem.severity == "error" for problem in problems)
    published = len(site.edition.articles)
    click.echo(report.counted(published, errors, len(problems) - errors), err=True)
    sys.exit(1 if errors or (strict and problems) else 0)
