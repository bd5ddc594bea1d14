"""What is told of a served site's health."""

import json
from datetime import timedelta

import pytest

from feeds.watch import Look
from feeds.web.health import health
from tests.conftest import NOW

FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\nicon = "lost.png"\n',
    "a.md": "---\ntitle: A\ndate: 2026-02-01\n---\na\n",
    "b.md": "---\ntitle: B\ndate: 2026-02-02\n---\nb\n",
    "secret.md": "---\ntitle: open",
}


@pytest.fixture
def site(make_site):
    return make_site(FILES)


def test_all_is_told_in_this_order(site):
    look = Look(NOW - timedelta(seconds=2.9), 0.1)
    assert health(site, NOW, look) == (
        '{"status": "ok", "articles": 2, "problems": {"error": 1, "warning": 1},'
        ' "scanned_seconds_ago": 2}\n'
    )


def test_a_site_that_is_not_watched_is_well(site):
    told = json.loads(health(site, NOW, None))
    assert (told["status"], told["scanned_seconds_ago"]) == ("ok", None)


def test_a_folder_in_which_all_is_broken_is_still_served(make_site):
    site = make_site({"a.md": FILES["secret.md"]})
    told = json.loads(health(site, NOW, Look(NOW, 0.1)))
    assert (told["status"], told["articles"]) == ("ok", 0)


def test_nothing_was_looked_at_in_the_future(site):
    later = Look(NOW + timedelta(hours=1), 0.1)
    assert json.loads(health(site, NOW, later))["scanned_seconds_ago"] == 0


def test_no_name_of_a_file_is_told(site):
    assert site.problems
    told = health(site, NOW, None)
    assert not [problem.path for problem in site.problems if problem.path in told]
