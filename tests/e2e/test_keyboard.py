"""Every layout of pages with a keyboard alone: where it leads, in order, and seen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import pytest

from tests.e2e.browser import opened
from tests.e2e.gallery import LAYOUTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize("kind", LAYOUTS, indirect=True),
]

#: More stops than this before the text need a link that leaps over them.
FEW = 3
#: More stops than this are not walked.
MOST = 1000
_FEED = ("application/rss+xml", "application/atom+xml", "application/feed+json")
# How a stop is marked is compared with how the same element looks otherwise.
_WATCH = """() => {
  const look = e => { const s = getComputedStyle(e); return [
    s.outlineStyle === "none" ? "" : s.outline, s.boxShadow, s.backgroundColor,
    s.borderColor, s.textDecoration].join() };
  const able = [...document.querySelectorAll(
    "a[href], input, button, select, textarea, summary, audio, video, pre, table")];
  const before = new Map(able.map(e => [e, look(e)]));
  const main = document.querySelector("main");
  const leads = e => e.hash && e.href.split("#")[0] === location.href.split("#")[0]
    && main && main.parentElement.querySelector(e.hash);
  let first = null;
  window.stops = [];
  addEventListener("focusin", event => {
    const e = event.target, box = e.getBoundingClientRect();
    const mid = [box.left + box.width / 2, box.top + box.height / 2];
    first ??= e;
    if (e === first && window.stops.length) window.ended = true;
    if (!window.ended) window.stops.push({
      what: e.outerHTML.slice(0, 120),
      href: e.href || "",
      shown: e.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && box.width > 1 && box.height > 1
        && mid[0] >= 0 && mid[0] <= innerWidth && mid[1] >= 0 && mid[1] <= innerHeight,
      marked: look(e) !== before.get(e),
      top: box.top + scrollY,
      foot: box.bottom + scrollY,
      content: !!(main && main.contains(e)),
      leaps: !!leads(e),
    });
  });
}"""
# What is wider than its place, and can be moved.
_SCROLLING = """[...document.querySelectorAll("body *")].filter(e =>
  ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
  && e.scrollWidth > e.clientWidth).map(e => e.outerHTML.slice(0, 120))"""
_FEEDS = """types => [...document.querySelectorAll("a[type]")]
  .filter(a => types.includes(a.type)).map(a => a.href)"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the Tab key leads: what it is, where it is, and how it is seen."""

    what: str
    href: str
    shown: bool
    marked: bool
    top: float
    foot: float
    content: bool
    leaps: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """Every stop on a page, the feeds that it links to, and what scrolls sideways."""

    stops: tuple[Stop, ...]
    feeds: frozenset[str]
    scrolling: frozenset[str]


@pytest.fixture(scope="module")
def walks(chromium: "Browser", pages: dict[str, str]) -> Callable[[str], Walk]:
    """walks("archive"): such a page on a telephone, from its first stop to its last."""
    size = {"width": 320, "height": 800}
    context = chromium.new_context(bypass_csp=True, viewport=size)  # type: ignore[arg-type]

    @cache
    def walk(kind: str) -> Walk:
        page = opened(context, pages[kind]).page
        # What is folded up is a stop once its summary has been.
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")
        page.evaluate(_WATCH)
        # After the last stop comes the first again; some pages have thousands.
        for number in range(MOST):
            if number % 10 == 0 and page.evaluate("window.ended"):
                break
            page.keyboard.down("Tab")  # held down, it goes on
        stops = tuple(Stop(**stop) for stop in page.evaluate("window.stops"))
        feeds = page.evaluate(_FEEDS, _FEED)
        scrolling = page.evaluate(_SCROLLING)
        page.close()
        return Walk(stops, frozenset(feeds), frozenset(scrolling))

    return walk


@pytest.fixture
def walk(walks: Callable[[str], Walk], kind: str) -> Walk:
    return walks(kind)


def test_every_stop_can_be_seen(walk: Walk) -> None:
    assert [stop.what for stop in walk.stops if not stop.shown] == []


def test_every_stop_is_marked(walk: Walk) -> None:
    assert [stop.what for stop in walk.stops if not stop.marked] == []


def test_the_stops_go_down_the_page(walk: Walk) -> None:
    # Those beside each other in a line differ in height; one above is out of order.
    upward = [b.what for a, b in pairwise(walk.stops) if b.foot <= a.top]
    assert upward == []


def test_the_text_is_a_few_stops_away(walk: Walk) -> None:
    before = len(list(takewhile(lambda stop: not stop.content, walk.stops)))
    assert before <= FEW or walk.stops[0].leaps


def test_every_feed_of_it_is_a_stop(walk: Walk) -> None:
    assert walk.feeds <= {stop.href for stop in walk.stops}


def test_all_that_scrolls_is_a_stop(walk: Walk) -> None:
    assert walk.scrolling <= {stop.what for stop in walk.stops}
