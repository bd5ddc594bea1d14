"""How much is kept of what was made ready to be sent, and what goes first."""

from datetime import UTC, datetime

import pytest

from feeds.documents.document import Document
from feeds.web.prepared import Prepared
from feeds.web.room import Room

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def prepared(path: str, size: int = 5_000_000) -> Prepared:
    return Prepared(Document(path, "image/png", b"x" * size, DAY), None, "")


@pytest.fixture
def room(make_site):
    return Room(make_site({"a.md": "# A"}).edition)


def test_the_oldest_make_room(room):
    for name in "abcde":
        room.put(f"{name}/rss.xml", prepared(name))
    assert list(room.prepared) == [f"{name}/rss.xml" for name in "bcde"]


def test_what_is_put_again_is_the_newest(room):
    for name in "abcdae":
        room.put(f"{name}/rss.xml", prepared(name))
    assert sorted(room.prepared) == [f"{name}/rss.xml" for name in "acde"]


def test_the_sites_own_documents_always_stay(room):
    for name in "abcdef":
        room.put(f"{name}.xml", prepared(name))
    assert len(room.prepared) == 6


def test_one_that_is_larger_than_all_room_is_kept_alone(room):
    room.put("a/rss.xml", prepared("a"))
    room.put("b/rss.xml", prepared("b", 30_000_000))
    assert list(room.prepared) == ["b/rss.xml"]


def test_who_asks_for_what_went_gets_the_same(make_site, client_of, monkeypatch):
    monkeypatch.setattr("feeds.web.room._MOST", 1)
    client = client_of(make_site({"a.md": "# A", "b.md": "# B"}))
    first = client.get("/a/")
    client.get("/b/")
    again = client.get("/a/")
    assert (again.data, list(again.headers)) == (first.data, list(first.headers))
