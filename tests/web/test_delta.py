"""Deltas: what is new since a version, as a feed of its own; and what is remembered."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.documents.conformance import examine
from feeds.documents.document import Document, Fragments
from feeds.documents.formats import FORMATS
from feeds.feed import Author, Deleted, Entry, Feed, Paging
from feeds.web.delta import Versions, asks, delta, tags_in
from tests.conftest import NOW
from tests.documents import strategies

TAG, OTHER = "0" * 32, "1" * 32
every_format = pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))


def entry(name: str, **told: object) -> Entry:
    return Entry(
        **{
            "id": f"tag:a.example,2026:{name}",
            "url": f"https://a.example/{name}/",
            "title": name,
            "content": f"<p>{name}</p>",
            "summary": name,
            "published": NOW,
            "updated": NOW,
            **told,
        }
    )


def feed(*entries: Entry, **told: object) -> Feed:
    return Feed(
        **{
            "id": "tag:a.example,2026:feed",
            "url": "https://a.example/",
            "title": "A",
            "description": "Small machines",
            "updated": NOW,
            "authors": (Author("Ann"),),
            "language": "en",
            "entries": entries,
            **told,
        }
    )


A, B, C = entry("a"), entry("b"), entry("c")


@pytest.fixture
def versions() -> Versions:
    return Versions()


# What a request asks ------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        "feed",
        "FEED",
        "gzip, feed",
        "vcdiff,feed,gzip",
        "feed;q=0.5",
        "feed ; q=1",
        "feed;x=0",
        "feed;q=0.01",
        ", feed,",
    ],
)
def test_a_reader_asks_for_a_delta_where_it_lists_feed(told):
    assert asks({"HTTP_A_IM": told})


@pytest.mark.parametrize(
    "told",
    ["", "gzip", "feeds", "x-feed", "feed;q=0", "feed; q=0.000", "FEED;Q=0", "x;feed"],
)
def test_a_reader_asks_for_no_delta_where_it_does_not_list_feed(told):
    assert not asks({"HTTP_A_IM": told})


def test_a_reader_that_sends_no_a_im_asks_for_no_delta():
    assert not asks({})


@pytest.mark.parametrize("spelled", ['"{}"', 'W/"{}"', '"{}-br"', '"{};gzip"', "{}"])
def test_a_version_is_found_whatever_is_around_its_validator(spelled):
    assert tags_in(spelled.format(TAG)) == (TAG,)


def test_a_list_of_validators_names_each_version():
    assert tags_in(f'"{TAG}-gzip", "else", W/"{OTHER}"') == (TAG, OTHER)


@pytest.mark.parametrize("told", ["", "*", '"else"', f'"{TAG}{OTHER}"'])
def test_other_validators_name_no_version(told):
    assert tags_in(told) == ()


def test_the_validator_of_a_document_names_a_version():
    etag = Document("a.xml", "text/xml", b"a", NOW).etag
    assert tags_in(etag) == (etag.strip('"'),)


# What has changed ---------------------------------------------------------------


def test_a_new_entry_has_changed(versions):
    versions.remember("rss.xml", TAG, feed(B, C))
    assert versions.changed("rss.xml", TAG, feed(A, B, C)) == (A,)


@pytest.mark.parametrize(
    "told",
    [
        {"title": "b!"},
        {"content": "<p>B</p>"},
        {"updated": datetime(2026, 3, 2, tzinfo=UTC)},
        {"authors": (Author("Ben"),)},
        {"markdown": "b"},
    ],
    ids=lambda told: next(iter(told)),
)
def test_an_entry_that_is_otherwise_has_changed(versions, told):
    versions.remember("rss.xml", TAG, feed(A, B))
    edited = replace(B, **told)
    assert versions.changed("rss.xml", TAG, feed(A, edited)) == (edited,)


def test_what_has_changed_is_in_the_order_of_the_feed(versions):
    versions.remember("rss.xml", TAG, feed(B))
    assert versions.changed("rss.xml", TAG, feed(C, B, A)) == (C, A)


def test_an_equal_entry_has_not_changed(versions):
    versions.remember("rss.xml", TAG, feed(A))
    assert versions.changed("rss.xml", TAG, feed(entry("a"))) == ()


def test_an_entry_that_is_no_more_is_not_told_of(versions):
    versions.remember("rss.xml", TAG, feed(A, B))
    assert versions.changed("rss.xml", TAG, feed(B)) == ()


# What is remembered -------------------------------------------------------------


def test_of_a_version_that_was_never_served_nothing_is_known(versions):
    versions.remember("rss.xml", TAG, feed(A))
    assert versions.changed("rss.xml", OTHER, feed(A)) is None


def test_a_version_is_known_at_its_own_path_only(versions):
    versions.remember("rss.xml", TAG, feed(A))
    assert versions.changed("atom.xml", TAG, feed(A)) is None


def test_a_version_is_what_it_was_when_it_was_remembered_first(versions):
    versions.remember("rss.xml", TAG, feed(A))
    versions.remember("rss.xml", TAG, feed(A, B))
    assert versions.changed("rss.xml", TAG, feed(A, B)) == (B,)


def known(versions: Versions, path: str) -> list[int]:
    """The numbers of the versions at `path` that are known, of 3,000."""
    numbers = range(3000)
    return [n for n in numbers if versions.changed(path, str(n), feed()) is not None]


def test_the_last_sixteen_versions_at_a_path_are_known(versions):
    for number in range(20):
        versions.remember("rss.xml", str(number), feed())
    assert known(versions, "rss.xml") == list(range(4, 20))


def test_a_version_that_is_remembered_again_takes_no_room(versions):
    for _ in range(20):
        versions.remember("rss.xml", TAG, feed(A))
    for number in range(15):
        versions.remember("rss.xml", str(number), feed())
    assert versions.changed("rss.xml", TAG, feed(A)) == ()


def test_of_two_thousand_versions_the_oldest_is_forgotten_first(versions):
    for number in range(2001):
        versions.remember(f"{number}.xml", TAG, feed())
    forgotten = [
        number
        for number in range(2001)
        if versions.changed(f"{number}.xml", TAG, feed()) is None
    ]
    assert forgotten == [0]


def test_a_path_that_is_forgotten_is_remembered_anew(versions):
    for number in range(2001):
        versions.remember(f"{number}.xml", TAG, feed())
    versions.remember("0.xml", TAG, feed())
    assert versions.changed("0.xml", TAG, feed()) == ()


def test_threads_that_remember_at_once_keep_to_the_last_sixteen(versions):
    def remember_all() -> None:
        for number in range(300):
            versions.remember("rss.xml", str(number), feed())

    threads = [Thread(target=remember_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(known(versions, "rss.xml")) == 16


# What is sent -------------------------------------------------------------------


def topic_of(form) -> str:
    return f"https://a.example/{form.filename}"


def sent(form, whole: Feed, *entries: Entry) -> Feed:
    return form.parse(delta(form, whole, topic_of(form), entries))


@every_format
def test_a_delta_has_the_entries_that_changed_and_no_others(form):
    assert [each.id for each in sent(form, feed(A, B, C), B).entries] == [B.id]


@every_format
def test_a_delta_never_says_that_it_is_complete(form):
    whole = feed(A, B, complete=True)
    read = form.parse(form.render(whole, topic_of(form), Fragments()))
    assert (read.complete, sent(form, whole, A).complete) == (True, False)


@every_format
def test_a_delta_has_the_tombstones_of_the_feed(form):
    gone = Deleted("tag:a.example,2026:gone", NOW)
    assert sent(form, feed(A, B, deleted=(gone,)), A).deleted == (gone,)


@every_format
def test_a_delta_leads_to_the_same_archives(form):
    paging = Paging(previous="https://a.example/2026/02/")
    assert sent(form, feed(A, B, paging=paging), A).paging == paging


@every_format
def test_a_delta_of_all_entries_is_the_feed(form):
    whole = feed(A, B)
    full = form.render(whole, topic_of(form), Fragments())
    assert delta(form, whole, topic_of(form), whole.entries) == full


# Properties ---------------------------------------------------------------------


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Feed, Feed]:
    """A feed, and what became of it: some entries stay, change, go, or are new."""
    new, other = draw(strategies.feeds()), draw(strategies.feeds())
    kept = [each for each in new.entries if draw(st.booleans())]
    edited = [
        replace(each, title=each.title + "!") if draw(st.booleans()) else each
        for each in kept
    ]
    ids = {each.id for each in edited}
    gone = [each for each in other.entries if each.id not in ids]
    return replace(new, entries=(*edited, *gone)), new


@given(two_versions())
def test_the_old_version_and_what_changed_are_the_new_one(told):
    old, new = told
    versions = Versions()
    versions.remember("rss.xml", TAG, old)
    changed = versions.changed("rss.xml", TAG, new)
    assert changed is not None
    held = {each.id: each for each in (*old.entries, *changed)}
    assert [held[each.id] for each in new.entries] == list(new.entries)


@given(two_versions())
def test_nothing_that_the_reader_has_is_told_again(told):
    old, new = told
    versions = Versions()
    versions.remember("rss.xml", TAG, old)
    changed = versions.changed("rss.xml", TAG, new)
    assert changed is not None
    assert not set(changed) & set(old.entries)


@every_format
@given(whole=strategies.feeds(), which=st.sets(st.integers(0, 2)))
def test_a_delta_breaks_no_rule_that_the_feed_keeps(form, whole, which):
    entries = tuple(e for n, e in enumerate(whole.entries) if n in which)
    topic = topic_of(form)
    full = {f.code for f in examine(form.render(whole, topic, Fragments()), topic)}
    part = {f.code for f in examine(delta(form, whole, topic, entries), topic)}
    assert part <= full


@every_format
@given(whole=strategies.feeds(), which=st.sets(st.integers(0, 2)))
def test_a_delta_reads_as_the_feed_with_fewer_entries(form, whole, which):
    read = form.parse(form.render(whole, topic_of(form), Fragments()))
    entries = tuple(e for n, e in enumerate(whole.entries) if n in which)
    expected = tuple(e for n, e in enumerate(read.entries) if n in which)
    part = replace(sent(form, whole, *entries), updated=read.updated)
    assert part == replace(read, entries=expected, complete=False)
