"""An export that is killed, starved or not alone: no file is ever half there."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.programs import FEEDS, PATIENCE, needs, run, wait_for, write

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9"),
]
_FLAGS = ("--base-url", "https://folderfeed.example/blog/", "--compress")
_OWN = re.compile(r"\.feeds-export(\.part)?")
# Sends itself a signal just before it does a thing of some number to a folder.
_STOPPING = """
import os, sys

folder, number, left = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
doing = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.utime"}

def hear(event, arguments):
    global left
    if event in doing and folder in str(arguments):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), number)

sys.addaudithook(hear)
from feeds.cli import main
try:
    main(sys.argv[4:])
finally:
    print(-left, file=sys.stderr)
"""


def site_in(folder: Path, version: int) -> Path:
    """A site of which each version has other articles, texts and pictures."""
    texts = {
        f"{n}.md": f"---\ndate: 2026-01-{n + 1:02}\n---\n" + f"v{version} " * 500
        for n in range(version, version + 6)
    }
    return write(folder, {**texts, "big.svg": f"<svg>{version}</svg>" * 50_000})


def files(out: Path) -> dict[str, bytes]:
    """Every exported file, by its path."""
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file() and not _OWN.fullmatch(file.name)
    }


def own_files(out: Path) -> set[str]:
    """What an export leaves for itself."""
    return {file.name for file in out.iterdir() if _OWN.fullmatch(file.name)}


def exporting(folder: Path, out: Path) -> tuple[str, ...]:
    return ("export", str(folder), "-o", str(out), *_FLAGS)


def stopping(number: int, at: int, folder: Path, out: Path) -> tuple[str, ...]:
    """A command that exports, and sends itself a signal on the way."""
    program = (sys.executable, "-c", _STOPPING, str(out), str(int(number)), str(at))
    return (*program, *exporting(folder, out))


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is killed at the end, if it is there still."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.thorough
def test_killed_at_any_moment_each_file_is_old_or_new(tmp_path: Path) -> None:
    old, new, out = (tmp_path / name for name in ("old", "new", "out"))
    site, later = site_in(tmp_path / "site", 0), site_in(tmp_path / "later", 1)
    run(*FEEDS, *exporting(site, old))
    run(*FEEDS, *exporting(later, new))
    before, wanted = files(old), files(new)
    shutil.copytree(old, out)
    steps = int(run(*stopping(signal.SIGKILL, 0, later, out)).stderr)
    assert steps > 100
    for at in range(1, steps, steps // 20):
        shutil.rmtree(out)
        shutil.copytree(old, out)
        run(*stopping(signal.SIGKILL, at, later, out), code=-signal.SIGKILL)
        for path, body in files(out).items():
            assert body in (before.get(path), wanted.get(path)), (at, path)
        assert files(out).keys() >= before.keys() & wanted.keys(), at
        run(*FEEDS, *exporting(later, out))
        assert files(out) == wanted, at
        assert own_files(out) == {".feeds-export"}, at


def test_a_second_export_says_that_it_waits_until_the_first_is_killed(
    tmp_path: Path,
) -> None:
    site, out = site_in(tmp_path / "site", 1), tmp_path / "out"
    with started(*stopping(signal.SIGSTOP, 20, site, out)) as first:
        wait_for((out / "big.svg").exists, "the first is under way")
        with started(*FEEDS, *exporting(site, out)) as second:
            assert second.stderr is not None
            said = second.stderr.readline().decode()
            assert said == f"waiting for another export into {out}\n"
            assert second.poll() is None
            first.kill()
            assert second.wait(PATIENCE) == 0
    assert (out / "rss.xml").exists()
    assert own_files(out) == {".feeds-export"}


def test_an_export_that_follows_the_folder_ends_well_with_ctrl_c(
    tmp_path: Path,
) -> None:
    site, out = site_in(tmp_path / "site", 1), tmp_path / "out"
    page = out / "later/index.html"
    with started(*FEEDS, *exporting(site, out), "--watch") as process:
        assert process.stdout is not None
        assert b" written, 0 unchanged, 0 removed" in process.stdout.readline()
        assert process.stdout.readline() == b"Ctrl-C stops it.\n"
        write(site, {"later.md": "---\ndate: 2026-01-01\n---\nlater"})
        wait_for(page.exists, "the new article")
        assert b" written, " in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_a_file_that_cannot_be_written_whole_is_not_written(tmp_path: Path) -> None:
    site, out = site_in(tmp_path / "site", 1), tmp_path / "out"
    run(*FEEDS, *exporting(site, out))
    before = files(out)
    write(site, {"big.svg": "<svg>new</svg>" * 60_000})
    limited = ("sh", "-c", 'ulimit -f 200; exec "$@"', "sh")
    done = run(*limited, *FEEDS, *exporting(site, out), code=1)
    fix = "free some; each file is as it was, or new"
    assert done.stderr.decode() == f"{out}/big.svg: file too large ({fix})\n"
    assert files(out) == before
    assert own_files(out) == {".feeds-export"}


def mounted(script: str, *arguments: str) -> tuple[str, ...]:
    """A command that runs a shell script which may mount, seen by nobody else."""
    return ("unshare", "-rm", "sh", "-ec", script, *arguments)


@pytest.fixture
def mounts() -> None:
    """Skip where this user may not mount anything."""
    may = subprocess.run(
        mounted('mount -t tmpfs none "$0"', "/mnt"), capture_output=True, check=False
    )
    if may.returncode:
        pytest.skip("nothing can be mounted here")


@needs("unshare", "mount")
@pytest.mark.usefixtures("mounts")
def test_a_full_disk_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    site, out, copy = (tmp_path / name for name in ("site", "out", "copy"))
    site_in(site, 1)
    run(*FEEDS, *exporting(site, copy))
    before = files(copy)
    write(
        site,
        {f"{n}.md": "---\ndate: 2026-02-01\n---\n" + "x" * 9999 for n in range(99)},
    )
    out.mkdir()
    full = (
        'mount -t tmpfs -o size=1400k none "$0"; cp -a "$1/." "$0"; copy="$1"; shift; '
        'code=0; "$@" || code=$?; rm -r "$copy"; cp -a "$0" "$copy"; exit $code'
    )
    command = mounted(full, str(out), str(copy), *FEEDS, *exporting(site, out))
    said = run(*command, code=1).stderr.decode()
    assert re.fullmatch(
        rf"{out}/\S+: no space left on device \(free some; .*\)\n", said
    )
    after = files(copy)
    assert own_files(copy) == {".feeds-export"}
    run(*FEEDS, *exporting(site, copy))
    wanted = files(copy)
    assert after.keys() < wanted.keys()
    for path, body in after.items():
        assert body in (before.get(path), wanted[path]), path
    assert before.keys() <= after.keys()


@needs("unshare", "mount")
@pytest.mark.usefixtures("mounts")
def test_a_folder_that_is_read_only_is_named(tmp_path: Path) -> None:
    site, out = site_in(tmp_path / "site", 1), tmp_path / "out"
    out.mkdir()
    locked = 'mount -t tmpfs -o ro none "$0"; exec "$@"'
    command = mounted(locked, str(out), *FEEDS, *exporting(site, out))
    said = run(*command, code=1).stderr.decode()
    fix = "make it writable, or choose another folder"
    assert said == f"{out}: read-only file system ({fix})\n"
