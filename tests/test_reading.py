"""How long a text takes to read, in languages with spaces and without."""

import pytest

from feeds.reading import minutes


@pytest.mark.parametrize(
    ("html", "taken"),
    [
        ("", 1),
        ("<p>word</p>", 1),
        ("word " * 920, 4),
        ('<a href="a b c d e f g h">word</a> ' * 460, 2),
        ("<p>字</p>" * 2000, 4),
        ("かな" * 750 + "word " * 230, 4),
        ("слово " * 690, 3),
    ],
)
def test_minutes_are_of_words_or_of_characters(html, taken):
    assert minutes(html) == taken
