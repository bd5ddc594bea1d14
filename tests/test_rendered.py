"""What is kept of finished documents, and for how long."""

from datetime import UTC, datetime, timedelta

from feeds.documents.document import Document
from feeds.rendered import Rendered

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def document(path: str, body: bytes = b"x", when: datetime = DAY) -> Document:
    return Document(path, "text/html", body, when)


def test_the_same_bytes_have_the_date_that_they_had():
    first = Rendered()
    first.keep(document("a/index.html"))
    second = Rendered(first)
    kept = second.keep(document("a/index.html", when=DAY + timedelta(days=1)))
    assert kept.last_modified == DAY
    assert kept is first.get("a/index.html")


def test_other_bytes_have_a_later_date_though_the_clock_says_none():
    first = Rendered()
    first.keep(document("rss.xml", b"one"))
    kept = Rendered(first).keep(document("rss.xml", b"two"))
    assert kept.last_modified == DAY + timedelta(seconds=1)


def test_what_an_edition_has_not_rendered_is_of_one_before():
    first = Rendered()
    first.keep(document("rss.xml"))
    second = Rendered(first)
    assert second.get("rss.xml") is None
    assert second.last_good("rss.xml") is first.get("rss.xml")


def test_the_oldest_pages_make_room_and_keep_their_dates():
    rendered = Rendered()
    large = b"x" * 3_000_000
    for name in "abc":
        rendered.keep(document(f"{name}/index.html", large))
    assert rendered.get("a/index.html") is None
    assert rendered.get("c/index.html") is not None
    again = document("a/index.html", large, DAY + timedelta(days=9))
    assert rendered.keep(again).last_modified == DAY


def test_the_sites_own_documents_always_stay():
    rendered = Rendered()
    for name in "abc":
        rendered.keep(document(f"{name}.xml", b"x" * 9_000_000))
    assert all(rendered.get(f"{name}.xml") for name in "abc")
