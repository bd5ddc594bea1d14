"""Real feed readers show every article, whole, once, and under one id for ever."""

import email.policy
import json
import sqlite3
from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest

from feeds.feed import Entry, Feed
from feeds.site import Site
from tests.e2e.conftest import Serve
from tests.e2e.programs import Server, get, needs, run, wait_for

pytestmark = pytest.mark.e2e
both = pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])


@dataclass(frozen=True, order=True)
class Item:
    """An article as a reader keeps it; `date` is in seconds since 1970."""

    id: str
    title: str
    link: str
    date: int


def feed_of(server: Server) -> Feed:
    """What readers should have got."""
    return Site(server.folder, served_at=server.url).edition.feed


def items_of(feed: Feed) -> list[Item]:
    return sorted(
        Item(entry.id, entry.title, entry.url, int(entry.published.timestamp()))
        for entry in feed.entries
    )


def by_id(feed: Feed) -> dict[str, Entry]:
    return {entry.id: entry for entry in feed.entries}


def letters(text: str) -> str:
    """The letters and digits of a text: what no reader's layout changes."""
    return "".join(filter(str.isalnum, text))


def letters_of(html: str) -> str:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(html)
    parser.close()
    return letters("".join(found))


def names_one_of(shown: str, entry: Entry) -> bool:
    """Readers that have room for one author only differ in which they show."""
    return any(author.name in shown for author in entry.authors)


def test_the_sample_site_has_twelve_articles_to_read(sample: Server) -> None:
    assert len(feed_of(sample).entries) == 12


# newsboat ------------------------------------------------------------------------


def newsboat(place: Path, url: str) -> list[sqlite3.Row]:
    """Reload the feed as newsboat does, and return what its cache has then.

    A cache for each feed: in newsboat an id belongs to one feed of a cache only.
    """
    urls, cache, config = place / "urls", place / "cache.db", place / "config"
    place.mkdir(exist_ok=True)
    urls.write_text(f"{url}\n")
    config.touch()
    files = ("-u", str(urls), "-c", str(cache), "-C", str(config))
    done = run("newsboat", *files, "-x", "reload")
    assert not done.stderr.strip(), done.stderr.decode()
    connection = sqlite3.connect(cache)
    connection.row_factory = sqlite3.Row
    try:
        query = "SELECT * FROM rss_item WHERE feedurl = ? AND NOT deleted"
        return connection.execute(query, (url,)).fetchall()
    finally:
        connection.close()


def newsboat_items(rows: Iterable[sqlite3.Row]) -> list[Item]:
    return sorted(
        Item(row["guid"], row["title"], row["url"], row["pubDate"]) for row in rows
    )


@needs("newsboat")
@both
def test_newsboat_shows_every_article_whole_and_once(
    sample: Server, tmp_path: Path, name: str
) -> None:
    feed = feed_of(sample)
    rows = newsboat(tmp_path / "newsboat", sample.url + name)
    assert newsboat_items(rows) == items_of(feed)
    for row in rows:
        entry = by_id(feed)[row["guid"]]
        assert names_one_of(row["author"], entry), (row["author"], entry.authors)
        assert letters_of(row["content"]) == letters_of(entry.content), entry.id
    again = newsboat(tmp_path / "newsboat", sample.url + name)
    assert [tuple(row) for row in again] == [tuple(row) for row in rows]


