"""A real bash completes a command line, once it has read what feeds completion says."""

import os
import sys
from pathlib import Path

import pytest

from tests.e2e.programs import FEEDS, needs, run

pytestmark = [pytest.mark.e2e, needs("bash")]

_MAIN = "from feeds.cli import main; main(prog_name='feeds')"
_TYPE = """
source "$1"
COMP_WORDS=("${@:2}")
COMP_CWORD=$(($# - 2))
_feeds_completion feeds
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What bash makes of the last word of a command line."""
    feeds = tmp_path / "bin/feeds"
    feeds.parent.mkdir()
    feeds.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{_MAIN}" "$@"\n')
    feeds.chmod(0o755)
    monkeypatch.setenv("PATH", f"{feeds.parent}:{os.environ['PATH']}")
    script = tmp_path / "feeds.bash"
    script.write_bytes(run(*FEEDS, "completion", "bash").stdout)

    def complete(*words: str) -> list[str]:
        told = run("bash", "--norc", "-c", _TYPE, "bash", str(script), "feeds", *words)
        return told.stdout.decode().split()

    return complete


def test_bash_completes_a_command(completed) -> None:
    assert completed("exp") == ["export"]


def test_bash_completes_a_document_of_a_folder(completed, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    assert completed("export", str(tmp_path), "ro") == ["robots.txt"]
