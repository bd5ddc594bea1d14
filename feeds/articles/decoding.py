"""File bytes as clean text: whatever the encoding, whatever the line ends."""

import codecs

from feeds import markup
from feeds.errors import ArticleError

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text of a file, and whether its encoding had to be assumed.

    ArticleError for bytes that are no text in any encoding.
    """
    if data.startswith(_WIDE):
        return markup.clean(data.decode("utf-16", "replace")), False
    if b"\0" in data:
        raise ArticleError("NUL bytes, so this is no text", "save it as UTF-8 text")
    try:
        return markup.clean(data.decode("utf-8-sig")), False
    except UnicodeDecodeError:
        # Read as Latin-1, its C1 controls are what Windows-1252 has letters for;
        # `clean` knows them.
        return markup.clean(data.decode("latin-1")), True
