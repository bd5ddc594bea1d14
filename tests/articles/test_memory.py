"""What is remembered of one article: written, read again, and joined with others'."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.articles.memory import Memory, joined, line_of, read_line
from tests.conftest import NOW

EARLY = datetime(2024, 1, 31, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def memory(name: str = "a.md", **known) -> Memory:
    return Memory(NOW, name, **known)


def test_a_line_has_every_fact_in_a_column():
    told = memory(
        "old.md",
        content="01",
        facts="02",
        id="x:y",
        addresses=("a/", "old/"),
        gone=LATER,
        back=EARLY,
    )
    assert line_of("a.md", told).split("\t") == [
        "2026-03-01T12:00:00Z",
        "a.md",
        "old.md",
        "01",
        "02",
        "x:y",
        "a/ old/",
        "2026-03-02T12:00:00Z",
        "2024-01-31T08:00:00Z",
    ]


def test_a_line_is_no_longer_than_what_there_is_to_say():
    assert line_of("a.md", memory()) == "2026-03-01T12:00:00Z\ta.md"
    assert line_of("a.md", memory(addresses=("a/",))).endswith("\ta.md\t\t\t\t\ta/")


def test_a_space_in_an_address_does_not_end_it():
    told = memory(addresses=("a b/", "50%/"))
    assert line_of("a.md", told).endswith("\ta%20b/ 50%25/")
    assert read_line(line_of("a.md", told)) == ("a.md", told)


def test_an_id_keeps_its_spaces():
    told = memory(id=" my id ")
    assert read_line(line_of("a.md", told)) == ("a.md", told)


WORDS = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
TIMES = st.datetimes(datetime(1000, 1, 2), datetime(9000, 1, 1)).map(
    lambda when: when.replace(microsecond=0, tzinfo=UTC)
)
MEMORIES = st.builds(
    Memory,
    TIMES,
    NAMES,
    id=WORDS,
    addresses=st.lists(NAMES, max_size=3).map(tuple),
    gone=st.none() | TIMES,
    back=st.none() | TIMES,
)


@given(path=NAMES, told=MEMORIES)
def test_any_memory_is_read_as_it_was_written(path, told):
    line = line_of(path, told)
    assert len(line.splitlines()) == 1
    assert read_line(line) == (path, told)


@pytest.mark.parametrize("broken", ["soon", "2026-13-01T00:00:00Z", "0", "\ufffd"])
def test_a_time_that_is_none_loses_nothing_else_of_its_line(broken):
    line = f"2026-03-01T12:00:00Z\ta.md\t\t01\t\tx:y\ta/\t{broken}\t{broken}"
    told = memory(content="01", id="x:y", addresses=("a/",))
    assert read_line(line) == ("a.md", told)


def test_an_end_that_is_missing_is_as_if_it_said_nothing():
    line = line_of("a.md", memory(id="x:y", addresses=("a/",), gone=LATER))
    path, found = read_line(line[: line.index("\ta/")])
    assert (path, found) == ("a.md", memory(id="x:y"))


def test_blanks_between_addresses_are_no_addresses():
    line = "2026-03-01T12:00:00Z\ta.md\t\t\t\t\t a/  b/ "
    assert read_line(line) == ("a.md", memory(addresses=("a/", "b/")))


@pytest.mark.parametrize(
    "line", ["", "# 2026-03-01T12:00:00Z\ta.md", "a.md", "2026-03-01T12:00:00Z\t"]
)
def test_what_names_no_time_or_no_path_is_no_memory(line):
    assert read_line(line) is None


# --- What several tell of one article -------------------------------------------------


def absence(gone: datetime | None = None, back: datetime | None = None) -> Memory:
    return memory(gone=gone, back=back)


def told(one: Memory, other: Memory, heard: Memory | None = None):
    both = joined(one, other, heard)
    return both.gone, both.back


def test_of_two_who_saw_an_article_go_the_earlier_counts():
    assert told(absence(LATER), absence(NOW)) == (NOW, None)


def test_who_has_not_seen_it_go_does_not_undo_what_another_saw():
    assert told(absence(), absence(NOW)) == (NOW, None)


def test_who_had_heard_that_it_was_gone_is_believed_that_it_is_not():
    assert told(absence(), absence(NOW), heard=absence(NOW)) == (None, None)


def test_a_return_counts_for_those_who_had_not_heard_of_it():
    returned = absence(back=LATER)
    assert told(returned, absence(NOW)) == (None, LATER)
    assert told(absence(NOW), returned) == (None, LATER)


def test_an_absence_after_a_return_counts_for_all():
    again = absence(LATER, back=NOW)
    assert told(again, absence(EARLY)) == (LATER, NOW)
    assert told(absence(back=NOW), again) == (LATER, NOW)


def test_addresses_come_together_with_ones_own_first():
    one = memory(addresses=("c/", "a/"))
    other = memory(addresses=("b/", "a/"))
    assert joined(one, other).addresses == ("c/", "a/", "b/")


def test_an_address_is_left_out_by_who_had_heard_of_it():
    heard = memory(addresses=("b/", "a/"))
    other = memory(addresses=("b/", "a/", "new/"))
    assert joined(memory(addresses=("b/",)), other, heard).addresses == ("b/", "new/")


HOURS = st.none() | st.integers(0, 3).map(lambda hours: NOW + timedelta(hours=hours))
TELLINGS = st.builds(
    lambda gone, back, addresses: memory(gone=gone, back=back, addresses=addresses),
    HOURS,
    HOURS,
    st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)


@given(st.lists(TELLINGS, min_size=1, max_size=4))
def test_in_whatever_order_memories_are_joined_they_say_the_same(tellings):
    ends = set()
    for one, *others in permutations(tellings):
        for other in others:
            one = joined(one, other)
        ends.add((one.gone, one.back, frozenset(one.addresses)))
    assert len(ends) == 1


@given(TELLINGS, TELLINGS)
def test_to_hear_the_same_again_changes_nothing(one, other):
    both = joined(one, other)
    assert joined(both, other) == joined(both, both) == both
