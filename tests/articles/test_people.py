"""People, as text, as mappings, and by the keys that a site knows them by."""

import pytest

from feeds.articles.people import author, authors, persons
from feeds.feed import Author, Person
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


def heard(known=None, **told):
    return persons({key: Fact(value, 3) for key, value in told.items()}, known or {})


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("hosts", "host"),
        ("host", "host"),
        ("guests", "guest"),
        ("guest", "guest"),
        ("persons", ""),
        ("people", ""),
    ],
)
def test_who_is_heard_has_the_role_that_the_key_tells(key, role):
    assert heard(**{key: "Ann"}) == (Person("Ann", role),)


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("Ann Lee <ann@example.org>", Person("Ann Lee")),
        ({"Name": "Ann", "ROLE": "Sound Editor"}, Person("Ann", "sound editor")),
        ({"name": "Ann", "group": "Cast"}, Person("Ann", "", "cast")),
        ({"name": "Ann", "image": "a.png"}, Person("Ann", image="a.png")),
        ({"name": "Ann", "img": "a.png"}, Person("Ann", image="a.png")),
        (
            {"name": "Ann", "href": "http://a.example"},
            Person("Ann", url="http://a.example/"),
        ),
        (
            {"name": "Ann", "url": "http://a.example"},
            Person("Ann", url="http://a.example/"),
        ),
        ({"name": "Ann", "href": "javascript:x"}, Person("Ann")),
    ],
)
def test_one_who_is_heard(value, person):
    assert heard(persons=[value]) == (person,)


@pytest.mark.parametrize("value", ["", "true", "no", "4", None, [None], {}, {"a": "b"}])
def test_nobody_is_heard(value):
    assert heard(people=value) == ()


def test_several_who_are_heard_are_a_list_or_parted_by_commas():
    two = (Person("Ann Lee", "host"), Person("Ben", "host"))
    assert heard(hosts="Ann Lee, Ben") == two
    assert heard(hosts=["Ann Lee", "Ben", "Ann Lee"]) == two


def test_a_mapping_alone_is_one_who_is_heard():
    assert heard(guests={"name": "Ann"}) == (Person("Ann", "guest"),)


def test_hosts_are_named_before_guests_and_guests_before_the_rest():
    found = heard(people="Cyd", guests="Ben", hosts="Ann")
    assert [person.name for person in found] == ["Ann", "Ben", "Cyd"]


def test_a_guest_is_a_guest_whatever_the_trade():
    guest = {"name": "Ann", "role": "Engineer"}
    assert heard(guests=[guest]) == (Person("Ann", "guest"),)


def test_who_is_heard_may_be_named_by_a_key_of_the_site():
    assert heard(KNOWN, hosts="ann") == (
        Person("Ann Lee", "host", url="https://ann.example/"),
    )
