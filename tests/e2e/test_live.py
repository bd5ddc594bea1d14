"""The feeds follow the folder while it is served, and nothing interrupts them."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tests.e2e.conftest import Serve
from tests.e2e.programs import Server, get, wait_for

pytestmark = pytest.mark.e2e

#: Within this many seconds a change must be in the feeds; it should be about one.
SOON = 3.0
ATOM = "{http://www.w3.org/2005/Atom}"
ONE = {"one.md": "---\ntitle: One\ndate: 2024-01-01\n---\nThe first.\n"}
TWO = "---\ntitle: Two\ndate: 2024-01-02\n---\nThe second.\n"
BROKEN = "---\ntitle: Two\ndate: 2024-01-02\nThe second.\n"


def titles(server: Server) -> list[str]:
    """The titles in both feeds, which agree; all that is asked is answered by 200."""
    answers = [get(server.url + path) for path in ("rss.xml", "atom.xml", "")]
    assert [answer.status for answer in answers] == [200, 200, 200]
    rss, atom = (ET.fromstring(answer.body) for answer in answers[:2])
    found = [item.findtext("title", "") for item in rss.iter("item")]
    # In Atom a title that looks like HTML is written as HTML.
    other = [
        unescape(e.findtext(f"{ATOM}title", "")) for e in atom.iter(f"{ATOM}entry")
    ]
    # Between two requests an edition may have been replaced by the next.
    return found if found == other else []


def becomes(server: Server, *wanted: str) -> None:
    wait_for(lambda: titles(server) == list(wanted), f"titles {wanted}", SOON)


def told(server: Server, start: str) -> list[str]:
    """The lines on standard error that start so."""
    return [line for line in server.stderr().splitlines() if line.startswith(start)]


def changes(server: Server, condition: Callable[[], object], what: str) -> None:
    """Wait for `condition`, while every answer is 200."""
    wait_for(lambda: titles(server) and condition(), what, SOON)


def test_the_feeds_follow_an_article_through_its_life(serve: Serve) -> None:
    server = serve(ONE)
    article = server.folder / "two.md"
    becomes(server, "One")
    article.write_text(TWO)
    becomes(server, "Two", "One")
    assert b"The second." in get(server.url + "two/").body
    article.write_text(TWO.replace("Two", "Second"))
    becomes(server, "Second", "One")
    article.unlink()
    becomes(server, "One")
    assert get(server.url + "two/").status == 410
    assert server.stderr() == ""


def test_a_broken_file_is_named_once_and_the_feeds_go_on(serve: Serve) -> None:
    server = serve(ONE)
    article = server.folder / "two.md"
    article.write_text(TWO)
    becomes(server, "Two", "One")
    article.write_text(BROKEN)
    changes(server, lambda: told(server, "two.md:1: "), "the broken file is named")
    becomes(server, "One")
    # Another change is followed by another look at what is broken.
    (server.folder / "three.md").write_text(TWO.replace("Two", "Three"))
    becomes(server, "Three", "One")
    assert told(server, "two.md:") == [
        "two.md:1: the header has no end (close it with a line of ---)"
    ]
    article.write_text(TWO.replace("2024-01-02", "2024-01-03"))
    becomes(server, "Two", "Three", "One")
    changes(server, lambda: told(server, "mended: two.md:1: "), "it is mended")
    assert len(server.stderr().splitlines()) == 2


def test_a_file_that_is_written_slowly_is_never_seen_by_half(serve: Serve) -> None:
    server = serve(ONE)
    text = (
        TWO + "\n\n".join(f"Paragraph {number}." for number in range(40)) + "\nEnd.\n"
    )
    with (server.folder / "two.md").open("w") as file:
        for start in range(0, len(text), 40):
            file.write(text[start : start + 40])
            file.flush()
            assert titles(server) == ["One"]
    becomes(server, "Two", "One")
    assert b"End." in get(server.url + "two/").body
    assert server.stderr() == ""


def test_a_broken_feeds_toml_leaves_the_old_one_in_force(serve: Serve) -> None:
    server = serve({**ONE, "feeds.toml": 'title = "Before"\n'})
    config = server.folder / "feeds.toml"

    def title() -> str:
        answer = get(server.url + "rss.xml")
        assert answer.status == 200
        return ET.fromstring(answer.body).findtext("channel/title", "")

    config.write_text('title = "Broken\n')
    changes(server, lambda: told(server, "feeds.toml:1: not TOML"), "it is named")
    assert title() == "Before"
    config.write_text('titel = "Misspelt"\n')
    changes(server, lambda: told(server, "feeds.toml:1: unknown key"), "it is named")
    assert title() == "Before"
    config.write_text('title = "After"\n')
    wait_for(lambda: title() == "After", "the new title", SOON)


def test_a_folder_that_is_away_for_a_while_loses_nothing(serve: Serve) -> None:
    server = serve()
    paths = ("rss.xml", "atom.xml", "", "ids-are-for-ever/")

    def bodies() -> list[bytes]:
        answers = [get(server.url + path) for path in paths]
        assert {answer.status for answer in answers} == {200}
        return [answer.body for answer in answers]

    before = bodies()
    away = server.folder.with_name("away")
    server.folder.rename(away)
    wait_for(lambda: "cannot be read" in server.stderr(), "it is missed", SOON)
    assert bodies() == before
    away.rename(server.folder)
    wait_for(lambda: told(server, "mended: "), "it is found again", SOON)
    assert bodies() == before
    article = server.folder / "ids-are-for-ever.md"
    article.write_text(article.read_text().replace("Ids are", "Names are", 1))
    wait_for(lambda: "Names are for ever" in titles(server), "the new title", SOON)


def test_an_article_of_the_near_future_appears_by_itself(serve: Serve) -> None:
    server = serve(ONE)
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    text = TWO.replace("2024-01-02", due.isoformat())
    (server.folder / "two.md").write_text(text)

    def is_there() -> bool:
        there = "Two" in titles(server)
        assert datetime.now(UTC) >= due or not there, "it came too early"
        return there

    wait_for(is_there, "the article of the future", 3 + SOON)
