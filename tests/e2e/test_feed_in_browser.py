"""A feed that a person opens in a browser: it says what it is, and reads well."""

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.browser import opened, without_scripts
from tests.e2e.programs import ROOT, Server, free_port, started, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Look = Callable[[str], dict[str, Any]]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize("name", ["rss.xml", "atom.xml"]),
]

STYLESHEET = ROOT / "feeds/documents/templates/feed.css"
DESK = {"width": 768, "height": 800}
TELEPHONE = {"width": 320, "height": 800}

# XML has no innerText: what is shown is the text of what is visible, and what the
# stylesheet puts before and after it, where attr() is still to be looked up.
_FACTS = """(() => {
  const root = document.documentElement;
  const put = (element, where) => {
    const told = getComputedStyle(element, where).content;
    const name = /attr\\((\\w+)\\)/.exec(told);
    if (name) return element.getAttribute(name[1]);
    return told === "none" ? "" : told.slice(1, -1);
  };
  const own = element => [...element.childNodes]
    .filter(node => node.nodeType === 3 || node.nodeType === 4)
    .map(node => node.data).join("").trim();
  const side = element => {
    const text = document.createRange();
    text.selectNodeContents(element);
    const [inner, outer] = [text, element].map(each => each.getBoundingClientRect());
    return inner.left - outer.left > outer.right - inner.right ? "right" : "left";
  };
  const seen = [...document.querySelectorAll("*")].filter(e => e.checkVisibility());
  return {
    letters: parseFloat(getComputedStyle(root).fontSize) * screen.width / innerWidth,
    names: [...new Set(seen.map(element => element.nodeName))],
    lines: seen.map(e => put(e, "::before") + own(e) + put(e, "::after")),
    sides: Object.fromEntries(seen.map(element => [own(element), side(element)])),
  };
})()"""

SHOWN = {
    "rss.xml": "rss channel title link description item pubDate dc:creator enclosure "
    "category",
    "atom.xml": "feed title link subtitle entry published author name summary category",
}
EXTRAS = """<media:content xmlns:media="http://search.yahoo.com/mrss/" url="a.png">
  <media:title>for programs</media:title></media:content>
<itunes:title xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  >for programs</itunes:title>
<podcast:person xmlns:podcast="https://podcastindex.org/namespace/1.0"
  >for programs</podcast:person>
<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:a"
  ><at:comment>for programs</at:comment></at:deleted-entry>"""
RSS = f"""<?xml version="1.0"?><?xml-stylesheet type="text/css" href="feed.css"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Tides</title><link>https://tides.example/</link><description/>
<ttl>for programs</ttl><image><title>for programs</title></image>{EXTRAS}
<atom:contributor><atom:name>for programs</atom:name></atom:contributor>
<item><title>Ebb</title><link>https://tides.example/ebb/</link>
  <description>Water goes.</description>
  <content:encoded><![CDATA[<p>for programs</p>]]></content:encoded>
  <guid>for programs</guid><dc:creator>Mara</dc:creator><dc:creator>Jon</dc:creator>
  <enclosure url="https://tides.example/ebb.mp3" length="1" type="audio/mpeg"/>
  <category>Sea</category>{EXTRAS}</item>
<item><title>المد</title><link>https://tides.example/flow/</link>
  <description><![CDATA[<p>for programs</p>]]></description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><?xml-stylesheet type="text/css" href="feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>for programs</id>
<title>Tides</title><link rel="alternate" href="https://tides.example/"/>
<link rel="self" href="for programs"/><rights>for programs</rights>{EXTRAS}
<entry><id>for programs</id><title>Ebb</title>
  <link rel="alternate" href="https://tides.example/ebb/"/>
  <link rel="via" title="for programs" href="for programs"/>
  <link rel="enclosure" type="audio/mpeg" href="https://tides.example/ebb.mp3"/>
  <published>2026-05-01T00:00:00Z</published><updated>for programs</updated>
  <author><name>Mara</name><email>for programs</email></author>
  <author><name>Jon</name><uri>for programs</uri></author>
  <source><title>for programs</title></source><category term="sea" label="Sea"/>
  <summary type="html">Water goes.</summary>
  <content type="html"><![CDATA[<p>for programs</p>]]></content>{EXTRAS}</entry>
<entry xml:lang="ar"><title>المد</title><published>2026-05-02T00:00:00Z</published>
  <link rel="alternate" href="https://tides.example/flow/"/></entry>
</feed>"""


