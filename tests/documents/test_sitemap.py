"""The sitemap: what the protocol asks for, and which page is in which part."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from feeds.documents import sitemap
from feeds.documents.sitemap import Page
from feeds.feed import Variant

WHEN = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BOTH = (
    Variant("en", "https://a.example/ferry/"),
    Variant("fr", "https://a.example/fr/ferry/?a=1&b=2"),
)
MOST_PAGES, MOST_BYTES = 50_000, 50_000_000


def page(name: object = "a", **told) -> Page:
    return Page(**{"url": f"https://a.example/{name}/", "modified": WHEN, **told})


def newest_first(count: int) -> list[Page]:
    return [page(number) for number in range(count, 0, -1)]


def told(*pages: Page) -> etree._Element:
    return etree.fromstring(sitemap.render(pages))


def places(root: etree._Element) -> list[str]:
    return [found.text for found in root.iter(f"{SPACE}loc")]


def changes(root: etree._Element) -> list[str]:
    return [found.text for found in root.iter(f"{SPACE}lastmod")]


@pytest.fixture(scope="module")
def many() -> list[Page]:
    """One page more than a file may hold."""
    return newest_first(MOST_PAGES + 1)


@pytest.fixture(scope="module")
def many_parts(many) -> list[tuple[Page, ...]]:
    return sitemap.parts(many)


@pytest.fixture(scope="module")
def heavy() -> list[Page]:
    """Fewer pages than a file may hold, but more bytes, for each & becomes five.

    Each is 10,000 bytes, so that 5,000 of them leave no room for what is around them.
    """
    return [page(f"{number:05}?{'&' * 1982}a") for number in range(5500)]


@pytest.fixture(scope="module")
def heavy_parts(heavy) -> list[tuple[Page, ...]]:
    return sitemap.parts(heavy)


@pytest.fixture(scope="module")
def sizes(heavy_parts) -> list[int]:
    return [len(sitemap.render(part)) for part in heavy_parts]


@pytest.mark.parametrize("body", [sitemap.render([page()]), sitemap.index([])])
def test_it_starts_with_its_declaration(body):
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<")


def test_a_sitemap_is_a_set_of_addresses():
    assert told(page()).tag == f"{SPACE}urlset"


def test_a_page_is_an_address_and_when_it_changed():
    (url,) = told(page())
    assert [(each.tag, each.text) for each in url] == [
        (f"{SPACE}loc", "https://a.example/a/"),
        (f"{SPACE}lastmod", "2026-02-03T10:00:00Z"),
    ]


def test_the_date_of_another_zone_is_told_in_utc():
    there = WHEN.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert changes(told(page(modified=there))) == ["2026-02-03T10:00:00Z"]


def test_pages_stay_in_the_order_given():
    assert places(told(page("b"), page("c"), page("a"))) == [
        "https://a.example/b/",
        "https://a.example/c/",
        "https://a.example/a/",
    ]


def test_each_page_has_a_line_of_its_own():
    body = sitemap.render([page("a"), page("b", variants=BOTH)])
    assert sum(line.startswith(b"  <url>") for line in body.splitlines()) == 2


@pytest.mark.parametrize("url", ["https://a.example/?a=1&b=<2>", "https://ü.example/"])
def test_an_address_arrives_as_it_was(url):
    assert places(told(page(url=url))) == [url]


def test_a_page_names_its_languages():
    links = told(page(variants=BOTH)).iter(f"{XHTML}link")
    assert [dict(link.attrib) for link in links] == [
        {"rel": "alternate", "hreflang": each.language, "href": each.url}
        for each in BOTH
    ]


def test_a_quote_does_not_end_the_address_of_a_language():
    hostile = Variant("fr", "https://a.example/\"'<&>")
    (link,) = told(page(variants=(hostile,))).iter(f"{XHTML}link")
    assert link.get("href") == hostile.url


def test_a_sitemap_without_languages_does_not_speak_of_xhtml():
    assert told(page()).nsmap == {None: SPACE.strip("{}")}


def test_a_sitemap_can_be_without_pages():
    assert len(told()) == 0


def test_no_pages_are_no_parts():
    assert sitemap.parts([]) == []


def test_few_pages_are_one_part_in_their_order():
    pages = newest_first(3)
    assert sitemap.parts(pages) == [tuple(pages)]


@pytest.mark.thorough
def test_a_part_has_as_many_pages_as_a_file_may_hold(many_parts):
    assert [len(part) for part in many_parts] == [MOST_PAGES, 1]


@pytest.mark.thorough
def test_the_first_part_has_the_oldest_pages(many, many_parts):
    assert many_parts == [tuple(many[1:]), (many[0],)]


@pytest.mark.thorough
def test_a_new_page_changes_the_last_part_alone(many, many_parts):
    before, after = many_parts, sitemap.parts([page("new"), *many])
    assert after == [before[0], (page("new"), many[0])]


@pytest.mark.thorough
def test_a_part_is_no_larger_than_a_file_may_be(sizes):
    assert max(sizes) <= MOST_BYTES


@pytest.mark.thorough
def test_a_part_is_as_large_as_it_can_be(sizes, heavy):
    assert sizes[0] > MOST_BYTES - 2 * len(sitemap.render(heavy[:1]))


@pytest.mark.thorough
def test_parts_of_many_bytes_have_every_page_once(heavy, heavy_parts):
    assert [each for part in reversed(heavy_parts) for each in part] == heavy


def test_an_address_as_long_as_the_protocol_allows_is_in_it():
    longest = page(url="https://a.example/".ljust(2047, "a"))
    assert sitemap.parts([longest]) == [(longest,)]


def test_an_address_longer_than_the_protocol_allows_is_left_out():
    longer = page(url="https://a.example/".ljust(2048, "a"))
    assert sitemap.parts([longer, page()]) == [(page(),)]


def test_an_index_is_a_list_of_sitemaps():
    root = etree.fromstring(sitemap.index([("https://a.example/1.xml?a&b", WHEN)]))
    assert [each.tag for each in root.iter()] == [
        f"{SPACE}sitemapindex",
        f"{SPACE}sitemap",
        f"{SPACE}loc",
        f"{SPACE}lastmod",
    ]


def test_an_index_says_where_each_sitemap_is_and_when_it_changed():
    later = WHEN + timedelta(days=1)
    root = etree.fromstring(
        sitemap.index([("https://a.example/1.xml?a&b", WHEN), ("b", later)])
    )
    assert list(zip(places(root), changes(root), strict=True)) == [
        ("https://a.example/1.xml?a&b", "2026-02-03T10:00:00Z"),
        ("b", "2026-02-04T10:00:00Z"),
    ]
