"""Feeds as the middle composes them, with whatever people may write in them."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from feeds import markup
from feeds.feed import (
    Author,
    Category,
    Comments,
    Deleted,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Funding,
    Image,
    Paging,
    Person,
    Podcast,
    Source,
    Transcript,
    Variant,
)

#: What some format or reader has stumbled over in a title.
HOSTILE = (
    "AT&T",
    "a < b > c",
    "the <b> element",
    "a </b> alone",
    "<b>bold</b>",
    "\"so\" they 'said'",
    "&amp; means &",
    "&copy &copy; &#38;",
    "no end: ]]>",
    "<![CDATA[no start",
    "<!-- no comment",
    "😀 and 👩‍👩‍👧",
    "שלום, עולם",
    "\u202eright to left\u202c",
    "e\u0301, 漢字, ﷺ",
    "{{ a }} %s $& \\n",
    "null",
    "0",
)
HTML = (
    "<p>plain</p>",
    "<p>a &amp; b &lt;c&gt; ]]&gt;</p>\n<pre>\n two\n lines</pre>",
    '<img src="https://a.example/a.jpg" alt="&quot;A&quot;">',
    "a<br>b",
    "no element at all",
    "&nbsp;",
    '<div dir="rtl"><p>שלום</p></div>',
    "<p>&amp;copy; is no ©, 😀</p>",
)
_ids = st.from_regex(r"[a-z0-9.:/_-]{1,12}", fullmatch=True)
_urls = st.from_regex(r"/[a-zA-Z0-9/_.-]{0,8}(\?a=[0-9]&b=%20)?", fullmatch=True).map(
    lambda path: markup.http_url(f"https://a.example{path}")
)
_folders = _ids.map(lambda name: f"https://a.example/{name.strip('/')}/")
_lines = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join),
).map(markup.line)
_words = _lines.filter(bool)
_contents = st.one_of(
    st.just(""),
    st.sampled_from(HTML),
    st.lists(st.sampled_from(HTML) | st.text(max_size=20)).map("".join),
).map(lambda html: markup.safe(html, lambda address: address))
_languages = st.sampled_from(["en", "de-AT", "he", "zh-Hant"])
_types = st.sampled_from(["audio/mpeg", "video/mp4", "image/png", "application/pdf"])
_sizes = st.integers(0, 10**12)
_zones = st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n)))
_dates = st.datetimes(datetime(1001, 1, 1), datetime(9998, 1, 1), timezones=_zones).map(
    lambda when: when.replace(microsecond=0)
)
_authors = st.builds(Author, _words, st.just("") | _words, st.just("") | _urls)
#: RSS and JSON Feed tell people apart by their names.
_people = st.lists(_authors, max_size=3, unique_by=lambda a: a.name).map(tuple)


def _several(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, max_size=3).map(tuple)


_persons = _several(
    st.builds(
        Person,
        _words,
        st.sampled_from(["", "host", "guest"]),
        st.sampled_from(["", "cast"]),
        st.just("") | _urls,
        st.just("") | _urls,
    )
)
_categories = st.lists(
    st.builds(Category, _words, st.just("") | _folders),
    max_size=4,
    unique_by=lambda category: category.term.casefold(),
).map(tuple)
_images = st.builds(
    Image,
    st.just("") | _urls,
    _lines,
    _lines,
    _lines,
    st.sampled_from(["", "image/jpeg"]),
    _sizes,
    st.integers(0, 9999),
    st.integers(0, 9999),
)
_enclosures = st.lists(
    st.builds(Enclosure, _urls, _types, _sizes, st.integers(0, 10**6)),
    max_size=3,
    unique_by=lambda enclosure: enclosure.url,
).map(tuple)
_sources = st.one_of(
    st.builds(Source, _words),
    st.builds(Source, st.just("") | _words, _urls),
)
_comments = st.one_of(
    st.builds(Comments, st.booleans(), _urls, st.none() | _sizes, st.just("") | _urls),
    st.builds(Comments, st.just(False), st.just(""), st.none() | _sizes, st.just("")),
)
_episodes = st.builds(
    Episode,
    st.sampled_from(["", "0", "7", "7.5"]),
    st.integers(0, 99),
    st.sampled_from(["", "full", "trailer", "bonus"]),
    st.sampled_from([None, True, False]),
    st.just("") | _urls,
    st.just("") | _urls,
    _several(
        st.builds(
            Transcript,
            _urls,
            st.sampled_from(["text/vtt", "text/html"]),
            st.just("") | _languages,
            st.sampled_from(["", "captions"]),
        )
    ),
    _persons,
)
_shows = st.builds(
    Podcast,
    st.uuids().map(str),
    _several(st.sampled_from(["Arts", "Arts > Books", "TV & Film", "News"])),
    st.booleans(),
    st.sampled_from(["episodic", "serial"]),
    st.none() | st.builds(Author, _words, _words),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["podcast", "music"]),
    _several(st.builds(Funding, _urls, _lines)),
    _persons,
)


@st.composite
def entries(draw: st.DrawFn, in_podcast: bool = False) -> Entry:
    """An entry as it is published; `in_podcast`, what has a recording is an episode."""
    content = draw(_contents)
    published = draw(_dates)
    enclosures = draw(_enclosures)
    return Entry(
        id=f"tag:a.example,2026:{draw(_ids)}",
        url=draw(_urls),
        title=draw(_words),
        content=content,
        summary=draw(_lines) or markup.excerpt(content),
        published=published,
        updated=max(published, draw(_dates)),
        authors=draw(_people),
        categories=draw(_categories),
        language=draw(_languages),
        image=draw(st.none() | _images),
        comments=draw(st.none() | _comments),
        enclosures=enclosures,
        link=draw(st.just("") | _urls),
        source=draw(st.none() | _sources),
        rights=draw(_lines),
        license=draw(st.just("") | _urls),
        episode=draw(_episodes) if in_podcast and enclosures else None,
        markdown=draw(st.text(max_size=20).map(lambda t: markup.clean(t).strip())),
    )


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    """A feed as it is composed: no archive is complete, each id is there once."""
    show = draw(st.none() | _shows)
    listed = st.lists(entries(show is not None), max_size=3, unique_by=lambda e: e.id)
    addresses = st.just("") | _folders
    paging = draw(st.builds(Paging, addresses, addresses, addresses))
    return Feed(
        id=f"tag:a.example,2026:{draw(_ids)}",
        url=draw(_urls),
        title=draw(_words),
        description=draw(_words.filter(markup.told)),
        updated=draw(_dates),
        authors=draw(_people.filter(bool)),
        language=draw(_languages),
        entries=tuple(draw(listed)),
        rights=draw(_lines),
        license=draw(st.just("") | _urls),
        icon=draw(st.just("") | _urls),
        image=draw(st.just("") | _urls),
        complete=paging == Paging() and draw(st.booleans()),
        paging=paging,
        variants=draw(_several(st.builds(Variant, _languages, _folders))),
        deleted=draw(_several(st.builds(Deleted, _urls, _dates))),
        podcast=show,
        moved=draw(st.just("") | _urls),
        stylesheet=draw(st.sampled_from(["", "feed.css", "../../feed.css"])),
        fresh=draw(st.sampled_from([0, 15, 60])),
    )
