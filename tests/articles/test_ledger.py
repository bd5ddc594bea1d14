"""What a site remembers of its articles, and that nothing of it is lost."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.articles.ledger import NAME, Ledger, Memory
from tests.conftest import NOW, ROOT

LATER = NOW + timedelta(days=1)
EARLY = datetime(2024, 1, 31, 8, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "content"
    place.mkdir()
    return place


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's programs keep what they remember."""
    place = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(place))
    return place


def memory(path: str, when: datetime = NOW, **known) -> Memory:
    return Memory(when, **{"name": path, **known})


def remember(ledger: Ledger | Path, *paths: str, when: datetime = NOW) -> None:
    """Have articles seen, by a ledger or by one that is opened now."""
    ledger = Ledger(ledger) if isinstance(ledger, Path) else ledger
    ledger.remember({path: memory(path, when) for path in paths})


def seen(folder: Path, path: str) -> datetime | None:
    """When a ledger that is opened now says that `path` was first seen."""
    found = Ledger(folder).memories().get(path)
    return found.first_seen if found else None


def test_a_new_site_remembers_nothing(folder):
    assert Ledger(folder).memories() == {}
    assert list(folder.iterdir()) == []


def test_what_is_remembered_is_known_from_then_on(folder):
    ledger = Ledger(folder)
    kept = ledger.remember({"a.md": memory("a.md")})
    assert kept == ledger.memories() == {"a.md": memory("a.md")}


def test_another_run_remembers_every_fact_of_it(folder):
    told = {
        "a.md": memory("a.md"),
        "2024/b.md": memory("b.md", EARLY, content="0123abcd", facts="4567cdef"),
        "c.md": memory("c.md", content="0123abcd"),
        "d.md": memory("d.md", facts="4567cdef"),
        "e.md": memory("e.md", id="x:y", addresses=("e/", "old e/")),
        "f.md": memory("f.md", addresses=("f/",), gone=LATER, back=EARLY),
    }
    Ledger(folder).remember(told)
    assert Ledger(folder).memories() == told


def test_what_is_remembered_later_comes_to_what_was(folder):
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    remember(ledger, "b.md", when=LATER)
    assert ledger.memories().keys() == {"a.md", "b.md"}
    assert (seen(folder, "a.md"), seen(folder, "b.md")) == (NOW, LATER)


def test_times_are_kept_in_whole_seconds(folder):
    remember(folder, "a.md", when=NOW.replace(microsecond=999_999))
    assert seen(folder, "a.md") == NOW


def test_it_is_a_text_file_that_says_what_it_is_for(folder):
    told = {
        "b.md": memory("b.md", content="01", facts="02"),
        "2024/a.md": memory("2024/a.md"),
        "c.md": memory("old c.md", facts="03"),
    }
    Ledger(folder).remember(told)
    lines = (folder / NAME).read_text().splitlines()
    assert lines[0].startswith("# What this site remembers")
    assert lines[-3:] == [
        "2026-03-01T12:00:00Z\t2024/a.md",
        "2026-03-01T12:00:00Z\tb.md\t\t01\t02",
        "2026-03-01T12:00:00Z\tc.md\told c.md\t\t03",
    ]


def test_each_article_has_one_line_whatever_becomes_of_it(folder):
    for content in ("01", "02", "03"):
        Ledger(folder).remember({"a.md": memory("a.md", content=content)})
    text = (folder / NAME).read_text()
    assert text.count("a.md") == 1
    assert text.endswith("\t03\n")


