"""Licences by their names, as people write them, and by their addresses."""

import pytest

from feeds.licenses import address

pytestmark = pytest.mark.thorough

HOME = "https://creativecommons.org/"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("CC BY-SA 4.0", "licenses/by-sa/4.0/"),
        ("CC-BY-4.0", "licenses/by/4.0/"),
        ("cc-by-nc-nd-4.0", "licenses/by-nc-nd/4.0/"),
        ("cc_by_nc_sa_2.5", "licenses/by-nc-sa/2.5/"),
        ("CC BY 3.0 Unported", "licenses/by/3.0/"),
        ("CC  BY - ND", "licenses/by-nd/4.0/"),
        ("cc-by", "licenses/by/4.0/"),
        (
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 "
            "International License",
            "licenses/by-nc-sa/4.0/",
        ),
        ("CC0", "publicdomain/zero/1.0/"),
        ("cc-0", "publicdomain/zero/1.0/"),
        ("CC0 1.0 Universal", "publicdomain/zero/1.0/"),
        ("cc-zero-1.0", "publicdomain/zero/1.0/"),
    ],
)
def test_the_name_of_a_creative_commons_licence_has_its_address(name, path):
    assert address(name) == HOME + path


@pytest.mark.parametrize(
    "url", ["https://example.org/licence?v=2#b", "http://example.org/"]
)
def test_an_address_is_its_own(url):
    assert address(f" {url} ") == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MIT",
        "All rights reserved",
        "CC",
        "CC BY-XX 4.0",
        "CC BY 9.0",
        "CC BY-ND-SA 4.0",
        "CC BY 4.0 but for the pictures",
        "/licence/",
        "https://example.org/ and more",
        "javascript:x",
        "mailto:ann@example.org",
        "https://[",
    ],
)
def test_other_words_have_none(text):
    assert address(text) == ""
