"""How long a text takes to read."""

import re

_WORDS_A_MINUTE = 230
# Of languages that put no spaces between words.
_CHARACTERS_A_MINUTE = 500
_TAG = re.compile(r"<[^>]*>")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def minutes(html: str) -> int:
    """The minutes that some HTML takes to read, at least one."""
    text = _TAG.sub(" ", html)
    characters = 0
    if not text.isascii():
        text, characters = _UNSPACED.subn(" ", text)
    taken = len(text.split()) / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE
    return max(1, round(taken))
