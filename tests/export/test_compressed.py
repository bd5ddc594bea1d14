"""Files compressed beside documents: what the server sends to who asks for it."""

import pytest

from feeds.export import Summary, Wishes, export
from tests.conftest import write
from tests.export.conftest import files

WISHES = Wishes(compress=True)
TEXT = "---\ndate: 2026-01-01\n---\n" + "a text that is long enough " * 99


@pytest.fixture
def site(make_site):
    return make_site({"a.md": TEXT, "p.svg": b"<svg xmlns='x'/>" * 99})


@pytest.mark.parametrize(("coding", "suffix"), [("gzip", ".gz"), ("br", ".br")])
def test_they_are_what_the_server_sends(site, out, client_of, coding, suffix):
    export(site, out, WISHES)
    client = client_of(site)
    for path in set(site.edition.paths) - {"404.html"}:  # which is an answer, too
        address = "/" + path.removesuffix("index.html")
        sent = client.get(address, headers={"Accept-Encoding": coding})
        beside = out / (path + suffix)
        assert sent.headers.get("Content-Encoding", "") == coding * beside.exists()
        if beside.exists():
            assert beside.read_bytes() == sent.data
    assert (out / f"rss.xml{suffix}").exists()


def test_media_and_what_is_small_have_none(site, out):
    export(site, out, WISHES)
    assert not {"p.svg.gz", "robots.txt.gz", "a/index.html.gz.br"} & set(files(out))


def test_they_have_the_time_of_their_document(site, out):
    export(site, out, WISHES)
    times = [(out / f"rss.xml{end}").stat().st_mtime_ns for end in ("", ".gz", ".br")]
    assert len({*times}) == 1


def test_those_that_are_as_they_should_be_are_not_made_again(site, out, monkeypatch):
    done = export(site, out, WISHES)
    monkeypatch.setattr("feeds.export.contents.CODERS", {})
    assert export(site, out, WISHES) == Summary(0, done.written, 0)


def test_they_change_with_their_document(site, out):
    export(site, out, WISHES)
    before = (out / "a/index.html.gz").read_bytes()
    write(site.folder, {"a.md": TEXT + "changed"})
    site.refresh()
    export(site, out, WISHES)
    assert (out / "a/index.html.gz").read_bytes() != before


def test_an_export_without_them_removes_them(site, out):
    done = export(site, out, WISHES)
    plain = export(site, out)
    assert plain.removed == done.written - plain.unchanged > 0
    assert not [path for path in files(out) if path.endswith((".gz", ".br"))]


def test_a_page_at_such_an_address_stays(make_site, out):
    site = make_site({"a.md": f"---\nurl: /rss.xml.gz\n{TEXT[4:]}", "b.md": TEXT})
    export(site, out, WISHES)
    assert set(site.edition.paths) <= set(files(out))
