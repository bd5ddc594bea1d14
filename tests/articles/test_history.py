"""When files were first committed, as git has it; and nothing where it cannot say."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.articles.history import first_commits
from feeds.articles.ledger import Ledger
from feeds.articles.library import Library, rescan
from tests.conftest import NOW, write

pytestmark = pytest.mark.thorough

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git")

Git = Callable[..., None]


def day(number: int) -> datetime:
    return datetime(2024, 1, number, 9, 30, tzinfo=UTC)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """git("commit", when=day(1)) in tmp_path/repo, which is there and empty."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    (tmp_path / "repo").mkdir()

    def run(*words: str, when: datetime | None = None) -> None:
        dates = {}
        if when is not None:
            dates = dict.fromkeys(
                ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), when.isoformat()
            )
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        subprocess.run(
            ["git", *who, *words],
            cwd=tmp_path / "repo",
            env={**os.environ, **dates},
            capture_output=True,
            check=True,
        )

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def repo(git: Git, tmp_path: Path) -> Path:
    return tmp_path / "repo"


def commit(git: Git, repo: Path, number: int, files: dict[str, str]) -> None:
    write(repo, files)
    git("add", "-A")
    git("commit", "-qm", f"day {number}", when=day(number))


@needs_git
def test_a_file_is_as_old_as_its_first_commit(git, repo):
    commit(git, repo, 1, {"a.md": "A"})
    commit(git, repo, 2, {"a.md": "Edited", "b.md": "B"})
    commit(git, repo, 3, {"b.md": "Edited"})
    assert first_commits(repo) == {"a.md": day(1), "b.md": day(2)}


@needs_git
def test_any_name_is_a_name(git, repo):
    names = [
        "a b.md",
        "grüße.md",
        "日/本.md",
        'q"u\\o.md',
        "-rf.md",
        "a\nb.md",
        "ü/é.md",
    ]
    commit(git, repo, 1, dict.fromkeys(names, "x"))
    assert first_commits(repo) == dict.fromkeys(names, day(1))


@needs_git
def test_a_folder_in_a_repository_has_paths_of_its_own(git, repo):
    commit(git, repo, 1, {"site/posts/a.md": "A", "other/b.md": "B", "c.md": "C"})
    assert first_commits(repo / "site") == {"posts/a.md": day(1)}
    assert first_commits(repo / "site" / "posts") == {"a.md": day(1)}


@needs_git
def test_a_renamed_file_is_as_old_as_its_new_name(git, repo):
    commit(git, repo, 1, {"a.md": "A long enough text to be known again.\n" * 9})
    git("mv", "a.md", "b.md")
    git("commit", "-qm", "renamed", when=day(2))
    assert first_commits(repo)["b.md"] == day(2)


@needs_git
def test_a_file_that_came_back_is_as_old_as_it_ever_was(git, repo):
    commit(git, repo, 1, {"a.md": "A", "b.md": "B"})
    git("rm", "-q", "a.md")
    git("commit", "-qm", "gone", when=day(2))
    commit(git, repo, 3, {"a.md": "A again"})
    assert first_commits(repo)["a.md"] == day(1)


@needs_git
def test_what_was_committed_on_a_branch_counts_from_there(git, repo):
    commit(git, repo, 1, {"a.md": "A"})
    git("checkout", "-qb", "draft")
    commit(git, repo, 2, {"b.md": "B"})
    git("checkout", "-q", "main")
    commit(git, repo, 3, {"c.md": "C"})
    git("merge", "-q", "--no-ff", "-m", "merged", "draft", when=day(4))
    assert first_commits(repo) == {"a.md": day(1), "b.md": day(2), "c.md": day(3)}


@needs_git
def test_a_date_with_an_offset_is_the_same_instant(git, repo):
    write(repo, {"a.md": "A"})
    git("add", "-A")
    git("commit", "-qm", "a", when=datetime.fromisoformat("2024-01-01T11:30:00+02:00"))
    assert first_commits(repo) == {"a.md": day(1)}


