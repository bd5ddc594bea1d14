"""What the formats and their readers demand, of the sample site's finished feeds."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree, html

from feeds.documents.formats import FORMATS
from tests.conftest import SHARED

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")
XML = {name: FORMATS[name] for name in ("rss", "atom")}


@pytest.fixture(scope="module")
def rss(sample):
    return etree.fromstring(sample.document("rss.xml").body)


@pytest.fixture(scope="module")
def atom(sample):
    return etree.fromstring(sample.document("atom.xml").body)


@pytest.fixture(params=XML.values(), ids=XML)
def body(request, sample) -> bytes:
    return sample.document(request.param.filename).body


def fragments(rss, atom) -> list[str]:
    found = [item.findtext(CONTENT) for item in rss.iter("item")]
    return found + [
        entry.findtext(f"{ATOM}content") for entry in atom.iter(f"{ATOM}entry")
    ]


def test_the_body_starts_with_its_declaration(body):
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<")


def test_the_root_is_within_what_readers_sniff(body):
    assert re.search(rb"<(rss|feed)\b", body[:512])


def test_no_character_is_one_that_readers_reject(body):
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef]", body.decode()
    )


def test_the_channel_has_what_rss_requires(rss):
    channel = rss.find("channel")
    assert rss.get("version") == "2.0"
    assert all(channel.findtext(name) for name in ("title", "link", "description"))


def test_everything_about_the_channel_comes_before_its_items(rss):
    tags = [element.tag for element in rss.find("channel")]
    assert set(tags[tags.index("item") :]) == {"item"}


@pytest.mark.parametrize("form", XML.values(), ids=XML)
def test_a_feed_knows_its_own_address(form, sample):
    root = etree.fromstring(sample.document(form.filename).body)
    (link,) = root.xpath("//a:link[@rel='self']", namespaces={"a": ATOM[1:-1]})
    assert link.get("href") == sample.config.home + form.filename
    assert link.get("type") == form.media_type


def test_guids_are_unique_and_no_permalinks(rss):
    guids = [item.find("guid") for item in rss.iter("item")]
    assert len({guid.text for guid in guids}) == len(guids) == 12
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def test_items_have_one_date_one_title_and_no_synonyms(rss):
    for item in rss.iter("item"):
        tags = [element.tag for element in item]
        assert tags.count("pubDate") == tags.count("title") == tags.count("link") == 1
        assert not {"author", f"{DC}date", f"{DC}subject", f"{ATOM}id"} & set(tags)


def test_rss_dates_are_in_the_one_spelling_that_all_read(rss):
    dates = [e.text for e in rss.iter("pubDate", "lastBuildDate")]
    assert len(dates) == 13
    for date in dates:
        assert re.fullmatch(
            r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT", date
        )
        assert parsedate_to_datetime(date).strftime("%a") == date[:3]


def test_entries_have_what_atom_requires(atom):
    for parent in (atom, *atom.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
    assert atom.find(f"{ATOM}author/{ATOM}name").text


def test_every_atom_link_says_what_it_is(atom):
    for link in atom.iter(f"{ATOM}link"):
        # The feeds of other languages are related: of several alternates, some
        # readers take the first and some the last for the site's address.
        is_related = link.get("rel") == "related" and link.get("hreflang")
        assert link.get("rel") in ("self", "alternate") or is_related
        assert MIME.fullmatch(link.get("type"))
        assert link.get("href").startswith("http")


def test_atom_dates_are_whole_seconds_in_zulu_time(atom):
    for date in atom.iter(f"{ATOM}updated", f"{ATOM}published"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.text)


def test_text_constructs_have_types_of_their_own(atom):
    for name in ("title", "subtitle", "summary", "content"):
        for element in atom.iter(f"{ATOM}{name}"):
            assert element.get("type") in ("text", "html")
    assert {e.get("type") for e in atom.iter(f"{ATOM}content")} == {"html"}


def test_no_address_in_the_content_is_relative(rss, atom):
    checked = 0
    for fragment in fragments(rss, atom):
        for element in html.fragment_fromstring(fragment, create_parent="div").iter():
            for name in ("href", "src", "poster", "cite"):
                if (address := element.get(name)) is not None:
                    assert re.match(r"(https?://|mailto:)", address), address
                    checked += 1
    assert checked > 30


def test_the_content_has_nothing_that_readers_must_take_out(rss, atom):
    for fragment in fragments(rss, atom):
        assert not re.search(
            r"<(script|style|iframe|object|embed|form|input)\b", fragment
        )
        assert not re.search(r"<[^>]* (on\w+|style)=", fragment)


def test_pictures_are_plain_and_described(rss, atom):
    pictures = re.findall(r"<img [^>]*>", "".join(fragments(rss, atom)))
    assert len(pictures) >= 8
    for picture in pictures:
        assert ' src="http' in picture
        assert " alt=" in picture


def test_both_formats_say_the_same(rss, atom):
    entries = list(atom.iter(f"{ATOM}entry"))
    for item, entry in zip(rss.iter("item"), entries, strict=True):
        assert item.findtext("guid") == entry.findtext(f"{ATOM}id")
        assert item.findtext(CONTENT) == entry.findtext(f"{ATOM}content")
        assert item.findtext("link") == entry.find(f"{ATOM}link").get("href")
        assert [c.text for c in item.findall("category")] == [
            c.get("term") for c in entry.findall(f"{ATOM}category")
        ]
        assert [c.text for c in item.findall(f"{DC}creator")] == [
            c.text for c in entry.iterfind(f"{ATOM}author/{ATOM}name")
        ]
        when = parsedate_to_datetime(item.findtext("pubDate"))
        assert when == datetime.fromisoformat(entry.findtext(f"{ATOM}published"))


def test_atom_is_valid_by_the_schema_of_rfc_4287(atom):
    schema = SHARED / "schemas" / "atom.rng"
    if not schema.exists():
        pytest.skip("no Atom schema beside the project")
    etree.RelaxNG(etree.parse(schema)).assertValid(atom)


def test_feedparser_reads_all_that_there_is(body, sample):
    read = feedparser.parse(body)
    assert not read.bozo
    assert read.feed.language == "en"
    for found, entry in zip(read.entries, sample.edition.feed.entries, strict=True):
        assert (found.id, found.link) == (entry.id, entry.url)
        assert (
            found.title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
            == entry.title
        )
        assert datetime(*found.published_parsed[:6], tzinfo=UTC) == entry.published
        # feedparser drops all authors but the last.
        assert found.author == entry.authors[-1].name
        tags = [(tag.term, tag.scheme) for tag in found.get("tags", [])]
        assert tags == [(each.term, each.scheme) for each in entry.categories]
        assert len(found.content[0].value) > 0.9 * len(entry.content)
