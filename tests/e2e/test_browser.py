"""The pages in a real browser: whole at every width, light and dark, self-contained."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browser import Look, chromium
from tests.e2e.programs import Server, needs

pytestmark = [pytest.mark.e2e, needs("chromium")]

PAGES = {
    "landing": "",
    "picture": "two-families-of-feed/",
    "code": "the-cheapest-answer-on-the-web/",
    "arabic": "lughat-saghira/",
    "not-found": "no/such/page/",
}
#: The background of a page, so that dark is really dark.
PAPER = {"light": range(200, 256), "dark": range(60)}
#: Where pictures of the pages are kept to be looked at, if anywhere.
SHOTS = os.environ.get("FEEDS_SHOTS")


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    with chromium(tmp_path_factory.mktemp("chromium") / "profile") as looking:
        yield looking


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_its_window_and_asks_nobody_else(
    sample: Server, look: Look, page: str, width: int, scheme: str
) -> None:
    view = look(sample.url + PAGES[page], width, scheme)
    if SHOTS:
        Path(SHOTS).mkdir(exist_ok=True)
        Path(SHOTS, f"{page}-{width}-{scheme}.png").write_bytes(view.png)
    assert view.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", view.png[16:20]) == (width,)
    assert len(view.png) > 5_000, "an empty picture"

    assert view.facts["width"] == width
    assert view.facts["overflow"] <= 0, "it can be scrolled sideways"
    red = int(view.facts["paper"].removeprefix("rgb(").partition(",")[0])
    assert red in PAPER[scheme], view.facts["paper"]
    assert view.facts["direction"] == ("rtl" if page == "arabic" else "ltr")

    assert view.facts["missing"] == []
    assert sample.url + "feeds.css" in view.asked
    for address in [*view.asked, *view.facts["loaded"]]:
        assert address.startswith(sample.url), address
    complaints = [text for text in view.complaints if "404" not in text]
    assert complaints == []
