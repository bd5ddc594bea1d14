"""What other tools' configurations say of a site, and that none of it is ever run."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from feeds import toolconfig
from feeds.config import read_config
from feeds.feed import Author
from tests.conftest import write


@pytest.fixture
def told(tmp_path):
    """told({"_config.yml": "..."}): what is read of a folder with such files."""

    def read(files):
        return toolconfig.read(write(tmp_path, files))

    return read


@pytest.fixture
def config(tmp_path):
    """config({"_config.yml": "..."}): the configuration that comes of it."""

    def read(files, environ=None):
        return read_config(write(tmp_path, files), environ or {})

    return read


JEKYLL = """\
title: The harbour
description: >-
  What happens
  at the harbour.
url: "https://ann.example"
baseurl: "/blog"
author:
  name: Ann Lee
  email: ann@example.org
  url: https://ann.example/me
  twitter: ann
lang: en-GB
timezone: Europe/Berlin
permalink: /:categories/:year/:title/
plugins: [jekyll-feed]
defaults:
  - scope: {path: ""}
    values: {layout: post}
"""


def test_jekyll(config):
    found = config({"_config.yml": JEKYLL})
    assert found.title == "The harbour"
    assert found.description == "What happens at the harbour."
    assert found.base_url == "https://ann.example/blog/"
    assert found.author == Author(
        "Ann Lee", "ann@example.org", "https://ann.example/me"
    )
    assert found.language == "en-GB"
    assert found.timezone == ZoneInfo("Europe/Berlin")
    assert found.permalink == "/:folders/:year/:title/"


@pytest.mark.parametrize(
    ("lines", "base_url"),
    [
        ("url: https://ann.example", "https://ann.example/"),
        ('url: https://ann.example/\nbaseurl: ""', "https://ann.example/"),
        ("url: https://ann.example/\nbaseurl: /blog/", "https://ann.example/blog/"),
        ('url: ""\nbaseurl: /blog', ""),
        ("baseurl: /blog", ""),
        ("url: ann.example", ""),
        ("url: [https://ann.example]", ""),
        ("url: javascript:alert(1)", ""),
    ],
)
def test_jekyll_has_an_address_in_two_parts(config, lines, base_url):
    assert config({"_config.yml": lines}).base_url == base_url


@pytest.mark.parametrize(
    ("style", "pattern"),
    [
        ("date", "/:folders/:year/:month/:day/:title/"),
        ("pretty", "/:folders/:year/:month/:day/:title/"),
        ("none", "/:folders/:title/"),
        ("/:categories/:year/:title:output_ext", "/:folders/:year/:title/"),
        ("/:title.html", "/:title/"),
        ("/blog/:title/", "/blog/:title/"),
        (":year/:month/:day/:title/", ":year/:month/:day/:title/"),
        ("/:year/:y_day/:title/", ""),
        ("/blog/", ""),
        ("[1]", ""),
    ],
)
def test_patterns_of_addresses(config, style, pattern):
    assert config({"_config.yml": f"permalink: {style}\n"}).permalink == pattern


def test_hexo(config):
    found = config(
        {
            "_config.yml": "title: The harbour\nsubtitle: ''\nauthor: Ann Lee\n"
            "language: en\ntimezone: ''\nurl: https://ann.example\n"
            "permalink: :year/:title/\ntitlecase: false\nper_page: 10\n"
        }
    )
    assert (found.title, found.author) == ("The harbour", Author("Ann Lee"))
    assert (found.base_url, found.timezone) == ("https://ann.example/", UTC)
    assert found.permalink == ":year/:title/"


def test_hugo(config):
    found = config(
        {
            "hugo.toml": 'baseURL = "https://ann.example/"\nlanguageCode = "pt-br"\n'
            'title = "The harbour"\ntimeZone = "Europe/Lisbon"\n'
            '[params]\ndescription = "x"\n[permalinks]\nposts = "/:slug/"\n'
        }
    )
    assert (found.title, found.base_url) == ("The harbour", "https://ann.example/")
    assert (found.language, found.timezone) == ("pt-br", ZoneInfo("Europe/Lisbon"))
    assert found.permalink == "/:slug/"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.yaml", "baseURL: https://ann.example/\ntitle: The harbour\n"),
        ("hugo.json", '{"baseURL": "https://ann.example/", "title": "The harbour"}'),
        ("config.toml", 'baseURL = "https://ann.example/"\ntitle = "The harbour"\n'),
        (
            "config/_default/hugo.toml",
            'baseurl = "https://ann.example/"\ntitle = "The harbour"',
        ),
    ],
)
def test_hugo_in_its_other_files(config, name, text):
    found = config({name: text})
    assert (found.title, found.base_url) == ("The harbour", "https://ann.example/")


def test_zola(config):
    found = config(
        {
            "config.toml": 'base_url = "https://ann.example"\ntitle = "The harbour"\n'
            'description = "What happens"\ndefault_language = "fr"\n'
            'author = "ann@example.org (Ann)"\n[extra]\ntitle = "x"\n'
        }
    )
    assert (found.title, found.base_url) == ("The harbour", "https://ann.example/")
    assert (found.description, found.language) == ("What happens", "fr")


PELICAN = """\
#!/usr/bin/env python
import os
open({mark!r}, "w").close()
AUTHOR = 'Ann Lee'  # that is me
SITENAME = "The harbour"
SITEURL = u'https://ann.example'
TIMEZONE = 'Europe/Berlin'
DEFAULT_LANG = 'fr'
PATH = 'content'
THEME = os.environ.get("THEME", "x")
LINKS = (('a', 'b'),)
if True:
    SITENAME = "Not this"
