"""What a shell completes of a command line."""

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from feeds.cli import main
from tests.conftest import write


def completed(*words: str) -> list[tuple[str, str]]:
    """What may stand in place of the last word, each with its kind."""
    *before, begun = words
    shell = BashComplete(main, {}, "feeds", "_FEEDS_COMPLETE")
    return [(c.type, c.value) for c in shell.get_completions(before, begun)]


def test_commands_are_completed():
    assert completed("che") == [("plain", "check")]


def test_options_are_completed():
    assert completed("serve", "--wor") == [("plain", "--workers")]


def test_words_of_an_option_are_completed():
    assert completed("check", "--format", "j") == [("plain", "json")]


@pytest.mark.parametrize("command", ["serve", "check", "export", "init"])
def test_a_folder_is_completed(command):
    assert completed(command, "") == [("dir", "")]


def test_documents_of_a_folder_are_completed(tmp_path):
    blog = str(write(tmp_path, {"a.md": "# A"}))
    assert completed("export", blog, "at") == [("plain", "atom.xml")]
    assert not (tmp_path / "feeds.ledger").exists()


def test_a_folder_that_is_none_has_no_documents():
    assert completed("export", "nowhere", "at") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_how_to_complete(shell):
    script = CliRunner().invoke(main, ["completion", shell]).stdout
    assert f"_FEEDS_COMPLETE={shell}_complete" in script
