"""What the tests share: sites made of files, at an instant of their own."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import is_hypothesis_test

from feeds.site import Site
from feeds.web import app_of

#: When every test is, unless it says otherwise.
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
#: Material beside the project; tests that use it skip where it is absent.
SHARED = ROOT.parent / "shared"

Files = Mapping[str, str | bytes]
MakeSite = Callable[..., Site]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write the golden files anew"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Properties are tried on many examples, and that takes time: they are thorough."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what this user's own sites keep, or is told."""
    with pytest.MonkeyPatch.context() as patch:
        for home in ("STATE", "CACHE"):
            patch.setenv(f"XDG_{home}_HOME", str(tmp_path_factory.mktemp(home)))
        for name in [name for name in os.environ if name.startswith("FEEDS_")]:
            patch.delenv(name)
        yield


def write(folder: Path, files: Files) -> Path:
    """Write `files` (path -> content) below `folder`."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        place.write_bytes(data)
    return folder


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """make_site({"a.md": "...", "feeds.toml": "..."}) -> Site, at NOW."""

    def make(files: Files, now: datetime = NOW, **settings: object) -> Site:
        write(tmp_path / "site", files)
        settings = {"clock": lambda: now, "ahead": True, **settings}
        return Site(tmp_path / "site", **settings)  # type: ignore[arg-type]

    return make


class Client(FlaskClient):
    """A client that reads every answer whole, and so lets go of files."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


def client_for(site: Site, lookup: bool = True) -> FlaskClient:
    """A client for a site that is served but not watched."""
    app = app_of(site, watch=False, lookup=lookup)
    app.test_client_class = Client
    return app.test_client()


@pytest.fixture
def client_of() -> Callable[[Site], FlaskClient]:
    """`client_for`, for those who would rather not import it."""
    return client_for


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the sample site as it is served, long after its last article."""
    copy = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ROOT / "data", copy)
    return Site(copy, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture
def sample_client(sample: Site, client_of) -> FlaskClient:
    return client_of(sample)