def test_the_same_memories_are_the_same_bytes_in_whatever_order(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    remember(folder, "a.md", "b.md", "c.md")
    for path in ("c.md", "a.md", "b.md"):
        remember(other, path)
    assert (folder / NAME).read_bytes() == (other / NAME).read_bytes()


def test_nothing_new_writes_nothing(folder):
    ledger = Ledger(folder)
    ledger.remember({})
    assert not (folder / NAME).exists()
    remember(ledger, "a.md")
    before = (folder / NAME).stat()
    remember(ledger, "a.md")
    after = (folder / NAME).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_nothing_is_left_beside_it(folder):
    remember(folder, "a.md")
    assert [place.name for place in folder.iterdir()] == [NAME]


def test_what_is_forgotten_is_known_no_more(folder):
    ledger = Ledger(folder)
    remember(ledger, "a.md", "b.md")
    kept = ledger.remember({"c.md": memory("a.md")}, {"a.md"})
    assert kept.keys() == {"b.md", "c.md"}
    assert Ledger(folder).memories() == kept
    ledger.remember({}, {"b.md"})
    assert Ledger(folder).memories().keys() == {"c.md"}


# --- Files that others wrote, or spoiled ----------------------------------------------


def test_the_ledger_of_an_older_version_is_read(folder):
    (folder / NAME).write_text(
        "# When this site first saw its undated articles.\n2024-01-31T08:00:00Z\ta.md\n"
    )
    assert Ledger(folder).memories() == {"a.md": memory("a.md", EARLY)}


def test_what_a_newer_version_adds_to_a_line_is_passed_over(folder):
    line = "2024-01-31T08:00:00Z\ta.md\tb.md\t01\t02\tx:y\ta/\t\t\tmore\tyet\n"
    (folder / NAME).write_text(line)
    told = {"content": "01", "facts": "02", "id": "x:y", "addresses": ("a/",)}
    assert Ledger(folder).memories() == {"a.md": memory("b.md", EARLY, **told)}


def test_a_column_that_cannot_be_read_is_as_if_it_were_not_there(folder):
    line = "2024-01-31T08:00:00Z\ta.md\t\t01\t\t\ta/\tsoon\tlater\n"
    (folder / NAME).write_text(line)
    expected = memory("a.md", EARLY, content="01", addresses=("a/",))
    assert Ledger(folder).memories() == {"a.md": expected}


def test_the_earliest_of_several_lines_counts(folder):
    (folder / NAME).write_text(
        "2024-02-01T00:00:00Z\ta.md\n"
        "2024-01-31T08:00:00Z\ta.md\n"
        "2024-03-01T00:00:00Z\ta.md\n"
    )
    assert seen(folder, "a.md") == EARLY


LINES = (
    "2024-01-31T08:00:00Z\ta.md\t\t\t\t\tb/\t2026-03-02T12:00:00Z\n",
    "2024-02-01T00:00:00Z\ta.md\t\t\t\tx:y\ta/\t2026-03-01T12:00:00Z\n",
)


@pytest.mark.parametrize("lines", [LINES, LINES[::-1]])
def test_all_that_several_lines_say_of_addresses_and_absence_counts(folder, lines):
    (folder / NAME).write_text("".join(lines))
    told = {"id": "x:y", "addresses": ("b/", "a/"), "gone": NOW}
    assert Ledger(folder).memories() == {"a.md": memory("a.md", EARLY, **told)}


def test_comments_blank_lines_and_nonsense_are_passed_over(folder):
    (folder / NAME).write_text(
        "# 2020-01-01T00:00:00Z\ta.md\n\nnonsense\nsoon\ta.md\n\t\n\t\t\t\t\t\n"
        "2024-01-31T08:00:00Z\ta.md\n2020-01-01T00:00:00Z\n2020-01-01T00:00:00Z\t\n"
    )
    assert Ledger(folder).memories() == {"a.md": memory("a.md", EARLY)}


MERGED = (
    "<<<<<<< HEAD\n2024-02-01T00:00:00Z\ta.md\t\t01\n=======\n"
    "2024-01-31T08:00:00Z\ta.md\told.md\t02\n2024-02-02T00:00:00Z\tb.md\n"
    ">>>>>>> theirs\n"
)


def test_the_marks_of_a_merge_conflict_are_passed_over(folder):
    (folder / NAME).write_text(MERGED)
    found = Ledger(folder).memories()
    assert found["a.md"] == memory("old.md", EARLY, content="02")
    assert found["b.md"].first_seen == datetime(2024, 2, 2, tzinfo=UTC)


def test_the_marks_of_a_merge_conflict_are_gone_once_it_is_written(folder):
    (folder / NAME).write_text(MERGED)
    before = dict(Ledger(folder).memories())
    remember(folder, "c.md")
    text = (folder / NAME).read_text()
    assert not any(mark in text for mark in ("<<<", "===", ">>>", "theirs"))
    assert Ledger(folder).memories() == {**before, "c.md": memory("c.md")}


def test_git_merges_what_two_copies_remember(folder, tmp_path):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def git(*words: str) -> None:
        settings = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", *settings, *words]
        subprocess.run(command, cwd=folder, env=quiet, capture_output=True, check=False)

    git("init", "-q", "-b", "main")
    remember(folder, "m.md")
    git("add", "."), git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    remember(folder, "n.md", "p.md", when=EARLY)
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    remember(folder, "n.md", "o.md")
    git("commit", "-qam", "three")
    git("merge", "-q", "other")  # of which git may say that it is a conflict
    expected = {"m.md": NOW, "n.md": EARLY, "o.md": NOW, "p.md": EARLY}
    assert {path: seen(folder, path) for path in expected} == expected


def test_windows_line_ends_are_line_ends(folder):
    (folder / NAME).write_bytes(b"2024-01-31T08:00:00Z\ta.md\t\t01\t02\r\n")
    expected = memory("a.md", EARLY, content="01", facts="02")
    assert Ledger(folder).memories() == {"a.md": expected}


@pytest.mark.parametrize(
    "torn", ["2024-0", "2020-01-01T00:00:00Z", "2020-01-01T0", "2020-01-01T00:00:00Z\t"]
)
def test_a_line_cut_short_spoils_no_other(folder, torn):
    (folder / NAME).write_text("2024-01-31T08:00:00Z\ta.md\n" + torn)
    remember(folder, "b.md")
    assert (seen(folder, "a.md"), seen(folder, "b.md")) == (EARLY, NOW)
    assert Ledger(folder).memories().keys() == {"a.md", "b.md"}


@pytest.mark.parametrize("wrong", [b"", b"\0\0\0", b"\xff\xfe", b"\t" * 100, b"\n\n"])
def test_a_file_of_nonsense_is_an_empty_ledger(folder, wrong):
    (folder / NAME).write_bytes(wrong)
    assert Ledger(folder).memories() == {}
    remember(folder, "a.md")
    assert seen(folder, "a.md") == NOW


def test_bytes_that_are_not_utf_8_spoil_only_their_line(folder):
    (folder / NAME).write_bytes(
        b"2024-01-01T00:00:00Z\tcaf\xe9.md\n2024-01-31T08:00:00Z\ta.md\n"
    )
    assert seen(folder, "a.md") == EARLY


@pytest.mark.parametrize(
    ("path", "spelled"),
    [
        ("a\nb.md", "a%0Ab.md"),
        ("a\tb.md", "a%09b.md"),
        ("100%.md", "100%25.md"),
        ("a%0Ab.md", "a%250Ab.md"),
        ("a\u2028b.md", "a%E2%80%A8b.md"),
        ("grüße – 1.md", "grüße – 1.md"),
        ("# a.md", "# a.md"),
    ],
)
def test_a_name_that_would_break_its_line_is_percent_escaped(folder, path, spelled):
    remember(folder, path)
    assert (folder / NAME).read_text("utf-8").splitlines()[-1].endswith("\t" + spelled)
    assert seen(folder, path) == NOW


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=15,
    deadline=None,
)
@given(path=TEXT, name=TEXT)
def test_any_name_is_read_as_it_was_written(folder, path, name):
    (folder / NAME).unlink(missing_ok=True)
    Ledger(folder).remember({path: memory(name)})
    assert Ledger(folder).memories() == {path: memory(name)}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=15,
    deadline=None,
)
@given(st.lists(st.sampled_from("2024-01-31|T08:00:00Z|\t|\n|a.md|%|%4|é".split("|"))))
def test_any_ledger_can_be_read_and_written_anew(folder, parts):
    (folder / NAME).write_text("".join(parts))
    before = dict(Ledger(folder).memories())
    remember(folder, "z.md")
    assert Ledger(folder).memories() == {**before, "z.md": memory("z.md")}


