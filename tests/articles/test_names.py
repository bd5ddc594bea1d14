"""Every name of a fact is known, tables are looked into, and slips are noticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.articles.names import NAMES, find, merge, misspelled, settle
from feeds.notation import Fact


def facts(**values) -> dict[str, Fact]:
    return {
        key: Fact(value, line) for line, (key, value) in enumerate(values.items(), 1)
    }


def plain(told) -> dict[str, object]:
    return {key: fact.value for key, fact in told.items()}


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("last-modified", "last_modified"),
        ("Featured Image", "featured_image"),
        ("  title ", "title"),
        ("REDIRECT_FROM", "redirect_from"),
        ("pub-date", "pub_date"),
    ],
)
def test_a_key_may_be_spelled_with_hyphens_spaces_and_capitals(spelled, name):
    assert settle({spelled: Fact("x", 3)}) == {name: Fact("x", 3)}


@pytest.mark.parametrize(
    "table", ["extra", "params", "taxonomies", "metadata", "Extra"]
)
def test_what_stands_in_a_table_counts_as_if_it_stood_at_the_top(table):
    told = {"title": Fact("T", 1), table: Fact({"Cover-Image": "a.png"}, 4)}
    assert settle(told) == {"title": Fact("T", 1), "cover_image": Fact("a.png", 4)}


def test_the_top_goes_before_tables_and_the_first_table_before_the_next():
    told = {
        "extra": Fact({"title": "E", "slug": "e", "lang": "de"}, 1),
        "params": Fact({"slug": "p"}, 2),
        "title": Fact("T", 3),
    }
    assert plain(settle(told)) == {"title": "T", "slug": "e", "lang": "de"}


def test_a_key_with_the_name_of_a_table_that_is_none_stays():
    assert plain(settle(facts(extra="words", params=["a"]))) == {
        "extra": "words",
        "params": ["a"],
    }


def test_other_tables_are_left_alone():
    told = facts(seo={"title": "S"}, title="T")
    assert plain(settle(told)) == {"seo": {"title": "S"}, "title": "T"}


def test_no_name_means_two_facts():
    every = [name for names in NAMES.values() for name in names]
    assert len(every) == len(set(every))


def test_every_name_is_spelled_as_keys_are_once_they_are_settled():
    for names in NAMES.values():
        for name in names:
            assert list(settle({name: Fact("x", 1)})) == [name]


def test_every_fact_is_found_under_every_name_of_its():
    for fact, names in NAMES.items():
        for name in names:
            assert find(facts(**{name: "x"}), fact) == Fact("x", 1)


def test_the_first_name_that_has_a_value_wins():
    told = facts(created="2024-01-01", date="2024-01-02")
    assert find(told, "published").value == "2024-01-02"
    for nothing in (None, "", [], {}):
        told = facts(date=nothing, created="2024-01-01")
        assert find(told, "published").value == "2024-01-01"
    assert find(facts(date=None), "published") is None
    assert find({}, "title") is None


def test_what_a_header_says_goes_before_what_the_body_says():
    given = facts(title="Header", description="Given")
    own = facts(title="Body", summary="Own", language="de")
    assert plain(merge(given, own)) == {
        "title": "Header",
        "description": "Given",
        "language": "de",
    }


def test_what_a_header_leaves_blank_the_body_says():
    told = merge(
        facts(title="", date=None), facts(title="Body", published="2024-01-31")
    )
    assert find(told, "title").value == "Body"
    assert find(told, "published").value == "2024-01-31"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("tilte", "title"),
        ("titel", "title"),
        ("sumary", "summary"),
        ("summery", "summary"),
        ("descripton", "description"),
        ("catagory", "category"),
        ("categoris", "categories"),
        ("pubished", "published"),
        ("autor", "author"),
        ("langauge", "language"),
        ("permalnk", "permalink"),
        ("upated", "updated"),
        ("expiers", "expires"),
        ("thumnail", "thumbnail"),
        ("enclosur", "enclosure"),
        ("langage", "language"),
        ("licens", "license"),
        ("copyrigth", "copyright"),
        ("epsiode", "episode"),
        ("explict", "explicit"),
        ("transcipt", "transcript"),
    ],
)
def test_a_slip_is_noticed_with_the_name_that_it_is_nearest_to(key, near):
    found = misspelled({"slug": Fact("x", 1), key: Fact("x", 7)})
    assert found == [(key, near, 7)]


# What the documentation of widely used themes and generators has in its headers.
THEMES = """
layout permalink published categories tags excerpt_separator classes header toc_label
toc_sticky author_profile read_time share related sidebar nav_order has_children
parent grand_parent pin math mermaid media_subpath image_path subtitle gallery
redirect_to sitemap search last_modified_at entries_layout taxonomy
disable_comment top_img cover toc_number highlight_shrink aside abbrlink swiper_index
keywords mathjax katex copyright copyright_author copyright_url aplayer
lastmod publishDate expiryDate draft weight slug aliases url type menu outputs
linkTitle cascade isCJKLanguage headless markup resources series showToc TocOpen
hidemeta disableShare hideSummary searchHidden ShowReadingTime ShowBreadCrumbs
ShowPostNavLinks editPost canonicalURL UseHugoToc showDate showHero heroStyle
sort_by paginate_by insert_anchor_links page_template in_search_index render
template path generate_feeds transparent
eleventyNavigation eleventyComputed pagination date tag metaTitle metaDescription
modified category authors lang translation save_as template status series_index
hide_table_of_contents sidebar_label sidebar_position custom_edit_url unlisted
heroImage pubDate updatedDate featured ogImage postSlug readingTime comments
has_math previewimage hidetitle medium nocomments pretty_url data icon position
event location venue price rating version license difficulty prerequisites
prev next order home footer noindex robots seo schema twitter facebook
episode explicit guests hosts podcast_bytes podcast_duration podcast_file episode_name
episode_image episode_banner episodeNumber episodeType seasonNumber filename size
itunes_summary itunes_subtitle itunes_keywords itunes_author itunes_block itunes_title
audio_title podcast_title podcast_type season_name seasons episodes show_notes
persons person personas people chapter chapter_url reason right lights posts ghost
licenses license_url copyright_year copyright_holder versions education quest costs
speakers presenters hostname image_url video_url file_url duration_minutes
""".split()


def test_a_key_of_a_theme_is_no_slip():
    every = settle({key.lower(): Fact("x", 1) for key in THEMES})
    slips = [found for key, fact in every.items() for found in misspelled({key: fact})]
    assert slips == []


@pytest.mark.parametrize("key", ["a", "ur", "tit", "dat", "x1", "été", "日付"])
def test_a_short_or_foreign_key_is_no_slip(key):
    assert misspelled(facts(**{key: "x"})) == []


KEYS = st.dictionaries(st.text(max_size=12), st.sampled_from(["x", "", None, [], {}]))


@settings(max_examples=20)
@given(KEYS, KEYS)
def test_any_keys_can_be_settled_and_merged(given, own):
    one = settle(facts(**given))
    assert settle(one) == one
    told = merge(one, facts(**own))
    for name in NAMES:
        if find(one, name):
            assert find(told, name) == find(one, name)
    misspelled(told)
