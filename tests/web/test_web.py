"""The door to HTTP: statuses, headers, conditional requests, and nobody's input."""

from urllib.parse import urljoin

import pytest

from feeds.documents.formats import FORMATS
from feeds.site import Site
from feeds.web import create_app
from tests.conftest import NOW, ROOT, client_for, write

HELLO = "---\ntitle: Hello\ndate: 2026-02-01\n---\n![x](pic.png)\n"
PATHS = ["/rss.xml", "/atom.xml", "/", "/hello/", "/feeds.css", "/pic.png"]


FILES = {"hello.md": HELLO, "pic.png": bytes(range(256))}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("web") / "site", FILES)
    return Site(folder, clock=lambda: NOW)


@pytest.fixture(scope="module", params=[True, False], ids=["lookup", "flask"])
def client(request, site):
    """What is served by the lookup, and what by Flask alone, is the same."""
    client = client_for(site, lookup=request.param)
    for path in site.edition.paths if request.param else ():
        client.get("/" + path.removesuffix("index.html"))
    return client


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_feeds_have_the_media_type_that_readers_demand(client, form):
    answer = client.get(f"/{form.filename}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{form.media_type}; charset=utf-8"
    assert answer.headers["Cache-Control"].split(", ")[:2] == ["public", "max-age=900"]
    assert answer.headers["Link"] == (
        f'<http://localhost:8000/{form.filename}>; rel="self"'
    )


_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_MINIFLUX = (
    "application/xml,application/atom+xml,application/rss+xml,text/html,*/*;q=0.9"
)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (_BROWSER, "application/xml"),  # as anything else it is shown as source
        (_MINIFLUX, "application/rss+xml"),
        ("*/*", "application/rss+xml"),
        ("", "application/rss+xml"),
    ],
)
def test_a_browser_gets_a_feed_as_xml_that_it_can_show(client, accept, media_type):
    answer = client.get("/rss.xml", headers={"Accept": accept})
    assert answer.mimetype == media_type
    assert answer.headers["Vary"] == "Accept-Encoding, Accept"
    assert answer.data == client.get("/rss.xml").data


@pytest.mark.parametrize("path", PATHS)
def test_everything_has_validators_and_nosniff(client, path):
    headers = client.get(path).headers
    assert headers["ETag"].startswith('"')
    assert headers["Last-Modified"].endswith("GMT")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Expires" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "asked",
    [
        lambda h: {"If-None-Match": h["ETag"]},
        lambda h: {"If-None-Match": "W/" + h["ETag"]},
        lambda h: {"If-None-Match": f'"other", {h["ETag"]}'},
        lambda h: {"If-None-Match": "*"},
        lambda h: {"If-Modified-Since": h["Last-Modified"]},
        lambda h: {
            "If-None-Match": h["ETag"],
            "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
        },
    ],
    ids=["tag", "weak", "list", "any", "since", "tag before since"],
)
def test_what_the_client_has_is_not_sent_again(client, path, method, asked):
    first = client.get(path)
    again = client.open(path, method=method, headers=asked(first.headers))
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "asked",
    [
        {"If-None-Match": '"other"'},
        {
            "If-None-Match": '"other"',
            "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
        },
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ],
)
def test_what_the_client_lacks_is_sent(client, path, asked):
    assert client.get(path, headers=asked).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/nope", "/feed"])
def test_head_is_get_without_the_body(client, path):
    got, head = client.get(path), client.head(path)
    assert head.data == b""
    assert head.status_code == got.status_code
    del got.headers["Date"]  # of files alone, and of the clock
    del head.headers["Date"]
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("guess", "feed feed/ feed.xml rss index.xml".split())
def test_guesses_are_sent_to_rss_for_good(client, guess):
    answer = client.get(f"/{guess}")
    assert answer.status_code == 301
    assert urljoin(f"/{guess}", answer.headers["Location"]) == "/rss.xml"


@pytest.mark.parametrize("guess", "atom atom/ feed.atom feed/atom".split())
def test_guesses_are_sent_to_atom_for_good(client, guess):
    answer = client.get(f"/{guess}")
    assert answer.status_code == 301
    assert urljoin(f"/{guess}", answer.headers["Location"]) == "/atom.xml"


