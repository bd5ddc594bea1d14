"""A document's bytes compressed, the same wherever they are handed out."""

import zlib
from collections.abc import Callable, Mapping

import brotli

from feeds.documents.document import Document

# A packet holds it anyway.
SMALL = 1000
_COMPRESSED = ("text/", "application/")
# Of brotli's eleven levels; the last costs fifty times as much for a tenth less.
_BROTLI = 5


def is_compressible(document: Document) -> bool:
    """Whether there is something to win by compressing the document."""
    is_text = document.media_type.startswith(_COMPRESSED)
    return is_text and len(document.body) > SMALL


def _gzip(body: bytes) -> bytes:
    # No name and no time in its header, so that it is the same at any time.
    coder = zlib.compressobj(9, wbits=31)
    return coder.compress(body) + coder.flush()


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_BROTLI))


#: What compresses, by the name that HTTP has for it (RFC 9110 8.4.1, RFC 7932).
CODERS: Mapping[str, Callable[[bytes], bytes]] = {"gzip": _gzip, "br": _brotli}
