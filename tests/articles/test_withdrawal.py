"""Articles that are published no more: since when, where they lay, and who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.articles.memory import Memory
from feeds.articles.withdrawal import (
    GRACE,
    KEPT,
    Published,
    deleted,
    lost,
    next_change,
    withdraw,
)
from feeds.feed import Deleted
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(days=1)


def memory(path: str = "a.md", *addresses: str, **known) -> Memory:
    return Memory(NOW, path, addresses=addresses, **known)


def at(*addresses: str, own: str = "") -> Published:
    return Published(own, addresses)


def id_of(path: str, told: Memory) -> str:
    return told.id or f"tag:{told.name}"


def gone_since(ago: timedelta, name: str = "a.md", **known) -> dict[str, Memory]:
    return {name: memory(name, "a/", gone=NOW - ago, **known)}


def one(
    told: Memory, published: Published | None = None, now=NOW, **others: Published
) -> Memory:
    """What is remembered of an article once it is published so, or not at all."""
    out = {f"{name}.md": each for name, each in others.items()}
    if published is not None:
        out["a.md"] = published
    return withdraw({"a.md": told}, out, (), now)["a.md"]


# --- What is out ----------------------------------------------------------------------


def test_what_is_out_is_remembered_with_its_id_and_where_it_lies():
    found = one(memory(), at("a/", "old/", own="x:y"))
    assert found == memory("a.md", "a/", "old/", id="x:y")


def test_where_an_article_lies_now_is_first_and_where_it_lay_stays():
    assert one(memory("a.md", "a/"), at("b/")).addresses == ("b/", "a/")


def test_an_alias_comes_after_where_the_article_lay():
    assert one(memory("a.md", "a/"), at("b/", "c/")).addresses == ("b/", "a/", "c/")


def test_no_address_is_remembered_twice():
    told = memory("a.md", "a/", "b/", "c/")
    assert one(told, at("b/", "c/", "b/")).addresses == ("b/", "a/", "c/")


def test_an_alias_that_its_author_takes_out_still_leads_to_the_article():
    told = one(memory(), at("a/", "old/"))
    assert one(told, at("a/")).addresses == ("a/", "old/")


def test_where_another_page_lies_now_an_article_lay_no_more():
    found = one(memory("a.md", "a/", "b/"), at("a/", "c/"), b=at("b/"), c=at("c/"))
    assert found.addresses == ("a/",)


def test_where_another_page_lies_now_nothing_is_gone():
    found = one(memory("a.md", "a/", "old/"), b=at("a/"))
    assert (found.addresses, found.gone) == (("old/",), NOW)


def test_an_alias_of_another_takes_nothing_away():
    told = memory("a.md", "a/", "b/")
    assert one(told, at("a/"), c=at("c/", "b/")) is told


def test_two_that_change_places_are_each_where_they_are_alone():
    before = {"a.md": memory("a.md", "a/"), "b.md": memory("b.md", "b/")}
    found = withdraw(before, {"a.md": at("b/"), "b.md": at("a/")}, (), NOW)
    assert [found[path].addresses for path in ("a.md", "b.md")] == [("b/",), ("a/",)]


def test_what_does_not_change_is_the_same_object():
    before = {
        "a.md": memory("a.md", "a/", "old/", id="x:y"),
        "b.md": memory("b.md", "b/", gone=NOW - KEPT),
        "draft.md": memory("draft.md"),
    }
    found = withdraw(before, {"a.md": at("a/", "old/", own="x:y")}, (), NOW)
    assert found.keys() == before.keys()
    assert all(found[path] is before[path] for path in before)


def test_the_memories_that_are_given_stay_as_they_are():
    before = {"a.md": memory("a.md", "a/")}
    withdraw(before, {}, (), NOW)
    assert before == {"a.md": memory("a.md", "a/")}


# --- What is out no more --------------------------------------------------------------


def test_what_was_out_and_is_not_is_gone_since_now():
    assert one(memory("a.md", "a/", id="x:y")) == memory(
        "a.md", "a/", id="x:y", gone=NOW
    )


def test_times_are_in_whole_seconds():
    assert one(memory("a.md", "a/"), now=NOW.replace(microsecond=9)).gone == NOW


def test_what_is_gone_stays_gone_since_then():
    told = memory("a.md", "a/", gone=NOW)
    assert one(told, now=LATER) is told


def test_what_was_never_out_is_not_gone():
    assert one(memory()).gone is None


def test_a_file_that_is_only_unreadable_is_not_gone():
    told = memory("a.md", "a/")
    assert withdraw({"a.md": told}, {}, {"a.md"}, NOW)["a.md"] is told


def test_a_file_that_comes_back_unreadable_is_gone_as_before():
    told = memory("a.md", "a/", gone=NOW)
    assert withdraw({"a.md": told}, {}, {"a.md"}, LATER)["a.md"] is told


def test_what_comes_back_soon_was_never_gone():
    told = memory("a.md", "a/", gone=NOW)
    assert one(told, at("a/"), now=NOW + GRACE - SECOND) == memory("a.md", "a/")


def test_what_comes_back_later_is_back_since_now():
    told = memory("a.md", "a/", gone=NOW)
    back = NOW + GRACE
    assert one(told, at("a/"), now=back) == memory("a.md", "a/", back=back)


def test_when_it_last_came_back_is_kept_through_a_short_absence():
    told = one(memory("a.md", "a/", back=NOW), now=LATER)
    assert one(told, at("a/"), now=LATER + SECOND).back == NOW


def test_it_comes_back_again_when_it_does():
    told = one(memory("a.md", "a/", back=NOW), now=LATER)
    assert one(told, at("a/"), now=LATER + GRACE).back == LATER + GRACE


PATHS = st.sampled_from("abcd")
OUT = st.dictionaries(PATHS, st.just("")).map(
    lambda paths: {path: at(f"{path}/", own=f"x:{path}") for path in paths}
)


def known(*paths: str) -> Mapping[str, Memory]:
    return {path: memory(path) for path in paths}


@given(OUT, OUT, st.timedeltas(timedelta(), GRACE - SECOND))
def test_whatever_goes_for_a_moment_all_is_as_it_was(before, during, moment):
    out = withdraw(known(*"abcd"), before, (), NOW)
    remaining = {path: each for path, each in before.items() if path in during}
    away = withdraw(out, remaining, (), NOW)
    assert withdraw(away, before, (), NOW + moment) == out


@given(st.lists(OUT, max_size=5))
def test_whatever_comes_and_goes_all_that_was_out_is_out_or_gone(states):
    memories, seen = known(*"abcd"), set()
    for days, out in enumerate(states):
        memories = withdraw(memories, out, (), NOW + timedelta(days=days))
        seen |= out.keys()
        assert {path for path, told in memories.items() if told.gone} == seen - {*out}
        assert lost(memories, ()) == {f"{path}/" for path in seen - {*out}}


# --- Who is told, and for how long ----------------------------------------------------


@pytest.mark.parametrize("ago", [GRACE, GRACE + SECOND, KEPT - SECOND])
def test_of_what_is_gone_subscribers_are_told(ago):
    found = deleted(gone_since(ago), id_of, NOW)
    assert found == (Deleted("tag:a.md", NOW - ago),)


@pytest.mark.parametrize("ago", [timedelta(), GRACE - SECOND, KEPT, 9 * KEPT, -GRACE])
def test_of_what_is_gone_just_now_or_long_since_nobody_is_told(ago):
    assert deleted(gone_since(ago), id_of, NOW) == ()


def test_of_what_is_out_nobody_is_told():
    told = {"a.md": memory("a.md", "a/", back=NOW)}
    assert deleted(told, id_of, LATER) == ()


def test_an_id_of_its_authors_is_told_as_it_was_asked_for():
    assert deleted(gone_since(GRACE, id="x:y"), id_of, NOW)[0].id == "x:y"


def test_the_newest_is_told_first_then_by_id():
    memories = (
        gone_since(2 * GRACE, "a.md")
        | gone_since(GRACE, "c.md")
        | gone_since(GRACE, "b.md")
    )
    ids = [each.id for each in deleted(memories, id_of, NOW)]
    assert ids == ["tag:b.md", "tag:c.md", "tag:a.md"]


def test_an_id_is_told_once_of_when_it_last_went():
    first = gone_since(2 * GRACE, "a.md", id="x:y")
    last = gone_since(GRACE, "b.md", id="x:y")
    for memories in (first | last, last | first):
        assert deleted(memories, id_of, NOW) == (Deleted("x:y", NOW - GRACE),)


# --- Where nothing lies any more ------------------------------------------------------


def test_every_address_of_what_is_gone_is_lost_for_ever():
    memories = {"a.md": memory("a.md", "a/", "old/", gone=NOW - 9 * KEPT)}
    assert lost(memories, ()) == {"a/", "old/"}


def test_no_address_of_what_is_out_is_lost():
    assert lost({"a.md": memory("a.md", "a/", "old/", back=NOW)}, ()) == frozenset()


def test_what_a_live_page_holds_is_not_lost():
    assert lost(gone_since(GRACE), {"a/"}) == frozenset()


def test_what_leads_to_an_article_that_is_out_is_not_lost():
    memories = gone_since(GRACE) | {"b.md": memory("b.md", "b/", "a/")}
    assert lost(memories, {"b/"}) == frozenset()


# --- When it is told otherwise --------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "left"),
    [
        (timedelta(), GRACE),
        (GRACE - SECOND, SECOND),
        (GRACE, KEPT - GRACE),
        (KEPT - SECOND, SECOND),
    ],
)
def test_what_is_gone_will_be_told_and_then_no_more(ago, left):
    assert next_change(gone_since(ago), NOW) == NOW + left


def test_what_is_out_or_long_gone_changes_nothing():
    memories = gone_since(KEPT) | {"b.md": memory("b.md", "b/", back=NOW)}
    assert next_change(memories, NOW) is None


def test_the_next_change_is_the_first_of_all():
    memories = gone_since(GRACE, "a.md") | gone_since(GRACE / 2, "b.md")
    assert next_change(memories, NOW) == NOW + GRACE / 2


AGES = st.lists(st.timedeltas(-GRACE, KEPT + GRACE), max_size=4)


@given(AGES)
def test_until_the_next_change_the_same_is_told_and_then_something_else(ages):
    memories = {
        f"{n}.md": replace(memory(f"{n}.md", f"{n}/"), gone=NOW - age)
        for n, age in enumerate(ages)
    }
    told = deleted(memories, id_of, NOW)
    change = next_change(memories, NOW)
    if change is None:
        assert deleted(memories, id_of, NOW + 2 * KEPT) == told
    else:
        instant = timedelta(microseconds=1)
        assert deleted(memories, id_of, change - instant) == told
        assert deleted(memories, id_of, change) != told
