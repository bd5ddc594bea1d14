"""What pages show of the counts: when it changes, and the same everywhere."""

import sqlite3
from contextlib import closing
from datetime import UTC, timedelta

import pytest

from feeds.articles import contents
from feeds.edition import Edition
from feeds.export import export
from feeds.export.stamp import Stamp, seal
from feeds.policies import FRESH_SECONDS
from feeds.site import Site
from feeds.statistics.counting import Counting
from feeds.statistics.shown import shown_at
from feeds.statistics.store import place_of
from feeds.visits import Visits, told
from tests.conftest import NOW, client_for, write

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
QUARTER = timedelta(minutes=15)
TOML = 'title = "T"\nbase_url = "https://ann.example/"\nid = "tag:a,2026:"\n'
FILES = {
    "feeds.toml": TOML + "show_visits = true\n",
    "a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nText.\n",
    "b.md": "---\ntitle: B\ndate: 2026-01-02\n---\nText.\n",
    "c.txt": "C\n\nText of it.\n\nVisited 192 times, 1 visit(s) today\n",
}


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return write(tmp_path / "site", FILES)


@pytest.fixture
def site(folder, clock):
    return Site(folder, clock=clock)


@pytest.fixture
def visit(folder, clock):
    """visit("a.md") is a visit of that article, as it is written."""
    counting = Counting(place_of(folder), clock, lambda: UTC)

    def go(article: str, times: int = 1) -> None:
        for _ in range(times):
            counting.visited((f"tag:a,2026:{article}", BROWSER))
        counting.write()

    return go


def line(site: Site, path: str = "a/index.html") -> str:
    """What a page says of visits, "" for nothing."""
    text = site.document(path).body.decode()
    return next((each for each in text.splitlines() if "Visits:" in each), "")


def said(words: str) -> str:
    return f'<p class="facts">{words}</p>'


def test_a_page_nobody_visited_says_nothing(site):
    assert line(site) == ""


def test_with_the_next_quarter_a_page_shows_its_visits(site, visit, clock):
    visit("a.md", 3)
    assert not site.refresh()
    clock.now += QUARTER
    assert site.refresh()
    assert line(site) == said("Visits: 3 · today: 3")
    assert line(site, "b/index.html") == ""


def test_one_visit_is_one_time(folder, visit, clock):
    visit("a.md")
    assert line(Site(folder, clock=clock)) == said("Visits: 1 · today: 1")


def test_on_another_day_there_are_none_of_today(folder, visit, clock):
    visit("a.md", 2)
    clock.now += timedelta(days=1)
    assert line(Site(folder, clock=clock)) == said("Visits: 2")


def test_what_the_authors_file_tells_is_added_to(folder, visit, clock):
    assert line(Site(folder, clock=clock), "c/index.html") == said("Visits: 192")
    clock.now += QUARTER
    visit("c.txt", 2)
    shown = line(Site(folder, clock=clock), "c/index.html")
    assert shown == said("Visits: 194 · today: 2")


@pytest.mark.parametrize(
    ("own", "counted", "both"),
    [
        (None, None, None),
        (Visits(0, 0), None, None),
        (Visits(5, 2), None, Visits(5, 0)),
        (None, Visits(3, 1, NOW), Visits(3, 1, NOW)),
        (Visits(5, 2), Visits(3, 1, NOW), Visits(8, 1, NOW)),
    ],
)
def test_visits_are_added(own, counted, both):
    assert told(own, counted) == both


def test_it_is_off_from_the_start_and_then_nobody_looks(folder, visit, monkeypatch):
    def fail(*given, **named):
        raise AssertionError("the database was read")

    monkeypatch.setattr("feeds.site.shown_at", fail)
    write(folder, {"feeds.toml": TOML})
    visit("a.md")
    site = Site(folder, clock=Clock())
    site.refresh()
    assert line(site) == ""
    assert line(site, "c/index.html") == ""
    assert site.due is None


def test_where_nothing_is_counted_a_page_shows_what_its_file_tells(folder, visit):
    write(folder, {"feeds.toml": FILES["feeds.toml"] + "statistics = false\n"})
    visit("a.md")
    site = Site(folder, clock=Clock())
    assert (line(site), line(site, "c/index.html")) == ("", said("Visits: 192"))


def test_a_site_that_shows_visits_is_due_with_each_quarter(site):
    assert site.due == NOW + QUARTER


def test_where_no_number_moved_nothing_is_published_anew(site, visit, clock):
    visit("a.md")
    clock.now += QUARTER
    assert site.refresh()
    clock.now += QUARTER
    assert not site.refresh()
    assert site.due == clock.now + QUARTER


