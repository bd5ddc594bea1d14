"""Any date text is an instant, or refused; and every instant has its spellings."""

import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds import dates

FEWER = settings(max_examples=40)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


DAY = utc(2024, 1, 31)
HALF_PAST_NINE = utc(2024, 1, 31, 9, 30)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-31", DAY),
        ("  2024-01-31\n", DAY),
        ("20240131", DAY),
        ("2024-W05-3", DAY),
        ("2024/01/31", DAY),
        ("2024.01.31", DAY),
        ("2024-5-6", utc(2024, 5, 6)),
        ("2024/5/6 10:00", utc(2024, 5, 6, 10)),
        ("31 January 2024", DAY),
        ("January 31, 2024", DAY),
        ("Jan 31, 2024", DAY),
        ("31 Jan 24", DAY),
        ("2024 Jan 31", DAY),
        ("31st of January 2024", DAY),
        ("Sept. 10, 2024", utc(2024, 9, 10)),
        ("31/01/2024", DAY),
        ("01/31/2024", DAY),
        ("31.1.2024", DAY),
        ("03/03/2024", utc(2024, 3, 3)),
        ("2024-01-31T09:30", HALF_PAST_NINE),
        ("2024-01-31 09:30", HALF_PAST_NINE),
        ("2024-01-31 9:30 AM", HALF_PAST_NINE),
        ("2024-01-31T09:30:00Z", HALF_PAST_NINE),
        ("2024-01-31t09:30:00z", HALF_PAST_NINE),
        ("20240131T093000Z", HALF_PAST_NINE),
        ("2024-01-31T09:30:00.999999Z", HALF_PAST_NINE),
        ("2024-01-31T10:30:00+01:00", HALF_PAST_NINE),
        ("2024-01-31 10:30:00 +0100", HALF_PAST_NINE),
        ("2024-01-31T04:00:00-05:30", HALF_PAST_NINE),
        ("2024-01-31T09:30:00-00:00", HALF_PAST_NINE),
        ("2024-01-31 11:30 GMT+2", HALF_PAST_NINE),
        ("2024-01-31 06:30 UTC-3", HALF_PAST_NINE),
        ("2024-01-31 09:30 UTC", HALF_PAST_NINE),
        ("2024-01-31 04:30 EST", HALF_PAST_NINE),
        ("2024-01-31 02:30 PDT", HALF_PAST_NINE),
        ("Wed, 31 Jan 2024 09:30:00 GMT", HALF_PAST_NINE),
        ("Wed, 31 Jan 24 11:30:00 +0200", HALF_PAST_NINE),
        ("Wed Jan 31 09:30:00 2024", HALF_PAST_NINE),
        ("Wed Jan 31 04:30:00 EST 2024", HALF_PAST_NINE),
        ("1000-01-01", utc(1000, 1, 1)),
        ("9999-12-31T23:59:59Z", utc(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_a_spelling_names_one_instant(text, instant):
    found = dates.parse(text)
    assert found == instant
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorow",
        "today",
        "Monday",
        "10:30",
        "2024",
        "2024-01",
        "January 2024",
        "Jan 31",
        "31",
        "1706691600",
        "nan",
        "2024-02-30",
        "2024-13-01",
        "2024-00-01",
        "2024-01-31 24:01",
        "2024-01-31T09:30:00+25:00",
        "2024-01-31 or so",
        "31 janvier 2024",
        "0999-12-31",
        "10000-01-01",
        "1000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "2024-01-31" + " " * 80 + "09:30",
    ],
)
def test_what_is_no_whole_date_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        dates.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024",
        " 03/04/2024",
        "3/4/24",
        "03.04.2024",
        "3-4-2024",
        "3 4 2024",
        "03/04/2024 10:00",
        "03-04-2024T10:00",
        "10:00 03/04/2024",
        "Tue 03/04/2024",
        "at 03/04/2024",
        "03 / 04 / 2024",
        "1,2,2024",
        "1 2 3",
        "05-06-07",
        "24-05-06",
    ],
)
def test_a_date_that_can_be_read_in_several_ways_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        dates.parse(text)


@pytest.mark.parametrize("name", ["CET", "BST", "IST", "CEST", "Europe/Berlin"])
def test_the_name_of_a_zone_that_means_several_is_refused(name):
    with pytest.raises(ValueError, match="not a date"):
        dates.parse(f"2024-01-31 09:30 {name}")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kolkata", "Europe/London"])
def test_a_date_means_the_same_wherever_the_machine_is(monkeypatch, zone):
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        try:
            assert dates.parse("2024-01-31 09:30") == HALF_PAST_NINE
            for name in time.tzname:
                if name != "GMT":
                    with pytest.raises(ValueError, match="not a date"):
                        dates.parse(f"2024-01-31 09:30 {name}")
        finally:
            patched.undo()
            time.tzset()


