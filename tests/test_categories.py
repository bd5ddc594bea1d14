"""Apple's categories by their names, as people write them."""

import pytest

from feeds.categories import CATEGORIES, category, nearest

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_category_is_itself(name):
    assert category(name) == name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("arts", "Arts"),
        ("Kids and Family", "Kids & Family"),
        ("comedy>stand up", "Comedy > Stand-Up"),
        ("Education / How-To", "Education > How To"),
    ],
)
def test_case_and_signs_do_not_matter(name, meant):
    assert category(name) == meant


@pytest.mark.parametrize("name", ["", "Books", "Arts > Parenting", "Podcasting", ">"])
def test_what_apple_does_not_have_is_none(name):
    assert category(name) == ""


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Books", "Arts > Books"),
        ("Buisness", "Business"),
        ("Sport", "Sports"),
        ("Society & Culture > Philosofy", "Society & Culture > Philosophy"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_the_nearest_category_is_proposed(name, near):
    assert nearest(name) == near