def test_a_page_whose_numbers_moved_is_another_and_no_other_document_is(
    site, visit, clock
):
    before = {path: site.document(path) for path in site.edition.paths}
    visit("a.md")
    clock.now += QUARTER
    site.refresh()
    after = {path: site.document(path) for path in site.edition.paths}
    other = [path for path in after if after[path] != before[path]]
    assert other == ["a/index.html"]
    assert after[other[0]].last_modified > before[other[0]].last_modified


def test_a_client_that_has_the_page_of_before_is_sent_it_anew(site, visit, clock):
    client = client_for(site)
    old = client.get("/a/")
    known = {"If-None-Match": old.headers["ETag"]}
    dated = {"If-Modified-Since": old.headers["Last-Modified"]}
    visit("a.md")
    clock.now += QUARTER
    site.refresh()
    assert client.get("/a/", headers=known).status_code == 200
    assert client.get("/a/", headers=dated).status_code == 200


def test_how_long_a_feed_is_new_does_not_depend_on_visits(site, clock):
    clock.now += QUARTER / 2
    told = client_for(site).get("/rss.xml").headers["Cache-Control"]
    assert f"max-age={FRESH_SECONDS}," in told


def test_processes_show_the_same_numbers_for_a_quarter(folder, visit, clock):
    visit("a.md")
    one = Site(folder, clock=clock)
    visit("a.md", 10)
    clock.now += QUARTER / 2
    two = Site(folder, clock=clock)
    for path in one.edition.paths:
        assert one.document(path) == two.document(path)


def test_what_is_exported_is_what_is_served(folder, visit, clock, tmp_path):
    visit("a.md")
    served = Site(folder, clock=clock)
    visit("a.md", 10)
    export(Site(folder, clock=clock), tmp_path / "out")
    page = (tmp_path / "out/a/index.html").read_bytes()
    assert page == served.document("a/index.html").body
    assert "Visits: 1 · today: 1".encode() in page


def test_an_export_renders_the_pages_whose_numbers_moved(
    folder, visit, clock, tmp_path, monkeypatch
):
    monkeypatch.setattr(contents, "_LARGE", -1)  # so that keys are kept
    export(Site(folder, clock=clock), tmp_path / "out")
    visit("a.md")
    clock.now += QUARTER
    site, rendered = Site(folder, clock=clock), []

    def document(self, path, render=Edition.document):
        rendered.append(path)
        return render(self, path)

    monkeypatch.setattr(Edition, "document", document)
    assert export(site, tmp_path / "out").written == 1
    assert "a/index.html" in rendered
    assert "b/index.html" not in rendered


def test_an_export_that_shows_visits_is_to_be_made_again_with_the_next_quarter(site):
    _, _, until = seal(Stamp("x"), site).rpartition(" ")
    assert float(until) == (NOW + QUARTER).timestamp()


def test_who_only_reads_sees_the_same_and_keeps_nothing(folder, visit, clock):
    visit("a.md")
    reads = Site(folder, clock=clock, reads=True)
    assert line(reads) == said("Visits: 1 · today: 1")
    visit("a.md")
    assert line(Site(folder, clock=clock)) == said("Visits: 2 · today: 2")
    visit("a.md")
    reads = Site(folder, clock=clock, reads=True)
    assert line(reads) == said("Visits: 2 · today: 2")


def test_numbers_that_stay_have_been_so_since_they_moved(folder, visit, clock):
    place = place_of(folder)
    visit("a.md")
    visit("b.md")
    shown_at(place, clock.now, UTC)
    clock.now += QUARTER
    visit("b.md")
    found = shown_at(place, clock.now, UTC)
    assert found is not None
    assert found["tag:a,2026:a.md"].since == NOW
    assert found["tag:a,2026:b.md"].since == NOW + QUARTER


def test_what_a_later_quarter_kept_is_not_undone(folder, visit, clock):
    place = place_of(folder)
    visit("a.md")
    later = shown_at(place, clock.now + QUARTER, UTC)
    visit("a.md")
    assert shown_at(place, clock.now, UTC) == later


def test_a_file_that_cannot_be_read_leaves_the_numbers_as_they_were(
    site, visit, clock, folder
):
    visit("a.md")
    clock.now += QUARTER
    site.refresh()
    place_of(folder).write_bytes(b"This is no database. " * 1000)
    clock.now += QUARTER
    assert not site.refresh()
    assert line(site) == said("Visits: 1 · today: 1")


def test_numbers_that_cannot_be_kept_are_read_all_the_same(
    folder, visit, clock, monkeypatch
):
    monkeypatch.setattr("feeds.statistics.store._PATIENCE", 0)
    visit("a.md")
    place = place_of(folder)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        found = shown_at(place, clock.now, UTC)
    assert found == {"tag:a,2026:a.md": Visits(1, 1, NOW)}
