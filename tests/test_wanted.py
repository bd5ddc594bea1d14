"""The feeds that feeds.toml asks for: what it may say of them, and where they lie."""

import tomllib
from datetime import UTC, datetime

import pytest

from feeds.documents.formats import FORMATS
from feeds.feed import Podcast
from feeds.offers import FOLDERS
from feeds.recipes import FIXED
from feeds.tables import Faults
from feeds.wanted import FORMAT_NAMES, SITE_ZONE, Wanted, read_feeds


def read(toml: str) -> tuple[Wanted, ...]:
    return read_feeds(tomllib.loads(toml)["feeds"])


def faults(toml: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        read(toml)
    return [f"{fault.found} ({fault.fix})" for fault in caught.value.faults]


def test_the_formats_are_those_that_there_are():
    assert tuple(FORMATS) == FORMAT_NAMES


def test_an_empty_table_is_a_feed_of_everything():
    assert read("[feeds.all]") == (Wanted("all"),)


def test_every_key():
    (found,) = read(
        """
        [feeds.talks]
        title = "Talks"
        description = "What was said."
        tags = ["audio", "talk"]
        not_tags = ["short"]
        authors = ["Ann"]
        sections = ["notes"]
        languages = ["en"]
        since = 2024-05-01T10:00:00Z
        limit = 5
        content = "summary"
        image = "media/talks.png"
        formats = ["rss"]
        podcast = true
        archives = true
        moved = "https://ben.example/talks/"
        gone = false
        """
    )
    assert found == Wanted(
        "talks",
        title="Talks",
        description="What was said.",
        tags=("audio", "talk"),
        not_tags=("short",),
        authors=("Ann",),
        sections=("notes",),
        languages=("en",),
        since=datetime(2024, 5, 1, 10, tzinfo=UTC),
        limit=5,
        content="summary",
        image="media/talks.png",
        formats=("rss",),
        podcast=Podcast(),
        archives=True,
        moved="https://ben.example/talks/",
    )


@pytest.mark.parametrize("key", ["tags", "not_tags", "authors", "sections"])
def test_a_text_is_a_list_of_one(key):
    (found,) = read(f'[feeds.a]\n{key} = "b"')
    assert getattr(found, key) == ("b",)


def test_a_name_that_is_given_twice_counts_once():
    (found,) = read('[feeds.a]\ntags = ["b", "c", "b"]')
    assert found.tags == ("b", "c")


@pytest.mark.parametrize("since", ["2024-05-01", "2024-05-01T10:00:00", '"1 May 2024"'])
def test_a_date_without_a_zone_is_in_the_sites(since):
    (found,) = read(f"[feeds.a]\nsince = {since}")
    assert found.since is not None
    assert found.since.tzinfo is SITE_ZONE


def test_a_feed_can_be_a_podcast_with_a_table_of_its_own():
    (found,) = read('[feeds.a]\n[feeds.a.podcast]\ntype = "serial"')
    assert found.podcast == Podcast(kind="serial")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("podcast", "podcast/"),
        ("Open Web", "open-web/"),
        ("a/b", "a-b/"),
        ("..", "_/"),
        ("E\u0301te\u0301", "\u00e9t\u00e9/"),
        ("C++", "c++/"),
    ],
)
def test_a_feed_lies_at_its_name(name, place):
    assert Wanted(name).place == place


@pytest.mark.parametrize("name", ["..", "/", "***", " "])
def test_a_name_must_give_a_place(name):
    (fault,) = faults(f'[feeds."{name}"]')
    assert fault.startswith("a name without a letter: ")


@pytest.mark.parametrize(
    "name", [*(folder.strip("/") for folder in FOLDERS.values()), "Archives", *FIXED]
)
def test_a_name_must_not_be_one_that_the_site_needs(name):
    assert faults(f'[feeds."{name}"]') == [
        f"a name that the site needs itself: [feeds.{name}] (give it another name)"
    ]


def test_two_feeds_cannot_lie_at_one_place():
    assert faults("[feeds.Pod]\n[feeds.a]\n[feeds.pod]") == [
        "one place for two feeds: [feeds.pod] and [feeds.Pod] (give it another name)"
    ]


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('tag = "b"', "unknown key 'tag' in [feeds.a] (did you mean tags?)"),
        ("tags = 3", 'not text: 3 (write it in quotes, "so")'),
        ('tags = ["b", ""]', 'an empty name (write "a", or ["a", "b"] for several)'),
        ('languages = "English!"', "not a language tag: 'English!' "
         '(write it as "en" or "pt-BR")'),
        ("since = 2024", "not a date: '2024' (write it as 2024-01-31)"),
        ("since = 10:00:00", "not a date: '10:00:00' (write it as 2024-01-31)"),
        ('since = "03/04/2024"', "not a date: '03/04/2024' (write it as 2024-01-31)"),
        (
            "limit = -1",
            "not a number of articles: -1 (write limit = 20, or 0 for all)",
        ),
        ('moved = "/there/"', "not an address: '/there/' "
         "(write it as https://example.org/page/)"),
        ('moved = "https://b.example/"\ngone = true', "both moved and gone in "
         "[feeds.a] (leave one of them out)"),
        ('podcast = "yes"', "no podcast: 'yes' "
         "(write podcast = true, or a table [feeds.a.podcast])"),
        ('podcast = { typ = "x" }', "unknown key 'typ' in [feeds.a.podcast] "
         "(did you mean type?)"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_remedy(toml, fault):
    assert faults(f"[feeds.a]\n{toml}") == [fault]


def test_a_key_without_a_feed_is_told_where_it_belongs():
    assert faults('[feeds]\ntags = "audio"') == [
        "a key of no feed: 'tags' in [feeds] (write [feeds.NAME] above it)"
    ]


def test_all_faults_of_all_feeds_are_told_at_once():
    with pytest.raises(Faults) as caught:
        read('feeds.b = 1\n[feeds.tags]\nlimit = -1\ntag = "x"\n[feeds.a]\ngone = 1')
    assert [fault.path for fault in caught.value.faults] == [
        "feeds.b",
        "feeds.tags",
        "feeds.tags.limit",
        "feeds.tags.tag",
        "feeds.a.gone",
    ]
