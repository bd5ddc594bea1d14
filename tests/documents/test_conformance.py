"""The checker of finished feeds: what is good it passes, and each rule catches."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.documents.conformance import RULES, Finding, examine
from feeds.documents.formats import FORMATS

pytestmark = pytest.mark.thorough

CASES = sorted(
    case
    for form in FORMATS.values()
    for case in (Path(__file__).parent / "cases").glob(f"*.{form.filename}")
)
RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:slash="http://purl.org/rss/1.0/modules/slash/" \
xmlns:wfw="http://wellformedweb.org/CommentAPI/" \
xmlns:media="http://search.yahoo.com/mrss/" \
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" \
xmlns:at="http://purl.org/atompub/tombstones/1.0" \
xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" \
version="2.0">
<channel>
<title>Ann &#x26; Ben</title>
<link>https://a.example/</link>
<description>Small machines</description>
<atom:link href="https://a.example/rss.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://hub.example/" rel="hub"/>
<language>en</language>
<lastBuildDate>Tue, 03 Feb 2026 10:00:00 GMT</lastBuildDate>
<ttl>60</ttl>
<atom:icon>https://a.example/icon.png</atom:icon>
<sy:updatePeriod>daily</sy:updatePeriod>
<sy:updateFrequency>24</sy:updateFrequency>
<sy:updateBase>2026-01-01T00:00:00Z</sy:updateBase>
<at:deleted-entry ref="tag:a.example,2026:gone" when="2026-02-01T10:00:00Z"/>
<creativeCommons:license>https://b.example/by/4.0/</creativeCommons:license>
<cloud domain="a.example" port="80" path="/" registerProcedure="" protocol="http-post"/>
<image><url>https://a.example/a.png</url><title>Ann &#x26; Ben</title>\
<link>https://a.example/</link></image>
<skipHours><hour>0</hour><hour>23</hour></skipHours>
<item>
<title>A clock</title>
<link>https://a.example/clock/</link>
<description>It ticks.</description>
<content:encoded><![CDATA[<p>It <em>ticks</em>: <a href="https://b.example/">b</a>.</p>
<picture><source srcset="https://a.example/a.webp 1x, https://a.example/b.webp 2x">\
<img src="https://a.example/a.png" alt=""></picture>]]></content:encoded>
<guid isPermaLink="false">tag:a.example,2026:clock</guid>
<category>wheels</category>
<pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate>
<dc:creator>Ann</dc:creator>
<slash:comments>3</slash:comments>
<wfw:commentRss>https://a.example/clock/rss.xml</wfw:commentRss>
<enclosure url="https://a.example/a.mp3" length="0" type="audio/mpeg"/>
<media:content url="https://a.example/a.jpg" type="image/jpeg" medium="image" \
fileSize="9" width="4" height="3"><media:title type="plain">A clock</media:title>\
<media:description type="html">&lt;p&gt;It ticks.&lt;/p&gt;</media:description>\
</media:content>
<media:group><media:content url="https://a.example/a.ogg" duration="61.5"/>\
<media:content><media:player url="https://a.example/play"/></media:content></media:group>
<media:thumbnail url="https://a.example/b.jpg" time="0:00:01.5"/>
</item>
<item>
<title>שלום</title>
<link>https://a.example/shalom/</link>
<guid>https://a.example/shalom/</guid>
<pubDate>Sat, 31 Jan 2026 00:00:00 +0100</pubDate>
<author>ann@a.example (Ann)</author>
<source url="https://b.example/rss">B</source>
</item>
</channel>
</rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom" \
xmlns:thr="http://purl.org/syndication/thread/1.0" \
xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en">
<id>tag:a.example,2026:feed</id>
<title type="text">Ann &amp; Ben</title>
<subtitle type="html">AT&amp;amp;T</subtitle>
<updated>2026-02-03T10:00:00Z</updated>
<author><name>Ann</name><email>ann@a.example</email>\
<uri>https://a.example/ann</uri></author>
<link href="https://a.example/atom.xml" rel="self" type="application/atom+xml"/>
<link href="https://a.example/" rel="alternate" type="text/html"/>
<link href="https://a.example/fr" rel="alternate" type="text/html" hreflang="fr"/>
<link href="https://a.example/2.xml" rel="next" type="application/atom+xml"/>
<logo>https://a.example/a.png</logo>
<generator uri="https://b.example/">B</generator>
<at:deleted-entry ref="tag:a.example,2026:gone" when="2026-02-03T10:00:00Z"/>
<entry>
<id>tag:a.example,2026:clock</id>
<title type="html">a &amp;lt; b</title>
<updated>2026-02-03T10:00:01Z</updated>
<published>2026-02-02T10:00:00Z</published>
<link rel="alternate" type="text/html" href="https://a.example/clock/"/>
<link rel="enclosure" type="audio/mpeg" length="7" href="https://a.example/a.mp3"/>
<link rel="replies" type="text/html" thr:count="2" href="https://a.example/re"/>
<category term="wheels"/>
<summary>It ticks.</summary>
<content type="html">&lt;p&gt;It ticks.&lt;/p&gt;</content>
</entry>
<entry xml:lang="he">
<id>tag:a.example,2026:shalom</id>
<title>שלום</title>
<updated>2026-01-31T23:00:00Z</updated>
<author><name>Ben</name></author>
<link rel="alternate" type="text/html" href="https://a.example/shalom/"/>
<thr:in-reply-to ref="tag:a.example,2026:clock"/>
<thr:total>2</thr:total>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>b<br/></p></div></content>
<source><id>tag:b.example,2026:feed</id><title>B</title>\
<updated>2026-01-30T23:00:00Z</updated></source>
</entry>
</feed>
"""
SHOW = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" \
xmlns:podcast="https://podcastindex.org/namespace/1.0" version="2.0">
<channel>
<title>Ticks</title>
<link>https://a.example/</link>
<description>Small machines</description>
<atom:link href="https://a.example/show.xml" rel="self" type="application/rss+xml"/>
<language>en</language>
<itunes:author>Ann</itunes:author>
<itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://a.example/show.png"/>
<itunes:owner><itunes:name>Ann</itunes:name>\
<itunes:email>ann@a.example</itunes:email></itunes:owner>
<itunes:type>serial</itunes:type>
<itunes:new-feed-url>https://b.example/rss.xml</itunes:new-feed-url>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:locked owner="ann@a.example">no</podcast:locked>
<podcast:medium>podcast</podcast:medium>
<podcast:funding url="https://a.example/give">Give</podcast:funding>
<item>
<title>First tick</title>
<guid isPermaLink="false">tag:a.example,2026:first</guid>
<enclosure url="https://a.example/1.mp3" length="9" type="audio/mpeg"/>
<itunes:duration>1:02:03</itunes:duration>
<itunes:episode>1</itunes:episode>
<podcast:episode>1.5</podcast:episode>
<podcast:transcript url="https://a.example/1.vtt" type="text/vtt" language="en"/>
<podcast:chapters url="https://a.example/1.json" type="application/json+chapters"/>
<podcast:person role="guest" img="https://a.example/ben.jpg">Ben</podcast:person>
</item>
<item>
<title>Soon</title>
<guid isPermaLink="false">tag:a.example,2026:soon</guid>
<enclosure url="https://a.example/0.m4a" length="9" type="audio/x-m4a"/>
<itunes:episodeType>trailer</itunes:episodeType>
</item>
<item>
<title>A note, to be read</title>
<guid isPermaLink="false">tag:a.example,2026:note</guid>
</item>
</channel>
</rss>
"""
JSON = """{
"version": "https://jsonfeed.org/version/1.1",
"title": "Ann & Ben",
"home_page_url": "https://a.example/",
"feed_url": "https://a.example/feed.json",
"next_url": "https://a.example/2.json",
"icon": "https://a.example/a.png",
"authors": [{"name": "Ann", "url": "https://a.example/ann"}],
"language": "en",
"expired": false,
"hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
"_ours": {"fresh": 15},
"items": [
{
"id": "tag:a.example,2026:clock",
"url": "https://a.example/clock/",
"title": "AT&T < <b>",
"content_html": "<p>It <em>ticks</em>: <a href='https://b.example/'>b</a>.</p>",
"summary": "It ticks.",
"date_published": "2026-02-02T10:00:00Z",
"date_modified": "2026-02-03T10:00:00+01:00",
"tags": ["wheels"],
"attachments": [
{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}
]
},
{
"id": "tag:a.example,2026:shalom",
"content_text": "שלום",
"authors": [{"name": "Ben"}],
"language": "he"
}
]
}
"""
GOOD = {"rss": RSS, "atom": ATOM, "show": SHOW, "json": JSON}
TOPICS = {form: f"https://a.example/{form}.xml" for form in GOOD}
TOPICS["json"] = "https://a.example/feed.json"
HTML = "<p>It <em>ticks</em>"  # in RSS, in a CDATA section
SELF = "https://a.example/rss.xml"
RSS_SELF = f'<atom:link href="{SELF}" rel="self" type="application/rss+xml"/>'
LAST = '<link href="https://a.example/atom.xml" rel="last" type="text/xml"/>'
ENCLOSURE = '<enclosure url="https://a.example/a.mp3" length="0" type="audio/mpeg"/>'
COMMENTS = "<slash:comments>3</slash:comments>"
CONTENT = '<content type="html">&lt;p&gt;It ticks.&lt;/p&gt;</content>'
FORM = "<title>a</title><name>a</name><link>https://a.example/</link>"
DATE = "Tue, 03 Feb 2026 10:00:00 GMT</pubDate>"
ALTERNATE = '<link rel="alternate" type="text/html" href="https://a.example/clock/"/>'
NEXT = '<link href="https://a.example/2.xml" rel="next" type="application/atom+xml"/>'
CONTENTS = '<media:content url="https://a.example/a.ogg" duration="61.5"/>'
CHAPTERS = """<podcast:chapters url="https://a.example/1.json" \
type="application/json+chapters"/>"""
CATEGORY = (
    '<itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>'
)
BUILT = "Tue, 03 Feb 2026 10:00:00 GMT"
GRAVE = '<at:deleted-entry ref="tag:a.example,2026:gone" when="2026-02-01T10:00:00Z"/>'
SOUND = '<enclosure url="https://a.example/1.mp3" length="9" type="audio/mpeg"/>'
ANN = """<author><name>Ann</name><email>ann@a.example</email>\
<uri>https://a.example/ann</uri></author>
"""
BROKEN = [
    # code, format, what is replaced in the good document, by what
    ("xml-start", "rss", "<?xml", "\n<?xml"),
    ("xml-start", "atom", "<?xml version", "\ufeff<?xml version"),
    ("xml-declaration", "rss", " encoding='UTF-8'", ""),
    ("xml-declaration", "atom", '"1.0"', '"1.1"'),
    ("xml-broken", "rss", "</title>", ""),
    ("xml-broken", "rss", "ticks.<", "ticks.\x08<"),
    ("xml-doctype", "rss", "<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
    ("xml-doctype", "rss", "<rss", '<!DOCTYPE rss SYSTEM "https://a.example/"><rss'),
    ("xml-root", "rss", "<rss", '<rss xmlns="http://a.example/"'),
    ("xml-root", "atom", "2005/Atom", "2006/Atom"),
    ("root-late", "rss", "<rss", f"<!--{' ' * 500}--><rss"),
    ("size", "rss", "</rss>", f"<!--{' ' * 5_000_000}--></rss>"),
    ("characters", "rss", "<p>It", "<p>It\x85"),
    ("characters", "rss", "A clock", "A clock \ufffd"),
    ("characters", "atom", 'term="wheels"', 'term="\ufdd0"'),
    ("mojibake", "rss", "A clock", "A cafÃ©"),
    ("prefix", "rss", "<rss", '<rss xmlns:d="http://purl.org/dc/elements/1.1/"'),
    ("prefix", "rss", "<rss", '<rss xmlns:dcterms="http://purl.org/dc/elements/1.1/"'),
    ("prefix", "atom", "<feed", '<feed xmlns:atom="http://www.w3.org/2005/Atom"'),
    ("namespace", "atom", "<feed", '<feed xmlns:a="http://a.example/"'),
    ("namespace", "rss", "<ttl>", '<p xmlns="http://www.w3.org/1999/xhtml">a</p><ttl>'),
    ("element-unknown", "rss", "</item>", "<subtitle>b</subtitle></item>"),
    ("element-unknown", "rss", "A clock", "A <b>clock</b>"),
    ("element-unknown", "atom", "</entry>", "<modified>b</modified></entry>"),
    ("element-twice", "rss", "<ttl>60</ttl>", "<ttl>60</ttl><ttl>60</ttl>"),
    (
        "element-twice",
        "atom",
        "</entry>",
        "<rights>a</rights><rights>b</rights></entry>",
    ),
    ("attribute-unknown", "rss", "<guid>", '<guid isPermalink="true">'),
    ("attribute-unknown", "atom", "<summary", '<summary mode="escaped"'),
    ("text-stray", "rss", "<item>", "<item>a"),
    ("text-stray", "atom", "</entry>", "a</entry>"),
    ("blank", "rss", "<category>wheels", "<category> "),
    ("blank", "atom", ">It ticks.</summary>", "></summary>"),
    ("xml-base", "atom", "<entry>", '<entry xml:base="https://a.example/">'),
    ("language", "atom", 'xml:lang="he"', 'xml:lang="hebrew"'),
    ("language", "atom", 'xml:lang="en"', 'xml:lang="xq"'),
    ("language", "rss", "<language>en", "<language>en_US"),
    ("language-missing", "rss", "<language>en</language>", ""),
    ("language-missing", "atom", ' xml:lang="en"', ""),
    ("date-early", "rss", DATE, "Sat, 03 Feb 1973 10:00:00 GMT</pubDate>"),
    ("date-early", "atom", "2026-02-02T10:00:00Z", "1973-02-02T10:00:00Z"),
    ("category-comma", "rss", "wheels", "wheels, springs"),
    ("category-comma", "atom", "wheels", "wheels, springs"),
    ("self-missing", "rss", RSS_SELF, ""),
    ("self-missing", "atom", 'rel="self"', 'rel="related"'),
    ("self-missing", "rss", RSS_SELF, RSS_SELF * 2),
    ("self-address", "rss", SELF, "http://a.example/rss.xml"),
    ("self-type", "rss", "application/rss+xml", "application/xml"),
    ("self-type", "atom", '"application/atom+xml"', '"text/xml"'),
    ("link-rel", "atom", 'rel="next"', 'rel="prev"'),
    ("link-rel", "atom", '<link rel="alternate"', "<link"),
    ("link-type", "atom", ' type="audio/mpeg"', ""),
    ("link-type", "atom", '"audio/mpeg"', '"mp3"'),
    ("link-address", "atom", '"https://a.example/clock/"', '"/clock/"'),
    ("link-address", "atom", "https://a.example/a.mp3", "https://a.example/a b.mp3"),
    ("link-address", "rss", "https://hub.example/", "ftp://hub.example/"),
    ("link-twice", "atom", ALTERNATE, ALTERNATE * 2),
    ("link-twice", "atom", ' hreflang="fr"', ""),
    ("link-length", "atom", ' length="7"', ""),
    ("link-length", "atom", ' length="7"', ' length="-1"'),
    ("link-content", "atom", ALTERNATE, ALTERNATE.replace("/>", ">a</link>")),
    ("link-content", "atom", ' hreflang="fr"', ' hreflang="fr" title=" "'),
    ("link-language", "atom", 'hreflang="fr"', 'hreflang="french"'),
    ("paging-place", "atom", 'rel="enclosure"', 'rel="next"'),
    ("paging-place", "rss", "</item>", LAST.replace("<", "<atom:") + "</item>"),
    ("paging-end", "atom", "<logo>", LAST + "<logo>"),
    ("paging-complete", "atom", "<logo>", "<fh:complete/><logo>"),
    ("paging-archive", "atom", "<logo>", "<fh:archive/><logo>"),
    ("replies", "atom", 'rel="replies"', 'rel="related"'),
    ("replies", "atom", 'thr:count="2"', 'thr:count="two"'),
    ("html-forbidden", "rss", HTML, f"<iframe></iframe>{HTML}"),
    ("html-forbidden", "rss", "It ticks.", "&lt;script>a()&lt;/script>"),
    ("html-forbidden", "atom", "&lt;p", "&lt;STYLE&gt;a&lt;/style&gt;&lt;p"),
    ("html-unknown", "rss", HTML, f"<svg></svg>{HTML}"),
    ("html-unknown", "atom", "<br/>", "<blink>a</blink>"),
    ("html-attribute", "rss", "<p>It", "<p onclick='a()'>It"),
    ("html-attribute", "rss", "<em>", '<em title="a" style="color: red">'),
    ("html-address", "rss", '"https://b.example/"', '"/b"'),
    ("html-address", "rss", '"https://b.example/"', '"javascript:b()"'),
    ("html-address", "rss", "https://a.example/b.webp", "b.webp"),
    ("html-address", "rss", '"https://a.example/a.png"', '"data:image/png;base64,a"'),
    ("html-image-src", "rss", ' src="https://a.example/a.png"', ""),
    ("html-image-alt", "rss", ' alt=""', ""),
    ("html-lazy", "rss", ' alt=""', ' alt="" data-src="https://a.example/b.png"'),
    ("html-picture", "rss", '<img src="https://a.example/a.png" alt="">', ""),
    ("html-nesting", "rss", "</em>", ""),
    ("html-nesting", "rss", "</em>", "</b>"),
    ("html-nesting", "rss", HTML, f"<p><div>a</div></p>{HTML}"),
    ("html-nesting", "rss", ">b</a>", '><a href="https://a.example/">b</a></a>'),
    ("html-nesting", "rss", HTML, f"<h1><h2>a</h2></h1>{HTML}"),
    ("html-nesting", "atom", "&lt;/p&gt;", ""),
    ("html-escapes", "rss", HTML, f"{HTML} & tocks"),
    ("html-escapes", "rss", HTML, f"{HTML} &bogus; &copy"),
    ("html-escapes", "rss", HTML, f"{HTML} &#150;"),
    ("html-escapes", "rss", HTML, f"{HTML} a < b"),
    ("html-escapes", "rss", HTML, f"<!-- a -->{HTML}"),
    ("html-escapes", "atom", "a &amp;lt; b", "a &amp; b"),
    ("html-escapes", "rss", "It ticks.", "AT&#x26;T"),
    ("text-markup", "rss", "A clock", "A &#x3C;b&#x3E;clock&#x3C;/b&#x3E;"),
    ("text-markup", "rss", "Small machines", "&#x3C;i&#x3E;a&#x3C;/i&#x3E;"),
    ("text-markup", "atom", "Ann &amp; Ben", "Ann &amp;amp; Ben"),
    ("text-markup", "atom", ">Ben<", ">&lt;i&gt;Ben<"),
    ("text-markup", "atom", "It ticks.<", "it?a=1&amp;copy=2<"),
    ("text-markup", "atom", 'term="wheels"', 'term="wheels" label="a &amp;amp; b"'),
    ("title-markup", "atom", "a &amp;lt; b", "a &lt;b&gt;c&lt;/b&gt;"),
    ("rss-item-empty", "rss", "<title>שלום</title>", ""),
    ("rss-guid-missing", "rss", "<guid>https://a.example/shalom/</guid>", ""),
    (
        "rss-guid-twice",
        "rss",
        ">tag:a.example,2026:clock",
        ">https://a.example/shalom/",
    ),
    ("rss-guid-short", "rss", "tag:a.example,2026:clock", "12345678"),
    ("rss-guid-uri", "rss", "tag:a.example,2026:clock", "2026/clock"),
    ("rss-guid-uri", "rss", "tag:a.example,2026:clock", "tag:a.example:clock"),
    ("rss-guid-permalink", "rss", ' isPermaLink="false"', ""),
    ("rss-guid-permalink", "rss", '"false"', '"no"'),
    ("rss-content-order", "rss", "<description>It ticks.</description>", ""),
    ("rss-author", "rss", "ann@a.example (Ann)", "Ann"),
    ("rss-author", "rss", "ann@a.example (Ann)", "ann@a.example"),
    ("rss-author", "rss", "<ttl>", "<webMaster>Ann (a@a.example)</webMaster><ttl>"),
    ("rss-synonyms", "rss", "<author>", "<dc:creator>Ann</dc:creator><author>"),
    ("rss-synonyms", "rss", "<ttl>", "<dc:language>en</dc:language><ttl>"),
    ("rss-date", "rss", DATE, "2026-02-03T10:00:00Z</pubDate>"),
    ("rss-date", "rss", DATE, "Tue, 3 Feb 26 10:00:00 GMT</pubDate>"),
    ("rss-date", "rss", DATE, "Sat, 31 Feb 2026 10:00:00 GMT</pubDate>"),
    ("rss-date", "rss", "+0100", "+0545"),
    ("rss-date-day", "rss", DATE, "Wed, 03 Feb 2026 10:00:00 GMT</pubDate>"),
    ("rss-enclosure", "rss", ' length="0"', ""),
    ("rss-enclosure", "rss", ' length="0"', ' length="-1"'),
    ("rss-enclosure", "rss", '"audio/mpeg"', '"audio"'),
    ("rss-enclosure", "rss", "https://a.example/a.mp3", "/a.mp3"),
    ("rss-enclosures", "rss", ENCLOSURE, ENCLOSURE * 2),
    ("rss-address", "rss", "https://a.example/clock/<", "/clock/<"),
    ("rss-address", "rss", "https://a.example/clock/<", "https://a.example/[clock]<"),
    ("rss-address", "rss", "https://b.example/rss", "rss"),
    ("rss-escapes", "rss", "<category>wheels", "<category>wheels &amp; springs"),
    ("rss-escapes", "rss", "A clock", "<![CDATA[A clock]]>"),
    ("rss-escapes", "rss", "Small machines", "Small &amp; large machines"),
    ("comments-count", "rss", "<slash:comments>3", "<slash:comments>three"),
    ("comments-feed", "rss", "commentRss", "commentRSS"),
    ("rss-version", "rss", 'version="2.0"', 'version="0.92"'),
    ("rss-channel-lacks", "rss", "<description>Small machines</description>", ""),
    ("rss-order", "rss", "</channel>", "<copyright>Ann</copyright></channel>"),
    ("rss-ttl", "rss", "<ttl>60", "<ttl>0"),
    ("rss-cloud", "rss", ' port="80"', ' port="0"'),
    ("rss-cloud", "rss", ' registerProcedure=""', ""),
    ("rss-image", "rss", "/a.png</url>", "/a.webp</url>"),
    ("rss-image", "rss", "</url><title>Ann", "</url><title>Dan"),
    ("rss-image", "rss", "</image>", "<width>200</width></image>"),
    ("rss-skip", "rss", "<hour>0", "<hour>24"),
    ("rss-skip", "rss", "<hour>0", "<hour>23"),
    ("rss-text-input", "rss", "<ttl>", f"<textInput>{FORM}</textInput><ttl>"),
    ("atom-person", "atom", "<name>Ben</name>", "<email>b@b.example</email>"),
    ("atom-person", "atom", "<email>ann@a.example", "<email>ann at a.example"),
    ("atom-person", "atom", "<email>ann@a.example", "<email>mailto:ann@a.example"),
    ("atom-person", "atom", "https://a.example/ann", "/ann"),
    ("atom-id-uri", "atom", "tag:a.example,2026:shalom", "shalom"),
    ("atom-id-uri", "atom", "tag:a.example,2026:shalom", " tag:a.example,2026:shalom"),
    ("atom-id-uri", "atom", "tag:a.example,2026:shalom", "urn:uuid:1234"),
    ("atom-id-uri", "atom", "tag:b.example,2026:feed", "feed"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "HTTPS://a.example/a"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "https://A.example/a"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "https://a.example"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "http://a.example:80/"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "http://a.example/%7ea"),
    ("atom-id-spelling", "atom", "tag:a.example,2026:shalom", "http://a.example/../a"),
    ("atom-date", "atom", "2026-02-02T10:00:00Z", "2026-02-02T10:00:00+00:00"),
    ("atom-date", "atom", "2026-02-02T10:00:00Z", "2026-02-02T10:00:00.5Z"),
    ("atom-date", "atom", "2026-02-02T10:00:00Z", "2026-02-31T10:00:00Z"),
    ("atom-date", "atom", "2026-02-02T10:00:00Z", "2026-02-02t10:00:00z"),
    ("atom-text-type", "atom", '<title type="html"', '<title type="text/html"'),
    ("atom-text-type", "atom", "div", "p"),
    ("atom-title-cdata", "atom", "a &amp;lt; b", "<![CDATA[a]]>"),
    ("atom-category", "atom", 'term="wheels"', 'term=" "'),
    ("atom-category", "atom", 'term="wheels"', 'term="wheels" scheme="/tags"'),
    ("atom-address", "atom", "https://a.example/a.png", "a.png"),
    ("atom-address", "atom", '"https://b.example/"', '"b"'),
    ("atom-lacks", "atom", "<updated>2026-02-03T10:00:01Z</updated>", ""),
    ("atom-lacks", "atom", "<title>שלום</title>", ""),
    ("atom-order", "atom", "</feed>", "<rights>Ann</rights></feed>"),
    ("atom-author", "atom", ANN, ""),
    (
        "atom-id-twice",
        "atom",
        ">tag:a.example,2026:shalom",
        ">tag:a.example,2026:clock",
    ),
    ("atom-id-twice", "atom", ">tag:a.example,2026:shalom", ">tag:a.example,2026:feed"),
    ("atom-updated-early", "atom", "2026-02-02T10:00:00Z", "2026-03-02T10:00:00Z"),
    ("atom-updated-twice", "atom", "2026-01-31T23:00:00Z", "2026-02-03T10:00:01Z"),
    ("atom-entry-empty", "atom", f"<summary>It ticks.</summary>\n{CONTENT}", ""),
    ("atom-content-src", "atom", CONTENT, '<content type="text/html" src="/a"/>'),
    ("atom-source", "atom", "<title>B</title>", ""),
    ("in-reply-to", "atom", 'ref="tag:a.example,2026:clock"', 'ref="clock"'),
    ("tombstone", "atom", 'when="2026-02-03T10:00:00Z"', 'when="2026-02-03"'),
    ("comments-count", "rss", f"<lastBuildDate>{BUILT}</lastBuildDate>\n", ""),
    ("comments-count", "atom", "<thr:total>2", "<thr:total>-2"),
    ("comments-feed", "rss", "https://a.example/clock/rss.xml", "/clock/rss.xml"),
    ("xml-instruction", "atom", "feed.css", ""),
    ("xml-instruction", "atom", "text/css", "text/xsl"),
    ("xml-instruction", "rss", "<item>", "<?php a()?><item>"),
    ("element-unknown", "rss", "<ttl>", CONTENTS + "<ttl>"),
    ("element-unknown", "rss", "</item>", "<sy:updateBase>2026</sy:updateBase></item>"),
    (
        "element-unknown",
        "rss",
        "It ticks.</description>",
        "<dc:title>a</dc:title></description>",
    ),
    ("element-unknown", "rss", "<media:title", CONTENTS + "<media:title"),
    (
        "element-unknown",
        "show",
        "<itunes:type>",
        "<itunes:kind>a</itunes:kind><itunes:type>",
    ),
    ("element-unknown", "show", "<podcast:guid>", CHAPTERS + "<podcast:guid>"),
    ("element-unknown", "atom", "<summary>", "<fh:archive/><summary>"),
    ("element-twice", "rss", COMMENTS, COMMENTS * 2),
    (
        "element-twice",
        "rss",
        "<sy:updatePeriod>",
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updatePeriod>",
    ),
    (
        "element-twice",
        "show",
        "<itunes:episode>1",
        "<itunes:episode>1</itunes:episode><itunes:episode>1",
    ),
    ("attribute-unknown", "rss", "<media:thumbnail", '<media:thumbnail alt="a"'),
    ("attribute-unknown", "show", "<podcast:guid>", '<podcast:guid rel="a">'),
    ("text-stray", "show", "<itunes:owner>", "<itunes:owner>Ann"),
    ("text-stray", "show", SOUND, SOUND.replace("/>", ">a</enclosure>")),
    ("text-stray", "show", CHAPTERS, CHAPTERS.replace("/>", ">a</podcast:chapters>")),
    ("blank", "show", "<itunes:author>Ann", "<itunes:author>"),
    ("blank", "atom", ">B</generator>", "></generator>"),
    ("language", "rss", "<author>", "<dc:language>hebrew</dc:language><author>"),
    ("text-markup", "rss", ">B</source>", ">&#x3C;i&#x3E;B&#x3C;/i&#x3E;</source>"),
    ("text-markup", "show", "<itunes:author>", "<itunes:author>&lt;i>Ben&lt;/i> "),
    ("atom-text-type", "atom", '"html">&lt;p', '"audio/mpeg">&lt;p'),
    ("prefix", "rss", "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"),
    ("namespace", "rss", "<rss", '<rss xmlns:mrss="http://search.yahoo.com/mrss"'),
    ("paging-complete", "atom", NEXT, "<fh:complete/><fh:archive/>"),
    ("paging-self", "atom", "https://a.example/2.xml", "https://a.example/atom.xml"),
    ("atom-address", "rss", "https://a.example/icon.png", "icon.png"),
    ("link-address", "atom", "<logo>", '<link rel="license" href="/by"/><logo>'),
    ("tombstone", "rss", 'ref="tag:a.example,2026:gone"', 'ref="gone"'),
    ("tombstone-twice", "rss", GRAVE, GRAVE * 2),
    ("tombstone-alive", "atom", "2026:gone", "2026:shalom"),
    ("tombstone-alive", "rss", "tag:a.example,2026:gone", "https://a.example/shalom/"),
    ("rhythm", "rss", "daily", "day"),
    ("rhythm", "rss", "<sy:updateFrequency>24", "<sy:updateFrequency>0"),
    ("rhythm", "rss", "2026-01-01T00:00:00Z", "1 January"),
    ("rhythm-ttl", "rss", "<ttl>60", "<ttl>15"),
    ("license", "rss", "https://b.example/by/4.0/", "CC BY 4.0"),
    ("media-address", "rss", "https://a.example/a.jpg", "a.jpg"),
    ("media-address", "rss", "https://a.example/b.jpg", "b.jpg"),
    ("media-address", "rss", "https://a.example/play", "play"),
    ("media-address", "rss", ' url="https://a.example/a.ogg"', ""),
    ("media-form", "rss", 'medium="image"', 'medium="picture"'),
    ("media-form", "rss", 'fileSize="9"', 'fileSize="0"'),
    ("media-form", "rss", 'type="image/jpeg"', 'type="jpeg"'),
    ("media-form", "rss", '"0:00:01.5"', '"a second"'),
    ("media-form", "rss", 'type="plain"', 'type="text"'),
    (
        "media-group",
        "rss",
        CONTENTS,
        "",
    ),
    ("text-markup", "rss", '"plain">A clock', '"plain">&lt;i>A&lt;/i>'),
    ("html-nesting", "rss", "It ticks.&lt;/p&gt;", "It ticks."),
    ("podcast-lacks", "show", '<itunes:image href="https://a.example/show.png"/>', ""),
    ("podcast-lacks", "show", "<itunes:explicit>false</itunes:explicit>", ""),
    (
        "podcast-lacks",
        "show",
        CATEGORY,
        "",
    ),
    ("language-missing", "show", "<language>en</language>", ""),
    ("podcast-description", "show", "Small machines", "Small machines " * 300),
    ("podcast-description", "show", "<title>Ticks", f"<title>{'Ticks' * 52}"),
    ("podcast-enclosure", "show", SOUND, ""),
    ("podcast-enclosure", "show", "https://a.example/1.mp3", "https://a.example/1.ogg"),
    ("podcast-enclosure", "show", "audio/x-m4a", "audio/mpeg"),
    (
        "podcast-enclosure-twice",
        "show",
        SOUND,
        SOUND.replace(
            '1.mp3" length="9" type="audio/mpeg', '0.m4a" length="9" type="audio/x-m4a'
        ),
    ),
    (
        "podcast-file-name",
        "show",
        "https://a.example/1.mp3",
        "https://a.example/%C3%A9.mp3",
    ),
    ("podcast-serial", "show", "<itunes:episode>1</itunes:episode>", ""),
    ("podcast-word", "show", "<itunes:explicit>false", "<itunes:explicit>clean"),
    ("podcast-word", "show", "<itunes:type>serial", "<itunes:type>Serial"),
    ("podcast-word", "show", "trailer", "teaser"),
    ("podcast-word", "show", "<podcast:medium>podcast", "<podcast:medium>Radio"),
    ("podcast-number", "show", "<itunes:episode>1", "<itunes:episode>one"),
    ("podcast-number", "show", "<podcast:episode>1.5", "<podcast:episode>1,5"),
    ("podcast-duration", "show", "1:02:03", "1 h"),
    ("podcast-duration", "show", "1:02:03", "1:62:03"),
    ("podcast-guid", "show", "9b024349-ccf0", "ccf0"),
    ("podcast-image", "show", "show.png", "show.webp"),
    ("podcast-image", "show", "https://a.example/show.png", "show.png"),
    ("podcast-moved", "show", "https://b.example/rss.xml", "rss.xml"),
    ("podcast-category", "show", '"Arts"', '"arts"'),
    ("podcast-category", "show", '"Books"', '"Reading"'),
    ("podcast-category", "show", ' text="Books"', ""),
    ("podcast-email", "show", "<itunes:email>ann@a.example</itunes:email>", ""),
    ("podcast-email", "show", 'owner="ann@a.example"', 'owner="Ann"'),
    ("podcast-length", "show", "<itunes:author>Ann", f"<itunes:author>{'Ann' * 90}"),
    ("podcast-length", "show", ">Give", f">{'Give' * 33}"),
    ("podcast-transcript", "show", ' type="text/vtt"', ""),
    ("podcast-transcript", "show", "https://a.example/1.vtt", "1.vtt"),
    ("podcast-transcript", "show", 'language="en"', 'rel="subtitles"'),
    ("podcast-chapters", "show", "application/json+chapters", "application/json"),
    ("podcast-funding", "show", ' url="https://a.example/give"', ""),
    ("podcast-person", "show", ">Ben<", "><"),
    ("podcast-person", "show", "https://a.example/ben.jpg", "ben.jpg"),
    (
        "podcast-https",
        "show",
        "https://a.example/show.png",
        "http://a.example/show.png",
    ),
    ("podcast-https", "show", "https://a.example/give", "http://a.example/give"),
    ("json-start", "json", '{\n"version', '\ufeff{\n"version'),
    ("json-start", "json", '{\n"version', '\n{\n"version'),
    ("json-broken", "json", '"language": "en",', '"language": "en"'),
    ("json-broken", "json", '"language": "en",', '"language": "en", "language": "he",'),
    ("json-broken", "json", '"size_in_bytes": 9', '"size_in_bytes": NaN'),
    ("json-version", "json", "version/1.1", "version/2"),
    (
        "json-version",
        "json",
        '"version": "https://jsonfeed.org/version/1.1",\n"title": "Ann & Ben",',
        '"title": "Ann & Ben",\n"version": "https://jsonfeed.org/version/1.1",',
    ),
    ("json-lacks", "json", '"title": "Ann & Ben",', ""),
    ("json-lacks", "json", '"feed_url": "https://a.example/feed.json",', ""),
    ("size", "json", '"Ann & Ben"', f'"{"a" * 5_000_000}"'),
    (
        "self-address",
        "json",
        "https://a.example/feed.json",
        "http://a.example/feed.json",
    ),
    ("json-next", "json", "https://a.example/2.json", "https://a.example/feed.json"),
    ("language", "json", '"he"', '"hebrew"'),
    ("language-missing", "json", '"language": "en",', ""),
    ("json-id", "json", '"id": "tag:a.example,2026:clock"', '"id": 7'),
    ("json-id", "json", '"id": "tag:a.example,2026:clock",', ""),
    ("json-id-twice", "json", "2026:shalom", "2026:clock"),
    ("json-item-empty", "json", '"content_text": "שלום",', ""),
    ("json-type", "json", '"expired": false', '"expired": "no"'),
    ("json-type", "json", '"title": "AT&T < <b>"', '"title": 7'),
    ("json-type", "json", '"tags": ["wheels"]', '"tags": "wheels"'),
    ("json-type", "json", '"items": [', '"items": [7,'),
    ("json-key", "json", '"home_page_url"', '"homepage": "", "home_page_url"'),
    ("json-key", "json", '"mime_type"', '"length": 9, "mime_type"'),
    ("json-extension", "json", '"_ours": {', '"_our.s": {'),
    ("json-extension", "json", '"_ours": {"fresh": 15}', '"_ours": 15'),
    ("json-extension", "json", '"_ours"', '"_1"'),
    ("json-address", "json", "https://a.example/clock/", "/clock/"),
    ("json-address", "json", "https://a.example/a.png", "a.png"),
    ("json-address", "json", "https://a.example/ann", "mailto:ann@a.example"),
    ("json-address", "json", "https://a.example/a.mp3", "https://a.example/a b.mp3"),
    ("json-date", "json", "2026-02-02T10:00:00Z", "2 February"),
    ("json-date", "json", "2026-02-02T10:00:00Z", "2026-02-31T10:00:00Z"),
    ("date-early", "json", "2026-02-02T10:00:00Z", "1973-02-02T10:00:00Z"),
    ("json-author", "json", '{"name": "Ben"}', "{}"),
    ("json-type", "json", '{"name": "Ben"}', '"Ben"'),
    ("json-attachment", "json", '"mime_type": "audio/mpeg", ', ""),
    ("json-attachment", "json", '"audio/mpeg"', '"mp3"'),
    ("json-attachment", "json", '"size_in_bytes": 9', '"size_in_bytes": "9"'),
    ("json-hub", "json", '"WebSub"', '"websub"'),
    ("json-hub", "json", ', "url": "https://hub.example/"', ""),
    ("text-markup", "json", "AT&T < <b>", "<b>AT</b>"),
    ("text-markup", "json", "It ticks.", "Ann &amp; Ben"),
    ("html-address", "json", "https://b.example/", "/b"),
    ("html-nesting", "json", "</em>", ""),
    ("category-comma", "json", "wheels", "wheels, springs"),
    ("blank", "json", "wheels", " "),
    ("characters", "json", "It ticks.", "It\\u0008 ticks."),
    ("characters", "json", "It ticks.", "It\ufffd ticks."),
    ("mojibake", "json", "It ticks.", "cafÃ©"),
]


def broken(form: str, old: str, new: str) -> bytes:
    assert old in GOOD[form]
    return GOOD[form].replace(old, new).encode()


def codes(body: bytes, form: str) -> set[str]:
    return {finding.code for finding in examine(body, TOPICS[form])}


@pytest.mark.parametrize("form", GOOD)
def test_a_good_document_has_no_finding(form):
    assert examine(GOOD[form].encode(), TOPICS[form]) == ()


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_the_sample_site_has_no_finding(form, sample):
    topic = sample.config.home + form.filename
    assert examine(sample.document(form.filename).body, topic) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_files_have_no_finding(case):
    filename = case.name.split(".", 1)[1]
    assert examine(case.read_bytes(), f"https://ann.example/{filename}") == ()


@pytest.mark.parametrize(("code", "form", "old", "new"), BROKEN)
def test_each_rule_finds_what_breaks_it_and_no_other_does(code, form, old, new):
    assert codes(broken(form, old, new), form) == {code}


def test_every_rule_is_broken_by_some_case():
    assert {code for code, *_ in BROKEN} == RULES.keys()


def test_every_rule_says_what_it_is_in_a_few_sentences():
    for code, rule in RULES.items():
        assert code == code.lower()
        assert rule.endswith("."), rule
        assert 40 < len(rule) < 260, rule


def test_a_finding_names_its_entry_and_what_was_found():
    body = broken("rss", "</em>", "")
    found = "</p> after ['p', 'em']"
    finding = Finding("html-nesting", "tag:a.example,2026:clock", found)
    assert examine(body, SELF) == (finding,)


def test_an_entry_without_an_id_is_named_by_its_address_or_number():
    body = broken("rss", "<guid>https://a.example/shalom/</guid>", "")
    assert [f.entry for f in examine(body, SELF)] == ["https://a.example/shalom/"]
    body = broken("atom", "<id>tag:a.example,2026:shalom</id>", "")
    (finding,) = examine(body, "https://a.example/atom.xml")
    assert finding == Finding("atom-lacks", "#2", "no <id>")


def test_rss_without_a_channel_lacks_one():
    body = b"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'/>"
    assert codes(body, "rss") == {"rss-channel-lacks"}


def test_what_is_wrong_after_the_entries_is_of_the_feed():
    body = broken("rss", "</channel>", "<copyright>a\x85</copyright></channel>")
    assert {finding.entry for finding in examine(body, SELF)} == {""}


def test_a_fault_is_told_once():
    body = broken("rss", "<em>ticks</em>", "<video></video>" + "<svg></svg>" * 9)
    assert len(examine(body, SELF)) == 1


def test_long_values_are_cut():
    body = broken("rss", '"https://b.example/"', f'"{"/b" * 999}"')
    (finding,) = examine(body, SELF)
    assert len(finding.found) < 100


def test_two_articles_of_one_day_without_a_time_are_no_finding():
    body = GOOD["atom"].replace("2026-02-03T10:00:01Z", "2026-02-02T23:00:00Z")
    body = body.replace("2026-01-31T23:00:00Z", "2026-02-02T23:00:00Z")
    assert codes(body.encode(), "atom") == set()


def test_entities_are_neither_expanded_nor_fetched(tmp_path):
    (tmp_path / "secret").write_text("secret")
    declared = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    body = GOOD["rss"].replace("<rss", f"{declared}<rss").replace("A clock", "&a;")
    (finding,) = examine(body.encode(), SELF)
    assert finding.code == "xml-doctype"
    laughs = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">'
        for n in range(9)
    )
    body = GOOD["rss"].replace("<rss", f"<!DOCTYPE rss [{laughs}]><rss")
    body = body.replace("A clock", "&a8;")
    assert codes(body.encode(), "rss") <= {"xml-doctype", "xml-broken", "root-late"}


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"<?xml", b"<html></html>", b"\xff" * 9]
)
def test_what_is_no_feed_is_a_finding(body):
    assert {"xml-start", "xml-broken", "xml-declaration"} & codes(body, "rss")


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_value_in_json_raises(data):
    told = json.loads(JSON)
    whole = [told, *told["items"], *told["authors"], *told["hubs"]]
    place = data.draw(st.sampled_from(whole + told["items"][0]["attachments"]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(VALUES)
    for finding in examine(json.dumps(told).encode(), TOPICS["json"]):
        assert finding.code in RULES


def test_json_however_deep_does_not_raise():
    for depth in (900, 100_000):
        deep = "[" * depth + "]" * depth
        assert codes(broken("json", '"he"', deep), "json") <= {
            "json-type",
            "json-broken",
        }


def test_half_a_character_is_found_in_html():
    assert codes(broken("json", "<p>It", "<p>\\ud83d It"), "json") == {"characters"}


@given(st.sampled_from(sorted(GOOD)), st.data())
@settings(max_examples=60, deadline=None)
def test_no_document_however_broken_raises(form, data):
    lines = GOOD[form].splitlines()
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=30))
    cut = data.draw(st.integers(0, len(lines)))
    body = "\n".join([*lines[:cut], *kept, *lines[cut:]]).encode()
    for finding in examine(body, SELF):
        assert finding.code in RULES
