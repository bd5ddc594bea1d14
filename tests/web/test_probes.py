"""/healthz and /metrics as they are asked for, and who is told what."""

import json

import pytest
from flask import Flask

from feeds.web import blueprint
from feeds.web.metrics import sample
from tests.conftest import client_for

TEXT = "Some words that are said again. " * 100
FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\n',
    "a.md": f"---\ntitle: A\ndate: 2026-02-01\n---\n{TEXT}\n",
    "b.md": "---\ntitle: B\ndate: 2026-02-02\n---\nb\n",
    "p.png": b"a picture",
}
AFAR = {"REMOTE_ADDR": "192.0.2.1"}
TYPE = "text/plain; version=0.0.4; charset=utf-8"


@pytest.fixture(params=[True, False], ids=["lookup", "flask"])
def client(make_site, request):
    return client_for(make_site(FILES), lookup=request.param)


def counted(client) -> dict[str, float]:
    """The samples of a scrape: name and labels -> value."""
    lines = client.get("/metrics").text.splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


def requests(document: str, status: int) -> str:
    return sample("feeds_requests_total", document=document, status=str(status))


@pytest.mark.parametrize(
    ("path", "media_type"), [("/healthz", "application/json"), ("/metrics", TYPE)]
)
def test_a_probe_is_answered_and_kept_by_no_cache(client, path, media_type):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_a_head_of_a_probe_has_no_body(client, path):
    answer = client.head(path)
    assert (answer.status_code, answer.data) == (200, b"")


def test_no_page_elsewhere_may_read_the_numbers(client):
    assert "Access-Control-Allow-Origin" not in client.get("/metrics").headers


def test_health_is_told_to_everybody(client):
    answer = client.get("/healthz", environ_base=AFAR)
    assert json.loads(answer.data)["articles"] == 2


@pytest.mark.parametrize("near", ["127.0.0.1", "::1", "10.0.0.7", "192.168.1.2"])
def test_numbers_are_told_to_who_is_near(client, near):
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": near})
    assert answer.status_code == 200


@pytest.mark.parametrize("afar", ["192.0.2.1", "2001:db8::1", ""])
def test_numbers_are_not_told_to_who_is_not(client, afar):
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": afar})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via"])
def test_numbers_are_not_told_through_a_proxy(client, name):
    assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("name", ["healthz", "metrics"])
def test_an_article_of_that_name_has_its_page(make_site, name):
    client = client_for(make_site({**FILES, f"{name}.md": "# Numbers\n\nToo many.\n"}))
    assert b"Too many." in client.get(f"/{name}/").data
    assert b"Too many." not in client.get(f"/{name}").data


def test_who_is_not_told_the_numbers_is_led_to_an_article_of_that_name(make_site):
    client = client_for(make_site({**FILES, "metrics.md": "# Numbers\n"}))
    answer = client.get("/metrics", environ_base=AFAR)
    assert (answer.status_code, answer.headers["Location"]) == (301, "metrics/")


def test_an_app_that_mounts_a_site_has_these_paths_for_itself(make_site):
    app = Flask("host", static_folder=None)
    app.register_blueprint(blueprint(make_site(FILES), watch=False))
    client = app.test_client()
    assert client.get("/healthz").status_code == 404
    assert client.get("/metrics").status_code == 404


def test_feeds_are_counted_by_path_and_status(client):
    tag = client.get("/rss.xml").headers["ETag"]
    client.get("/rss.xml")
    client.head("/rss.xml")
    client.get("/rss.xml", headers={"If-None-Match": tag})
    found = counted(client)
    assert found[requests("rss.xml", 200)] == 3
    assert found[requests("rss.xml", 304)] == 1


def test_pages_are_counted_together(client):
    for path in ("/a/", "/b/", "/a/"):
        client.get(path)
    assert counted(client)[requests("pages", 200)] == 3


@pytest.mark.parametrize(
    ("path", "status"), [("/none", 404), ("/p.png", 200), ("/feed", 301)]
)
def test_all_else_is_counted_together(client, path, status):
    client.get(path)
    assert counted(client)[requests("other", status)] == 1


def test_a_refusal_is_counted(client):
    for _ in range(61):
        client.get("/rss.xml", environ_base=AFAR)
    assert counted(client)[requests("rss.xml", 429)] == 1


def test_bytes_that_were_sent_are_added_up(client):
    paths = ("/rss.xml", "/p.png", "/none", "/a/")
    sizes = [len(client.get(path).data) for path in paths]
    client.head("/rss.xml")
    assert counted(client)["feeds_sent_bytes_total"] == sum(sizes)


def test_bytes_that_need_not_be_sent_are_added_up(client):
    plain = client.get("/rss.xml")
    known = {"If-None-Match": plain.headers["ETag"]}
    packed = client.get("/rss.xml", headers={"Accept-Encoding": "gzip"})
    client.get("/rss.xml", headers=known)
    found = counted(client)
    saved = len(plain.data) - len(packed.data)
    assert found['feeds_saved_bytes_total{by="compression"}'] == saved
    assert found['feeds_saved_bytes_total{by="304"}'] == len(plain.data)


def test_processes_that_share_a_folder_are_counted_together(
    make_site, tmp_path, monkeypatch
):
    monkeypatch.setenv("FEEDS_METRICS", str(tmp_path / "counts"))
    (tmp_path / "counts").mkdir()
    one, two = client_for(make_site(FILES)), client_for(make_site(FILES))
    one.get("/rss.xml")
    two.get("/rss.xml")
    counted(two)
    assert counted(one)[requests("rss.xml", 200)] == 2
