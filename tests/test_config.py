"""feeds.toml: what it may say, what goes before it, and how faults are told."""

import os

import pytest

from feeds.config import LOCAL, Config, read_config, starter
from feeds.errors import ConfigError
from feeds.feed import Author
from tests.conftest import write


def read(folder, toml="", environ=None, **flags):
    return read_config(write(folder, {"feeds.toml": toml}), environ or {}, flags)


def faults(folder, toml) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(folder, toml)
    return str(caught.value).splitlines()


def test_no_file_means_defaults_and_the_folders_name(tmp_path):
    folder = tmp_path / "my-notes"
    folder.mkdir()
    assert read_config(folder, {}) == Config(title="My notes")


def test_every_key(tmp_path):
    config = read(
        tmp_path,
        """
        title = "Ann's notes"
        description = "Small machines."
        base_url = "https://ann.example/blog"
        id = "tag:ann.example,2026"
        author = { name = "Ann", email = "a@ann.example", uri = "https://ann.example/" }
        language = "pt-BR"
        limit = 50
        """,
    )
    assert config == Config(
        title="Ann's notes",
        description="Small machines.",
        base_url="https://ann.example/blog/",
        id="tag:ann.example,2026:",
        author=Author("Ann", "a@ann.example", "https://ann.example/"),
        language="pt-BR",
        limit=50,
    )


def test_flags_go_before_the_environment_and_that_before_the_file(tmp_path):
    toml = 'title = "file"\ndescription = "file"\nlanguage = "de"\n'
    environ = {"FEEDS_TITLE": "environment", "FEEDS_DESCRIPTION": "environment"}
    config = read(tmp_path, toml, environ, title="flag", language=None)
    assert (config.title, config.description) == ("flag", "environment")
    assert config.language == "de"


def test_a_number_in_the_environment_is_one(tmp_path):
    assert read(tmp_path, "", {"FEEDS_LIMIT": "7"}).limit == 7


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('tilte = "x"', "feeds.toml:1: unknown key 'tilte' (did you mean title?)"),
        ("\nzzz = 1", "feeds.toml:2: unknown key 'zzz' (known: title, description, "
         "base_url, id, author, language, limit, timezone, permalink, authors)"),
        ("title = 3", "feeds.toml:1: not text: 3 (write it in quotes, \"so\")"),
        ('base_url = "ann.example"', "feeds.toml:1: not the address of a site: "
         "'ann.example' (write it as https://example.org/ or "
         "https://example.org/blog/)"),
        ('id = "my site"', "feeds.toml:1: not an absolute URI: 'my site' "
         '(write it as "tag:example.org,2026:")'),
        ('language = "english please"', "feeds.toml:1: not a language tag: "
         "'english please' (write it as \"en\" or \"pt-BR\")"),
        ("limit = 0", "feeds.toml:1: not a number of articles: 0 (write limit = 20)"),
        ("limit = true", "feeds.toml:1: not a number of articles: True "
         "(write limit = 20)"),
        ("limit = 5000", "feeds.toml:1: too many articles for a feed: 5000 "
         "(at most 1000)"),
        ("author = { nam = 'Ann' }", "feeds.toml:1: not an author: {'nam': 'Ann'} "
         '(write { name = "Ann", email = "…", uri = "https://…" })'),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_its_remedy(tmp_path, toml, fault):
    assert faults(tmp_path, toml) == [fault]


def test_all_faults_are_told_at_once(tmp_path):
    found = faults(tmp_path, 'tilte = "x"\nlimit = 0\n\n[author]\nage = 3\n')
    assert [fault.split(": ")[0] for fault in found] == [
        "feeds.toml:1",
        "feeds.toml:2",
        "feeds.toml:4",
    ]


def test_what_is_not_toml_has_its_line(tmp_path):
    (fault,) = faults(tmp_path, 'title = "x"\nid = oops\n')
    assert fault.startswith("feeds.toml:2: not TOML: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "feeds.toml")
    with pytest.raises(ConfigError, match="not a regular file"):
        read_config(tmp_path, {})


def test_the_address_it_is_served_at_is_no_part_of_ids(tmp_path):
    at = "http://localhost:9999/"
    config = read_config(tmp_path, {}, {}, at)
    assert (config.home, config.id_prefix) == (at, LOCAL)
    config = read_config(tmp_path, {}, {"base_url": "https://ann.example/"}, at)
    assert config.home == config.id_prefix == "https://ann.example/"


def test_a_new_feeds_toml_says_what_it_was_asked_to(tmp_path):
    toml = starter(
        'Ann "A" \\ Notes', "https://ann.example/", "tag:ann.example:", "Ann"
    )
    config = read(tmp_path, toml)
    assert config.title == 'Ann "A" \\ Notes'
    assert (config.id, config.author) == ("tag:ann.example:", Author("Ann"))
