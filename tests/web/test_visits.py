"""What is counted of requests: which are visits, and who follows a feed."""

from datetime import date

import pytest
from flask import Flask

from feeds.statistics.counting import Counting
from feeds.statistics.counts import Counts, counts_at
from feeds.statistics.store import place_of
from feeds.web import blueprint
from tests.conftest import NOW, client_for, write

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"
ID = "tag:ann.example,2026:a.md"
FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\nid = "tag:ann.example,2026:"\n',
    "a.md": "---\ntitle: A\ndate: 2026-02-01\ntags: x\n---\nText.\n",
    "p.png": b"a picture",
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture(params=[True, False], ids=["lookup", "flask"])
def client(site, request):
    client = client_for(site, lookup=request.param)
    for path in ("/a/", "/rss.xml"):
        client.head(path)  # so that it is known
    return client


def counted(client) -> Counts:
    """What has been counted by now."""
    client.application.extensions["feeds.counting"].write()
    site = client.application.extensions["feeds"]
    return counts_at(place_of(site.folder), date(1990, 1, 1))


def visits(client) -> int:
    return sum(counted(client).totals.values())


def subscribers(client) -> dict[tuple[str, str], int]:
    found = counted(client).subscribers
    return {key: days[NOW.date()] for key, days in found.items()}


def visit(client, path="/a/", method="GET", **headers) -> int:
    """Ask for a page as a person does; the status."""
    told = {"User-Agent": BROWSER, "Accept": PAGE}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(path, method=method, headers=told).status_code


def poll(client, path="/rss.xml", agent="newsboat/2.36", client_at="192.0.2.1", **more):
    client.get(
        path,
        headers={"User-Agent": agent, **more},
        environ_base={"REMOTE_ADDR": client_at},
    )


def test_a_page_that_a_person_opens_is_a_visit_of_the_article(client):
    assert visit(client) == 200
    assert dict(counted(client).totals) == {ID: 1}


def test_a_page_that_the_browser_has_already_is_a_visit(client):
    assert visit(client, If_None_Match="*") == 304
    assert visits(client) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Purpose", "preview"),
        ("X-Moz", "prefetch"),
        ("Sec-Fetch-Dest", "iframe"),
        ("Sec-Fetch-Dest", "empty"),
        ("Sec-Fetch-Dest", "image"),
        ("User-Agent", "curl/8.5.0"),
        ("User-Agent", "Mozilla/5.0 (compatible; Somebot/2.1)"),
        ("User-Agent", ""),
    ],
)
def test_what_no_person_looks_at_now_is_no_visit(client, name, value):
    assert visit(client, **{name: value}) == 200
    assert visits(client) == 0


def test_a_page_that_is_opened_by_itself_is_a_visit(client):
    visit(client, Sec_Fetch_Dest="document")
    assert visits(client) == 1


def test_a_head_is_no_visit(client):
    visit(client, method="HEAD")
    assert visits(client) == 0


@pytest.mark.parametrize("path", ["/", "/tags/x/", "/feeds.css", "/p.png", "/none"])
def test_what_is_no_article_has_no_visits(client, path):
    visit(client, path)
    assert visits(client) == 0


def test_what_leads_to_an_article_is_no_visit(client):
    assert visit(client, "/a") == 301
    assert visits(client) == 0


def test_an_article_that_moves_keeps_its_visits(site, client):
    visit(client)
    (site.folder / "a.md").unlink()
    write(site.folder, {"2026/a.md": FILES["a.md"]})
    site.refresh()
    assert visit(client, "/2026/a/") == 200
    assert dict(counted(client).totals) == {ID: 2}


def test_a_page_is_counted_by_its_id_of_now(site, client):
    visit(client)
    other = FILES["feeds.toml"].replace("2026:", "2020:")
    write(site.folder, {"feeds.toml": other})
    site.refresh()
    visit(client)
    assert dict(counted(client).totals) == {ID: 1, "tag:ann.example,2020:a.md": 1}


def test_a_reader_that_polls_is_a_subscriber_of_what_it_polls(client):
    poll(client)
    poll(client, "/tags/x/atom.xml")
    assert subscribers(client) == {("rss.xml", ""): 1, ("tags/x/atom.xml", ""): 1}


def test_a_reader_that_has_it_already_is_a_subscriber(client):
    poll(client, **{"If-None-Match": "*"})
    assert subscribers(client) == {("rss.xml", ""): 1}


def test_readers_are_told_apart_by_address_and_program(client):
    poll(client)
    poll(client)
    poll(client, client_at="192.0.2.2")
    poll(client, agent="liferea/1.15")
    assert subscribers(client) == {("rss.xml", ""): 3}


def test_readers_behind_a_proxy_are_told_apart(client):
    for number in (1, 2):
        forwarded = {"X-Forwarded-For": f"192.0.2.{number}"}
        poll(client, client_at="127.0.0.1", **forwarded)
    assert subscribers(client) == {("rss.xml", ""): 2}


def test_a_service_has_the_subscribers_that_it_tells_of(client):
    poll(client, agent="Some/1 (+https://some.example; 12 subscribers)")
    assert subscribers(client) == {("rss.xml", "Some"): 12}


def test_who_looks_at_a_feed_in_a_browser_does_not_follow_it(client):
    poll(client, agent=BROWSER, Accept=PAGE)
    assert subscribers(client) == {}


def test_a_reader_in_a_browser_is_a_subscriber(client):
    poll(client, agent=BROWSER, Accept="*/*")
    assert subscribers(client) == {("rss.xml", ""): 1}


def test_an_archive_has_no_subscribers(make_site):
    many = {
        f"{number}.md": f"---\ndate: 2025-{number:02}-01\n---\nx"
        for number in range(1, 9)
    }
    toml = FILES["feeds.toml"] + "limit = 2\n"
    client = client_for(make_site({**many, "feeds.toml": toml}))
    archive = "archives/2025-01/rss.xml"
    assert client.application.extensions["feeds"].document(archive)
    poll(client, f"/{archive}")
    assert subscribers(client) == {}


def test_nothing_is_counted_where_statistics_are_off(site, client):
    write(site.folder, {"feeds.toml": FILES["feeds.toml"] + "statistics = false\n"})
    site.refresh()
    visit(client)
    poll(client)
    counts = counted(client)
    assert (counts.totals, counts.subscribers) == ({}, {})


def test_an_app_that_mounts_a_site_counts_too(site, monkeypatch):
    made = []

    def begin(*given):
        made.append(Counting(*given))
        return made[0]

    monkeypatch.setattr("feeds.web.Counting", begin)
    app = Flask("host", static_folder=None)
    app.register_blueprint(blueprint(site, watch=False), url_prefix="/news")
    visit(app.test_client(), "/news/a/")
    made[0].write()
    assert counts_at(place_of(site.folder), NOW.date()).totals == {ID: 1}


def test_a_file_that_is_out_of_reach_breaks_no_request(client, site, monkeypatch):
    place = place_of(site.folder)
    place.mkdir(parents=True)
    visit(client)
    client.application.extensions["feeds.counting"].write()
    assert visit(client) == 200
    place.rmdir()
    assert visits(client) == 2