@pytest.fixture(scope="module")
def look(chromium: "Browser") -> Look:
    """look(url): what is to be seen of the feed there."""
    context = without_scripts(chromium, viewport=DESK)
    return cache(lambda url: opened(context, url).page.evaluate(_FACTS))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two feeds with all that feeds carry, on a host that knows nothing of feeds."""
    place = tmp_path_factory.mktemp("plain")
    folder = write(place / "site", {"rss.xml": RSS, "atom.xml": ATOM})
    shutil.copy(STYLESHEET, folder)
    port = str(free_port())
    options = ("--bind", "127.0.0.1", "--directory", str(folder))
    command = (sys.executable, "-m", "http.server", port, *options)
    url = f"http://127.0.0.1:{port}/"
    with started(command, folder, place / "serve", url) as server:
        yield server


def test_a_feed_says_what_it_is_and_what_to_do(
    sample: Server, look: Look, name: str
) -> None:
    lines = look(sample.url + name)["lines"]
    assert lines[0].startswith("This is a web feed. Copy its address"), lines[0]


def test_a_served_feed_shows_its_title_and_its_articles(
    sample: Server, look: Look, name: str
) -> None:
    lines = look(sample.url + name)["lines"]
    assert "Folder & Feed" in lines
    assert "Ids are for ever" in lines
    assert any(
        line.startswith("Read it at http") and line.endswith("/ids-are-for-ever/")
        for line in lines
    )


def test_a_served_feed_shows_no_html(sample: Server, look: Look, name: str) -> None:
    seen = look(sample.url + name)
    assert set(seen["names"]) <= set(SHOWN[name].split())
    assert [line for line in seen["lines"] if "</" in line] == []


def test_a_feed_can_be_read_on_a_telephone(
    plain: Server, chromium: "Browser", name: str
) -> None:
    context = without_scripts(
        chromium, viewport=TELEPHONE, screen=TELEPHONE, is_mobile=True
    )
    letters = opened(context, plain.url + name).page.evaluate(_FACTS)["letters"]
    context.close()
    assert letters > 14, "pixels of the telephone's own screen"


def test_a_feed_shows_all_that_is_for_people(
    plain: Server, look: Look, name: str
) -> None:
    lines = look(plain.url + name)["lines"]
    assert "To read in the browser instead, go to https://tides.example/" in lines
    assert "Recording: https://tides.example/ebb.mp3" in lines
    assert "Read it at https://tides.example/ebb/" in lines
    assert {"Tides", "Ebb", "Water goes.", "Sea"} <= set(lines)


def test_a_feed_names_the_authors_of_an_article(
    plain: Server, look: Look, name: str
) -> None:
    text = "".join(look(plain.url + name)["lines"])
    assert "by Mara" in text
    assert "and Jon" in text


def test_a_feed_hides_all_that_is_for_programs(
    plain: Server, look: Look, name: str
) -> None:
    seen = look(plain.url + name)
    assert set(seen["names"]) <= set(SHOWN[name].split())
    assert [line for line in seen["lines"] if "for programs" in line] == []


def test_each_title_begins_where_its_script_begins(
    plain: Server, look: Look, name: str
) -> None:
    sides = look(plain.url + name)["sides"]
    assert (sides["Ebb"], sides["المد"]) == ("left", "right")
