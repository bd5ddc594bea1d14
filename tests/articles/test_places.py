"""What a path tells of an article: name, date, language, folders, draft or not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.articles.dialects import DIALECTS, PLAIN
from feeds.articles.places import (
    Place,
    date_in,
    read_path,
    title_of,
)
from feeds.languages import is_language

DAY = datetime(2024, 1, 31, tzinfo=UTC)
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}


def read(path: str, dialect: str = "plain") -> Place:
    return read_path(path, BY_NAME.get(dialect, PLAIN), UTC)


@pytest.mark.parametrize(
    ("path", "name", "date"),
    [
        ("a.md", "a", None),
        ("2024-01-31-ferry.md", "ferry", DAY),
        ("2024-01-31_ferry.md", "ferry", DAY),
        ("2024-01-31 The ferry.md", "The ferry", DAY),
        ("20240131-ferry.md", "ferry", DAY),
        ("20240131.md", "20240131", DAY),
        ("2024-01-31.md", "2024-01-31", DAY),
        ("2024-01-31T09-30-ferry.md", "09-30-ferry", DAY),
        ("2024/01/31/ferry.md", "ferry", DAY),
        ("2024/1/31/ferry.md", "ferry", DAY),
        ("blog/2024/01/31/ferry.md", "ferry", DAY),
        ("2024/01/31-ferry.md", "31-ferry", DAY),
        ("2024/01/31/index.md", "31", DAY),
        ("2024-01-31-ferry/index.md", "ferry", DAY),
        ("2024/ferry.md", "ferry", None),
        ("2024/01/ferry.md", "ferry", None),
        ("2024-01-ferry.md", "2024-01-ferry", None),
        ("2024-13-45-ferry.md", "2024-13-45-ferry", None),
        ("2024-02-30-ferry.md", "2024-02-30-ferry", None),
        ("2024/13/45/ferry.md", "ferry", None),
        ("0000-01-01-ferry.md", "0000-01-01-ferry", None),
        ("99999999.md", "99999999", None),
        ("20240131ferry.md", "20240131ferry", None),
        ("120240131-ferry.md", "120240131-ferry", None),
        ("ferry-2024-01-31.md", "ferry-2024-01-31", None),
        ("v2.0.md", "v2.0", None),
    ],
)
def test_a_path_may_tell_a_name_and_a_date(path, name, date):
    found = read(path)
    assert (found.name, found.date) == (name, date)


def test_a_date_is_midnight_where_the_site_is():
    zone = timezone(timedelta(hours=2))
    assert read_path("2024-01-31-a.md", PLAIN, zone).date == DAY.replace(tzinfo=zone)
    assert date_in("/2024/01/31/a/", zone) == DAY.replace(tzinfo=zone)


def test_a_files_own_date_goes_before_that_of_its_folders():
    assert read("2023/05/06/2024-01-31-ferry.md").date == DAY


@pytest.mark.parametrize(
    ("path", "name", "language"),
    [
        ("ferry.fr.md", "ferry", "fr"),
        ("ferry.pt-BR.md", "ferry", "pt-BR"),
        ("ferry.pt_BR.md", "ferry", "pt-BR"),
        ("ferry.zh-Hans.md", "ferry", "zh-Hans"),
        ("ferry/index.de.md", "ferry", "de"),
        ("ferry.de/index.md", "ferry", "de"),
        ("2024-01-31-ferry.fr.md", "ferry", "fr"),
        ("notes.v2.md", "notes.v2", ""),
        ("notes.v2.fr.md", "notes.v2", "fr"),
        ("node.js.md", "node.js", ""),
        ("read.me.first.md", "read.me.first", ""),
        ("about.xx.md", "about.xx", ""),
        ("ferry.FR.md", "ferry.FR", ""),
        ("fr.md", "fr", ""),
        ("a.1.md", "a.1", ""),
    ],
)
def test_a_path_may_tell_a_language(path, name, language):
    found = read(path)
    assert (found.name, found.language) == (name, language)


@pytest.mark.parametrize(
    ("path", "dialect", "folders"),
    [
        ("a.md", "plain", ()),
        ("x/y/a.md", "plain", ("x", "y")),
        ("x/a/index.md", "plain", ("x",)),
        ("index.md", "plain", ()),
        ("x/Index.md", "plain", ()),
        ("_posts/2024-01-31-a.md", "Jekyll", ()),
        ("sea/_posts/2024-01-31-a.md", "Jekyll", ("sea",)),
        ("_posts/sea/2024-01-31-a.md", "Jekyll", ("sea",)),
        ("source/_posts/sea/a.md", "Hexo", ("sea",)),
        ("content/posts/a.md", "Hugo", ("posts",)),
        ("content/posts/a/index.md", "Hugo", ("posts",)),
        ("content/a.md", "Pelican", ()),
        ("src/content/blog/a.md", "Astro", ("blog",)),
        ("src/pages/posts/a.md", "Astro", ("posts",)),
        ("content/a.md", "plain", ("content",)),
    ],
)
def test_the_folders_that_count_in_an_address(path, dialect, folders):
    assert read(path, dialect).folders == folders


@pytest.mark.parametrize(
    ("path", "is_draft"),
    [
        ("_drafts/a.md", True),
        ("source/_drafts/x/a.md", True),
        ("_drafts.md", False),
        ("drafts/a.md", False),
        ("_posts/2024-01-31-a.md", False),
    ],
)
def test_what_lies_among_drafts_is_one(path, is_draft):
    assert read(path).is_draft is is_draft


def test_drafts_of_hexo_are_drafts_though_addresses_leave_their_folder_out():
    assert read("source/_drafts/a.md", "Hexo").is_draft


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2024-01-31-the-ferry_is late.md", "The ferry is late"),
        ("ferry.md", "Ferry"),
        ("été.md", "Été"),
        ("2024-01-31.md", "2024 01 31"),
        ("---.md", "---"),
        ("ferry/index.fr.md", "Ferry"),
        ("iPad.md", "IPad"),
    ],
)
def test_a_title_for_what_has_none(path, title):
    assert title_of(read(path)) == title


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("2024/01/31/ferry", DAY),
        ("blog/2024/1/31/ferry", DAY),
        ("2024/01/31", DAY),
        ("2024/01/ferry", None),
        ("2024/01/310/ferry", None),
        ("12024/01/31/ferry", None),
        ("2024/13/45/ferry", None),
        ("", None),
    ],
)
def test_an_address_may_hold_a_date(address, date):
    assert date_in(address, UTC) == date


def test_folders_that_are_languages():
    assert [is_language(name) for name in ("fr", "pt-BR", "fra", "FR", "xx", "")] == [
        *(True, True, False, False, False, False)
    ]


PATHS = st.lists(
    st.one_of(
        st.sampled_from("index 2024 01 31 _posts _drafts content 2024-01-31-a".split()),
        st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: "/".join(part for part in parts if part.strip(".")) + "/a.md")


@settings(max_examples=30)
@given(PATHS, st.sampled_from([PLAIN, *DIALECTS]))
def test_any_path_tells_a_name(path, dialect):
    found = read_path(path.lstrip("/"), dialect, UTC)
    assert found.name
    assert "/" not in found.name
    assert found.date is None or found.date.utcoffset() is not None