def test_a_page_without_its_slash_is_sent_to_it(client):
    answer = client.get("/hello")
    assert (answer.status_code, answer.headers["Location"]) == (301, "hello/")


def test_a_former_address_leads_to_where_the_article_is(make_site, client_of):
    told = "---\ndate: 2026-02-01\naliases: [/old/, /older.html, hello]\n---\nx"
    client = client_of(make_site({"hello.md": told}))
    for alias in ("/old", "/old/", "/older", "/older.html", "/older/index.html"):
        answer = client.get(alias)
        assert answer.status_code == 301
        assert urljoin(alias, answer.headers["Location"]) == "/hello/"
    assert client.get("/hello/").status_code == 200


def test_a_redirect_is_written_in_ascii(make_site, client_of):
    client = client_of(make_site({"שלום.md": HELLO}))
    answer = client.get("/שלום")
    assert answer.headers["Location"] == "%D7%A9%D7%9C%D7%95%D7%9D/"
    assert client.get("/" + answer.headers["Location"]).status_code == 200


def test_an_article_goes_before_a_guess(make_site, client_of):
    client = client_of(make_site({"feed.md": HELLO}))
    assert client.get("/feed/").status_code == 200
    assert client.get("/rss").status_code == 301


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/nope/",
        "/feeds.toml",
        "/hello.md",
        "/404.html",
        "/../feeds.toml",
        "/..%2ffeeds.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/\\..\\feeds.toml",
        "/hello/%00",
        "/rss.xml/",
        "/.feeds",
    ],
)
def test_nothing_else_is_found_and_the_page_helps(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'href="/rss.xml"' in answer.data
    assert b'href="/atom.xml"' in answer.data


@pytest.mark.parametrize("path", ["//evil.example/rss.xml", "/\xe9", "/a\x00"])
def test_odd_paths_are_not_found_nor_sent_elsewhere(client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert (answer.status_code, answer.headers.get("Location")) == (404, None)


def test_other_methods_are_told_which_there_are(client):
    answer = client.post("/rss.xml")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", [*PATHS, "/nope", "/feed"])
def test_nothing_of_the_request_comes_back(client, path):
    plain = client.get(path)
    asked = client.get(
        f"{path}?canary=evil.example",
        headers={
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "evil.example",
            "Referer": "http://evil.example/",
        },
    )
    assert asked.data == plain.data
    assert "evil.example" not in str(asked.headers)


def test_a_picture_can_be_had_in_parts(client):
    answer = client.get("/pic.png", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, bytes(range(10, 20)))
    assert answer.headers["Content-Range"] == "bytes 10-19/256"
    assert client.get("/pic.png", headers={"Range": "bytes=999-"}).status_code == 416


def test_media_that_is_gone_is_not_found(make_site, client_of):
    site = make_site(FILES)
    client = client_of(site)
    (site.folder / "pic.png").unlink()
    assert client.get("/pic.png").status_code == 404


def test_a_drawing_cannot_run_scripts(make_site, client_of):
    client = client_of(make_site({"x.svg": "<svg/>"}))
    policy = client.get("/x.svg").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; sandbox"


def test_tags_are_the_same_in_every_process(site, client):
    again = client_for(Site(site.folder, clock=lambda: NOW))
    for path in PATHS:
        assert again.get(path).headers["ETag"] == client.get(path).headers["ETag"]


def test_every_page_names_the_feeds_main_feed_first(sample, sample_client):
    for path in sample.edition.paths:
        if path.endswith("index.html"):
            page = sample_client.get("/" + path.removesuffix("index.html")).text
            links = [
                line
                for line in page.splitlines()
                if line.startswith('<link rel="alternate" type=')
            ]
            for form, link in zip(FORMATS.values(), links, strict=False):
                assert f'type="{form.media_type}"' in link
                assert f'href="{"../" * path.count("/")}{form.filename}"' in link


def test_create_app_serves_the_folder_of_the_environment(monkeypatch):
    monkeypatch.setenv("FEEDS_FOLDER", str(ROOT / "data"))
    client = create_app(watch=False).test_client()
    assert b"Folder &#x26; Feed" in client.get("/rss.xml").data


def test_what_the_client_accepts_changes_nothing(client):
    plain = client.get("/rss.xml")
    asked = client.get("/rss.xml", headers={"Accept": "text/html"})
    assert asked.data == plain.data
