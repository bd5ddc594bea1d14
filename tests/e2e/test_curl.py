"""What curl sees: statuses, headers, validators, ranges; no way out of the folder."""

from email import message_from_bytes
from pathlib import Path

import pytest

from tests.e2e.programs import Answer, Server, needs, run

pytestmark = [pytest.mark.e2e, needs("curl")]

PICTURE = "media/200-and-304.png"
PATHS = ["", "rss.xml", "atom.xml", "ids-are-for-ever/", "feeds.css", PICTURE, "nope"]
GUESSES = {
    "feed": "rss.xml",
    "feed/": "rss.xml",
    "feed.xml": "rss.xml",
    "rss": "rss.xml",
    "index.xml": "rss.xml",
    "atom": "atom.xml",
    "feed.atom": "atom.xml",
}


def curl(url: str, *flags: str) -> Answer:
    """What `curl -i` prints, its last answer taken apart."""
    said = run("curl", "-q", "-sS", "-i", "--path-as-is", *flags, url).stdout
    head, _, body = said.partition(b"\r\n\r\n")
    status, _, headers = head.partition(b"\r\n")
    return Answer(int(status.split()[1]), message_from_bytes(headers), body)


@pytest.mark.parametrize(
    ("path", "status", "media_type", "words"),
    [
        ("", 200, "text/html; charset=utf-8", "<h1>Folder &amp; Feed</h1>"),
        ("rss.xml", 200, "application/rss+xml; charset=utf-8", "<title>Ids are for"),
        ("atom.xml", 200, "application/atom+xml; charset=utf-8", ">Ids are for ever<"),
        ("ids-are-for-ever/", 200, "text/html; charset=utf-8", "<h1>Ids are for ever"),
        ("feeds.css", 200, "text/css; charset=utf-8", "prefers-color-scheme: dark"),
        ("nope", 404, "text/html; charset=utf-8", 'href="/rss.xml"'),
        ("nope/nope", 404, "text/html; charset=utf-8", 'href="/atom.xml"'),
    ],
)
def test_what_lies_where(
    sample: Server, path: str, status: int, media_type: str, words: str
) -> None:
    answer = curl(sample.url + path)
    assert answer.status == status
    assert answer.headers["Content-Type"] == media_type
    assert words in answer.body.decode()
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_comes_with_its_type_and_length(sample: Server) -> None:
    answer = curl(sample.url + PICTURE)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.body == (sample.folder / PICTURE).read_bytes()
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_a_picture_cannot_be_made_a_page_with_scripts(sample: Server) -> None:
    policy = curl(sample.url + PICTURE).headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; sandbox"


@pytest.mark.parametrize(("guess", "path"), GUESSES.items())
def test_guesses_lead_to_the_feeds(sample: Server, guess: str, path: str) -> None:
    assert curl(sample.url + guess).status == 301
    said = "%{response_code} %{num_redirects} %{url_effective}"
    followed = run("curl", "-q", "-sSL", "-w", f"\n{said}", sample.url + guess).stdout
    body, _, told = followed.rpartition(b"\n")
    assert told.decode() == f"200 1 {sample.url}{path}"
    assert body == curl(sample.url + path).body


@pytest.mark.parametrize("path", [path for path in PATHS if path != "nope"])
def test_a_second_fetch_with_the_etag_gets_304_and_the_validators_again(
    sample: Server, tmp_path: Path, path: str
) -> None:
    kept = str(tmp_path / "etag")
    flags = ("--etag-save", kept, "--etag-compare", kept)
    first = curl(sample.url + path, *flags)
    second = curl(sample.url + path, *flags)
    assert (first.status, second.status, second.body) == (200, 304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert first.headers[name]
        assert second.headers[name] == first.headers[name], name


@pytest.mark.parametrize("path", [path for path in PATHS if path != "nope"])
def test_a_second_fetch_with_the_date_gets_304(sample: Server, path: str) -> None:
    when = curl(sample.url + path).headers["Last-Modified"]
    assert curl(sample.url + path, "-z", when).status == 304
    assert curl(sample.url + path, "-z", "Sat, 01 Jan 2000 00:00:00 GMT").status == 200


@pytest.mark.parametrize("path", [*PATHS, "feed"])
def test_head_says_what_get_says(sample: Server, path: str) -> None:
    def headers(answer: Answer) -> list[tuple[str, str]]:
        every = [(name.lower(), value) for name, value in answer.headers.items()]
        return sorted(pair for pair in every if pair[0] != "date")

    asked, got = curl(sample.url + path, "-I"), curl(sample.url + path)
    assert (asked.status, headers(asked)) == (got.status, headers(got))
    assert asked.body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["", "rss.xml", "nope"])
def test_nothing_can_be_written(sample: Server, method: str, path: str) -> None:
    answer = curl(sample.url + path, "-X", method, "-d", "x")
    assert answer.status == 405
    allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
    assert allowed == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/media/../../../etc/passwd",
        "/media/../feeds.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%252e%252e/etc/passwd",
        "//etc/passwd",
        "/..\\..\\etc\\passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/%00",
        "/rss.xml%00",
        "/media/200-and-304.png%00.html",
        "/%ff%fe",
        "/feeds.toml",
        "/feeds.ledger",
        "/ids-are-for-ever.md",
        "/notes-on-dates/",
        "/.git/config",
    ],
)
def test_nothing_else_can_be_had(sample: Server, path: str) -> None:
    answer = curl(sample.url.rstrip("/") + path)
    assert 400 <= answer.status < 500
    assert b"root:" not in answer.body
    assert sample.stderr() == ""


def test_a_range_of_a_picture_is_sent_alone(sample: Server) -> None:
    data = (sample.folder / PICTURE).read_bytes()
    for asked, wanted in (("0-9", data[:10]), ("100-", data[100:]), ("-7", data[-7:])):
        answer = curl(sample.url + PICTURE, "-r", asked)
        assert (answer.status, answer.body) == (206, wanted)
        assert answer.headers["Content-Length"] == str(len(wanted))
        start = data.index(wanted)
        last = start + len(wanted) - 1
        assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{len(data)}"
    beyond = curl(sample.url + PICTURE, "-r", f"{len(data)}-")
    assert beyond.status == 416


@pytest.mark.parametrize(
    "path", [*PATHS, *GUESSES, "/", "/rss", "ids-are-for-ever", "nope/nope", "/x//y"]
)
def test_the_host_that_a_client_names_is_never_repeated(
    sample: Server, path: str
) -> None:
    names = ("Host: evil.example", "X-Forwarded-Host: evil.example")
    flags = [word for name in names for word in ("-H", name)]
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        how = ("-I",) if method == "HEAD" else ("-X", method)
        answer = curl(sample.url + path, *flags, *how)
        assert answer.status < 500
        assert "evil.example" not in str(answer.headers)
        assert b"evil.example" not in answer.body
