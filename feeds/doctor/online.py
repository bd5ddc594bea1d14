"""What readers get at the site's address, through whatever stands before it."""

from collections.abc import Iterator
from urllib.parse import urljoin

from feeds import client
from feeds.client import Answer
from feeds.doctor.finding import Finding
from feeds.documents.document import Document
from feeds.errors import RemoteError
from feeds.site import Site

_ABOUT = "online"
_READER = {"User-Agent": "folderfeed doctor"}


def proxies(site: Site) -> Iterator[Finding]:
    """The recommended feed, as a reader asks for it at base_url."""
    path = next(iter(site.edition.topics), "")
    if not site.config.base_url or not path:
        return
    url = site.config.base_url + path
    try:
        answer = client.get(url, _READER)
        if answer.status != 200:
            fix = "serve or export the site there, or mend base_url"
            yield Finding("wrong", _ABOUT, f"{url} answers {answer.status}", fix)
            return
        yield from _feed(url, answer, site.document(path))
        yield from _again(url, answer)
        yield from _compressed(url, answer)
        yield from _numbers(site.config.base_url)
    except RemoteError as error:
        yield Finding("wrong", _ABOUT, str(error), "see that it is served there")


def _feed(url: str, answer: Answer, document: Document) -> Iterator[Finding]:
    """Whether it is this site's feed, and said to be what it is."""
    if answer.body == document.body:
        yield Finding("ok", _ABOUT, f"{url} is the feed as it is here")
    else:
        fix = "well if it is to be served or exported anew, or from another folder"
        yield Finding("note", _ABOUT, f"{url} is another than here", fix)
    told = answer.headers.get("content-type", "")
    wanted = document.media_type
    if told.partition(";")[0].strip().lower() != wanted.partition(";")[0]:
        fix = f"have it sent as {wanted}"
        yield Finding("note", _ABOUT, f"{url} is sent as {told or 'nothing'}", fix)


def _again(url: str, answer: Answer) -> Iterator[Finding]:
    """Whether who has it is told so, in place of being sent it again."""
    tag = answer.headers.get("etag", "")
    if not tag:
        fix = "see that the proxy leaves ETag alone"
        yield Finding("wrong", _ABOUT, "the feed has no ETag", fix)
        return
    again = client.get(url, {**_READER, "If-None-Match": tag})
    if again.status == 304:
        yield Finding("ok", _ABOUT, "who has the feed is answered 304")
    else:
        found = f"who has the feed is answered {again.status}, and sent it again"
        yield Finding("wrong", _ABOUT, found, "have the proxy pass If-None-Match on")


def _compressed(url: str, answer: Answer) -> Iterator[Finding]:
    coded = client.get(url, {**_READER, "Accept-Encoding": "gzip"})
    if coded.headers.get("content-encoding") == "gzip" or len(answer.body) < 1000:
        yield Finding("ok", _ABOUT, f"{len(coded.body):,} bytes to who takes gzip")
    else:
        fix = "have the proxy pass Accept-Encoding on, or compress"
        yield Finding("note", _ABOUT, "the feed is sent as it is to all", fix)


def _numbers(base_url: str) -> Iterator[Finding]:
    """Whether what is for the operator alone can be seen from here."""
    answer = client.get(urljoin(base_url, "/metrics"), _READER)
    if answer.status == 200 and b"# TYPE feeds_" in answer.body:
        fix = "have the proxy add X-Forwarded-For, or keep /metrics to itself"
        yield Finding("wrong", _ABOUT, "/metrics is open to all", fix)
