"""Days and quarters of hours: when they begin, and where."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.statistics.days import (
    day_of,
    days_until,
    midnight,
    next_quarter,
    quarter,
)

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_day_is_that_of_the_sites_time_zone():
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert day_of(late, UTC) == date(2026, 3, 1)
    assert day_of(late, BERLIN) == date(2026, 3, 2)


def test_midnight_is_that_of_the_sites_time_zone():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert midnight(noon, BERLIN) == datetime(2026, 3, 1, 23, tzinfo=UTC)


def test_a_day_of_23_hours_ends_in_time():
    before = datetime(2026, 3, 29, 0, tzinfo=BERLIN)
    left = midnight(before, BERLIN) - before.astimezone(UTC)
    assert left.total_seconds() == 23 * 3600


def test_a_quarter_begins_by_the_clock():
    when = datetime(2026, 3, 1, 12, 44, 59, 7, tzinfo=UTC)
    assert quarter(when) == datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    assert next_quarter(when) == datetime(2026, 3, 1, 12, 45, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Asia/Kathmandu", "Asia/Kolkata", "Europe/Berlin"])
def test_midnight_anywhere_begins_a_quarter(name):
    over = midnight(datetime(2026, 3, 1, 12, tzinfo=UTC), ZoneInfo(name))
    assert quarter(over) == over


def test_days_are_in_their_order():
    assert days_until(date(2026, 3, 1), 3) == (
        date(2026, 2, 27),
        date(2026, 2, 28),
        date(2026, 3, 1),
    )
