"""Names by which a site may be asked for, and those by which it may not."""

import pytest

from tests.conftest import client_for

FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\n'
    'hosts = ["ann.example", "www.ann.example", "[::1]"]\n',
    "a.md": "---\ntitle: A\ndate: 2026-02-01\n---\na\n",
}


@pytest.fixture(params=[True, False], ids=["lookup", "flask"])
def client(make_site, request):
    return client_for(make_site(FILES), lookup=request.param)


def status(client, host: str, path: str = "/rss.xml") -> int:
    return client.get(path, headers={"Host": host}).status_code


@pytest.mark.parametrize(
    "host",
    ["ann.example", "ANN.example", "ann.example:8000", "ann.example.", "[::1]:80"],
)
def test_a_name_of_the_site_is_answered(client, host):
    assert status(client, host) == 200


@pytest.mark.parametrize(
    "host",
    ["ben.example", "x.ann.example", "ann.example.ben.example", "127.0.0.1", "[::2]"],
)
def test_another_name_is_misdirected(client, host):
    assert status(client, host) == 421


def test_the_answer_repeats_nothing_of_the_request(client):
    answer = client.get("/rss.xml", headers={"Host": "ben.example"})
    assert "ben.example" not in answer.text + str(answer.headers)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_head_of_it_has_no_body(client):
    answer = client.head("/rss.xml", headers={"Host": "ben.example"})
    assert (answer.status_code, answer.data) == (421, b"")


@pytest.mark.parametrize("path", ["/", "/none", "/metrics", "/feed"])
def test_nothing_lies_behind_another_name(client, path):
    assert status(client, "ben.example", path) == 421


def test_the_health_is_told_by_any_name(client):
    assert status(client, "10.0.0.1:8000", "/healthz") == 200


def test_every_name_is_answered_where_none_is_wanted(make_site):
    client = client_for(make_site({"a.md": FILES["a.md"]}))
    assert status(client, "ben.example") == 200


def test_it_is_counted(client):
    status(client, "ben.example")
    told = client.get("/metrics", headers={"Host": "ann.example"}).text
    assert 'feeds_requests_total{document="other",status="421"} 1' in told
