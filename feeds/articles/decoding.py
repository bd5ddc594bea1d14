"""File bytes as clean text: whatever the encoding, whatever the line ends."""

import codecs

from feeds import markup
from feeds.errors import ArticleError

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, list[ArticleError]]:
    """Return the text of a file, and a fault where its encoding had to be assumed.

    ArticleError for bytes that are no text in any encoding.
    """
    if data.startswith(_WIDE):
        return markup.clean(data.decode("utf-16", "replace")), []
    if b"\0" in data:
        raise ArticleError(
            "NUL bytes, so this is no text", "save it as UTF-8 text", code="encoding"
        )
    try:
        return markup.clean(data.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        # Read as Latin-1, its C1 controls are what Windows-1252 has letters for;
        # `clean` knows them.
        found = "not UTF-8, read as Windows-1252"
        fault = ArticleError(found, "save the file as UTF-8", code="encoding")
        return markup.clean(data.decode("latin-1")), [fault]