@needs("newsboat")
def test_newsboat_shows_an_edited_title_under_the_id_it_had(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve()
    urls = {name: server.url + name for name in ("rss.xml", "atom.xml")}
    before = {n: newsboat_items(newsboat(tmp_path / n, urls[n])) for n in urls}
    article = server.folder / "ids-are-for-ever.md"
    text = article.read_text().replace("title: Ids are", "title: Names are", 1)
    article.write_text(text)
    for url in urls.values():
        wait_for(lambda url=url: b"Names are for ever<" in get(url).body, "the title")
    for name, url in urls.items():
        after = newsboat_items(newsboat(tmp_path / name, url))
        assert [item.id for item in after] == [item.id for item in before[name]]
        changed = set(after) - set(before[name])
        assert [item.title for item in changed] == ["Names are for ever"]


# sfeed ---------------------------------------------------------------------------


def sfeed(place: Path, url: str) -> list[list[str]]:
    """Update as sfeed does and return the lines that it then keeps, split."""
    place.mkdir(exist_ok=True)
    config, kept = place / "sfeedrc", place / "feeds"
    config.write_text(f'sfeedpath="{kept}"\nfeeds() {{ feed "site" "{url}"; }}\n')
    run("sfeed_update", str(config))
    lines = (kept / "site").read_text().splitlines()
    return [line.split("\t") for line in lines]


@needs("sfeed", "sfeed_update", "curl")
@both
def test_sfeed_shows_every_article_whole_and_once(
    sample: Server, tmp_path: Path, name: str
) -> None:
    feed = feed_of(sample)
    lines = sfeed(tmp_path / "sfeed", sample.url + name)
    # sfeed prints the HTML of an Atom title as it is.
    read = unescape if name == "atom.xml" else str
    shown = [Item(n[5], read(n[1]), n[2], int(n[0])) for n in lines]
    assert sorted(shown) == items_of(feed)
    for _, _, _, content, media, id_, author, _, categories in lines:
        entry = by_id(feed)[id_]
        html = content.replace(r"\n", "\n").replace(r"\t", "\t").replace(r"\\", "\\")
        assert media == "html"
        assert letters_of(html) == letters_of(entry.content), entry.id
        assert names_one_of(author, entry)
        assert categories == "|".join(each.term for each in entry.categories)
    assert sorted(sfeed(tmp_path / "sfeed", sample.url + name)) == sorted(lines)


@needs("sfeed_web", "curl")
def test_sfeed_web_finds_both_feeds_and_rss_first(sample: Server) -> None:
    page = run("curl", "-sS", sample.url).stdout
    found = run("sfeed_web", sample.url, given=page).stdout.decode()
    assert found.splitlines() == [
        f"{sample.url}rss.xml\tapplication/rss+xml",
        f"{sample.url}atom.xml\tapplication/atom+xml",
    ]


# rss2email -----------------------------------------------------------------------

_R2E = """
[DEFAULT]
from = r2e@example.invalid
to = reader@example.invalid
email-protocol = maildir
maildir-path = {place}
maildir-mailbox = mail
# Without these a mail is dated when it is sent.
date-header = True
date-header-order = issued, created, modified, expired

[feed.site]
url = {url}
"""


def rss2email(place: Path) -> list[email.message.EmailMessage]:
    """Run rss2email and return all mails that it has sent so far."""
    run("r2e", "-c", str(place / "config"), "-d", str(place / "data.json"), "run")
    return [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in sorted((place / "mail" / "new").iterdir())
    ]


def forget_validators(place: Path) -> None:
    """Have rss2email fetch the whole feed again, as when it lost its ETag."""
    data = json.loads((place / "data.json").read_text())
    for feed in data["feeds"]:
        assert feed["etag"], "it had none to forget"
        feed["etag"] = feed["modified"] = None
    (place / "data.json").write_text(json.dumps(data))


@needs("r2e")
@both
def test_rss2email_mails_every_article_whole_and_once(
    sample: Server, tmp_path: Path, name: str
) -> None:
    feed = feed_of(sample)
    (tmp_path / "config").write_text(_R2E.format(place=tmp_path, url=sample.url + name))
    mails = rss2email(tmp_path)
    shown = [
        Item(
            mail["X-RSS-ID"],
            mail["Subject"],
            mail["X-RSS-URL"],
            timegm(parsedate_to_datetime(mail["Date"]).utctimetuple()),
        )
        for mail in mails
    ]
    assert sorted(shown) == items_of(feed)
    for mail in mails:
        entry = by_id(feed)[mail["X-RSS-ID"]]
        ending = letters_of(entry.content)[-40:]
        assert ending in letters(mail.get_content()), entry.id
        assert names_one_of(mail["From"], entry)
        assert (mail["X-RSS-TAGS"] or "") == ",".join(
            each.term for each in entry.categories
        )
    assert len(rss2email(tmp_path)) == len(mails)
    forget_validators(tmp_path)
    assert len(rss2email(tmp_path)) == len(mails)


# feedparser ----------------------------------------------------------------------


@both
def test_feedparser_reads_every_article_whole_and_is_told_when_nothing_is_new(
    sample: Server, name: str
) -> None:
    feed = feed_of(sample)
    parsed = feedparser.parse(sample.url + name)
    assert (parsed.status, parsed.bozo) == (200, False)
    assert parsed.feed.title == feed.title
    assert parsed.feed.link == sample.url
    shown = [
        Item(e.id, unescape(e.title), e.link, timegm(e.published_parsed))
        for e in parsed.entries
    ]
    assert sorted(shown) == items_of(feed)
    for e in parsed.entries:
        entry = by_id(feed)[e.id]
        assert letters_of(e.content[0].value) == letters_of(entry.content), entry.id
        assert names_one_of(e.author, entry)
        terms = tuple(tag.term for tag in e.get("tags", ()))
        assert terms == tuple(each.term for each in entry.categories)
    url = sample.url + name
    for validator in ({"etag": parsed.etag}, {"modified": parsed.modified}):
        again = feedparser.parse(url, **validator)
        assert (again.status, again.entries) == (304, [])


# autodiscovery -------------------------------------------------------------------


def offered(page: str, at: str) -> list[tuple[str, str]]:
    """The feeds that an HTML parser finds on a page, as address and media type."""
    found: list[dict[str, str | None]] = []
    parser = HTMLParser()
    parser.handle_starttag = (  # type: ignore[method-assign]
        lambda tag, attrs: found.append(dict(attrs)) if tag == "link" else None
    )
    parser.feed(page)
    return [
        (urljoin(at, link["href"] or ""), link["type"] or "")
        for link in found
        if link.get("rel") == "alternate" and "hreflang" not in link
    ]


def test_every_page_offers_all_formats_and_rss_first(sample: Server) -> None:
    pages = [entry.url for entry in feed_of(sample).entries]
    for url in [sample.url, *pages, sample.url + "nope"]:
        answer = get(url)
        assert answer.status == (404 if url.endswith("nope") else 200)
        assert offered(answer.body.decode(), url) == [
            (f"{sample.url}rss.xml", "application/rss+xml"),
            (f"{sample.url}atom.xml", "application/atom+xml"),
            (f"{sample.url}feed.json", "application/feed+json"),
        ]