# --- Several that write ---------------------------------------------------------------


def test_whoever_writes_second_goes_by_the_first(folder):
    one, other = Ledger(folder), Ledger(folder)
    other.memories()
    remember(one, "a.md", "b.md")
    remember(other, "b.md", "c.md", when=LATER)
    expected = {"a.md": NOW, "b.md": NOW, "c.md": LATER}
    for ledger in (one, other, Ledger(folder)):
        found = ledger.memories()
        assert {path: found[path].first_seen for path in expected} == expected


def test_an_earlier_memory_of_another_is_believed_though_it_comes_later(folder):
    one, other = Ledger(folder), Ledger(folder)
    one.remember({"a.md": memory("a.md", NOW, content="01")})
    kept = other.remember({"a.md": memory("older.md", EARLY)})
    assert one.memories()["a.md"].first_seen == kept["a.md"].first_seen == EARLY


def test_who_is_running_and_who_starts_now_call_an_article_the_same(folder):
    one, other = Ledger(folder), Ledger(folder)
    one.remember({"a.md": memory("a.md", NOW, content="01")})
    other.remember({"a.md": memory("older.md", EARLY)})
    for _ in range(2):
        names = {
            ledger.memories()["a.md"].name for ledger in (one, other, Ledger(folder))
        }
        assert len(names) == 1
        remember(one, "b.md")


