"""The page of the statistics as it is seen by who has the token."""

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.browser import PAPER, SCHEMES, WIDTHS, opened
from tests.e2e.checkers import check_markup, judge
from tests.e2e.conftest import Serve
from tests.e2e.programs import Server, get

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e
TOKEN = "a long secret"
FILES = {
    "feeds.toml": f'stats = "{TOKEN}"\n',
    "a.md": "# A title that is as long as titles can be, and then a little longer\n",
    "b.md": "# لغة\n",
}
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}


@pytest.fixture
def server(serve: Serve) -> Server:
    """A site whose articles were visited and whose feed is followed."""
    server = serve(FILES)
    for _ in range(3):
        get(server.url + "a/", BROWSER)
    get(server.url + "b/", BROWSER)
    for agent in ("Feedbin feed-id:1 - 102 subscribers", "newsboat/2.21"):
        get(server.url + "rss.xml", {"User-Agent": agent})
    return server


def test_it_is_whole_at_every_width_and_shuts_nobody_out(
    server: Server, chromium: "Browser"
) -> None:
    known = {"username": "anybody", "password": TOKEN}
    with chromium.new_context(bypass_csp=True, http_credentials=known) as context:  # type: ignore[arg-type]
        tab = opened(context, server.url + "stats")
        assert tab.page.locator("td", has_text="102").count()
        for width in WIDTHS:
            for scheme in SCHEMES:
                facts = tab.facts(width, scheme)
                least, most = PAPER[scheme]
                assert least <= facts["paper"] <= most
                assert facts["overflow"] <= 0, f"scrolls sideways at {width}"
                assert judge(tab.page) == []
        assert tab.scripts() == []
        assert [url for url in tab.loaded() if not url.startswith(server.url)] == []
        assert tab.said == []


def test_its_markup_is_valid(server: Server, tmp_path: Path) -> None:
    told = b64encode(f"anybody:{TOKEN}".encode()).decode()
    page = get(server.url + "stats", {"Authorization": f"Basic {told}"})
    checked = tmp_path / "checked"
    checked.mkdir()
    assert check_markup({"stats.html": page.body}, checked) == {"stats.html": []}
