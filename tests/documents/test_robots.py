"""What robots are told, read as a robot reads it."""

from urllib.robotparser import RobotFileParser

import pytest

from feeds.documents import robots

SITEMAP = "https://a.example/sitemap.xml"


@pytest.fixture
def robot() -> RobotFileParser:
    reader = RobotFileParser()
    reader.parse(robots.render(SITEMAP).decode().splitlines())
    return reader


@pytest.mark.parametrize("name", ["Googlebot", "anything/1.0"])
@pytest.mark.parametrize("path", ["", "feeds.opml", "2026/hello/?a=1"])
def test_every_robot_may_read_everything(robot, name, path):
    assert robot.can_fetch(name, f"https://a.example/{path}")


def test_a_robot_finds_the_sitemap(robot):
    assert robot.site_maps() == [SITEMAP]


def test_it_says_nothing_else():
    assert robots.render(SITEMAP).decode().splitlines() == [
        "User-agent: *",
        "Disallow:",
        "",
        f"Sitemap: {SITEMAP}",
    ]


def test_its_last_line_is_ended():
    assert robots.render(SITEMAP).endswith(b"\n")


def test_its_media_type_is_plain_text():
    assert robots.MEDIA_TYPE == "text/plain; charset=utf-8"
