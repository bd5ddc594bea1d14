"""What axe-core and the Nu Html Checker find in pages: nothing."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.e2e.browser import Tab, opened
from tests.e2e.checkers import check_markup, judge
from tests.e2e.gallery import HTML_TYPES
from tests.e2e.programs import Server, get

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e

every_html_type = pytest.mark.parametrize("kind", HTML_TYPES, indirect=True)


@pytest.fixture(scope="module")
def judged(chromium: "Browser", pages: dict[str, str]) -> Callable[[str], Tab]:
    """judged("archive"): such a page, opened where a script of ours may run."""
    context = chromium.new_context(bypass_csp=True)
    return cache(lambda kind: opened(context, pages[kind]))


@pytest.fixture(scope="module")
def said(
    pages: dict[str, str], gallery: Server, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What the checker says of each type of page, and of the stylesheet."""
    files = {
        f"{kind}.html": get(pages[kind]).body for kind in HTML_TYPES if kind in pages
    }
    files["feeds.css"] = get(gallery.url + "feeds.css").body
    return check_markup(files, tmp_path_factory.mktemp("checked"))


@every_html_type
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1440, "dark")])
def test_axe_finds_nothing(
    judged: Callable[[str], Tab], kind: str, width: int, scheme: str
) -> None:
    tab = judged(kind)
    tab.facts(width, scheme)
    assert judge(tab.page) == []


@every_html_type
def test_the_markup_is_valid(said: dict[str, list[str]], kind: str) -> None:
    assert said[f"{kind}.html"] == []


def test_the_stylesheet_is_valid(said: dict[str, list[str]]) -> None:
    assert said["feeds.css"] == []