def test_a_time_without_a_zone_is_in_the_zone_that_is_asked_for():
    zone = timezone(timedelta(hours=2))
    assert dates.parse("2024-01-31 11:30", zone) == HALF_PAST_NINE
    assert dates.parse("2024-01-31T09:30Z", zone) == HALF_PAST_NINE


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2024-01-31 09:30", 1),
        ("2024-07-31 09:30", 2),
        ("31 July 2024", 2),
        ("2024-07-31", 2),
        ("2024-03-31 02:30", 1),  # an hour that is left out
        ("2024-10-27 02:30", 2),  # an hour that comes twice: the first
    ],
)
def test_a_zone_with_summer_time_is_asked_about_that_day(text, hours):
    found = dates.parse(text, ZoneInfo("Europe/Berlin"))
    assert found.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", ["2024-07-31T09:30Z", "2024-07-31 09:30 GMT", "Wed, 31 Jul 24 11:30 +0200"]
)
def test_a_date_that_names_its_zone_means_that_wherever_the_site_is(text):
    here = dates.parse(text, ZoneInfo("Asia/Kolkata"))
    assert here == dates.parse(text) == utc(2024, 7, 31, 9, 30)


@pytest.mark.parametrize(
    ("when", "spelled"),
    [
        (HALF_PAST_NINE, "2024-01-31T09:30:00Z"),
        (
            datetime(2024, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2023-12-31T23:30:00Z",
        ),
        (HALF_PAST_NINE.replace(microsecond=500_000), "2024-01-31T09:30:00Z"),
        (utc(1000, 1, 1), "1000-01-01T00:00:00Z"),
    ],
)
def test_rfc_3339_is_in_utc_and_in_whole_seconds(when, spelled):
    assert dates.rfc3339(when) == spelled


@pytest.mark.parametrize(
    ("when", "spelled"),
    [
        (HALF_PAST_NINE, "Wed, 31 Jan 2024 09:30:00 GMT"),
        (
            datetime(2024, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "Sun, 31 Dec 2023 23:30:00 GMT",
        ),
        (utc(2024, 2, 5), "Mon, 05 Feb 2024 00:00:00 GMT"),
    ],
)
def test_rfc_822_is_in_gmt_with_two_digits_for_the_day(when, spelled):
    assert dates.rfc822(when) == spelled


INSTANTS = st.datetimes(
    datetime(1000, 1, 2),
    datetime(9999, 12, 30),
    timezones=st.builds(
        lambda minutes: timezone(timedelta(minutes=minutes)),
        st.integers(-14 * 60, 14 * 60),
    ),
).map(lambda when: when.replace(microsecond=0))


@FEWER
@given(INSTANTS)
@example(utc(1000, 1, 1))
@example(utc(9999, 12, 31, 23, 59, 59))
def test_what_goes_on_the_wire_is_read_as_the_same_instant(when):
    assert dates.parse(dates.rfc3339(when)) == when
    assert dates.parse(dates.rfc822(when)) == when


WALL_CLOCKS = st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)).map(
    lambda when: when.replace(microsecond=0, fold=0)
)


@FEWER
@given(WALL_CLOCKS, st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "UTC"]))
def test_a_date_without_a_zone_is_by_the_clock_on_the_sites_wall(when, name):
    zone = ZoneInfo(name)
    for text in (f"{when:%Y-%m-%d %H:%M:%S}", f"{when:%d %B %Y %H:%M:%S}"):
        found = dates.parse(text, zone)
        assert found.replace(tzinfo=None) == when
        assert found.utcoffset() == when.replace(tzinfo=zone).utcoffset()


NEARLY_DATES = st.lists(
    st.one_of(
        st.sampled_from(
            "2024 31 1 0 99 1e9 Jan january Wed am PM Z UTC GMT EST T W + - : / . , "
            "( ) 09:30 24:00 +01:00 -99:99 th of at ' \x00 ٣ 年 inf nan ½ ²".split(" ")
        ),
        st.text(max_size=3),
    ),
    max_size=12,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))


@FEWER
@given(st.one_of(NEARLY_DATES, st.text()))
def test_no_text_is_anything_but_a_date_or_a_value_error(text):
    try:
        found = dates.parse(text)
    except ValueError:
        return
    assert found.utcoffset() is not None
    assert found.microsecond == 0
    assert dates.parse(dates.rfc3339(found)) == found


def test_now_is_aware():
    assert dates.now().tzinfo is UTC
