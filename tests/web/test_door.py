"""What is sent: compressed once, as long as it is new, and the same at every turn."""

import gzip
from datetime import timedelta

import brotli
import pytest

from feeds.documents.formats import FORMATS
from feeds.web.conditional import coding_of
from feeds.web.door import Door
from tests.conftest import NOW, client_for, write

TEXT = "Some words that are said again. " * 100
FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\n',
    "a.md": f"---\ntitle: A\ndate: 2026-02-01\ntags: x\n---\n\n{TEXT}\n",
    "p.png": bytes(range(256)),
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture
def client(site):
    return client_for(site)


def addresses(site) -> list[str]:
    return ["/" + path.removesuffix("index.html") for path in site.edition.paths]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept-Encoding": "br,gzip"},
        {"Accept-Encoding": "gzip"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"Accept": "text/html,*/*;q=0.8"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_lookup_answers_as_flask_does(site, method, headers):
    flask, lookup = client_for(site, lookup=False), client_for(site)
    for address in addresses(site):
        lookup.get(address)  # so that it is known
        answers = [
            client.open(address, method=method, headers=headers)
            for client in (flask, lookup)
        ]
        told = [(a.status, list(a.headers), a.data) for a in answers]
        assert told[0] == told[1], address


def test_what_is_known_is_answered_without_flask(site):
    client = client_for(site)
    client.get("/atom.xml")
    client.application.view_functions.clear()
    assert client.get("/atom.xml").status_code == 200


@pytest.mark.parametrize(
    ("coding", "expand"), [("gzip", gzip.decompress), ("br", brotli.decompress)]
)
def test_a_feed_is_sent_compressed_to_who_can_read_it(client, coding, expand):
    plain = client.get("/rss.xml")
    packed = client.get("/rss.xml", headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert expand(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_each_coding_has_a_validator_of_its_own(client):
    codings = ("", "gzip", "br")
    tags = {
        client.get("/rss.xml", headers={"Accept-Encoding": coding}).headers["ETag"]
        for coding in codings
    }
    assert len(tags) == 3


def test_what_is_compressed_is_the_same_at_any_time(make_site, client):
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/rss.xml", headers=headers).data
    again = client_for(make_site(FILES, now=NOW)).get("/rss.xml", headers=headers).data
    assert first == again


def test_what_is_small_is_not_compressed(client):
    answer = client.get("/robots.txt", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity, gzip", "gzip"),
        ("zstd", ""),
        ("gzip;q=oops", ""),
        ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
    ],
)
def test_a_coding_is_chosen_by_quality(accepted, coding):
    assert coding_of(accepted) == coding


@pytest.mark.parametrize(
    "spelled",
    [
        "{tag}",
        'W/"{tag}"',
        '"{tag}-gzip"',
        '"{tag};gzip"',
        '"x-{tag}"',
        '"{tag}-br", "other"',
        "W/{tag}--gzip",
    ],
)
def test_a_validator_is_known_however_proxies_change_it(client, spelled):
    tag = client.get("/rss.xml").headers["ETag"].strip('"')
    answer = client.get("/rss.xml", headers={"If-None-Match": spelled.format(tag=tag)})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_304_repeats_what_readers_take_from_it(client):
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/rss.xml", headers=headers)
    again = client.get(
        "/rss.xml", headers={**headers, "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary", "Link"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Length" not in again.headers


def test_nothing_is_new_for_longer_than_until_what_is_due(make_site):
    soon = (NOW + timedelta(minutes=5)).isoformat()
    scheduled = f"---\ntitle: B\ndate: {soon}\n---\nb\n"
    client = client_for(make_site({**FILES, "b.md": scheduled}))
    assert "max-age=300," in client.get("/rss.xml").headers["Cache-Control"]
    assert "max-age=300," in client.get("/rss.xml").headers["Cache-Control"]


def test_feeds_hint_at_what_http_says(client):
    feed = FORMATS["rss"].parse(client.get("/rss.xml").data)
    assert (
        f"max-age={feed.fresh * 60}," in client.get("/rss.xml").headers["Cache-Control"]
    )


@pytest.mark.parametrize("path", ["/rss.xml", "/feed.json", "/", "/a/", "/p.png"])
def test_readers_in_a_browser_may_read_it(client, path):
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Last-Modified", "Link"} <= set(exposed)
    assert "Access-Control-Allow-Credentials" not in headers


def test_a_browser_is_told_what_it_may_ask_with(client):
    answer = client.options("/rss.xml", headers={"Origin": "https://reader.example"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "GET" in answer.headers["Allow"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "reader.example" not in str(answer.headers)


def test_markup_in_a_feed_cannot_run(client):
    policy = client.get("/atom.xml").headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy


def test_a_changed_document_is_answered_anew(make_site, site, client):
    before = client.get("/rss.xml")
    make_site({"b.md": "---\ntitle: B\ndate: 2026-02-02\n---\nb\n"})
    site.refresh()
    after = client.get("/rss.xml", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"<title>B</title>" in after.data


def test_feeds_that_were_asked_for_are_rendered_before_they_are_again(make_site, site):
    client_for(site).get("/tags/x/rss.xml")
    make_site({"b.md": "---\ntitle: B\ndate: 2026-02-02\ntags: x\n---\nb\n"})
    site.refresh()
    assert site.edition.rendered("tags/x/rss.xml") is not None
    assert site.edition.rendered("tags/x/atom.xml") is None


def test_what_was_made_while_the_folder_changed_is_not_kept(make_site, monkeypatch):
    site = make_site(FILES)
    door, old = Door(site), site.edition
    document = old.document

    def slowly(path):
        found = document(path)
        write(site.folder, {"b.md": "# B"})
        site.refresh()
        door.known()
        return found

    monkeypatch.setattr(old, "document", slowly)
    assert b"<title>B" not in door.find("rss.xml").document.body
    assert b"<title>B" in door.find("rss.xml").document.body
