"""What a feed lists and what its archives hold, as months go by."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feeds.archives import divide, next_month
from tests.conftest import NOW
from tests.test_selection import article


def written(*whens: datetime, updated: dict[int, datetime] | None = None):
    """Articles of these dates, newest first."""
    found = [
        article(f"{number:04}.md", published=when, updated=(updated or {}).get(number))
        for number, when in enumerate(whens)
    ]
    return sorted(found, key=lambda a: (-a.published.timestamp(), a.path))


def month(number: int, day: int = 1, year: int = 2025) -> datetime:
    return datetime(year, number, day, tzinfo=UTC)


def paths(articles) -> list[str]:
    return [article.path for article in articles]


def test_a_feed_that_holds_all_is_complete():
    articles = written(month(1), month(2), month(3))
    division = divide(articles, 3, NOW, UTC)
    assert division.complete
    assert division.archives == ()
    assert division.current == tuple(articles)


def test_every_month_that_is_past_is_an_archive():
    articles = written(month(1), month(1, 5), month(3), NOW)
    division = divide(articles, 1, NOW, UTC)
    assert [archive.name for archive in division.archives] == ["2025-01", "2025-03"]
    assert paths(division.archives[0].articles) == ["0001.md", "0000.md"]
    assert paths(division.current) == ["0003.md"]
    assert not division.complete


def test_a_feed_lists_this_month_whatever_its_limit():
    articles = written(month(1), month(2), NOW, NOW, NOW)
    division = divide(articles, 1, NOW, UTC)
    assert len(division.current) == 3


def test_one_archive_alone_could_lead_nowhere():
    articles = written(month(1), month(1), NOW)
    division = divide(articles, 1, NOW, UTC)
    assert division.archives == ()
    assert not division.complete
    assert len(division.current) == 1


def test_a_busy_month_is_closed_part_by_part():
    start = NOW.replace(day=1, hour=0)
    busy = [start + timedelta(minutes=n) for n in range(120)]
    division = divide(written(*busy), 5, NOW, UTC)
    names = [archive.name for archive in division.archives]
    assert names == ["2026-03", "2026-03-2"]
    assert [len(archive.articles) for archive in division.archives] == [50, 50]
    assert len(division.current) == 20
    later = divide(written(*busy), 5, NOW + timedelta(days=40), UTC)
    assert later.archives[:2] == division.archives
    assert [archive.name for archive in later.archives][2:] == ["2026-03-3"]


def test_an_archived_article_that_is_updated_is_listed_again():
    changed = {0: NOW - timedelta(hours=1)}
    articles = written(month(1), month(2), NOW, updated=changed)
    division = divide(articles, 1, NOW, UTC)
    assert paths(division.current) == ["0002.md", "0000.md"]
    later = divide(articles, 1, NOW + timedelta(days=40), UTC)
    assert "0000.md" not in paths(later.current)


def test_months_are_those_of_the_sites_zone():
    here = ZoneInfo("Asia/Tokyo")
    articles = written(datetime(2025, 1, 31, 20, tzinfo=UTC), month(1), NOW)
    division = divide(articles, 1, NOW, here)
    assert [archive.name for archive in division.archives] == ["2025-01", "2025-02"]


def test_the_next_month_begins_in_the_sites_zone():
    assert next_month(datetime(2025, 12, 31, 23, tzinfo=UTC), UTC) == month(1, 1, 2026)
    tokyo = ZoneInfo("Asia/Tokyo")
    found = next_month(datetime(2025, 12, 31, 23, tzinfo=UTC), tokyo)
    assert found == datetime(2026, 2, 1, tzinfo=tokyo)


_WHENS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 2, 28))


@given(st.lists(_WHENS, max_size=150), st.integers(1, 60))
def test_nothing_is_in_neither_and_no_archive_has_it_twice(whens, limit):
    articles = written(*(when.replace(tzinfo=UTC) for when in whens))
    division = divide(articles, limit, NOW, UTC)
    archived = [a.path for archive in division.archives for a in archive.articles]
    assert len(archived) == len(set(archived))
    if archived or division.complete:
        assert {*paths(division.current), *archived} == set(paths(articles))
    assert len(division.current) >= min(limit, len(articles))


@given(
    st.lists(_WHENS, max_size=120),
    st.integers(1, 60),
    st.timedeltas(timedelta(0), timedelta(400)),
)
def test_an_archive_stays_as_it_is(whens, limit, later):
    articles = written(*(when.replace(tzinfo=UTC) for when in whens))
    first = divide(articles, limit, NOW, UTC).archives
    kept = divide(articles, limit, NOW + later, UTC).archives
    assert set(first) <= set(kept) or not kept