def f():
    SITEURL = 'https://no.example'
"""


def test_pelican_is_read_as_text_and_never_run(config, tmp_path):
    mark = tmp_path / "ran"
    found = config({"pelicanconf.py": PELICAN.format(mark=str(mark))})
    assert not mark.exists()
    assert (found.title, found.author) == ("The harbour", Author("Ann Lee"))
    assert (found.base_url, found.timezone) == (
        "https://ann.example/",
        ZoneInfo("Europe/Berlin"),
    )


def test_pelicans_language_is_the_sites(config):
    assert config({"pelicanconf.py": "DEFAULT_LANG = 'fr'\n"}).language == "fr"


def test_nikola(config):
    found = config(
        {
            "conf.py": 'import time\nBLOG_AUTHOR = "Ann Lee"  # (translatable)\n'
            'BLOG_TITLE = "The harbour"\nSITE_URL = "https://ann.example/"\n'
            'BLOG_DESCRIPTION = "What happens"\nTIMEZONE = "Europe/Berlin"\n'
            'POSTS = (("posts/*.rst", "posts", "post.tmpl"),)\n'
        }
    )
    assert (found.title, found.description) == ("The harbour", "What happens")
    assert (found.author, found.base_url) == (Author("Ann Lee"), "https://ann.example/")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SITENAME = 'It\\'s late'", "It's late"),
        ('SITENAME = "say \\"late\\""', 'say "late"'),
        ("SITENAME='late'", "late"),
        ("SITENAME = 'early'\nSITENAME = 'late'", "late"),
    ],
)
def test_text_in_a_program_is_read_as_the_program_means_it(told, line, title):
    assert told({"pelicanconf.py": line + "\n"}).get("title") == title


@pytest.mark.parametrize(
    "line",
    [
        "SITENAME = name()",
        "SITENAME = 'a' + name()",
        "SITENAME = 'a' if x else 'b'",
        "SITENAME = f'{x}'",
        "SITENAME = ''",
        "# SITENAME = 'a'",
        " SITENAME = 'a'",
        "SITENAME == 'a'",
        "SITENAME: 'a'",
    ],
)
def test_what_a_program_works_out_is_not_guessed(told, line):
    assert "title" not in told({"pelicanconf.py": line + "\n"})


def test_eleventy(told):
    text = '{"title": "The harbour", "url": "https://ann.example/", "language": "en"}'
    assert told({"_data/metadata.json": text}) == {
        "title": "The harbour",
        "base_url": "https://ann.example/",
        "language": "en",
    }


AUTHORS = """\
ann:
  name: Ann Lee
  email: ann@example.org
  web: https://ann.example
Ben:
  name: Ben
cyd: just a text
dee:
  twitter: dee
