"""What feeds.toml can say of a podcast, and how its faults are told."""

import tomllib

import pytest

from feeds.feed import Author, Funding, Person, Podcast
from feeds.podcasts import read_podcast
from feeds.tables import Faults

GUID = "5b7e0a1c-3a52-4c0e-9d53-0f6a4f0c7b11"


def read(toml: str) -> Podcast | None:
    return read_podcast(tomllib.loads(toml))


def test_true_is_a_podcast_and_false_is_none():
    assert read_podcast(True) == Podcast()
    assert read_podcast(False) is None


def test_every_key():
    found = read(
        f"""
        category = ["Arts > Books", "History"]
        explicit = true
        type = "serial"
        owner = {{ name = "Ann", email = "a@ann.example" }}
        locked = true
        complete = true
        medium = "audiobook"
        guid = "{GUID}"
        funding = "https://ann.example/give/"
        persons = ["Ann"]
        """
    )
    assert found == Podcast(
        guid=GUID,
        categories=("Arts > Books", "History"),
        explicit=True,
        kind="serial",
        owner=Author("Ann", "a@ann.example"),
        locked=True,
        complete=True,
        medium="audiobook",
        funding=(Funding("https://ann.example/give/"),),
        persons=(Person("Ann"),),
    )


@pytest.mark.parametrize(
    ("toml", "field", "value"),
    [
        ('category = "arts"', "categories", ("Arts",)),
        ('owner = "Ann"', "owner", Author("Ann")),
        (f'guid = "{GUID.upper()}"', "guid", GUID),
        (
            'funding = { url = "https://a.example/", text = "Give" }',
            "funding",
            (Funding("https://a.example/", "Give"),),
        ),
        (
            'funding = ["https://a.example/", { url = "https://b.example/" }]',
            "funding",
            (Funding("https://a.example/"), Funding("https://b.example/")),
        ),
        ('persons = "Ann"', "persons", (Person("Ann"),)),
        (
            'persons = [{ name = "Ann", role = "Guest", group = "Cast", '
            'image = "https://a.example/b.png", url = "https://a.example/" }]',
            "persons",
            (
                Person(
                    "Ann",
                    "guest",
                    "cast",
                    "https://a.example/b.png",
                    "https://a.example/",
                ),
            ),
        ),
    ],
)
def test_a_value_can_be_written_in_several_ways(toml, field, value):
    assert getattr(read(toml), field) == value


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('kategory = "Arts"', "unknown key 'kategory' in [podcast] "
         "(did you mean category?)"),
        ('category = "Books"', "none of Apple's categories: 'Books' "
         "(did you mean 'Arts > Books'?)"),
        ('category = "xyzzy"', "none of Apple's categories: 'xyzzy' "
         '(write it as "Arts > Books")'),
        ('explicit = "clean"', "neither true nor false: 'clean' "
         "(write true or false)"),
        ('type = "weekly"', "unknown value 'weekly' (write episodic or serial)"),
        ('guid = "1"', "not a UUID: '1' "
         "(leave it out, unless the podcast has one already)"),
        ('funding = "ann"', "not an address: 'ann' "
         "(write it as https://example.org/page/)"),
        ('funding = { href = "x" }', "not a page for funding: {'href': 'x'} "
         '(write { url = "https://…", text = "Help us" })'),
        ("funding = { url = 'https://a.example/', text = '" + "a" * 129 + "' }",
         f"too long a text: '{'a' * 39}… (at most 128 characters)"),
        ("persons = [3]", "not text: 3 (write it in quotes, \"so\")"),
        ('persons = [{ role = "host" }]', "an empty name "
         '(write "a", or ["a", "b"] for several)'),
        ('persons = { name = "A", image = "a.png" }', "not an address: 'a.png' "
         "(write it as https://example.org/page/)"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_remedy(toml, fault):
    with pytest.raises(Faults) as caught:
        read(toml)
    (told,) = caught.value.faults
    assert f"{told.found} ({told.fix})" == fault


def test_each_fault_has_the_path_of_its_key():
    with pytest.raises(Faults) as caught:
        read_podcast({"type": "x", "guid": "y"}, "feeds.a.podcast")
    assert [fault.path for fault in caught.value.faults] == [
        "feeds.a.podcast.type",
        "feeds.a.podcast.guid",
    ]
