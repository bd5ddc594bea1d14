"""Pages that load again by themselves, for who writes them and for nobody else."""

import pytest

from feeds.policies import PAGE_POLICY
from feeds.web import app_of
from feeds.web.reload import SCRIPT, reloading
from tests.conftest import Client

FILES = {"a.md": "---\ntitle: A\ndate: 2026-02-01\n---\n\nSome words.\n", "p.png": b"x"}
TAG = b'<script src="/.feeds/reload.js" data-tag="'


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture
def client(site):
    app = app_of(site, watch=False)
    app.wsgi_app = reloading(app.wsgi_app)
    app.test_client_class = Client
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/a/", "/nothing/"])
def test_each_page_has_the_script_once_and_nothing_else_that_is_new(
    site, client, client_of, path
):
    page = client.get(path)
    before, found, after = page.data.partition(TAG)
    assert found
    script, _, after = after.partition(b"</script>\n")
    assert script.endswith(b'" defer>')
    assert before + after == client_of(site).get(path).data
    assert page.content_length == len(page.data)


def test_without_it_no_page_has_a_script(site, client_of):
    page = client_of(site).get("/a/")
    assert page.data == site.document("a/index.html").body
    assert b"<script src" not in page.data
    assert "script-src" not in page.headers["Content-Security-Policy"]


def test_only_its_own_script_may_run(client):
    policy = client.get("/a/").headers["Content-Security-Policy"]
    assert policy == f"{PAGE_POLICY}; script-src 'self'; connect-src 'self'"


def test_the_script_knows_the_tag_that_it_is_told_of_the_page(client):
    page = client.get("/a/", headers={"Accept-Encoding": "br"})
    etag = client.head("/a/", headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert TAG + f"200 {etag}".replace('"', "&quot;").encode() in page.data


def test_a_page_that_was_kept_before_is_sent_whole(client):
    etag = client.get("/a/").headers["ETag"]
    asked = {"If-None-Match": etag, "Accept": "text/html"}
    page = client.get("/a/", headers=asked)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("path", ["/atom.xml", "/feed.json", "/feeds.css", "/p.png"])
def test_what_is_no_page_stays_as_it_is(site, client, client_of, path):
    told, usual = client.get(path), client_of(site).get(path)
    assert (told.data, list(told.headers)) == (usual.data, list(usual.headers))


def test_a_feed_that_is_known_is_not_sent_again(client):
    etag = client.get("/atom.xml").headers["ETag"]
    asked = client.get("/atom.xml", headers={"If-None-Match": etag})
    assert asked.status_code == 304


def test_the_script_is_there(client):
    script = client.get(SCRIPT)
    assert script.content_type == "text/javascript; charset=utf-8"
    assert b"location.reload()" in script.data
    assert client.head(SCRIPT).data == b""


def test_without_it_there_is_no_script(site, client_of):
    assert client_of(site).get(SCRIPT).status_code == 404
