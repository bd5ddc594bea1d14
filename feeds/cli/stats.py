"""feeds stats."""

import click

from feeds.cli.arguments import folder_argument, found_folder


@click.command("stats")
@folder_argument
@click.option(
    "--days",
    default=30,
    show_default=True,
    type=click.IntRange(1, 1098),
    metavar="N",
    help="Of so many days, until today.",
)
@click.option("--json", "style", flag_value="json", help="Everything, for programs.")
@click.option("--csv", "style", flag_value="csv", help="A line for each day's count.")
def command(folder: str | None, days: int, style: str | None) -> None:
    """Tell who reads FOLDER: visits of articles, subscribers of feeds.

    They are counted while it is served, unless statistics = false in feeds.toml.
    """
    from feeds.cli.tables import text
    from feeds.documents.statistics import to_csv, to_json
    from feeds.site import Site
    from feeds.statistics.report import statistics_of
    from feeds.statistics.store import place_of

    site = Site(found_folder(folder), reads=True)
    told = statistics_of(site.edition, place_of(site.folder), site.clock(), days)
    styles = {"json": to_json, "csv": to_csv}
    click.echo(styles.get(style or "", text)(told), nl=False)
