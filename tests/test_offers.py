"""Which feeds a site offers of itself, and which feeds.toml adds."""

from datetime import UTC, datetime

import pytest

from feeds.config import Config
from feeds.feed import Author, Enclosure, Podcast
from feeds.offers import labels_of, offers, section_of
from feeds.slugs import slug
from feeds.wanted import Wanted
from tests.test_selection import article

CONFIG = Config(title="T", base_url="https://ann.example/", author=Author("Ann"))


def found(*articles):
    """The offers by their places, in their order."""
    return {offer.place: offer for offer in offers(articles, CONFIG)[0]}


def named(*articles, **wanted):
    told = Wanted(name="pod", line=3, lines={"tags": 4}, **wanted)
    config = Config(title="T", author=Author("Ann"), feeds=(told,))
    return offers(articles, config)


def carried(*articles, **wanted) -> list[str]:
    offer = {o.place: o for o in named(*articles, **wanted)[0]}["pod/"]
    return [article.path for article in offer.articles]


def test_the_sites_own_feed_is_first():
    assert next(iter(found(article(tags=("a",))))) == ""


def test_there_is_a_feed_for_each_tag_author_and_section():
    told = article("notes/a.md", tags=("Clocks",), categories=("Craft",))
    assert list(found(told)) == [
        "",
        "tags/clocks/",
        "tags/craft/",
        "authors/ann/",
        "sections/notes/",
    ]


def test_languages_have_feeds_where_there_are_several():
    one = found(article("a.md"), article("b.md", language="en"))
    assert not [place for place in one if place.startswith("languages/")]
    two = found(article("a.md"), article("b.md", language="fr"))
    assert [place for place in two if place.startswith("languages/")] == [
        "languages/en/",
        "languages/fr/",
    ]
    assert two["languages/fr/"].language == "fr"


def test_what_is_spelled_otherwise_is_one_tag_under_its_first_name():
    both = (article("b.md", tags=("open web",)), article("a.md", tags=("Open Web",)))
    offer = found(*both)["tags/open-web/"]
    assert offer.label == "Open Web"
    assert len(offer.articles) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C++", "c++"),
        ("C#", "c#"),
        ("C", "c"),
        ("Q&A", "q&a"),
        ("Node.js", "node.js"),
        ("../etc", "-etc"),
        (".hidden", "hidden"),
        ("a/b", "a-b"),
        ("שלום עולם", "שלום-עולם"),
        ("!?", "_"),
    ],
)
def test_slugs_keep_apart_what_is_apart(name, expected):
    assert slug(name).strip("-") == expected.strip("-")


def test_a_year_is_no_section_and_a_language_neither():
    assert section_of(article("2024/a.md")) == ""
    assert section_of(article("notes/2024/a.md")) == "notes"
    assert section_of(article("a.md")) == ""


def test_labels_are_categories_then_tags():
    told = article(categories=("Work", "b"), tags=("B", "a"))
    assert labels_of(told) == ("Work", "b", "a")


def test_unlisted_articles_are_in_no_feed():
    assert found(article(tags=("a",), listed=False)).keys() == {""}


def test_a_named_feed_takes_what_matches_all_its_filters():
    articles = (
        article("notes/a.md", tags=("x", "y")),
        article("notes/b.md", tags=("x",)),
        article("c.md", tags=("x",), language="fr"),
        article("notes/d.md", authors=(Author("Ben"),)),
    )
    assert carried(*articles, tags=("X",)) == ["notes/a.md", "notes/b.md", "c.md"]
    assert carried(*articles, not_tags=("y",)) == ["notes/b.md", "c.md", "notes/d.md"]
    assert carried(*articles, authors=("ben",)) == ["notes/d.md"]
    assert carried(*articles, sections=("notes",), tags=("x",)) == [
        "notes/a.md",
        "notes/b.md",
    ]
    assert carried(*articles, languages=("fr",)) == ["c.md"]
    assert carried(*articles, tags=("x",), languages=("de",)) == []


def test_a_named_feed_begins_when_it_says():
    old = article("a.md", published=datetime(2020, 1, 1, tzinfo=UTC))
    assert carried(old, article("b.md"), since=datetime(2021, 1, 1, tzinfo=UTC)) == [
        "b.md"
    ]


def test_a_podcast_carries_what_has_a_recording():
    told = article("a.md", enclosures=(Enclosure("a.mp3"),))
    assert carried(told, article("b.md"), podcast=Podcast()) == ["a.md"]


def test_a_tag_that_no_article_has_is_a_problem_with_its_line():
    (problem,) = named(article(tags=("clocks",)), tags=("clock",))[1]
    assert str(problem) == (
        "feeds.toml:4: no article has the tag 'clock' in [feeds.pod] "
        "(did you mean 'clocks'?)"
    )
    assert problem.severity == "error"
