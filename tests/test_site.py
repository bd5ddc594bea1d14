"""A folder that changes: what stays, what follows, and what never breaks."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from feeds.documents.formats import FORMATS
from feeds.edition import Edition
from feeds.errors import ConfigError, NotFound
from feeds.site import Site
from tests.conftest import NOW, ROOT, write

HELLO = "---\ntitle: Hello\ndate: 2026-02-01\n---\nhi\n"
ID = 'id = "tag:a.example,2026:"\n'


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def titles(site) -> list[str]:
    return [entry.title for entry in site.edition.feed.entries]


def ids(site) -> dict[str, str]:
    return {entry.title: entry.id for entry in site.edition.feed.entries}


def test_every_path_has_a_document(make_site):
    site = make_site({"hello.md": HELLO, "2024/other.txt": "Other\n\ntext"})
    assert site.edition.paths == (
        "2024/other/index.html",
        "hello/index.html",
        "404.html",
        "feeds.css",
        "feed.css",
        "robots.txt",
        "feeds.opml",
        "sitemap.xml",
        "index.html",
        "rss.xml",
        "atom.xml",
        "feed.json",
    )
    for path in site.edition.paths:
        document = site.document(path)
        assert document.path == path
        assert document.body


@pytest.mark.parametrize("path", ["", "x", "/rss.xml", "../feeds.toml", "hello.md"])
def test_nothing_lies_elsewhere(make_site, path):
    with pytest.raises(NotFound):
        make_site({"hello.md": HELLO}).document(path)


def test_an_empty_folder_is_a_site(make_site):
    site = make_site({"readme.css": "x"})
    assert not site.problems
    for form in FORMATS.values():
        assert site.document(form.filename).body


def test_a_folder_that_is_not_there_is_a_config_error(tmp_path):
    with pytest.raises(ConfigError, match="no such folder"):
        Site(tmp_path / "nowhere")


def test_nothing_changed_means_nothing_is_done(make_site):
    site = make_site({"hello.md": HELLO})
    before = site.edition
    assert not site.refresh()
    assert site.edition is before


def test_the_feed_follows_the_folder(make_site):
    site = make_site({"hello.md": HELLO})
    write(site.folder, {"new.md": "---\ntitle: New\ndate: 2026-02-02\n---\nx"})
    assert site.refresh()
    assert titles(site) == ["New", "Hello"]
    (site.folder / "hello.md").unlink()
    assert site.refresh()
    assert titles(site) == ["New"]


def test_a_broken_file_is_one_problem_and_the_rest_goes_on(make_site):
    site = make_site({"hello.md": HELLO, "bad.md": "---\ntitle: x\ndate: soon\n---\n"})
    assert titles(site) == ["Hello"]
    assert [str(problem) for problem in site.problems] == [
        "bad.md:3: not a date: 'soon' "
        "(write it as 2024-01-31 or 2024-01-31T09:30:00+01:00)"
    ]


def test_newest_first_ties_by_path(make_site):
    same = "---\ntitle: {}\ndate: 2026-01-01\n---\nx"
    site = make_site({f"{n}.md": same.format(n) for n in "cab"} | {"hello.md": HELLO})
    assert titles(site) == ["Hello", "a", "b", "c"]


def test_the_feed_is_limited_and_the_pages_are_not(make_site):
    files = {f"{n:02}.md": f"---\ndate: 2026-01-{n:02}\n---\nx" for n in range(1, 31)}
    site = make_site(files)
    assert len(titles(site)) == 20
    assert len(site.edition.articles) == 30
    site = make_site({**files, "feeds.toml": "limit = 3"})
    assert titles(site) == ["30", "29", "28"]


def test_scheduled_articles_appear_at_their_time(make_site):
    clock = Clock()
    site = make_site(
        {"hello.md": HELLO, "soon.md": "---\ndate: 2026-03-01T13:00:00Z\n---\nx"},
        clock=clock,
    )
    assert titles(site) == ["Hello"]
    assert site.edition.due == NOW + timedelta(hours=1)
    clock.now = NOW + timedelta(hours=1)
    assert site.refresh()
    assert titles(site) == ["Soon", "Hello"]
    assert site.edition.due is None


def test_expired_articles_go_at_their_time(make_site):
    clock = Clock()
    told = "---\ndate: 2026-02-01\nexpires: 2026-03-01T13:00:00Z\n---\nx"
    site = make_site({"a.md": told}, clock=clock)
    assert titles(site) == ["A"]
    clock.now = NOW + timedelta(hours=1)
    assert site.refresh()
    assert titles(site) == []
    with pytest.raises(NotFound):
        site.document("a/index.html")


def test_unlisted_articles_have_a_page_and_are_in_no_feed(make_site):
    site = make_site({"a.md": "---\ndate: 2026-02-01\nfeed: false\n---\nx"})
    assert titles(site) == []
    assert site.document("a/index.html").body


def test_a_recording_is_an_enclosure_with_what_its_file_says(make_site):
    site = make_site(
        {"a.md": "---\ndate: 2026-02-01\naudio: a.mp3\n---\nx", "a.mp3": b"x" * 99}
    )
    (enclosure,) = site.edition.feed.entries[0].enclosures
    assert (enclosure.media_type, enclosure.length) == ("audio/mpeg", 99)
    assert enclosure.url == "http://localhost:8000/a.mp3"
    assert b'<enclosure url="http://localhost:8000/a.mp3" length="99"' in (
        site.document("rss.xml").body
    )


def test_a_picture_has_the_size_of_its_file(make_site):
    png = (ROOT / "data/media/200-and-304.png").read_bytes()
    site = make_site(
        {"a.md": "---\ndate: 2026-02-01\nimage: p.png\n---\nx", "p.png": png}
    )
    image = site.edition.feed.entries[0].image
    assert image is not None
    assert (image.width, image.height, image.length) == (1200, 675, len(png))
    assert image.media_type == "image/png"


def test_a_file_that_moves_keeps_its_id_through_a_restart(make_site):
    site = make_site({"feeds.toml": ID, "a.md": HELLO})
    before = ids(site)
    (site.folder / "2026").mkdir()
    (site.folder / "a.md").rename(site.folder / "2026" / "hi.md")
    again = Site(site.folder, clock=lambda: NOW)
    assert ids(again) == before == {"Hello": "tag:a.example,2026:a.md"}
    assert again.edition.feed.entries[0].url.endswith("/2026/hi/")


def test_undated_articles_keep_the_instant_they_were_first_seen(make_site):
    clock = Clock()
    site = make_site({"a.md": "# A"}, clock=clock)
    first = site.edition.feed.entries[0].published
    assert first == NOW
    clock.now += timedelta(days=1)
    write(site.folder, {"a.md": "# A, edited\n\nmore", "b.md": "# B"})
    site.refresh()
    again = Site(site.folder, clock=lambda: NOW + timedelta(days=9))
    for one in (site, again):
        found = {e.title: e.published for e in one.edition.feed.entries}
        assert found == {"A, edited": NOW, "B": NOW + timedelta(days=1)}


def test_drafts_are_not_seen_until_they_are_published(make_site):
    clock = Clock()
    site = make_site({"a.md": "---\ndraft: true\n---\n# A"}, clock=clock)
    assert not (site.folder / "feeds.ledger").exists()
    clock.now += timedelta(days=1)
    write(site.folder, {"a.md": "# A"})
    site.refresh()
    assert site.edition.feed.entries[0].published == NOW + timedelta(days=1)


def test_ids_survive_title_slug_date_and_host(make_site):
    before = make_site({"feeds.toml": ID, "a.md": HELLO})
    told = {
        "feeds.toml": ID + 'base_url = "https://elsewhere.example/"',
        "a.md": "---\ntitle: Bye\nslug: bye\ndate: 2025-01-01\n---\nother",
    }
    after = make_site(told)
    assert (
        list(ids(after).values())
        == list(ids(before).values())
        == ["tag:a.example,2026:a.md"]
    )


def test_ids_are_the_same_in_every_format(make_site):
    site = make_site({"feeds.toml": ID, "a.md": HELLO})
    for form in FORMATS.values():
        assert b"tag:a.example,2026:a.md" in site.document(form.filename).body


def test_a_copied_id_is_given_to_one_article_only(make_site):
    copied = "---\nid: one\ndate: {}\n---\nx"
    site = make_site(
        {
            "feeds.toml": ID,
            "a.md": copied.format("2026-02-02"),
            "b.md": copied.format("2026-01-01"),
        }
    )
    assert ids(site) == {"B": "tag:a.example,2026:one", "A": "tag:a.example,2026:a.md"}
    assert [p.path for p in site.problems] == ["a.md"]


def test_a_broken_feeds_toml_leaves_the_last_good_one(make_site):
    site = make_site({"feeds.toml": 'title = "Good"', "a.md": HELLO})
    write(site.folder, {"feeds.toml": 'title = "Bad"\nlimit = "many"'})
    site.refresh()
    assert site.config.title == "Good"
    assert [p.path for p in site.problems] == ["feeds.toml"]
    write(site.folder, {"feeds.toml": 'title = "Better"'})
    assert site.refresh()
    assert (site.config.title, site.problems) == ("Better", ())


def test_a_folder_that_vanishes_loses_nothing(make_site):
    site = make_site({"a.md": HELLO, "feeds.toml": ID})
    before = ids(site)
    away = site.folder.with_name("away")
    site.folder.rename(away)
    for _ in range(3):
        site.refresh()
        assert ids(site) == before
    assert "cannot be read" in str(site.problems[0])
    site.folder.mkdir()  # as an empty mount point
    for _ in range(3):
        site.refresh()
        assert ids(site) == before
    site.folder.rmdir()
    away.rename(site.folder)
    site.refresh()
    assert (ids(site), site.problems) == (before, ())


def test_a_feeds_toml_that_is_being_replaced_stays_in_force(make_site):
    site = make_site({"a.md": HELLO, "feeds.toml": ID})
    (site.folder / "feeds.toml").unlink()
    site.refresh()
    assert ids(site) == {"Hello": "tag:a.example,2026:a.md"}
    site.refresh()  # so it is meant to be gone
    assert ids(site) == {"Hello": "http://localhost:8000/a.md"}


def test_where_rendering_fails_the_last_good_bytes_are_served(make_site, monkeypatch):
    site = make_site({"a.md": HELLO})
    good = site.document("rss.xml")

    def fail(*args):
        raise RuntimeError("oops")

    monkeypatch.setattr(Edition, "feed_in", fail)
    write(site.folder, {"b.md": "# B"})
    site.refresh()
    assert site.document("rss.xml") == good
    assert [p.path for p in site.problems] == ["atom.xml", "feed.json", "rss.xml"]
    monkeypatch.undo()
    write(site.folder, {"c.md": "# C"})
    site.refresh()
    assert b"<title>B</title>" in site.document("rss.xml").body
    assert not site.problems


def test_an_article_that_cannot_be_rendered_is_left_out(make_site, monkeypatch):
    class Panic(BaseException):
        pass

    def panic(body, **options):
        if "boom" in body:
            raise Panic
        return body

    monkeypatch.setattr("comrak.render_markdown", panic)
    site = make_site({"a.md": HELLO, "b.md": "---\ntitle: B\n---\nboom"})
    assert titles(site) == ["Hello"]
    assert str(site.problems[0]).startswith("b.md:1: a body that cannot be read")
    with pytest.raises(NotFound):
        site.document("b/index.html")


def test_equal_bytes_keep_their_date_and_others_get_a_later_one(make_site):
    clock = Clock()
    site = make_site(
        {"a.md": HELLO, "b.md": "---\ndate: 2026-01-01\n---\nx"}, clock=clock
    )
    feed, page = site.document("rss.xml"), site.document("b/index.html")
    write(site.folder, {"a.md": HELLO + "more"})
    os.utime(site.folder / "a.md", (0, 0))  # as old as can be
    site.refresh()
    assert site.document("b/index.html") is page
    assert site.document("rss.xml").last_modified > feed.last_modified


def test_last_modified_is_after_what_thunderbird_starts_with(make_site):
    site = make_site({"a.md": "---\ndate: 1994-05-06\n---\nx"})
    for place in (site.folder / "a.md", site.folder):
        os.utime(place, (0, 0))
    again = Site(site.folder, clock=lambda: NOW)
    modified = again.document("rss.xml").last_modified
    assert modified > datetime(2000, 1, 1, tzinfo=UTC)
    assert modified.microsecond == 0


def test_the_same_folder_gives_the_same_bytes(make_site, tmp_path):
    files = {"feeds.toml": ID, "a.md": HELLO, "p.png": b"x", "c/b.txt": "B\n\nx"}
    files["feeds.ledger"] = "2026-01-01T00:00:00Z\tc/b.txt\n"
    one = make_site(files)
    two = Site(write(tmp_path / "another name", files), clock=lambda: NOW)
    title = 'title = "T"\n'
    for site in (one, two):
        write(site.folder, {"feeds.toml": ID + title})
        site.refresh()
    for path in one.edition.paths:
        assert one.document(path).body == two.document(path).body
        assert one.document(path).etag == two.document(path).etag


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("feed", "rss.xml"),
        ("feed/", "rss.xml"),
        ("index.xml", "rss.xml"),
        ("atom", "atom.xml"),
        ("feed.atom", "atom.xml"),
        ("hello", "hello/"),
        ("nope", None),
        ("", None),
    ],
)
def test_guesses_lead_to_where_things_are(make_site, path, target):
    assert make_site({"hello.md": HELLO}).redirect(path) == target
