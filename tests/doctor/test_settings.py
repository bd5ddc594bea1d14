"""What the doctor finds in feeds.toml and the environment."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.doctor import settings
from feeds.doctor.finding import Finding
from tests.conftest import write


def only(found) -> Finding:
    (finding,) = found
    return finding


@pytest.mark.parametrize(
    ("address", "level", "found"),
    [
        ("https://ann.example/", "ok", "https://ann.example/"),
        ("http://ann.example/", "note", "http://ann.example/ is not encrypted"),
        (
            "http://localhost:8000/",
            "wrong",
            "http://localhost:8000/ is no address for others",
        ),
        (
            "https://192.168.1.7/",
            "wrong",
            "https://192.168.1.7/ is no address for others",
        ),
        (
            "https://nas.local/",
            "wrong",
            "https://nas.local/ is no address for others",
        ),
        ("", "wrong", "not set: every address starts with http://localhost:8000/"),
    ],
)
def test_the_address_must_be_one_for_others(make_site, address, level, found):
    site = make_site({"feeds.toml": f'base_url = "{address}"' if address else ""})
    told = only(settings.base_url(site))
    assert (told.level, told.found) == (level, found)


def test_an_id_stays(make_site):
    site = make_site({"feeds.toml": 'id = "tag:ann.example,2026:"'})
    assert only(settings.site_id(site)).level == "ok"


def test_without_an_id_the_one_is_proposed_that_changes_nothing(make_site):
    site = make_site({"feeds.toml": 'base_url = "https://ann.example"'})
    told = only(settings.site_id(site))
    assert told.level == "note"
    assert 'id = "https://ann.example/"' in told.fix


def test_without_an_address_either_the_form_of_an_id_is_told(make_site):
    assert (
        'id = "tag:example.org,2026:"'
        in only(settings.site_id(make_site({"a.md": "x"}))).fix
    )


@pytest.mark.parametrize(
    ("hosts", "level"),
    [('["ann.example"]', "ok"), ('["www.ann.example"]', "wrong"), ("[]", "ok")],
)
def test_the_sites_own_host_must_be_among_its_hosts(make_site, hosts, level):
    toml = f'base_url = "https://ann.example/"\nhosts = {hosts}'
    assert only(settings.hosts(make_site({"feeds.toml": toml}))).level == level


@pytest.mark.parametrize(
    ("zone", "hours", "level"),
    [
        ("UTC", 0, "ok"),
        ("UTC", 9, "note"),
        ("Asia/Tokyo", 9, "ok"),
    ],
)
def test_where_clocks_differ_the_time_zone_should_be_told(
    make_site, monkeypatch, zone, hours, level
):
    class Here(datetime):
        def astimezone(self, tz=None):
            return super().astimezone(tz or timezone(timedelta(hours=hours)))

    site = make_site({"feeds.toml": f'timezone = "{zone}"'})
    monkeypatch.setattr(site, "clock", lambda: Here(2026, 1, 1, tzinfo=UTC))
    assert only(settings.time_zone(site)).level == level


@pytest.mark.parametrize(
    ("name", "level", "told"),
    [
        ("FEEDS_TITLE", "note", "FEEDS_TITLE: goes before title in feeds.toml"),
        ("FEEDS_LIMIT", "ok", "FEEDS_LIMIT: counts"),
        ("FEEDS_FOLDER", "ok", "FEEDS_FOLDER: counts"),
        ("FEEDS_BASEURL", "note", "nobody reads it (did you mean FEEDS_BASE_URL?)"),
        ("FEEDS_HOSTS", "note", "nobody reads it (write hosts into feeds.toml)"),
        ("FEEDS_XYZZY", "note", "FEEDS_XYZZY: nobody reads it (unset it)"),
    ],
)
def test_what_the_environment_says_is_told(tmp_path, monkeypatch, name, level, told):
    write(tmp_path, {"feeds.toml": 'title = "Ann"'})
    monkeypatch.setenv(name, "1")
    found = only(settings.environment(tmp_path))
    assert found.level == level
    assert told in str(found)
