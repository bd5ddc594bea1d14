"""Foreign feeds are read as they are meant."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.documents.formats import FORMATS
from feeds.documents.xml import EPOCH
from feeds.feed import Author, Category, Comments, Enclosure, Entry, Feed, Image, Source

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "thr": "http://purl.org/syndication/thread/1.0",
    }.items()
)


def rss(inner: str) -> Feed:
    body = f'<rss version="2.0" {NAMESPACES}><channel>{inner}</channel></rss>'
    return FORMATS["rss"].parse(body.encode())


def item(inner: str) -> Entry:
    (entry,) = rss(f"<item>{inner}</item>").entries
    return entry


def atom(inner: str) -> Feed:
    body = f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{inner}</feed>'
    return FORMATS["atom"].parse(body.encode())


def atom_entry(inner: str) -> Entry:
    (entry,) = atom(f"<entry>{inner}</entry>").entries
    return entry


def json_feed(**told: object) -> Feed:
    told = {"version": "https://jsonfeed.org/version/1", **told}
    return FORMATS["json"].parse(json.dumps(told).encode())


def json_item(**told: object) -> Entry:
    (entry,) = json_feed(items=[told]).entries
    return entry


# RSS -----------------------------------------------------------------------------


def test_an_rss_channel_that_says_little_is_a_feed():
    feed = rss("<title>\n  A\n  feed </title><link>https://a.example/</link>")
    assert (feed.id, feed.url, feed.title) == (feed.url, "https://a.example/", "A feed")
    assert (feed.updated, feed.entries) == (EPOCH, ())


def test_an_rss_item_without_a_guid_has_its_link_as_id():
    assert item("<link>https://a.example/1</link>").id == "https://a.example/1"


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', ""),
        ("<guid>1234</guid>", ""),
    ],
)
def test_an_rss_guid_is_the_address_where_it_is_a_permalink(guid, url):
    assert item(guid).url == url


@pytest.mark.parametrize(
    ("told", "author"),
    [
        ("ann@a.example (Ann)", Author("Ann", "ann@a.example")),
        ("Ann (ann@a.example)", Author("Ann", "ann@a.example")),
        ("Ann &lt;ann@a.example&gt;", Author("Ann", "ann@a.example")),
        ("ann@a.example", Author("ann@a.example", "ann@a.example")),
        ("Ann (of A)", Author("Ann (of A)")),
    ],
)
def test_an_rss_author_has_an_address_and_a_name(told, author):
    assert item(f"<author>{told}</author>").authors == (author,)


def test_every_creator_of_an_rss_item_is_an_author():
    told = "<dc:creator>Ann</dc:creator><dc:creator> Ben </dc:creator>"
    authors = item(f"{told}<author>x@a.example</author>").authors
    assert authors == (Author("Ann"), Author("Ben"))


def test_an_rss_channel_has_its_editor_as_author():
    feed = rss("<managingEditor>ann@a.example (Ann)</managingEditor>")
    assert feed.authors == (Author("Ann", "ann@a.example"),)


def test_a_podcast_channel_has_its_author():
    assert rss("<itunes:author>Ann</itunes:author>").authors == (Author("Ann"),)


@pytest.mark.parametrize(
    ("told", "content", "summary"),
    [
        ("<description>a &amp;amp; b</description>", "", "a & b"),
        ("<description>a &lt;br&gt; b</description>", "a <br> b", ""),
        ("<description><![CDATA[<p>a</p>]]></description>", "<p>a</p>", ""),
        (
            "<content:encoded><![CDATA[<p>a</p>]]></content:encoded>"
            "<description>&lt;i&gt;a&lt;/i&gt;</description>",
            "<p>a</p>",
            "a",
        ),
        ("", "", ""),
    ],
)
def test_an_rss_description_is_a_summary_unless_it_is_all_there_is(
    told, content, summary
):
    entry = item(told)
    assert (entry.content, entry.summary) == (content, summary)


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("Sat, 31 Jan 2026 08:00:00 GMT", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("Sat, 31 Jan 2026 08:00:00 EST", datetime(2026, 1, 31, 13, tzinfo=UTC)),
        ("31 Jan 26 08:00 +0100", datetime(2026, 1, 31, 7, tzinfo=UTC)),
        ("2026-01-31T08:00:00.123Z", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("yesterday", EPOCH),
        ("", EPOCH),
    ],
)
def test_an_rss_date_is_read_in_the_spellings_that_there_are(told, when):
    assert item(f"<pubDate>{told}</pubDate>").published == when


def test_an_rss_item_without_a_date_of_its_own_has_that_of_dublin_core():
    when = item("<dc:date>2026-01-31T08:00:00+01:00</dc:date>").published
    assert when == datetime(2026, 1, 31, 8, tzinfo=timezone(timedelta(hours=1)))


def test_every_enclosure_of_an_rss_item_is_read_once():
    entry = item(
        '<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="x"/>'
        '<enclosure url="https://a.example/2.mp3" length="7"/><enclosure/>'
        '<media:content url="https://a.example/1.mp3" fileSize="9"/>'
        "<itunes:duration>1:02:03</itunes:duration>"
    )
    assert entry.enclosures == (
        Enclosure("https://a.example/1.mp3", "audio/mpeg", 0, 3723),
        Enclosure("https://a.example/2.mp3", "", 7),
    )


def test_a_picture_is_one_by_its_type_too():
    url = "https://a.example/1.jpg"
    entry = item(f'<media:content url="{url}" type="image/jpeg"/>')
    assert (entry.image, entry.enclosures) == (Image(url, media_type="image/jpeg"), ())


def test_rss_categories_and_sources_are_read_as_one_line():
    entry = item(
        "<category domain='https://a.example/tags'> a\n b </category><category/>"
        "<source url='https://b.example/'>B</source>"
    )
    assert entry.categories == (Category("a b", "https://a.example/tags"),)
    assert entry.source == Source("B", "https://b.example/")


def test_an_rss_description_in_html_is_read_as_text():
    feed = rss("<description>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</description>")
    assert feed.description == "A & B"


# Atom ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("<title>AT&amp;T &lt;b&gt;</title>", "AT&T <b>"),
        ('<title type="html">AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</title>', "AT&T x"),
        ('<title type="html"><![CDATA[&lt;b> &amp; c]]></title>', "<b> & c"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            "a <b>b</b> &lt;c&gt;</div></title>",
            "a b <c>",
        ),
        ("", ""),
    ],
)
def test_an_atom_title_is_plain_text_whatever_its_type(told, title):
    assert atom(told).title == title


@pytest.mark.parametrize(
    ("told", "content"),
    [
        ('<content type="html"> &lt;p&gt;a&lt;/p&gt; </content>', "<p>a</p>"),
        ("<content>a &lt; b</content>", "a &lt; b"),
        ('<content type="text/html">&lt;p&gt;a&lt;/p&gt;</content>', "<p>a</p>"),
        ('<content type="image/png">aGk=</content>', ""),
        ('<content src="https://a.example/1.pdf" type="application/pdf"/>', ""),
    ],
)
def test_atom_content_is_html_by_its_type(told, content):
    assert atom_entry(told).content == content


@pytest.mark.parametrize(
    "told",
    [
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>a<br/>&amp; b</p></div>',
        '<x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>a<x:br/>&amp; b</x:p>'
        "<x:script>alert()</x:script></x:div>",
    ],
)
def test_atom_content_in_xhtml_is_what_its_div_holds(told):
    content = atom_entry(f'<content type="xhtml">{told}</content>').content
    assert content == "<p>a<br>&amp; b</p>"


def test_an_xhtml_div_that_says_more_is_kept():
    told = '<div xmlns="http://www.w3.org/1999/xhtml" dir="rtl">a</div>'
    content = atom_entry(f'<content type="xhtml">{told}</content>').content
    assert content == '<div dir="rtl">a</div>'


def test_an_atom_entry_has_the_first_link_of_each_relation():
    entry = atom_entry(
        '<link rel="self" href="https://a.example/1.xml"/>'
        '<link href="https://a.example/1"/>'
        '<link rel="alternate" href="https://a.example/1.txt"/>'
        '<link rel="related" href="https://b.example/"/>'
        '<link rel="via" href="https://c.example/" title="C"/>'
        '<link rel="replies" type="application/atom+xml" href="https://a.example/r"/>'
        '<link rel="replies" type="text/html" href="https://a.example/1#talk"/>'
        '<link rel="enclosure" href="https://a.example/1.mp3" length="7"/>'
        '<link rel="enclosure"/>'
        "<thr:total>3</thr:total>"
    )
    assert entry.url == "https://a.example/1"
    assert entry.link == "https://b.example/"
    assert entry.source == Source("C", "https://c.example/")
    assert entry.comments == Comments(url="https://a.example/1#talk", count=3)
    assert entry.enclosures == (Enclosure("https://a.example/1.mp3", length=7),)


def test_an_atom_entry_without_an_id_has_its_address_as_one():
    assert atom_entry('<link href="https://a.example/1"/>').id == "https://a.example/1"


def test_an_atom_category_is_called_by_its_label():
    entry = atom_entry(
        '<category term="c1" label="Clocks" scheme="https://a.example/"/>'
    )
    assert entry.categories == (Category("Clocks", "https://a.example/"),)


def test_an_atom_entry_was_published_when_it_was_updated_if_it_says_no_more():
    entry = atom_entry("<updated>2026-01-31T08:00:00Z</updated>")
    assert entry.published == entry.updated == datetime(2026, 1, 31, 8, tzinfo=UTC)


# JSON Feed -----------------------------------------------------------------------


def test_json_feed_1_0_has_one_author():
    feed = json_feed(author={"name": "Ann", "url": "https://a.example/"})
    assert feed.authors == (Author("Ann", uri="https://a.example/"),)
    assert json_item(author={"name": "Ben"}).authors == (Author("Ben"),)


def test_the_id_of_a_json_item_may_be_a_number():
    assert json_item(id=7).id == "7"


def test_a_json_item_without_an_id_has_its_address_as_one():
    assert json_item(url="https://a.example/1").id == "https://a.example/1"


@pytest.mark.parametrize(
    ("told", "content", "summary"),
    [
        ({"content_html": "<p>a</p>", "content_text": "a"}, "<p>a</p>", ""),
        ({"content_text": "a\n b"}, "", "a b"),
        ({"content_text": "a", "summary": "b"}, "", "b"),
        ({"content_text": "a", "title": "a"}, "", ""),
    ],
)
def test_the_text_of_a_json_item_is_its_summary_if_it_has_no_html(
    told, content, summary
):
    entry = json_item(**told)
    assert (entry.content, entry.summary) == (content, summary)


def test_a_json_item_has_the_dates_it_says():
    entry = json_item(date_published="2026-01-31T08:00:00+01:00", date_modified=7)
    assert entry.published == entry.updated == datetime(2026, 1, 31, 7, tzinfo=UTC)


def test_what_is_of_another_type_in_json_is_passed_over():
    entry = json_item(
        id=["x"],
        title=7,
        authors={"name": "x"},
        tags=["a", 1, None, " "],
        attachments=[{"url": 7}, 7, {"url": "https://a.example/1", "mime_type": []}],
        image={"url": "x"},
        _folderfeed={"episode": [], "comments": 7, "source": {"url": 7}},
    )
    assert (entry.title, entry.authors, entry.image) == ("", (), None)
    assert entry.categories == (Category("a"),)
    assert entry.enclosures == (Enclosure("https://a.example/1"),)
    assert (entry.episode, entry.comments, entry.source) == (None, None, Source())


def test_what_no_feed_may_hold_is_taken_out_of_json():
    entry = json_item(title="a\ud800\x08b", _folderfeed={"rights": "c\udfff"})
    assert (entry.title, entry.rights) == ("ab", "c")
