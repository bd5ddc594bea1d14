"""feeds list."""

import json
from collections.abc import Iterable
from datetime import tzinfo
from typing import TYPE_CHECKING

import click

from feeds.cli.arguments import (
    base_url_option,
    folder_argument,
    found_folder,
    json_option,
)
from feeds.cli.messages import shown

if TYPE_CHECKING:
    from feeds.listing import Listed

# As in feeds.listing, which is imported when it runs: --help is to be quick.
STATES = ("broken", "draft", "expired", "scheduled", "unlisted", "undated", "published")
_COLOURS = {"broken": "red", "published": "green", "unlisted": "green"}


@click.command("list")
@folder_argument
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only what is in this state; repeatable.",
)
@click.option("--tag", metavar="TAG", help="Only what has this tag or category.")
@click.option("--author", metavar="NAME", help="Only what this person wrote.")
@json_option
@base_url_option
def command(
    folder: str | None,
    states: tuple[str, ...],
    tag: str | None,
    author: str | None,
    as_json: bool,
    base_url: str | None,
) -> None:
    """List the articles of FOLDER, newest first, and whether they are out.

    A line has the date, the state, the path, the title and the address of the page. Of
    what has no date of its own it says where it is from: git, or when first seen.
    """
    from feeds.listing import listed
    from feeds.site import Site
    from feeds.slugs import slug

    site = Site(found_folder(folder), flags={"base_url": base_url}, reads=True)
    found = [
        each
        for each in listed(site)
        if (not states or each.state in states)
        and (tag is None or slug(tag) in map(slug, each.labels))
        and (author is None or slug(author) in map(slug, each.authors))
    ]
    told = _json(found) if as_json else _text(found, site.config.timezone)
    click.echo(told, nl=False)


def _text(found: Iterable["Listed"], zone: tzinfo) -> str:
    lines = []
    for each in found:
        date = f"{each.date.astimezone(zone):%Y-%m-%d}" if each.date else "-"
        state = (
            f"{each.state} ({each.dated})" if each.state == "undated" else each.state
        )
        colour = _COLOURS.get(each.state, "yellow")
        lines.append(
            f"{date:<10}  {click.style(f'{state:<9}', fg=colour)}  {shown(each.path)}"
            + "".join(f"  {word}" for word in (each.title, _rest(each)) if word)
        )
    return "".join(f"{line}\n" for line in lines)


def _rest(each: "Listed") -> str:
    return each.problem or each.address


def _json(found: Iterable["Listed"]) -> str:
    told = [
        {
            "path": each.path,
            "state": each.state,
            "title": each.title,
            "date": each.date.isoformat() if each.date else None,
            "dated": each.dated or None,
            "url": each.address or None,
            "tags": each.labels,
            "authors": each.authors,
            "problem": each.problem or None,
        }
        for each in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
