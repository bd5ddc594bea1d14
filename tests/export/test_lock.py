"""One export at a time: who comes second waits, and knows what is newer then."""

import threading

import pytest

from feeds.export import export
from feeds.export.lock import alone_in
from tests.conftest import write


@pytest.fixture
def site(make_site):
    return make_site({"a.md": "---\ndate: 2026-01-01\n---\na"})


def test_who_is_alone_waits_for_nobody(tmp_path):
    with alone_in(tmp_path, pytest.fail) as has_waited:
        assert not has_waited
    with alone_in(tmp_path, pytest.fail) as has_waited:
        assert not has_waited


def test_who_comes_second_says_so_and_waits(site, out):
    out.mkdir()
    told = threading.Event()
    second = threading.Thread(
        target=export, args=(site, out), kwargs={"waiting": told.set}
    )
    with alone_in(out, pytest.fail):
        second.start()
        assert told.wait(10)
        assert not any(out.iterdir())
    second.join(10)
    assert (out / "rss.xml").exists()


def test_who_has_waited_looks_at_the_folder_again(site, out):
    out.mkdir()
    told = threading.Event()
    second = threading.Thread(
        target=export, args=(site, out), kwargs={"waiting": told.set}
    )
    with alone_in(out, pytest.fail):
        second.start()
        assert told.wait(10)
        write(site.folder, {"b.md": "---\ndate: 2026-01-02\n---\nnews"})
    second.join(10)
    assert b"news" in (out / "rss.xml").read_bytes()
