"""User agents: who is a person, a service, a reader, and who is none of them."""

import tomllib
from pathlib import Path

import pytest

from feeds.statistics.agents import is_browser, service_of
from feeds.statistics.tally import Batch
from tests.conftest import NOW

CASES = tomllib.loads((Path(__file__).parent / "agents.toml").read_text("utf-8"))


def cases(*kinds: str):
    found = [case for kind in kinds for case in CASES[kind]]
    return pytest.mark.parametrize("case", found, ids=lambda case: case["is"])


def settled(agent: str) -> Batch:
    """What becomes of a poll by this user agent."""
    batch = Batch(NOW.date())
    batch.polls.add(("rss.xml", agent, "192.0.2.1"))
    batch.settle(b"salt")
    return batch


@cases("browser")
def test_a_person_uses(case):
    assert is_browser(case["says"])


@cases("program", "service")
def test_no_person_uses(case):
    assert not is_browser(case["says"])


@cases("service")
def test_who_reads_through_a_service_is_told_by(case):
    service = service_of(case["says"])
    assert service
    assert (service.name, service.feed, service.subscribers) == (
        case["name"],
        case["feed"],
        case["subscribers"],
    )


@cases("direct", "robot", "browser")
def test_nobody_reads_through(case):
    assert service_of(case["says"]) is None


@cases("direct")
def test_a_subscriber_asks_with(case):
    batch = settled(case["says"])
    assert (len(batch.direct), batch.services) == (1, {})


@cases("robot")
def test_no_subscriber_asks_with(case):
    assert not settled(case["says"])
