"""Sites that are really served, in an environment of their own, and a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds.site import Site
from tests.e2e.browser import ALONE, Tab, opened, without_scripts
from tests.e2e.gallery import FEED_TYPES, every_page_type, gallery_in
from tests.e2e.programs import (
    FEEDS,
    PATIENCE,
    Server,
    free_port,
    sample_in,
    started,
    write,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[[str], "Page"]
Serve = Callable[..., Server]
#: A folder whose pages are looked at in place of the gallery's, if any.
OTHER = os.environ.get("FEEDS_GALLERY")


@pytest.fixture(scope="package", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No program reads or writes this user's files, or asks a proxy."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in "HOME TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME".split():
            patch.setenv(name, str(home))
        for name in "XDG_STATE_HOME XDG_RUNTIME_DIR".split():
            patch.setenv(name, str(home))
        for name in [name for name in os.environ if name.startswith("FEEDS_")]:
            patch.delenv(name)
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


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site with a page of every type, served once for all tests."""
    place = tmp_path_factory.mktemp("gallery")
    folder = place / "site"
    if OTHER:
        shutil.copytree(OTHER, folder)
    else:
        gallery_in(folder)
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/"
    command = (*FEEDS, "serve", str(folder), "-p", port, "--base-url", url)
    with started(command, folder, place / "serve", url) as server:
        yield server


@pytest.fixture(scope="package")
def pages(gallery: Server) -> dict[str, str]:
    """The address of one page of each type, by the type's name."""
    paths = every_page_type(Site(gallery.folder))
    return {kind: gallery.url + path for kind, path in paths.items()}


@pytest.fixture(scope="package")
def chromium() -> "Iterator[Browser]":
    """One Chromium for all tests, which can reach this machine alone."""
    playwright = pytest.importorskip("playwright.sync_api")
    if (program := shutil.which("chromium")) is None:
        pytest.skip("not installed: chromium")
    with playwright.sync_playwright() as started_playwright:
        chromium = started_playwright.chromium
        browser = chromium.launch(executable_path=program, args=[ALONE])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: "Browser") -> Iterator[Open]:
    """open_page(url) is that page as anybody has it, with its scripts."""
    context = chromium.new_context()
    context.set_default_timeout(1000 * PATIENCE)

    def open_at(url: str) -> "Page":
        page = context.new_page()
        page.goto(url)
        return page

    yield open_at
    context.close()


@pytest.fixture(scope="package")
def tabs(chromium: "Browser", pages: dict[str, str]) -> Callable[[str], Tab]:
    """tabs("archive"): a page of that type, opened once and without scripts."""
    # XML cannot say that it suits a telephone, so a feed is laid out for a desk.
    desk, telephone = (
        without_scripts(chromium, is_mobile=is_mobile) for is_mobile in (False, True)
    )
    return cache(
        lambda kind: opened(desk if kind in FEED_TYPES else telephone, pages[kind])
    )


@pytest.fixture
def kind(request: pytest.FixtureRequest, pages: dict[str, str]) -> str:
    """The type of page that a test is about."""
    if request.param not in pages:
        pytest.skip(f"this site has none: {request.param}")
    return str(request.param)


@pytest.fixture
def tab(tabs: Callable[[str], Tab], kind: str) -> Tab:
    """The page of that type, open."""
    return tabs(kind)
