"""The words of the pages: each language has them all, and writes dates in its way."""

import re
import tomllib
from datetime import date

import pytest

from feeds.documents.words import are_spoken, words_of
from tests.conftest import ROOT

TABLE = tomllib.loads((ROOT / "feeds/documents/words.toml").read_text("utf-8"))
LANGUAGES = [tag for tag in TABLE if "-" not in tag]
REGIONS = [tag for tag in TABLE if "-" in tag]
OPTIONAL = {"alone", "first"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word(language):
    assert TABLE[language].keys() - OPTIONAL == TABLE["en"].keys()


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_only_words_that_its_language_has_otherwise(region):
    language = TABLE[region.partition("-")[0]]
    for key, word in TABLE[region].items():
        assert language[key] != word


@pytest.mark.parametrize("language", TABLE)
def test_what_is_filled_in_is_the_same_in_every_language(language):
    for key, word in TABLE[language].items():
        if key in TABLE["en"]:
            assert set(re.findall("{.*?}", word)) == set(
                re.findall("{.*?}", TABLE["en"][key])
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_months(language):
    for key in {"months", "alone"} & TABLE[language].keys():
        assert len(set(TABLE[language][key].split())) == 12


@pytest.mark.parametrize("language", TABLE)
def test_a_locale_is_of_its_language(language):
    assert TABLE[language]["locale"].startswith(language.partition("-")[0] + "_")


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "31 January 2024"),
        ("en-US", "January 31, 2024"),
        ("de", "31. Januar 2024"),
        ("de-AT", "31. Januar 2024"),
        ("es", "31 de enero de 2024"),
        ("pl", "31 stycznia 2024"),
        ("ja", "2024年1月31日"),
        ("he", "31 בינואר 2024"),
        ("pt_BR", "31 de janeiro de 2024"),
        ("tlh", "31 January 2024"),
    ],
)
def test_a_day_is_written_as_its_language_does(language, day):
    assert words_of(language).day(date(2024, 1, 31)) == day


def test_the_first_of_a_month_is_counted_in_french():
    assert words_of("fr").day(date(2024, 5, 1)) == "1er mai 2024"
    assert words_of("fr").day(date(2024, 5, 11)) == "11 mai 2024"


@pytest.mark.parametrize(
    ("language", "month"),
    [
        ("en", "January 2024"),
        ("ru", "январь 2024"),
        ("es", "enero de 2024"),
        ("zh-TW", "2024年1月"),
    ],
)
def test_a_month_alone_is_written_as_its_language_does(language, month):
    assert words_of(language).month(date(2024, 1, 1)) == month


def test_words_say_which_language_they_are_of():
    asked = ("de-AT", "pt-BR", "hu")
    assert [words_of(language).language for language in asked] == ["de", "pt-br", "en"]
    assert [are_spoken(language) for language in asked] == [True, True, False]


def test_a_region_has_the_words_of_its_language_too():
    assert words_of("pt-BR")["older"] == TABLE["pt"]["older"]
    assert words_of("pt-BR")["subscribe"] == "Assinar"


def test_what_is_not_known_to_be_long_has_no_minutes():
    assert words_of("en").minutes(4) == "4 min read"
    assert words_of("en").minutes(0) == ""


def test_every_word_is_said_somewhere():
    templates = (ROOT / "feeds/documents/templates").glob("*.html")
    said = "".join(place.read_text("utf-8") for place in templates)
    programs = ("navigation.py", *(f"documents/{n}.py" for n in ("pages", "previews")))
    for place in (*programs, "documents/words.py"):
        said += (ROOT / "feeds" / place).read_text("utf-8")
    for word in TABLE["en"]:
        assert re.search(rf'(words|said)\.{word}\b|"{word}"', said), word
