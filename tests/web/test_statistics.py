"""/stats: who is told what was counted, and how it looks."""

import base64
import json
import re

import pytest
from lxml import html

from feeds.export import export
from feeds.policies import PAGE_POLICY
from feeds.statistics.store import place_of
from tests.conftest import client_for, write

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
TOKEN = "a token, ü"
TOML = 'title = "T"\nbase_url = "https://ann.example/"\nid = "tag:a,2026:"\n'
FILES = {
    "feeds.toml": TOML + f'stats = "{TOKEN}"\n',
    "a.md": "---\ntitle: A & <i>B</i>\ndate: 2026-01-01\ntags: x\n---\nText.\n",
}
PATHS = ("/stats", "/stats.csv", "/stats.json")


def having(token: str, user: str = "ann") -> dict[str, str]:
    """The headers of who has a token."""
    told = base64.b64encode(f"{user}:{token}".encode()).decode()
    return {"Authorization": f"Basic {told}"}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture
def client(site):
    client = client_for(site)
    for _ in range(2):
        client.get("/a/", headers={"User-Agent": BROWSER})
    agent = "Some/1 (7 subscribers)"
    client.get("/rss.xml", headers={"User-Agent": agent})
    return client


@pytest.fixture
def page(client):
    return html.fromstring(client.get("/stats", headers=having(TOKEN)).text)


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_token_is_told(client, path):
    answer = client.get(path, headers=having(TOKEN))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY


@pytest.mark.parametrize("user", ["", "ann", "whoever"])
def test_any_user_has_it(client, user):
    answer = client.get("/stats", headers=having(TOKEN, user))
    assert answer.status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        having(""),
        having("a token"),
        having(TOKEN + "."),
        {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")},
        {"Authorization": "Basic %%%"},
        {"Authorization": "Basic"},
    ],
    ids=str,
)
def test_who_has_not_is_asked_for_it(client, path, headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"Some" not in answer.data


@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_in_feeds_toml_there_is_nothing(make_site, path):
    client = client_for(make_site({**FILES, "feeds.toml": TOML}))
    assert client.get(path, headers=having("")).status_code == 404


def test_the_environment_may_have_the_token(make_site, monkeypatch):
    monkeypatch.setenv("FEEDS_STATS", "12345")
    client = client_for(make_site({**FILES, "feeds.toml": TOML}))
    assert client.get("/stats", headers=having("12345")).status_code == 200


def test_a_head_has_no_body(client):
    answer = client.head("/stats", headers=having(TOKEN))
    assert (answer.status_code, answer.data) == (200, b"")


def test_an_article_of_that_name_has_its_page(make_site):
    client = client_for(make_site({**FILES, "stats.md": "# Numbers\n\nToo many.\n"}))
    assert b"Too many." in client.get("/stats/").data
    assert client.get("/stats").status_code == 401


def test_where_it_is_off_it_leads_to_an_article_of_that_name(make_site):
    files = {**FILES, "feeds.toml": TOML, "stats.md": "# Numbers\n"}
    assert client_for(make_site(files)).get("/stats").status_code == 301


def test_it_is_never_exported(site, client, tmp_path):
    client.get("/stats", headers=having(TOKEN))
    export(site, tmp_path / "out")
    assert not list((tmp_path / "out").glob("stats*"))


def test_no_document_tells_the_token(site):
    bodies = [site.document(path).body for path in site.edition.paths]
    assert not [body for body in bodies if TOKEN.encode() in body]


def test_data_is_what_the_command_tells(client):
    told = json.loads(client.get("/stats.json", headers=having(TOKEN)).text)
    assert told["articles"][0]["today"] == 2
    assert told["feeds"][0]["services"] == {"Some": 7}
    lines = client.get("/stats.csv", headers=having(TOKEN)).text.splitlines()
    assert "2026-03-01,service,rss.xml,Some,7" in lines


def test_a_page_shows_what_was_counted_just_now(client, page):
    rows = [[cell.text_content().strip() for cell in row] for row in page.xpath("//tr")]
    assert ["A & <i>B</i>", "2", "2", "2", ""] in rows
    assert ["through Some", "7", "", "", ""] in rows
    assert ["1 March 2026", "2", "7"] in rows


def test_its_links_lead_to_pages(client, page):
    found = {link for link in page.xpath("//main//a/@href")}
    assert found == {"./stats.csv", "./stats.json", "./a/", "./"}
    assert client.get("/a/").status_code == 200


def test_each_chart_says_what_it_shows(page):
    charts = page.xpath("//svg[@role='img']")
    assert len(charts) == 2
    for chart in charts:
        names = chart.get("aria-labelledby").split()
        assert all(page.get_element_by_id(name).text_content() for name in names)
    assert all(svg.get("aria-hidden") for svg in page.xpath("//svg[not(@role)]"))


def test_a_chart_has_a_bar_for_each_day(page):
    for chart in page.xpath("//svg[@role='img']"):
        heights = [int(bar.get("height")) for bar in chart.xpath("rect")]
        assert heights == [*[0] * 29, 101]


def test_it_needs_nothing_that_its_policy_forbids(client):
    text = client.get("/stats", headers=having(TOKEN)).text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", text)


def test_before_anything_was_counted_it_is_a_page_all_the_same(site):
    answer = client_for(site).get("/stats", headers=having(TOKEN))
    assert answer.status_code == 200
    assert "<h1>Statistics</h1>" in answer.text


def test_what_cannot_be_read_is_said(site, monkeypatch):
    client = client_for(site)
    place = place_of(site.folder)
    place.mkdir(parents=True)
    assert client.get("/stats", headers=having(TOKEN)).status_code == 503
    place.rmdir()


def test_a_token_that_changes_is_heeded(site, client):
    write(site.folder, {"feeds.toml": TOML + 'stats = "other"\n'})
    site.refresh()
    assert client.get("/stats", headers=having(TOKEN)).status_code == 401
    assert client.get("/stats", headers=having("other")).status_code == 200