"""


@pytest.mark.parametrize("place", ["_data/authors.yml", "data/authors.yaml"])
def test_a_table_of_authors(config, place):
    found = config({place: AUTHORS}).authors
    assert found["ann"] == Author("Ann Lee", "ann@example.org", "https://ann.example/")
    assert found["ben"] == Author("Ben")
    assert "cyd" not in found


def test_an_author_of_whom_no_name_is_known_is_none(config):
    assert "dee" not in config({"_data/authors.yml": AUTHORS}).authors


def test_an_article_by_a_key_is_by_the_person_of_that_key(make_site):
    site = make_site(
        {
            "_data/authors.yml": AUTHORS,
            "_posts/2024-01-31-a.md": "---\nauthor: ann\n---\nText.",
            "_posts/2024-02-01-b.md": "---\nauthor: bne\n---\nText.",
        }
    )
    names = {e.title: e.authors[0].name for e in site.edition.feed.entries}
    assert names == {"A": "Ann Lee", "B": "bne"}
    assert [(p.path, p.code) for p in site.problems] == [
        ("_posts/2024-02-01-b.md", "author")
    ]


@pytest.mark.parametrize("text", ["lang: pt_BR", "locale: pt_BR", "language: pt-BR"])
def test_a_locale_is_a_language(config, text):
    assert config({"_config.yml": text}).language == "pt-BR"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "title: [\n"),
        ("_config.yml", "- a\n- b\n"),
        ("_config.yml", "title: !ruby/object x\n"),
        ("_config.yml", b"title: caf\xe9\n"),
        ("_config.yml", b"\0\0\0"),
        ("_config.yml", ""),
        ("_config.yml", "a: " + "b" * 300_000),
        ("hugo.toml", "title = \n"),
        ("hugo.toml", "a." * 20_000 + "b = 1"),
        ("hugo.json", "[1]"),
        ("hugo.json", '{"title": ' + "9" * 5000 + "}"),
        ("pelicanconf.py", "SITENAME = '"),
        ("_data/authors.yml", "- ann\n"),
        ("_config.yml", "title: {a: b}\nurl: []\nauthor: [a]\nlanguage: 12 34\n"),
        ("_config.yml", "timezone: Mars/Olympus\npermalink: /x/\nlang: '!'\n"),
    ],
)
def test_nonsense_is_passed_over(config, name, text):
    found = config({"feeds.toml": "", name: text})
    assert (found.base_url, found.language, found.author) == ("", "en", None)
    assert (found.permalink, found.authors, found.timezone) == ("", {}, UTC)


def test_a_folder_where_a_file_is_expected_is_passed_over(told, tmp_path):
    (tmp_path / "_config.yml").mkdir()
    assert told({"config.toml": "title = 'x'"}) == {"title": "x"}


def test_where_several_tools_left_their_files_the_first_counts_whole(told):
    files = {
        "_config.yml": "title: Jekyll",
        "pelicanconf.py": "SITEURL = 'https://a.example'",
    }
    assert told(files) == {"title": "Jekyll"}


def test_a_file_that_says_nothing_leaves_the_word_to_the_next(told):
    assert told({"_config.yml": "# nothing", "config.toml": "title = 'x'"}) == {
        "title": "x"
    }


def test_feeds_toml_goes_before_it_key_by_key(config):
    found = config({"_config.yml": JEKYLL, "feeds.toml": 'title = "Mine"\n'})
    assert (found.title, found.language) == ("Mine", "en-GB")


def test_the_environment_goes_before_it(config):
    found = config({"_config.yml": JEKYLL}, {"FEEDS_TITLE": "Mine"})
    assert found.title == "Mine"


def test_a_title_goes_before_the_folders_name(config):
    assert config({"_config.yml": "title: Mine"}).title == "Mine"


@pytest.mark.parametrize(
    ("files", "pattern"),
    [
        ({"hugo.toml": '[permalinks]\nposts = "/:year/:slug/"\n'}, "/:year/:slug/"),
        ({"hugo.toml": '[permalinks]\na = "/:slug/"\nb = "/b/:slug/"\n'}, ""),
        (
            {"pelicanconf.py": "ARTICLE_URL = '{date:%Y}/{date:%m}/{slug}.html'\n"},
            ":year/:month/:slug/",
        ),
        ({"pelicanconf.py": "ARTICLE_URL = '{lang}/{slug}/'\n"}, ""),
    ],
)
def test_the_permalinks_of_hugo_and_pelican(config, files, pattern):
    assert config(files).permalink == pattern


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.yml").write_text("title: Secret")
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "_config.yml").symlink_to(tmp_path / "secret.yml")
    assert toolconfig.read(folder) == {}