@needs_git
def test_a_clone_without_its_past_knows_no_first_commits(git, repo, tmp_path):
    commit(git, repo, 1, {"a.md": "A"})
    commit(git, repo, 2, {"b.md": "B"})
    git("clone", "-q", "--depth", "1", repo.as_uri(), str(tmp_path / "shallow"))
    assert (tmp_path / "shallow" / "a.md").exists()
    assert first_commits(tmp_path / "shallow") == {}


@needs_git
def test_where_nothing_is_committed_nothing_is_known(git, repo):
    write(repo, {"a.md": "A"})
    assert first_commits(repo) == {}


@needs_git
def test_a_file_that_is_not_committed_is_not_known(git, repo):
    commit(git, repo, 1, {"a.md": "A"})
    write(repo, {"b.md": "B"})
    assert first_commits(repo) == {"a.md": day(1)}


def test_where_there_is_no_repository_nothing_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert first_commits(tmp_path) == {}
    assert first_commits(tmp_path / "gone") == {}


def test_where_there_is_no_git_nothing_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert first_commits(tmp_path) == {}


@needs_git
def test_a_repository_runs_no_program_of_its_own(git, repo, tmp_path):
    commit(
        git, repo, 1, {"a.md": "A", ".gitattributes": "*.md diff=evil filter=evil\n"}
    )
    mark = tmp_path / "ran"
    evil = write(tmp_path, {"evil.sh": f"#!/bin/sh\ntouch {mark}\n"}) / "evil.sh"
    evil.chmod(0o755)
    hooks = repo / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(evil, hooks / hook)
    for setting in (
        *(
            "core.fsmonitor",
            "core.pager",
            "pager.log",
            "core.sshCommand",
            "diff.external",
        ),
        *("diff.evil.textconv", "diff.evil.command", "filter.evil.smudge"),
        *("gpg.program", "core.editor", "core.askPass", "credential.helper"),
    ):
        git("config", setting, str(evil))
    git("config", "log.showSignature", "true")
    mark.unlink(missing_ok=True)
    assert first_commits(repo)["a.md"] == day(1)
    assert not mark.exists()


@needs_git
@pytest.mark.parametrize("setting", ["log.follow", "diff.noprefix", "core.quotePath"])
def test_settings_of_the_repository_change_no_answer(git, repo, setting):
    commit(git, repo, 1, {"ü.md": "A"})
    git("config", setting, "true")
    git("config", "diff.renames", "copies")
    git("config", "log.date", "relative")
    git("config", "color.ui", "always")
    assert first_commits(repo) == {"ü.md": day(1)}


@needs_git
def test_an_undated_article_is_of_its_first_commit(git, repo):
    commit(git, repo, 1, {"a.md": "A"})
    commit(git, repo, 2, {"a.md": "Edited"})
    write(repo, {"b.md": "B"})
    root = repo.resolve()
    library = rescan(Library(root), Ledger(root), None, NOW)
    assert {a.path: a.published for a in library.articles} == {
        "a.md": day(1),
        "b.md": NOW,
    }


@needs_git
def test_a_repository_that_lacks_objects_runs_nothing_to_get_them(git, repo, tmp_path):
    commit(git, repo, 1, {"a/a.md": "A"})
    mark = tmp_path / "ran"
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.url", f"ext::touch {mark}")
    git("config", "protocol.ext.allow", "always")
    for file in (repo / ".git/objects").glob("??/*"):
        kind = subprocess.run(
            ["git", "cat-file", "-t", file.parent.name + file.name],
            cwd=repo,
            capture_output=True,
            check=True,
        )
        if kind.stdout.strip() == b"tree":
            file.unlink()
    mark.unlink(missing_ok=True)  # looking for kinds may have fetched already
    assert first_commits(repo) == {}
    assert not mark.exists()