def test_of_two_who_see_a_file_go_the_earlier_is_believed(folder):
    remember(folder, "a.md")
    one, other = Ledger(folder), Ledger(folder)
    one.memories(), other.memories()
    other.remember({"a.md": memory("a.md", gone=LATER)})
    kept = one.remember({"a.md": memory("a.md", gone=NOW)})
    assert kept["a.md"].gone == other.memories()["a.md"].gone == NOW


def test_who_knew_that_a_file_was_gone_says_that_it_is_back(folder):
    Ledger(folder).remember({"a.md": memory("a.md", gone=NOW)})
    ledger = Ledger(folder)
    ledger.memories()
    assert ledger.remember({"a.md": memory("a.md")})["a.md"].gone is None
    assert Ledger(folder).memories() == {"a.md": memory("a.md")}


def test_who_did_not_know_that_a_file_is_gone_does_not_bring_it_back(folder):
    remember(folder, "a.md")
    late = Ledger(folder)
    before = late.memories()
    Ledger(folder).remember({"a.md": memory("a.md", gone=NOW)})
    kept = late.remember({**before, "b.md": memory("b.md")})
    assert kept["a.md"].gone == NOW
    kept = late.remember({"a.md": memory("a.md", content="01")})
    assert Ledger(folder).memories() == kept


def test_who_did_not_know_that_a_file_is_back_does_not_take_it_away(folder):
    Ledger(folder).remember({"a.md": memory("a.md", gone=NOW)})
    one, late = Ledger(folder), Ledger(folder)
    one.memories()
    before = late.memories()
    one.remember({"a.md": memory("a.md")})
    assert late.remember({**before, "b.md": memory("b.md")})["a.md"].gone is None


