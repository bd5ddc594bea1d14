"""People, as text, as mappings, and by the keys that a site knows them by."""

import pytest

from feeds.articles.people import author, authors
from feeds.feed import Author
from feeds.notation import Fact

ANN = Author("Ann Lee", "ann@example.org", "https://ann.example/")
KNOWN = {"ann": ANN, "ben": Author("Ben")}


def named(value, known=None, key="author"):
    found, faults = authors({key: Fact(value, 3)}, known or {})
    return found, [(fault.found, fault.fix, fault.line, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("Ann", Author("Ann")),
        ("  Ann \n Lee ", Author("Ann Lee")),
        ("Ann Lee <ann@example.org>", Author("Ann Lee", "ann@example.org")),
        ("<ann@example.org>", Author("ann@example.org", "ann@example.org")),
        ("Ann <at home>", Author("Ann <at home>")),
        ("Ann <ann>", Author("Ann <ann>")),
        ("Lee, Ann", Author("Lee, Ann")),
        ({"name": "Ann"}, Author("Ann")),
        ({"Name": "Ann", "EMAIL": "a@b.example"}, Author("Ann", "a@b.example")),
        ({"email": "a@b.example"}, Author("a@b.example", "a@b.example")),
        ({"display_name": "Ann", "web": "ann.example"}, Author("Ann")),
        (
            {"name": "Ann", "url": "http://ann.example"},
            Author("Ann", "", "http://ann.example/"),
        ),
        (
            {"name": "Ann", "uri": "", "website": "http://b.example/"},
            Author("Ann", "", "http://b.example/"),
        ),
        ({"name": "Ann", "url": "javascript:x"}, Author("Ann")),
        ({"name": ["Ann"]}, None),
        ({"url": "http://ann.example"}, None),
        ({}, None),
        ("", None),
        (" ", None),
        (None, None),
        (["Ann"], None),
    ],
)
def test_one_person(value, person):
    assert author(value) == person


@pytest.mark.parametrize("key", ["authors", "author", "byline", "creator"])
def test_people_are_named_by_any_of_the_keys(key):
    assert named(["Ann", {"name": "Ben"}, "", None, [], "Ann"], key=key) == (
        (Author("Ann"), Author("Ben")),
        [],
    )


def test_nobody_is_named():
    assert authors({}, KNOWN) == ((), [])
    assert named("", KNOWN) == ((), [])
    assert named([], KNOWN) == ((), [])


def test_a_person_whom_the_site_knows_is_named_by_a_key():
    assert named(" ANN ", KNOWN) == ((ANN,), [])
    assert named(["ben", "ann"], KNOWN) == ((Author("Ben"), ANN), [])


def test_a_key_and_a_name_of_one_person_are_one():
    assert named(["ben", "Ben"], KNOWN) == ((Author("Ben"),), [])


def test_a_key_that_the_site_does_not_know_is_a_fault_and_a_name():
    found, faults = named(["ann", "bne"], KNOWN)
    assert found == (ANN, Author("bne"))
    assert faults == [("no author 'bne'", "known: ann, ben", 3, "author")]


def test_a_whole_name_is_no_key_that_is_missed():
    assert named("Cyd Moor", KNOWN) == ((Author("Cyd Moor"),), [])
    assert named({"name": "Ann", "email": "a@b.example"}, KNOWN)[1] == []


def test_without_a_table_of_authors_no_key_is_missed():
    assert named("bne") == ((Author("bne"),), [])
