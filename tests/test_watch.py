"""The thread that looks at the folder: how often, and what it says."""

import logging
from datetime import timedelta

import pytest

from feeds import dates
from feeds.watch import Watch
from tests.conftest import write


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.WARNING, "feeds")
    return lambda: [record.getMessage() for record in caplog.records]


def test_it_says_what_breaks_and_what_is_mended_once_each(make_site, said):
    site = make_site({"a.md": "# A"})
    watch = Watch(site)
    write(site.folder, {"a.md": "---\ntitle: open"})
    watch.look()
    watch.look()
    broken = "a.md:1: the header has no end (close it with a line of ---)"
    assert said() == [broken]
    write(site.folder, {"a.md": "# A again"})
    watch.look()
    assert said() == [broken, f"mended: {broken}"]


def test_it_says_nothing_of_what_was_known_at_the_start(make_site, said):
    watch = Watch(make_site({"a.md": "---\ntitle: open"}))
    watch.look()
    assert said() == []


def test_it_goes_on_after_a_fault(make_site, said, monkeypatch):
    site = make_site({"a.md": "# A"})
    watch = Watch(site)

    def fail():
        raise RuntimeError("oops")

    monkeypatch.setattr(site, "refresh", fail)
    assert watch.look() > 0
    assert said() == ["the folder could not be read anew; what was known stays"]
    assert watch.last is None


def test_it_knows_when_it_looked_last(make_site):
    site = make_site({"a.md": "# A"})
    watch = Watch(site)
    watch.look()
    assert watch.last is not None
    assert watch.last.at == site.clock()
    assert watch.last.seconds > 0


def test_a_large_folder_is_looked_at_less_often(make_site):
    watch = Watch(make_site({"a.md": "# A"}))
    assert watch._pause(0.001) == 0.5
    assert watch._pause(1.0) == 20.0


def test_who_writes_has_a_small_folder_looked_at_more_often(make_site):
    watch = Watch(make_site({"a.md": "# A"}), often=0.25)
    assert watch._pause(0.001) == 0.25
    assert watch._pause(1.0) == 20.0


def test_it_rests_no_longer_when_a_file_comes(make_site):
    site = make_site({"a.md": "# A"})
    watch = Watch(site)
    write(site.folder, {"b.md": "# B"})
    watch.rest(3600)
    assert site.refresh()


@pytest.mark.parametrize("path", ["new.md", "old/new.md", "feeds.toml"])
def test_a_site_is_touched_by_what_comes(make_site, path):
    site = make_site({"old/a.md": "# A"})
    site.refresh()  # its own ledger came
    assert not site.is_touched()
    write(site.folder, {path: ""})
    assert site.is_touched()


def test_it_wakes_for_the_next_scheduled_article(make_site):
    soon = dates.now() + timedelta(seconds=0.2)
    site = make_site(
        {"a.md": f"---\ndate: {dates.now() + timedelta(seconds=2)}\n---\nx"}, now=soon
    )
    assert site.edition.due is not None
    assert Watch(site)._pause(1.0) < 3
