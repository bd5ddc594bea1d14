"""The folder as a snapshot: what changed is read, what did not stays the same."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from feeds.articles.ledger import Ledger
from feeds.articles.library import Library, rescan
from feeds.feed import Author
from tests.conftest import NOW, write

#: When the files of these tests were last touched, unless one says otherwise.
LONG_AGO = datetime(2026, 2, 1, tzinfo=UTC)


class Folder:
    """A content folder whose files were written when the test says so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ledger = Ledger(root)
        self.library = Library(root)
        self._touched = LONG_AGO

    def write(self, files, when: datetime | None = None) -> None:
        self._touched += timedelta(seconds=1)
        write(self.root, files)
        seconds = (when or self._touched).timestamp()
        for path in files:
            os.utime(self.root / path, (seconds, seconds))

    def rescan(self, now: datetime = NOW) -> Library:
        self.library = rescan(self.library, self.ledger, None, now)
        return self.library


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path.resolve() / "content"
    root.mkdir()
    return Folder(root)


def paths(library: Library) -> list[str]:
    return [article.path for article in library.articles]


def problems(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def dated(day: str, title: str = "A") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n---\nText.\n"


def test_an_empty_folder_has_no_articles(folder):
    library = folder.rescan()
    assert (library.articles, library.problems, library.media) == ((), (), {})


def test_articles_come_newest_first_and_ties_by_path(folder):
    folder.write({"b.md": dated("2024-01-02"), "a.md": dated("2024-01-02")})
    folder.write({"c.md": dated("2024-01-03"), "d.md": dated("2024-01-01")})
    assert paths(folder.rescan()) == ["c.md", "a.md", "b.md", "d.md"]


def test_nothing_changed_is_the_same_library(folder):
    folder.write(
        {"a.md": dated("2024-01-02"), "b.md": "Text", "c.md": "---\nbroken: x"}
    )
    (folder.root / "d.md").symlink_to("gone")
    before = folder.rescan()
    assert folder.rescan(NOW + timedelta(days=1)) is before


def test_unchanged_articles_are_the_same_objects(folder):
    folder.write({"a.md": dated("2024-01-02"), "b.md": "undated", "c.md": "x"})
    before = {article.path: article for article in folder.rescan().articles}
    folder.write({"c.md": "y"})
    after = {article.path: article for article in folder.rescan().articles}
    assert after["a.md"] is before["a.md"]
    assert after["b.md"] is before["b.md"]
    assert folder.library.body(after["c.md"]) == "y"


def test_a_file_that_looks_as_it_did_is_not_read_again(folder, monkeypatch):
    folder.write({"a.md": "A", "b.md": "---\nbroken: x"})
    folder.rescan()
    folder.write({"c.md": "C"})
    read = []

    def read_file(file):
        read.append(Path(file.place).name)
        return b"C"

    monkeypatch.setattr("feeds.articles.contents.read_file", read_file)
    folder.rescan()
    assert read == ["c.md"]


def test_a_change_of_the_same_size_is_seen(folder):
    folder.write({"a.md": "# one"})
    folder.rescan()
    folder.write({"a.md": "# two"})
    assert [article.title for article in folder.rescan().articles] == ["two"]


def test_a_file_that_replaces_another_is_seen_though_its_date_is_the_same(folder):
    folder.write({"a.md": "# one"}, when=LONG_AGO)
    folder.rescan()
    folder.write({"b.md": "# two"}, when=LONG_AGO)
    (folder.root / "b.md").rename(folder.root / "a.md")
    assert [article.title for article in folder.rescan().articles] == ["two"]


def test_a_removed_file_is_gone(folder):
    folder.write({"a.md": "A", "b.md": "B"})
    folder.rescan()
    (folder.root / "a.md").unlink()
    assert paths(folder.rescan()) == ["b.md"]


def test_a_renamed_folder_takes_its_articles_along(folder):
    folder.write({"x/a.md": dated("2024-01-01")})
    folder.rescan()
    (folder.root / "x").rename(folder.root / "y")
    assert paths(folder.rescan()) == ["y/a.md"]


def test_a_broken_file_is_one_problem_and_the_others_are_published(folder):
    folder.write({"a.md": "A", "2024/b.md": dated("tomorow")})
    library = folder.rescan()
    assert paths(library) == ["a.md"]
    assert problems(library) == [
        "2024/b.md:3: not a date: 'tomorow'"
        " (write it as 2024-01-31 or 2024-01-31T09:30:00+01:00)"
    ]


def test_a_mended_file_is_an_article_and_no_problem(folder):
    folder.write({"a.md": dated("tomorow")})
    folder.rescan()
    folder.write({"a.md": dated("2024-01-31")})
    library = folder.rescan()
    assert (paths(library), problems(library)) == (["a.md"], [])


def test_an_article_that_breaks_is_taken_out(folder):
    folder.write({"a.md": dated("2024-01-31")})
    folder.rescan()
    folder.write({"a.md": dated("tomorow")})
    library = folder.rescan()
    assert paths(library) == []
    assert len(library.problems) == 1


def test_a_problem_stays_while_other_files_change(folder):
    folder.write({"a.md": dated("tomorow"), "b.md": "B"})
    before = folder.rescan()
    folder.write({"b.md": "C"})
    assert folder.rescan().problems == before.problems


def test_a_warning_is_told_and_the_article_published(folder):
    folder.write({"a.md": b"# caf\xe9"})
    library = folder.rescan()
    assert paths(library) == ["a.md"]
    assert [problem.severity for problem in library.problems] == ["warning"]


def test_refused_files_are_problems_beside_the_broken(folder):
    folder.write({"b.md": "---\nbroken: x"})
    (folder.root / "a.md").symlink_to("gone")
    assert [problem.path for problem in folder.rescan().problems] == ["a.md", "b.md"]


def test_media_is_listed_and_never_read(folder, monkeypatch):
    folder.write({"a.png": "x", "b.md": dated("2024-01-01")})
    library = folder.rescan()
    assert list(library.media) == ["a.png"]
    assert paths(library) == ["b.md"]


def test_new_media_alone_makes_another_library(folder):
    folder.write({"b.md": dated("2024-01-01")})
    before = folder.rescan()
    folder.write({"a.png": "x"})
    assert folder.rescan() is not before
    assert list(folder.library.media) == ["a.png"]


def test_an_undated_article_is_of_when_it_was_first_seen(folder):
    folder.write({"a.md": "A"})
    assert folder.rescan().articles[0].published == NOW
    folder.write({"a.md": "B"})
    later = folder.rescan(NOW + timedelta(days=1))
    assert later.articles[0].published == NOW


def test_a_draft_without_a_date_is_not_remembered_yet(folder):
    folder.write({"a.md": "---\ndraft: true\n---\nText"})
    assert folder.rescan().articles[0].published is None
    folder.write({"a.md": "Text"})
    later = NOW + timedelta(days=1)
    assert folder.rescan(later).articles[0].published == later


def test_drafts_and_articles_of_the_future_are_in_the_library(folder):
    folder.write({"a.md": dated("2999-01-01"), "b.md": "---\ndraft: yes\n---\nB"})
    assert sorted(paths(folder.rescan())) == ["a.md", "b.md"]


def test_modified_is_when_the_newest_file_changed(folder):
    when = NOW - timedelta(hours=1)
    folder.write({"a.md": dated("2024-01-01")}, when=when)
    os.utime(folder.root, (0, 0))
    assert folder.rescan().modified == when


def test_a_vanished_folder_keeps_what_was_known(folder):
    folder.write({"a.md": dated("2024-01-01"), "b.png": ""})
    before = folder.rescan()
    folder.root.rename(folder.root.with_name("away"))
    gone = folder.rescan()
    assert gone.articles == before.articles
    assert gone.media == before.media
    assert [problem.found for problem in gone.problems] == [
        "the folder cannot be read: No such file or directory"
    ]
    assert folder.rescan() is gone


def test_a_folder_that_comes_back_is_no_problem_any_more(folder):
    folder.write({"a.md": dated("2024-01-01")})
    before = folder.rescan()
    folder.root.rename(folder.root.with_name("away"))
    folder.rescan()
    folder.root.with_name("away").rename(folder.root)
    back = folder.rescan()
    assert back.problems == ()
    assert back.articles[0] is before.articles[0]


def test_a_folder_that_is_bare_all_at_once_keeps_what_was_known(folder):
    folder.write({"a.md": dated("2024-01-01")})
    before = folder.rescan()
    for path in ("a.md", "feeds.ledger"):
        (folder.root / path).unlink()
    bare = folder.rescan()
    assert bare.articles == before.articles
    assert len(bare.problems) == 1
    assert folder.rescan() is bare
    folder.write({"b.md": dated("2024-01-02")})
    assert paths(folder.rescan()) == ["b.md"]


def test_a_folder_that_holds_only_its_ledger_has_no_articles_any_more(folder):
    folder.write({"a.md": dated("2024-01-01")})
    folder.rescan()
    (folder.root / "a.md").unlink()
    library = folder.rescan()
    assert (library.articles, library.problems, library.lost) == ((), (), False)


def test_on_the_first_look_a_file_counts_as_it_is(folder):
    folder.write({"a.md": "A"}, when=NOW)
    library = folder.rescan()
    assert paths(library) == ["a.md"]
    assert not library.unsettled


def test_a_file_that_is_being_written_is_left_as_it_was_known(folder):
    folder.write({"a.md": "# old", "b.md": "B"})
    before = folder.rescan()
    folder.write({"a.md": "# ne"}, when=NOW - timedelta(seconds=0.1))
    during = folder.rescan()
    assert during.articles == before.articles
    assert during.unsettled
    assert folder.rescan() is during
    after = folder.rescan(NOW + timedelta(seconds=1))
    assert [a.title for a in after.articles if a.path == "a.md"] == ["ne"]
    assert not after.unsettled


def test_a_new_file_that_is_being_written_waits(folder):
    folder.write({"a.md": "A"})
    folder.rescan()
    folder.write({"b.md": "B"}, when=NOW - timedelta(seconds=0.1))
    during = folder.rescan()
    assert paths(during) == ["a.md"]
    assert during.unsettled
    assert sorted(paths(folder.rescan(NOW + timedelta(seconds=1)))) == ["a.md", "b.md"]


def test_a_file_dated_after_now_does_not_wait_for_ever(folder):
    folder.write({"a.md": "A"})
    folder.rescan()
    folder.write({"b.md": "B"}, when=NOW + timedelta(days=1))
    library = folder.rescan()
    assert sorted(paths(library)) == ["a.md", "b.md"]
    assert not library.unsettled


def test_a_removed_file_needs_no_settling(folder):
    folder.write({"a.md": "A", "b.md": "B"}, when=NOW)
    folder.rescan()
    (folder.root / "a.md").unlink()
    library = folder.rescan()
    assert (paths(library), library.unsettled) == (["b.md"], False)


def test_a_ledger_that_cannot_be_kept_is_a_problem_of_the_library(folder, monkeypatch):
    blocked = folder.root.parent / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    (folder.root / "feeds.ledger").mkdir()
    folder.ledger = Ledger(folder.root)
    folder.write({"a.md": "A"})
    library = folder.rescan()
    assert library.articles[0].published == NOW
    assert [problem.path for problem in library.problems] == ["feeds.ledger"]


@pytest.mark.parametrize(
    ("name", "writing"),
    [("a.adoc", "AsciiDoc"), ("x/b.ORG", "Org"), ("c.textile", "Textile")],
)
def test_writing_that_is_not_read_is_said_to_be_passed_over(folder, name, writing):
    folder.write({name: "text", "d.md": dated("2024-01-01")})
    library = folder.rescan()
    assert [(p.path, p.found, p.code) for p in library.problems] == [
        (name, f"{writing} is not read", "format")
    ]
    assert paths(library) == ["d.md"]


def test_writing_that_is_no_article_is_passed_over_in_silence(folder):
    folder.write({"README.adoc": "x", "vendor/a.org": "x", "b.md": dated("2024-01-01")})
    assert problems(folder.rescan()) == []


def test_a_tools_folder_has_articles_where_that_tool_has_them(folder):
    folder.write(
        {
            "_posts/2024-01-31-hello.md": "# Hello\n\nText.",
            "about.md": "# About\n\nText.",
            "_includes/head.html": "<p>x</p>",
            "a.png": "",
        }
    )
    library = folder.rescan()
    assert library.contents.reading.dialect.name == "Jekyll"
    assert paths(library) == ["_posts/2024-01-31-hello.md"]
    assert library.articles[0].published == datetime(2024, 1, 31, tzinfo=UTC)
    assert not library.articles[0].undated
    assert list(library.media) == ["a.png"]


def test_a_folder_that_becomes_a_tools_is_read_anew(folder):
    folder.write({"_posts/2024-01-31-a.md": "A", "b.md": "B"})
    folder.rescan()
    assert folder.library.contents.reading.dialect.name == "Jekyll"
    (folder.root / "_posts/2024-01-31-a.md").rename(folder.root / "a.md")
    assert folder.rescan().contents.reading.dialect.name == "plain"
    assert sorted(paths(folder.library)) == ["a.md", "b.md"]


def test_another_time_zone_reads_all_dates_anew(folder):
    folder.write({"a.md": dated("2024-01-31 09:30")})
    folder.rescan()
    zone = timezone(timedelta(hours=2))
    library = rescan(folder.library, folder.ledger, None, NOW, zone)
    assert library.articles[0].published == datetime(2024, 1, 31, 7, 30, tzinfo=UTC)
    assert rescan(library, folder.ledger, None, NOW, zone) is library


def test_an_author_who_becomes_known_is_named_anew(folder):
    folder.write({"a.md": "---\nauthor: ann\ndate: 2024-01-31\n---\nText."})
    assert folder.rescan().articles[0].authors == (Author("ann"),)
    ann = Author("Ann Lee", "ann@example.org")
    library = rescan(folder.library, folder.ledger, None, NOW, UTC, {"ann": ann})
    assert library.articles[0].authors == (ann,)


def test_a_header_beside_an_article_is_its_own(folder):
    folder.write({"posts/a.md": "Text.", "posts/a.meta": ".. title: The ferry\n"})
    (article,) = folder.rescan().articles
    assert (article.title, folder.library.body(article)) == ("The ferry", "Text.")
    folder.write({"posts/a.meta": ".. title: The bus\n"})
    (article,) = folder.rescan().articles
    assert article.title == "The bus"
    (folder.root / "posts/a.meta").unlink()
    assert folder.rescan().articles[0].title == "A"


def test_undated_articles_of_one_look_are_never_of_one_instant(folder):
    folder.write({f"{number}.md": f"# {number}" for number in range(5)})
    published = {article.published for article in folder.rescan().articles}
    assert len(published) == 5
    assert max(published) == NOW
    assert all(article.undated for article in folder.library.articles)


def test_what_names_are_made_from_survives_a_move(folder):
    folder.write({"a.md": dated("2024-01-01")})
    assert folder.rescan().names == {}
    (folder.root / "a.md").rename(folder.root / "b.md")
    assert folder.rescan().names == {"b.md": "a.md"}


def test_all_that_is_remembered_is_in_the_library(folder):
    folder.write({"a.md": dated("2024-01-01"), "b.md": "---\nid: x:y\n---\nB"})
    library = folder.rescan()
    assert library.memories == folder.ledger.memories()
    assert library.memories["b.md"].id == "x:y"
    assert library.names == {}


def test_what_is_removed_is_still_remembered(folder):
    folder.write({"a.md": dated("2024-01-01"), "b.md": "B"})
    folder.rescan()
    (folder.root / "a.md").unlink()
    assert folder.rescan().memories.keys() == {"a.md", "b.md"}


def test_an_article_that_becomes_a_draft_is_remembered_where_it_is(folder):
    folder.write({"a.md": "# A\n\nText."})
    before = folder.rescan().memories
    folder.write({"a.md": "---\ndraft: true\n---\n# A\n\nText.", "b.md": "Text."})
    assert folder.rescan().memories["a.md"] == before["a.md"]


def test_a_file_that_breaks_for_a_while_keeps_what_is_remembered_of_it(folder):
    folder.write({"a.md": "# A\n\nText."})
    folder.rescan()
    folder.write({"a.md": dated("tomorow"), "b.md": "# B\n\nText."})
    assert paths(folder.rescan(NOW + timedelta(days=1))) == ["b.md"]
    folder.write({"a.md": "# A\n\nText."})
    library = folder.rescan(NOW + timedelta(days=2))
    assert {a.path: a.published for a in library.articles}["a.md"] == NOW
    assert library.names == {}


def test_a_file_that_breaks_is_not_taken_for_one_that_moved(folder):
    folder.write({"a.md": dated("2024-01-31")})
    folder.rescan()
    folder.write({"a.md": "---\ntitle: [\n---\n", "b.md": dated("2024-01-31")})
    folder.rescan()
    folder.write({"a.md": dated("2024-01-31")})
    memories = folder.rescan().memories
    assert memories["a.md"].name != memories["b.md"].name
