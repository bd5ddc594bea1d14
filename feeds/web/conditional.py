"""Whether the client has the document already (RFC 9110 13)."""

from werkzeug.datastructures import Headers
from werkzeug.http import parse_date, parse_etags

from feeds.documents.document import Document


def is_unchanged(document: Document, headers: Headers) -> bool:
    """Whether a conditional GET or HEAD for `document` is answered by 304.

    If-None-Match alone decides where there is one (13.2.2), weakly compared.
    """
    tags = headers.get("If-None-Match")
    if tags is not None:
        return parse_etags(tags).contains_weak(document.etag.strip('"'))
    since = parse_date(headers.get("If-Modified-Since"))
    return since is not None and document.last_modified <= since
