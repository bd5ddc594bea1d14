"""feeds doctor --online: what readers get at the site's address."""

import pytest

from feeds import client
from feeds.client import Answer
from feeds.doctor import examine
from feeds.errors import RemoteError
from tests.conftest import write
from tests.doctor.test_doctor import WELL

URL = "https://ann.example/rss.xml"
TYPE = "application/rss+xml; charset=utf-8"


@pytest.fixture
def found(tmp_path, monkeypatch, make_site):
    """found(reply) is what is found where reply(url, headers, body) answers."""
    folder = write(tmp_path / "site", {**WELL, "b.md": "# B\n\n" + "word " * 400})

    def ask(reply):
        body = make_site({}).document("rss.xml").body
        monkeypatch.setattr(client, "get", lambda url, told: reply(url, told, body))
        looked = examine(folder, asks=True)
        return [each for each in looked if each.about == "online"]

    return ask


def reply(url, told, body, **headers):
    """As a server should: `headers` are changed."""
    if url != URL:
        return Answer(404, {}, b"")
    sent = {"etag": '"a"', "content-type": TYPE, **headers}
    if told.get("If-None-Match") == sent["etag"] != "":
        return Answer(304, sent, b"")
    if "gzip" in told.get("Accept-Encoding", ""):
        return Answer(200, {**sent, "content-encoding": "gzip"}, body[:900])
    return Answer(200, sent, body)


def test_where_all_is_well_nothing_is_wrong(found):
    looked = found(reply)
    assert {each.level for each in looked} == {"ok"}
    assert len(looked) == 3


def test_without_being_told_to_nobody_is_asked(tmp_path, monkeypatch):
    monkeypatch.delattr(client, "get")
    assert examine(write(tmp_path / "site", WELL))


@pytest.mark.parametrize(
    ("answers", "level", "told"),
    [
        (lambda *a: Answer(502, {}, b""), "wrong", f"{URL} answers 502"),
        (lambda u, t, b: reply(u, t, b"other"), "note", f"{URL} is another than here"),
        (lambda *a: reply(*a, etag=""), "wrong", "the feed has no ETag"),
        (
            lambda u, t, b: reply(u, {}, b),
            "wrong",
            "who has the feed is answered 200, and sent it again",
        ),
        (
            lambda *a: reply(*a, **{"content-type": "text/xml"}),
            "note",
            f"{URL} is sent as text/xml",
        ),
        (
            lambda u, t, b: (
                reply(u, t, b)
                if u == URL
                else Answer(200, {}, b"# TYPE feeds_articles gauge\n")
            ),
            "wrong",
            "/metrics is open to all",
        ),
    ],
)
def test_what_is_not_well_is_told(found, answers, level, told):
    assert (level, told) in [(each.level, each.found) for each in found(answers)]


def test_a_machine_that_does_not_answer_is_told(found):
    def refuse(url, told, body):
        raise RemoteError(url, "connection refused")

    (only,) = found(refuse)
    assert (only.level, only.found) == ("wrong", f"{URL}: connection refused")
