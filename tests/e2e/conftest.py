"""Sites that are really served, in an environment of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.programs import FEEDS, Server, sample_in, started, write

Serve = Callable[..., Server]


@pytest.fixture(scope="package", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No program reads or writes this user's files, or asks a proxy."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in "HOME TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME".split():
            patch.setenv(name, str(home))
        for name in "XDG_STATE_HOME XDG_RUNTIME_DIR".split():
            patch.setenv(name, str(home))
        for (
            name
        ) in "FOLDER BASE_URL TITLE DESCRIPTION ID AUTHOR LANGUAGE LIMIT".split():
            patch.delenv(f"FEEDS_{name}", raising=False)
        patch.setenv("NO_PROXY", "*")
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """serve() serves a copy of the sample site, serve({"a.md": "…"}) these files."""
    with ExitStack() as stack:

        def start(files: dict[str, str] | None = None, *flags: str) -> Server:
            folder = tmp_path / "site"
            if files is None:
                sample_in(folder)
            else:
                write(folder, files)
            command = (*FEEDS, "serve", str(folder), "-p", "0", *flags)
            return stack.enter_context(started(command, folder, tmp_path / "serve"))

        yield start


@pytest.fixture(scope="package")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample site, served once for all tests that only read."""
    place = tmp_path_factory.mktemp("sample")
    folder = sample_in(place / "site")
    command = (*FEEDS, "serve", str(folder), "-p", "0")
    with started(command, folder, place / "serve") as server:
        yield server