def test_who_did_not_know_that_a_file_moved_does_not_bring_its_path_back(folder):
    remember(folder, "a.md")
    one, late = Ledger(folder), Ledger(folder)
    one.memories()
    before = late.memories()
    one.remember({"b.md": memory("a.md")}, {"a.md"})
    assert late.remember({**before, "c.md": memory("c.md")}).keys() == {"b.md", "c.md"}


def test_an_address_that_is_taken_out_stays_out(folder):
    Ledger(folder).remember({"a.md": memory("a.md", addresses=("a/", "b/"))})
    ledger = Ledger(folder)
    ledger.memories()
    kept = ledger.remember({"a.md": memory("a.md", addresses=("a/",))})
    assert kept["a.md"].addresses == ("a/",)
    assert Ledger(folder).memories() == kept


def test_addresses_that_two_add_at_once_are_all_kept(folder):
    Ledger(folder).remember({"a.md": memory("a.md", addresses=("a/",))})
    one, other = Ledger(folder), Ledger(folder)
    one.memories(), other.memories()
    one.remember({"a.md": memory("a.md", addresses=("a/", "b/"))})
    kept = other.remember({"a.md": memory("a.md", addresses=("c/", "a/"))})
    assert kept["a.md"].addresses == ("c/", "a/", "b/")


def test_a_line_that_comes_in_by_a_merge_counts_at_the_next_question(folder):
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    with (folder / NAME).open("a") as file:
        file.write("2024-01-31T08:00:00Z\ta.md\n")
    assert ledger.memories()["a.md"].first_seen == EARLY


def test_a_ledger_that_is_deleted_meanwhile_is_written_whole_again(folder):
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    (folder / NAME).unlink()
    assert ledger.memories().keys() == {"a.md"}
    remember(ledger, "b.md")
    assert Ledger(folder).memories().keys() == {"a.md", "b.md"}


def test_threads_that_write_at_once_lose_nothing(folder):
    ready = Barrier(4)

    def write(writer: int) -> None:
        ledger = Ledger(folder)
        ready.wait()
        for number in range(10):
            remember(ledger, f"{writer}-{number}.md")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert Ledger(folder).memories().keys() == {
        f"{writer}-{number}.md" for writer in range(4) for number in range(10)
    }
    assert [place.name for place in folder.iterdir()] == [NAME]


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from feeds.articles.ledger import Ledger, Memory
folder, writer = Path(sys.argv[1]), int(sys.argv[2])
ledger = Ledger(folder)
print(flush=True)
sys.stdin.readline()
now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=writer)
for number in range(4):
    for path in (f"{writer}-{number}.md", f"shared-{number}.md"):
        ledger.remember({path: Memory(now, path)})
