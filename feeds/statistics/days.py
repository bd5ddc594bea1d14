"""Days and quarters of hours, by the clock of the site's time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_QUARTER = timedelta(minutes=15)


def day_of(now: datetime, zone: tzinfo) -> date:
    """The day that it is in `zone`."""
    return now.astimezone(zone).date()


def midnight(now: datetime, zone: tzinfo) -> datetime:
    """When that day is over, in UTC, in which seconds can be counted."""
    tomorrow = day_of(now, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)


def quarter(now: datetime) -> datetime:
    """When the quarter of an hour began; each zone's midnight begins one, too."""
    here = now.astimezone(UTC)
    return here.replace(minute=here.minute // 15 * 15, second=0, microsecond=0)


def next_quarter(now: datetime) -> datetime:
    """When the quarter of an hour is over."""
    return quarter(now) + _QUARTER


def days_until(last: date, count: int) -> tuple[date, ...]:
    """So many days, of which `last` is the last."""
    return tuple(last - timedelta(days=back) for back in reversed(range(count)))
