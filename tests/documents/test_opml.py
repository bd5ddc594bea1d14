"""The list of feeds: what OPML 2.0 asks for, and what a reader finds in it."""

from dataclasses import replace
from datetime import UTC, datetime

import listparser
import pytest
from lxml import etree

from feeds.documents import opml
from feeds.documents.opml import Group, Outline
from feeds.feed import Author

WHEN = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
ANN = Author("Ann", "ann@a.example", "https://a.example/ann/")
NEWS = Outline(
    title="News",
    description="All of it",
    xml_url="https://a.example/rss.xml",
    html_url="https://a.example/",
    language="en",
    version="RSS2",
)
SEA = replace(NEWS, title="Sea", xml_url="https://a.example/tags/sea/rss.xml")
HOSTILE = [
    "\"quoted\" and 'quoted'",
    "a < b > c & d",
    "<script>alert(1)</script>",
    "&amp; ]]> <!--",
    "Grüße, 日本語 🎉",
]


def written(outlines=(NEWS,), groups=(), owner=ANN, title="A") -> bytes:
    return opml.render(title, owner, WHEN, tuple(outlines), tuple(groups))


def head(**told) -> list[tuple[str, str]]:
    return [(e.tag, e.text) for e in etree.fromstring(written(**told)).find("head")]


def listed(*outlines: Outline) -> list[etree._Element]:
    return list(etree.fromstring(written(outlines)).iter("outline"))


def read(**told):
    found = listparser.parse(written(**told))
    assert not found.bozo
    return found


def test_it_starts_with_its_declaration():
    assert written().startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<opml ")


def test_it_says_that_it_is_opml_2():
    assert etree.fromstring(written()).get("version") == "2.0"


def test_the_head_says_whose_it_is_and_when_it_changed():
    assert head() == [
        ("title", "A"),
        ("dateModified", "Tue, 03 Feb 2026 10:00:00 GMT"),
        ("ownerName", "Ann"),
        ("ownerEmail", "ann@a.example"),
        ("ownerId", "https://a.example/ann/"),
    ]


def test_of_the_owner_only_what_is_known_is_said():
    assert [name for name, _ in head(owner=Author("Ann"))][2:] == ["ownerName"]


def test_a_list_can_be_without_an_owner():
    assert [name for name, _ in head(owner=None)] == ["title", "dateModified"]


def test_an_outline_has_all_that_is_known_of_its_feed():
    (outline,) = listed(NEWS)
    assert dict(outline.attrib) == {
        "type": "rss",
        "text": "News",
        "title": "News",
        "description": "All of it",
        "xmlUrl": "https://a.example/rss.xml",
        "htmlUrl": "https://a.example/",
        "language": "en",
        "version": "RSS2",
    }


def test_what_is_not_known_of_a_feed_has_no_attribute():
    (outline,) = listed(Outline("News", "", NEWS.xml_url, "", ""))
    assert set(outline.attrib) == {"type", "text", "title", "xmlUrl"}


def test_a_feed_without_a_title_is_called_by_its_address():
    (outline,) = listed(replace(NEWS, title=""))
    assert outline.get("text") == outline.get("title") == NEWS.xml_url


def test_outlines_stay_in_the_order_given():
    assert [o.get("text") for o in listed(SEA, NEWS)] == ["Sea", "News"]


def test_each_outline_has_a_line_of_its_own():
    lines = [line for line in written([NEWS, SEA]).splitlines() if b"<outline" in line]
    assert len(lines) == 2


def test_a_group_comes_after_the_outlines_that_are_in_none():
    body = etree.fromstring(written(groups=[Group("Tags", (SEA,))])).find("body")
    assert [outline.get("text") for outline in body] == ["News", "Tags"]


def test_a_group_is_not_taken_for_a_feed():
    # The W3C's validator asks for a type where there is more than `text`.
    body = etree.fromstring(written(groups=[Group("Tags", (SEA,))])).find("body")
    assert dict(body[1].attrib) == {"text": "Tags"}


def test_a_group_without_outlines_is_left_out():
    assert written(groups=[Group("Tags", ())]) == written()


def test_the_same_list_is_the_same_bytes():
    groups = [Group("Tags", (SEA,))]
    assert written(groups=groups) == written(groups=groups)


def test_a_reader_finds_every_feed_by_its_title():
    found = read(outlines=[NEWS], groups=[Group("Tags", (SEA,))])
    assert [(feed.title, feed.url) for feed in found.feeds] == [
        (NEWS.title, NEWS.xml_url),
        (SEA.title, SEA.xml_url),
    ]


def test_a_reader_knows_the_version():
    assert read().version == "opml2"


def test_a_reader_takes_a_group_for_a_tag():
    found = read(outlines=[], groups=[Group("Tags", (SEA,))])
    assert found.feeds[0].tags == ["Tags"]


def test_a_reader_takes_a_feed_in_no_group_for_untagged():
    assert read(groups=[Group("Tags", (SEA,))]).feeds[0].tags == []


def test_a_reader_learns_whose_list_it_is():
    author = read().meta.author
    assert dict(author) == {"name": ANN.name, "email": ANN.email, "url": ANN.uri}


def test_a_reader_learns_when_the_list_changed():
    assert read().meta.modified_parsed == WHEN


def test_an_ampersand_in_an_address_arrives():
    url = "https://a.example/rss.xml?a=1&b=2"
    assert read(outlines=[replace(NEWS, xml_url=url)]).feeds[0].url == url


@pytest.mark.parametrize("title", HOSTILE)
def test_the_title_of_a_feed_arrives_as_it_was(title):
    assert read(outlines=[replace(NEWS, title=title)]).feeds[0].title == title


@pytest.mark.parametrize("title", HOSTILE)
def test_the_title_of_a_group_arrives_as_it_was(title):
    found = read(outlines=[], groups=[Group(title, (SEA,))])
    assert found.feeds[0].categories == [[title]]


@pytest.mark.parametrize("title", HOSTILE)
def test_the_title_of_the_list_arrives_as_it_was(title):
    assert read(title=title).meta.title == title
