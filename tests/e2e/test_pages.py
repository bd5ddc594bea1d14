"""Every type of page as it is seen: whole at every width, alone, without scripts.

FEEDS_SHOTS=FOLDER keeps pictures of them to be looked at; FEEDS_GALLERY=FOLDER looks
at the pages of the articles in that folder.
"""

import gzip
import os
from pathlib import Path

import pytest

from tests.e2e.browser import PAPER, SCHEMES, WIDTHS, Tab
from tests.e2e.conftest import OTHER
from tests.e2e.gallery import FEED_TYPES, HTML_TYPES, TYPES
from tests.e2e.programs import Server, get

pytestmark = pytest.mark.e2e

every_type = pytest.mark.parametrize("kind", TYPES, indirect=True)
every_html_type = pytest.mark.parametrize("kind", HTML_TYPES, indirect=True)
every_scheme = pytest.mark.parametrize("scheme", SCHEMES)
every_width = pytest.mark.parametrize("width", WIDTHS)

SHOTS = os.environ.get("FEEDS_SHOTS")
#: What stands between a reader and the first look at a page.
BLOCKING = {"document", "stylesheet", "script", "font"}
#: WCAG 2.2, 1.4.12: what readers may set, and must lose nothing by.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


@pytest.mark.skipif(bool(OTHER), reason="another folder need not have every type")
def test_every_type_of_page_is_there(pages: dict[str, str]) -> None:
    assert set(pages) == set(TYPES)


@every_type
@every_width
@every_scheme
def test_it_fits_its_window(tab: Tab, kind: str, width: int, scheme: str) -> None:
    facts = tab.facts(width, scheme)
    if SHOTS and kind in HTML_TYPES:
        name = f"{kind}-{width}-{scheme}.png".replace(" ", "-")
        tab.page.screenshot(path=Path(SHOTS, name), full_page=True)
    assert facts["width"] == width
    assert facts["overflow"] <= 0, "it can be scrolled sideways"


@every_type
@every_scheme
def test_it_is_as_light_or_dark_as_readers_want_it(tab: Tab, scheme: str) -> None:
    least, most = PAPER[scheme]
    assert least <= tab.facts(768, scheme)["paper"] <= most


@every_type
@pytest.mark.parametrize(("width", "size"), [(320, 24), (640, 32)])
def test_large_letters_find_room(tab: Tab, width: int, size: int) -> None:
    usual = tab.facts(width)["letters"]
    with tab.letters(size):
        facts = tab.facts(width)
    assert facts["letters"] >= usual * size / 16 - 1
    assert facts["overflow"] <= 0, "it can be scrolled sideways"


@every_html_type
def test_wide_letters_find_room(tab: Tab) -> None:
    with tab.styled(SPACED):
        assert tab.facts(320)["overflow"] <= 0, "it can be scrolled sideways"
        assert tab.cut() == []


@every_html_type
@every_width
def test_nothing_is_cut_off(tab: Tab, width: int) -> None:
    tab.facts(width)
    assert tab.cut() == []


@every_html_type
def test_its_headline_begins_where_its_script_begins(tab: Tab, kind: str) -> None:
    leftward = kind == "article from right to left"
    if not OTHER:
        assert tab.facts(768)["direction"] == ("rtl" if leftward else "ltr")


@every_html_type
def test_all_its_pictures_are_shown(tab: Tab) -> None:
    assert tab.broken() == []


@every_html_type
def test_it_runs_nothing(tab: Tab) -> None:
    assert tab.scripts() == []


@every_type
def test_it_asks_nobody_else(tab: Tab, gallery: Server) -> None:
    assert [url for url in tab.loaded() if not url.startswith(gallery.url)] == []


@every_type
def test_it_is_painted_after_one_page_and_one_stylesheet(tab: Tab) -> None:
    blocking = [r.resource_type for r in tab.asked if r.resource_type in BLOCKING]
    assert blocking == ["document", "stylesheet"]


@every_type
def test_the_browser_says_nothing_of_it(tab: Tab, kind: str) -> None:
    # A page that is not there says so, and no feed can name an icon.
    expected = "/favicon.ico" if kind in FEED_TYPES else tab.page.url
    is_odd = kind in (*FEED_TYPES, "not found")
    assert [t for t in tab.said if not (is_odd and t.endswith(expected))] == []


@every_type
def test_it_can_be_printed(tab: Tab) -> None:
    assert tab.page.pdf().startswith(b"%PDF-")


@every_html_type
def test_its_headline_is_printed(tab: Tab) -> None:
    tab.page.emulate_media(media="print")
    try:
        assert tab.page.locator("h1").first.is_visible()
    finally:
        tab.page.emulate_media(media="screen")


def test_the_front_page_is_small(pages: dict[str, str]) -> None:
    answer = get(pages["front"], {"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.body).count(b"<article") >= (0 if OTHER else 20)
    assert len(answer.body) < 20_000
