"""The pages: what they say, in which language, and what they tell programs."""

import gzip
import json
import re

import pytest

from tests.conftest import ROOT

TOML = """title = "Ann's notes"
description = "Small machines."
base_url = "https://ann.example/"
author = "Ann"
"""


def article(number: int, facts: str = "", text: str = "Text.") -> str:
    day = f"date: 2026-01-{number:02}\n"
    return f"---\ntitle: Number {number}\n{day}{facts}---\n{text}\n"


@pytest.fixture
def page(make_site):
    """page({"a.md": …}, "a/") -> the HTML of that page, of a site by Ann."""

    def html(files: dict, place: str = "", toml: str = "") -> str:
        site = make_site({"feeds.toml": TOML + toml, **files})
        return site.document(f"{place}index.html").body.decode()

    return html


def told(html: str) -> dict:
    """What a page tells search engines."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(text)


def meta(html: str) -> dict:
    return dict(re.findall(r'<meta (?:property|name)="(.+?)" content="(.*?)">', html))


def test_the_recommended_feed_is_first_and_others_are_folded_away(page):
    html = page({"a.md": article(1)})
    first, others = html.split("<summary>Other formats</summary>")
    assert 'value="https://ann.example/rss.xml"' in first
    assert 'value="https://ann.example/atom.xml"' in others
    assert 'value="https://ann.example/feed.json"' in others


def test_one_format_alone_has_no_others(page):
    assert "Other formats" not in page({}, toml='formats = "atom"\n')


def test_no_address_asks_for_a_program_that_may_not_be_there(page):
    assert not re.search(r'(href|value)="(feed|web\+feed|rss):', page({}))


def test_the_front_page_tells_newcomers_what_a_feed_is_and_others_do_not(page):
    files = {"a.md": article(1, "tags: x\n")}
    assert "What is a feed?" in page(files)
    assert "What is a feed?" not in page(files, "a/")


def test_a_teaser_has_date_author_and_reading_time(page):
    html = page({"a.md": article(3, text="word " * 700)})
    facts = re.findall(r'<p class="facts">(.*?)</p>', html)[0]
    assert ">3 January 2026</time>" in facts
    assert '<a href="authors/ann/">Ann</a>' in facts
    assert "3 min read" in facts


def test_where_feeds_have_summaries_reading_takes_as_long_as_it_does(page):
    html = page({"a.md": article(3, text="word " * 700)}, toml='content = "summary"\n')
    assert "3 min read" in html


def test_a_teaser_has_its_picture_sized_and_loaded_late(page):
    facts = "image: {src: https://b.example/p.png, alt: A door}\n"
    html = page({"a.md": article(1, facts)})
    (picture,) = re.findall(r"<img .*?>", html)
    assert 'alt="A door" width="240" height="160" loading="lazy"' in picture


def test_a_teaser_shows_no_picture_that_is_not_there(page):
    assert "<img" not in page({"a.md": article(1, "image: gone.png\n")})


def test_a_page_of_a_tag_is_called_as_the_tag_and_leads_up(page):
    html = page({"a.md": article(1, "tags: clocks\n")}, "tags/clocks/")
    assert "<h1>clocks</h1>" in html
    assert '<a href="../../tags/">Tags</a>' in html
    assert 'href="../../tags/clocks/rss.xml"' in html


def test_an_authors_page_has_the_authors_address(page):
    facts = "author: {name: Ben, uri: https://ben.example/}\n"
    html = page({"a.md": article(1, facts)}, "authors/ben/")
    assert '<a href="https://ben.example/" rel="me">' in html


def test_languages_are_called_by_their_own_names(page):
    files = {"a.md": article(1), "b.md": article(2, "language: he\n")}
    assert '<a href="languages/he/" lang="he">עברית</a>' in page(files)
    assert "<h1>עברית</h1>" in page(files, "languages/he/")


def test_a_month_is_said_in_the_language_of_the_site(page):
    dates = [f"2025-{month:02}-0{day}" for month in (1, 2) for day in (1, 2)]
    files = {
        f"{day}.md": f"---\ntitle: T\ndate: {day}\n---\nText.\n"
        for day in (*dates, "2026-02-20")
    }
    toml = 'limit = 1\nlanguage = "ru"\n'
    html = page(files, "archives/2025-01/", toml)
    assert "<h1>Январь 2025</h1>" in html
    assert "<title>Ann&#39;s notes – Январь 2025</title>" in html
    assert '<link rel="canonical" href="https://ann.example/archives/2025-01/">' in html
    assert ">2 января 2025</time>" in html
    assert ">Более новые статьи</a>" in html


def test_words_that_there_are_not_are_english_and_say_so(page):
    html = page({"a.md": article(1)}, toml='language = "hu"\n')
    assert '<html lang="hu" dir="ltr">' in html
    assert '<section class="subscribe" aria-labelledby="subscribe" lang="en">' in html
    assert '<p class="facts" lang="en"><time' in html


def test_an_article_in_another_language_has_its_facts_in_that_language(page):
    html = page({"a.md": article(1, "language: de\n")}, "a/")
    assert '<article lang="de" dir="ltr">' in html
    assert '<p class="facts"><time dir="auto" ' in html
    assert ">1. Januar 2026</time>" in html


def test_a_link_preview_has_what_it_shows(page):
    facts = "image: {src: https://b.example/p.png, alt: A door}\nsummary: Short.\n"
    found = meta(page({"a.md": article(1, facts)}, "a/"))
    assert found["og:title"] == "Number 1"
    assert found["og:type"] == "article"
    assert found["og:url"] == "https://ann.example/a/"
    assert found["og:description"] == found["description"] == "Short."
    assert found["og:site_name"] == "Ann&#39;s notes"
    assert found["og:image"] == "https://b.example/p.png"
    assert found["og:image:alt"] == "A door"
    assert found["og:locale"] == "en_GB"
    assert found["article:published_time"] == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-US", "en_US"), ("pt", "pt_PT"), ("de-AT", "de_AT"), ("zh-Hant-TW", "zh_TW")],
)
def test_a_preview_names_the_country_of_a_language(page, language, locale):
    html = page({}, toml=f'language = "{language}"\n')
    assert meta(html)["og:locale"] == locale


def test_a_language_of_unknown_country_has_no_locale(page):
    assert "og:locale" not in meta(page({}, toml='language = "tlh"\n'))


def test_search_engines_are_told_of_the_site(page):
    found = told(page({}))
    assert (found["@type"], found["name"]) == ("WebSite", "Ann's notes")
    assert found["url"] == "https://ann.example/"


def test_search_engines_are_told_of_an_article(page):
    found = told(page({"a.md": article(1, "updated: 2026-02-01\n")}, "a/"))
    assert (found["@type"], found["headline"]) == ("BlogPosting", "Number 1")
    assert found["datePublished"] == "2026-01-01T00:00:00Z"
    assert found["dateModified"] == "2026-02-01T00:00:00Z"
    assert found["author"] == [{"@type": "Person", "name": "Ann"}]


def test_no_title_ends_what_search_engines_are_told(page):
    html = page(
        {"a.md": "---\ntitle: a </script> <b>\ndate: 2026-01-01\n---\nx\n"}, "a/"
    )
    assert told(html)["headline"] == "a </script> <b>"


def test_a_translation_is_named_with_the_one_for_all_others(page):
    files = {"a.md": article(1), "a.fr.md": article(2)}
    html = page(files, "fr/a/")
    assert (
        '<link rel="alternate" hreflang="fr" href="https://ann.example/fr/a/">' in html
    )
    assert 'hreflang="x-default" href="https://ann.example/a/"' in html
    assert '<a href="https://ann.example/a/" hreflang="en" lang="en">' in html
    assert "<bdi>English</bdi>" in html


def test_what_changed_later_says_when(page):
    html = page({"a.md": article(1, "updated: 2026-02-01\n")}, "a/")
    assert ">updated 1 February 2026</time>" in html


def test_a_story_leads_to_where_it_is_from(page):
    facts = "source: {title: Doors Weekly, url: https://doors.example/}\n"
    html = page({"a.md": article(1, facts)}, "a/")
    assert '<a href="https://doors.example/">Read more of this story</a>' in html
    assert "<bdi>Doors Weekly</bdi>" in html


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ("comments: closed\n", "Comments are closed."),
        (
            "comments: {url: https://talk.example/7, count: 3}\n",
            '<a href="https://talk.example/7">Comments (3)</a>',
        ),
    ],
)
def test_comments_are_closed_or_elsewhere(page, facts, shown):
    assert shown in page({"a.md": article(1, facts)}, "a/")


def test_a_page_where_one_cannot_comment_says_nothing_of_it(page):
    assert "Comments" not in page({"a.md": article(1, "comments: true\n")}, "a/")


def test_a_recording_can_be_heard_though_the_text_does_not_name_it(page):
    facts = "audio: https://b.example/a.mp3\n"
    html = page({"a.md": article(1, facts)}, "a/")
    assert '<audio controls preload="none" src="https://b.example/a.mp3">' in html


def test_a_picture_that_the_text_has_not_is_shown_with_its_credit(page):
    facts = "image: {src: https://b.example/p.png, caption: A door, credit: Ann}\n"
    html = page({"a.md": article(1, facts)}, "a/")
    assert "<figcaption>A door <small>(Ann)</small></figcaption>" in html


def test_of_very_many_tags_the_front_page_has_some_and_a_way_to_all(page):
    files = {f"a{n}.md": article(1, f"tags: t{n}\n") for n in range(20)}
    assert '<a href="tags/">All (20)</a>' in page(files)
    assert page(files, "tags/").count("<li>") == 20


def test_a_page_needs_itself_and_one_stylesheet(page):
    html = page({"a.md": article(1)}, "a/")
    assert re.findall(r'<link rel="stylesheet" href="(.*?)">', html) == ["../feeds.css"]
    assert not re.search(r"<script(?! type=\"application/ld\+json\")", html)
    assert not re.search(r"<style| style=| on\w+=", html)


def test_a_front_page_of_twenty_articles_is_small(page):
    words = (ROOT / "README.md").read_text("utf-8").split()
    files = {
        f"a{n}.md": article(
            n % 28 + 1, f"tags: [t{n}]\n", " ".join(words[n * 60 :][:900])
        )
        for n in range(25)
    }
    html = page(files)
    assert html.count('<article class="teaser"') == 20
    assert len(gzip.compress(html.encode())) < 20_000


def test_the_stylesheet_is_small(make_site):
    assert len(make_site({"feeds.toml": TOML}).document("feeds.css").body) < 12_000
