"""Languages by their own names, and the way that they are written."""

import pytest

from feeds.languages import direction, name_of


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Deutsch"),
        ("he", "עברית"),
        ("pt-BR", "Português (BR)"),
        ("zh-Hant", "繁體中文"),
        ("zh-Hant-TW", "繁體中文 (TW)"),
        ("tlh", "tlh"),
        ("tlh-Latn", "tlh-Latn"),
    ],
)
def test_a_language_is_called_as_it_calls_itself(language, name):
    assert name_of(language) == name


@pytest.mark.parametrize(
    ("language", "way"), [("he", "rtl"), ("en", "ltr"), ("az-Arab", "rtl")]
)
def test_a_language_is_written_its_way(language, way):
    assert direction(language) == way
