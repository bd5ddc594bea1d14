"""The finished bytes of each format, for feeds written down as data."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from feeds.documents import values
from feeds.documents.formats import FORMATS
from feeds.feed import Entry, Feed

CASES = sorted(
    case
    for case in (Path(__file__).parent / "cases").glob("*.json")
    if "." not in case.stem  # the golden files of JSON Feed have one more
)
TOPIC = "https://ann.example/"


def feed_from(told: dict[str, Any]) -> Feed:
    """A Feed of its JSON spelling: dates as text, authors and entries as lists."""
    feed = values.value(told, Feed)
    assert feed is not None
    return feed


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_feed_renders_to_its_golden_bytes(case, form, rewrite):
    feed = feed_from(json.loads(case.read_text("utf-8")))
    body = form.render(feed, TOPIC + form.filename)
    golden = case.with_suffix(f".{form.filename}")
    if rewrite:
        golden.write_bytes(body)
    assert body.decode() == golden.read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_the_same_feed_renders_to_the_same_bytes(form):
    told = json.loads(CASES[0].read_text("utf-8"))
    first, second = (form.render(feed_from(told), TOPIC) for _ in range(2))
    assert first == second


def test_the_cases_use_every_field_of_an_entry():
    told = [json.loads(case.read_text("utf-8")) for case in CASES]
    used = {name for feed in told for entry in feed["entries"] for name in entry}
    assert used == {field.name for field in fields(Entry)}
