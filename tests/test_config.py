"""feeds.toml: what it may say, what goes before it, and how faults are told."""

import json
import os
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import LOCAL, Config, read_config, starter
from feeds.errors import ConfigError
from feeds.feed import Author, Podcast
from feeds.settings import CHECKS
from feeds.wanted import Wanted
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
        rights = "© 2026  Ann"
        license = "CC BY-SA 4.0"
        icon = "media/icon.svg"
        image = "https://ann.example/logo.png?2"
        content = "summary"
        formats = ["atom", "rss"]
        limit = 50
        archives = false
        markdown = true
        timezone = "Europe/Berlin"
        permalink = "/:year/:slug/"
        downloads = 0
        hosts = ["Ann.example", "[::1]"]
        statistics = false
        show_visits = true
        stats = "token"
        podcast = true
        [authors.ben]
        name = "Ben"
        [feeds.audio]
        """,
    )
    assert config == Config(
        title="Ann's notes",
        description="Small machines.",
        base_url="https://ann.example/blog/",
        id="tag:ann.example,2026:",
        author=Author("Ann", "a@ann.example", "https://ann.example/"),
        language="pt-BR",
        rights="© 2026 Ann",
        license="https://creativecommons.org/licenses/by-sa/4.0/",
        icon="media/icon.svg",
        image="https://ann.example/logo.png?2",
        content="summary",
        formats=("atom", "rss"),
        limit=50,
        archives=False,
        markdown=True,
        timezone=ZoneInfo("Europe/Berlin"),
        permalink="/:year/:slug/",
        downloads=0,
        hosts=("ann.example", "[::1]"),
        statistics=False,
        show_visits=True,
        stats="token",
        podcast=Podcast(),
        authors={"ben": Author("Ben")},
        feeds=(Wanted("audio", 27),),
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
         "base_url, id, author, language, rights, license, icon, image, content, "
         "formats, limit, archives, markdown, timezone, permalink, downloads, hosts, "
         "statistics, show_visits, stats, podcast, authors, feeds)"),
        ('hosts = ["https://a.example"]', "feeds.toml:1: not the name of a host: "
         "'https://a.example' (write \"ann.example\", without https:// and without a "
         "port)"),
        ("downloads = -1", "feeds.toml:1: not a number of downloads: -1 "
         "(write downloads = 60, or 0 for as many as they like)"),
        ("title = 3", "feeds.toml:1: not text: 3 (write it in quotes, \"so\")"),
        ('base_url = "ann.example"', "feeds.toml:1: not the address of a site: "
         "'ann.example' (write it as https://example.org/ or "
         "https://example.org/blog/)"),
        ('id = "my site"', "feeds.toml:1: not an absolute URI: 'my site' "
         '(write it as "tag:example.org,2026:")'),
        ('language = "english please"', "feeds.toml:1: not a language tag: "
         "'english please' (write it as \"en\" or \"pt-BR\")"),
        ("limit = -1", "feeds.toml:1: not a number of articles: -1 "
         "(write limit = 20, or 0 for all)"),
        ("limit = true", "feeds.toml:1: not a number of articles: True "
         "(write limit = 20, or 0 for all)"),
        ("author = { nam = 'Ann' }", "feeds.toml:1: not an author: {'nam': 'Ann'} "
         '(write { name = "Ann", email = "…", uri = "https://…" })'),
        ('license = "MIT"', "feeds.toml:1: not a licence with an address: 'MIT' "
         '(write "CC BY-SA 4.0" or an address; other words are for rights)'),
        ('icon = "../a.svg"', "feeds.toml:1: not a file of the folder: '../a.svg' "
         '(write "media/logo.png", or an address)'),
        ('image = "/a.png"', "feeds.toml:1: not a file of the folder: '/a.png' "
         '(write "media/logo.png", or an address)'),
        ('image = "ftp://a/b.png"', "feeds.toml:1: not a file of the folder: "
         "'ftp://a/b.png' (write \"media/logo.png\", or an address)"),
        ('image = "a.svg"', "feeds.toml:1: not a picture: 'a.svg' "
         "(give it one that ends in .png, .jpg, .jpeg or .gif)"),
        ('image = "https://a.example/b?c.png"', "feeds.toml:1: not a picture: "
         "'https://a.example/b?c.png' "
         "(give it one that ends in .png, .jpg, .jpeg or .gif)"),
        ('content = "some"', "feeds.toml:1: unknown value 'some' "
         "(write full or summary)"),
        ('formats = ["rss", "html"]', "feeds.toml:1: unknown value 'html' "
         "(write rss, atom or json)"),
        ("formats = []", "feeds.toml:1: no format at all (write rss, atom or json)"),
        ('archives = "no"', "feeds.toml:1: neither true nor false: 'no' "
         "(write true or false)"),
        ("podcast = 1", "feeds.toml:1: no podcast: 1 "
         "(write podcast = true, or a table [podcast])"),
        ("feeds = 1", "feeds.toml:1: no table of feeds: 1 "
         "(write a table [feeds.NAME] for each)"),
        ("a = " + "[" * 20_000, "feeds.toml:1: values too deep to read "
         "(flatten them)"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_its_remedy(tmp_path, toml, fault):
    assert faults(tmp_path, toml) == [fault]


def test_all_faults_are_told_at_once(tmp_path):
    found = faults(tmp_path, 'tilte = "x"\nlimit = -1\n\n[author]\nage = 3\n')
    assert [fault.split(": ")[0] for fault in found] == [
        "feeds.toml:1",
        "feeds.toml:2",
        "feeds.toml:4",
    ]


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ("[feeds.a]\nlimit = 20\n[feeds.b]\nlimit = -1", 4),
        ("limit = 20\n[feeds.a]\n\nlimit = -1", 4),
        ("[feeds.a]\nlimit = 20\ntag = 1\n", 3),
        ("[feeds]\n\na.limit = -1", 3),
        ("\nfeeds = { a = { limit = -1 } }", 2),
        ("\nfeeds.a = { limit = -1 }", 2),
        ("\n[[feeds.a]]", 2),
        ("[feeds.a]\n[feeds.a.podcast]\ntype = 1", 3),
        ("\n[[podcast.persons]]\nname = 'Ann'\n[[podcast.persons]]\nage = 3", 2),
        ("description = '''\nlimit = 1\n'''\nlimit = -1", 4),
    ],
)
def test_a_fault_in_a_table_has_the_line_of_its_own_key(tmp_path, toml, line):
    (fault,) = faults(tmp_path, toml)
    assert fault.startswith(f"feeds.toml:{line}: ")


def test_faults_are_told_from_top_to_bottom(tmp_path):
    found = faults(tmp_path, "feeds.a.limit = -1\nlimit = -1\nfeeds.b.limit = -1\n")
    assert [fault.split(": ")[0] for fault in found] == [
        "feeds.toml:1",
        "feeds.toml:2",
        "feeds.toml:3",
    ]


def test_the_feeds_asked_for_are_in_their_order_with_their_lines(tmp_path):
    toml = '[feeds.b]\ntags = "x"\n[feeds.a]\nlimit = 3\n'
    first, second = read(tmp_path, toml).feeds
    assert (first.name, first.line, first.lines) == ("b", 1, {"tags": 2})
    assert (second.name, second.line, second.lines) == ("a", 3, {"limit": 4})


@pytest.mark.parametrize(
    ("since", "instant"),
    [
        ("2024-05-01", "2024-05-01T00:00:00+02:00"),
        ("2024-05-01T10:00:00", "2024-05-01T10:00:00+02:00"),
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00"),
        ('"1 May 2024"', "2024-05-01T00:00:00+02:00"),
    ],
)
def test_since_is_in_the_sites_time_zone_unless_it_says_otherwise(
    tmp_path, since, instant
):
    toml = f'timezone = "Europe/Berlin"\n[feeds.a]\nsince = {since}\n'
    (wanted,) = read(tmp_path, toml).feeds
    assert wanted.since.isoformat() == instant


@pytest.mark.parametrize(
    ("word", "truth"),
    [("true", True), ("Yes", True), ("1", True), ("false", False), ("OFF", False)],
)
def test_the_environment_spells_true_and_false_in_many_ways(tmp_path, word, truth):
    assert read(tmp_path, "", {"FEEDS_ARCHIVES": word}).archives is truth


def test_another_word_in_the_environment_is_no_truth(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, "", {"FEEDS_ARCHIVES": "maybe"})
    assert str(caught.value) == (
        "environment archives:1: neither true nor false: 'maybe' (write true or false)"
    )


@pytest.mark.parametrize("key", ["FORMATS", "AUTHORS", "PODCAST", "FEEDS"])
def test_the_environment_holds_no_lists_and_no_tables(tmp_path, key):
    assert read(tmp_path, "", {f"FEEDS_{key}": "x"}) == read(tmp_path)


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


def test_the_feed_that_a_new_feeds_toml_proposes_is_one(tmp_path):
    toml = starter("A", "https://ann.example/", "tag:ann.example:", "")
    proposed = toml.partition("# [feeds")[2].replace("\n# ", "\n")
    (wanted,) = read(tmp_path, "[feeds" + proposed).feeds
    assert wanted.tags == ("audio",)
    assert wanted.podcast == Podcast()


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        inside = (f"{json.dumps(key)} = {as_toml(v)}" for key, v in value.items())
        return f"{{ {', '.join(inside)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value)


TEXTS = st.sampled_from(["", "a", "tags", "https://a.example/", "2024-05-01", "a.png"])
KEYS = st.sampled_from([*CHECKS, "tags", "since", "category", "owner", "name", "url"])
VALUES = st.recursive(
    st.booleans() | st.integers(-1, 2000) | TEXTS | st.text("aé/.:\\\n", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=8,
)


@given(values=st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_toml_is_a_site_or_its_faults_have_lines(tmp_path_factory, values):
    toml = "".join(f"{key} = {as_toml(value)}\n" for key, value in values.items())
    try:
        read(tmp_path_factory.mktemp("any"), toml)
    except ConfigError as error:
        told = {problem.line for problem in error.problems}
        assert told <= set(range(1, len(values) + 1))
