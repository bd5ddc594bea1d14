"""A site inside someone's own Flask app, at a prefix."""

from urllib.parse import urljoin

import pytest
from flask import Flask

from feeds.web import blueprint
from tests.conftest import Client

BASE = 'base_url = "https://ann.example/news/"\nid = "tag:ann.example,2026:"\n'
ARTICLE = "---\ntitle: A\ndate: 2026-02-01\ntags: x\n---\n\n![p](p.png)\n"


@pytest.fixture
def client(make_site):
    site = make_site({"feeds.toml": BASE, "a.md": ARTICLE, "p.png": b"x"})
    app = Flask("host", static_folder=None)
    app.register_blueprint(blueprint(site, watch=False), url_prefix="/news")
    app.add_url_rule("/", view_func=lambda: "mine", endpoint="mine")
    app.test_client_class = Client
    return app.test_client()


@pytest.mark.parametrize(
    "path", ["", "rss.xml", "atom.xml", "feed.json", "a/", "p.png", "tags/x/rss.xml"]
)
def test_every_document_lies_below_the_prefix(client, path):
    answer = client.get(f"/news/{path}")
    assert answer.status_code == 200
    assert answer.headers["ETag"]


def test_addresses_are_those_of_the_configuration(client):
    assert b"https://ann.example/news/a/" in client.get("/news/rss.xml").data


def test_redirects_stay_below_the_prefix(client):
    assert client.get("/news/feed").headers["Location"] == "rss.xml"
    location = client.get("/news/a").headers["Location"]
    assert urljoin("/news/a", location) == "/news/a/"


def test_what_does_not_lie_there_is_answered_there(client):
    answer = client.get("/news/none")
    assert answer.status_code == 404
    assert b"Nothing lies here" in answer.data


def test_the_apps_own_pages_are_its_own(client):
    assert client.get("/").data == b"mine"
    assert b"Nothing lies here" not in client.get("/none").data