"""


def test_processes_that_write_at_once_lose_nothing_and_agree(folder):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(writer)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        for writer in range(3)
    ]
    for writer in writers:
        writer.stdout.readline()
    for writer in writers:
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    assert [writer.communicate() and writer.returncode for writer in writers] == [0] * 3
    found = Ledger(folder).memories()
    assert found.keys() == {
        f"{who}-{number}.md" for who in (0, 1, 2, "shared") for number in range(4)
    }
    first = datetime(2026, 3, 1, tzinfo=UTC)
    assert {found[f"shared-{number}.md"].first_seen for number in range(4)} == {first}


def test_whoever_reads_meanwhile_sees_a_whole_ledger(folder):
    remember(folder, *(f"{number}.md" for number in range(50)))
    one, size = Ledger(folder), 50
    with ThreadPoolExecutor(1) as pool:
        paths = [f"more-{number}.md" for number in range(8)]
        written = pool.submit(lambda: [remember(one, path) for path in paths])
        while not written.done():
            now = len(Ledger(folder).memories())
            assert now >= size
            size = now
        written.result()
    assert len(Ledger(folder).memories()) == 58


# --- Folders that cannot be written ---------------------------------------------------


def test_a_folder_that_cannot_be_written_keeps_its_ledger_in_the_state_folder(
    folder, state
):
    (folder / NAME).mkdir()
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    assert ledger.problems == ()
    (kept,) = (state / "folderfeed").iterdir()
    assert kept.name.startswith("content-")
    assert seen(folder, "a.md") == NOW
    assert list(folder.iterdir()) == [folder / NAME]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_only_be_read_is_left_as_it_is(folder, state):
    remember(folder, "a.md")
    before = (folder / NAME).read_bytes()
    folder.chmod(0o500)
    try:
        remember(folder, "b.md")
        assert {*Ledger(folder).memories()} == {"a.md", "b.md"}
    finally:
        folder.chmod(0o700)
    assert (folder / NAME).read_bytes() == before


def test_a_full_disk_leaves_the_ledger_as_it_was(folder, state, monkeypatch):
    remember(folder, "a.md")
    before = (folder / NAME).read_bytes()

    def fsync(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        ledger = Ledger(folder)
        ledger.memories()
        remember(ledger, "b.md")
    assert len(ledger.problems) == 1
    assert (folder / NAME).read_bytes() == before
    assert [place.name for place in folder.iterdir()] == [NAME]


def test_two_folders_of_one_name_have_two_ledgers_in_the_state_folder(tmp_path, state):
    for parent, when in (("x", NOW), ("y", LATER)):
        folder = tmp_path / parent / "content"
        (folder / NAME).mkdir(parents=True)
        remember(folder, "a.md", when=when)
        assert seen(folder, "a.md") == when


def test_what_the_state_folder_knows_counts_beside_the_folders_own(folder, state):
    (folder / NAME).mkdir()
    remember(folder, "a.md")
    (folder / NAME).rmdir()
    assert seen(folder, "a.md") == NOW
    remember(folder, "b.md")
    assert Ledger(folder).memories().keys() == {"a.md", "b.md"}


def test_nothing_to_write_to_is_a_warning_and_is_remembered_meanwhile(folder, state):
    state.write_text("in the way")
    (folder / NAME).mkdir()
    ledger = Ledger(folder)
    kept = ledger.remember({"a.md": memory("a.md")})
    assert kept == ledger.memories() == {"a.md": memory("a.md")}
    (problem,) = ledger.problems
    assert (problem.path, problem.severity, problem.code) == (NAME, "warning", "ledger")
    assert "cannot be kept" in problem.found
    assert str(folder) in problem.fix


def test_the_warning_goes_once_a_write_succeeds(folder, state):
    state.write_text("in the way")
    (folder / NAME).mkdir()
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    (folder / NAME).rmdir()
    remember(ledger, "b.md")
    assert ledger.problems == ()


def test_what_could_not_be_kept_is_written_once_it_can_be(folder, state):
    state.write_text("in the way")
    (folder / NAME).mkdir()
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    (folder / NAME).rmdir()
    remember(ledger, "a.md")
    assert seen(folder, "a.md") == NOW


def test_that_a_file_is_back_is_remembered_though_it_cannot_be_kept(
    folder, state, monkeypatch
):
    Ledger(folder).remember({"a.md": memory("a.md", gone=NOW)})
    ledger = Ledger(folder)
    ledger.memories()

    def fsync(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        assert ledger.remember({"a.md": memory("a.md")})["a.md"].gone is None
    assert Ledger(folder).memories()["a.md"].gone == NOW
    ledger.remember({})
    assert Ledger(folder).memories()["a.md"].gone is None


def test_what_is_forgotten_before_it_could_be_kept_does_not_come_back(folder, state):
    state.write_text("in the way")
    (folder / NAME).mkdir()
    ledger = Ledger(folder)
    remember(ledger, "a.md")
    assert ledger.remember({"b.md": memory("a.md")}, {"a.md"}).keys() == {"b.md"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_its_place_is_not_waited_for(folder):
    os.mkfifo(folder / NAME)
    assert Ledger(folder).memories() == {}
