"""What answers requests for documents: a lookup, and what was made ahead for it."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds.documents.compression import is_compressible
from feeds.documents.document import Document, FeedFormat
from feeds.edition import Edition
from feeds.feed import FRESH, Entry, Feed
from feeds.site import Site
from feeds.web import delta
from feeds.web.clients import client_of
from feeds.web.conditional import coding_of, is_for_a_browser, is_unchanged
from feeds.web.delta import Versions
from feeds.web.limits import Limits, refusal
from feeds.web.representation import (
    GUARDS,
    SHARED,
    Answer,
    Representation,
    represent,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_FRESH = int(FRESH.total_seconds())
# A cache may serve what is a little old while it asks, and much longer if we fail.
_STALE = "stale-while-revalidate=60, stale-if-error=86400"
#: Pages show the HTML of others: no script, no frame, nothing but pictures and sound
#: from elsewhere.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; "
    "media-src 'self' https: http:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# What a browser shows of a feed needs its stylesheet; markup in it must not run.
_FEED_POLICY = "default-src 'none'; style-src 'self'; sandbox"
# As what they are counted.
_PAGES = "pages"
# Chromium shows feeds as source, whatever stylesheet they have, unless they are this.
_SHOWN = "application/xml; charset=utf-8"


def cache_control(seconds: int = _FRESH) -> str:
    """For how long an answer is new; readers take it for how often to ask."""
    return f"public, max-age={seconds}, {_STALE}"


class Prepared:
    """A document and its representations, each made when first asked for."""

    def __init__(self, document: Document, form: FeedFormat | None, topic: str) -> None:
        self.document = document
        self.form = form
        # There are as many pages as articles, too many to count each.
        is_counted = form is not None or "/" not in document.path
        self.label = document.path if is_counted else _PAGES
        self._topic = topic
        self._is_compressible = is_compressible(document)
        # Only XML is shown otherwise to browsers than to readers.
        self._is_shown = form is not None and form.name != "json"
        self._made: dict[tuple[str, bool, int], Representation] = {}

    def answer(self, environ: "WSGIEnvironment", seconds: int) -> Answer:
        """The answer to a GET or HEAD; it is new for `seconds`."""
        found = self.representation(environ, seconds)
        document = self.document
        if is_unchanged(
            document.etag,
            document.last_modified,
            environ.get("HTTP_IF_NONE_MATCH"),
            environ.get("HTTP_IF_MODIFIED_SINCE"),
        ):
            return found.unchanged
        return found.head if environ["REQUEST_METHOD"] == "HEAD" else found.full

    def representation(
        self, environ: "WSGIEnvironment", seconds: int = _FRESH
    ) -> Representation:
        """The representation that the client asks for."""
        coding = ""
        if self._is_compressible:
            coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_shown = self._is_shown and is_for_a_browser(
            self.document.media_type.partition(";")[0], environ.get("HTTP_ACCEPT", "")
        )
        key = coding, is_shown, seconds
        found = self._made.get(key)
        if found is None:
            found = self._represent(*key)
            if seconds == _FRESH:  # the others pass by
                self._made[key] = found
        return found

    def part(
        self, entries: tuple[Entry, ...], feed: Feed, environ: "WSGIEnvironment"
    ) -> Answer:
        """Of the feed only `entries`, as the answer to who has the others.

        Its validator is that of the whole: with the part, the client has all of it.
        """
        assert self.form is not None
        whole = dict(self.representation(environ).full.headers)
        body = delta.delta(self.form, feed, self._topic, entries)
        document = replace(self.document, body=body)
        coding = whole.get("Content-Encoding", "")
        vary = f"{whole.get('Vary', 'Accept')}, A-IM, If-None-Match"
        kept = ("Link", "Content-Security-Policy")
        made = represent(
            document,
            coding,
            whole["Content-Type"],
            (
                ("IM", "feed"),
                ("Cache-Control", "no-store"),  # it is for this client alone
                *((name, whole[name]) for name in kept),
                *SHARED,
                *GUARDS,
            ),
            vary,
        ).full
        headers = tuple(
            (name, whole["ETag"] if name == "ETag" else value)
            for name, value in made.headers
        )
        return Answer(226, headers, made.body, made.saved)

    def _represent(self, coding: str, is_shown: bool, seconds: int) -> Representation:
        is_page = self.document.media_type.startswith("text/html")
        link = (("Link", f'<{self._topic}>; rel="self"'),) if self.form else ()
        names = {"Accept-Encoding": self._is_compressible, "Accept": self._is_shown}
        return represent(
            self.document,
            coding,
            _SHOWN if is_shown else self.document.media_type,
            (
                ("Cache-Control", "no-cache" if is_page else cache_control(seconds)),
                *link,
                *SHARED,
                *GUARDS,
                ("Content-Security-Policy", _FEED_POLICY if self.form else PAGE_POLICY),
            ),
            ", ".join(name for name, does in names.items() if does),
        )


class Door:
    """The documents of a site as answers, in step with its edition.

    What was made of a document stays while the document does.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._edition = site.edition
        self._prepared: dict[str, Prepared] = {}
        self._versions = Versions()
        self._limits = Limits()

    def answer(self, path: str, found: Prepared, environ: "WSGIEnvironment") -> Answer:
        """The answer to a GET or HEAD of the document that was found at `path`."""
        answer = found.answer(environ, self.seconds())
        if found.form is None or answer.status != 200 or not answer.body:
            return answer
        if "HTTP_A_IM" in environ:
            news = self._news(path, found, environ)
            if news is not None:
                return news
        return self._refused(path, environ) or answer

    def _refused(self, path: str, environ: "WSGIEnvironment") -> Answer | None:
        """What is said to who downloads the feed at `path` too often, or None."""
        most, client = self._edition.config.downloads, client_of(environ)
        if not most or not client:
            return None
        seconds = self._limits.wait(client, path, most, time.monotonic())
        return refusal(seconds) if seconds else None

    def _news(
        self, path: str, found: Prepared, environ: "WSGIEnvironment"
    ) -> Answer | None:
        """Only what is new to who has a version that is known (RFC 3229), or None."""
        is_old = self._edition.is_last_good(path)
        if found.form is None or is_old or not delta.asks(environ):
            return None
        feed = self._edition.feed_at(path.removesuffix(found.form.filename))
        for tag in delta.tags_in(environ.get("HTTP_IF_NONE_MATCH", "")):
            entries = self._versions.changed(path, tag, feed)
            if entries is not None and len(entries) < len(feed.entries):
                return found.part(entries, feed, environ)
        return None

    def known(self) -> Mapping[str, Prepared]:
        """What has been asked for of the edition that is served now, by path."""
        edition = self.site.edition
        if edition is not self._edition:
            self._follow(edition)
        return self._prepared

    def find(self, path: str) -> Prepared:
        """The document at `path`; NotFound where none lies."""
        known = self.known()
        found = known.get(path)
        if found is None:
            edition = self._edition
            found = self._prepare(edition, path, edition.document(path))
            self._prepared[path] = found
        return found

    def seconds(self) -> int:
        """For how long what is sent now is new: never past what is due next."""
        due = self._edition.due
        if due is None:
            return _FRESH
        left = int((due - self.site.clock()).total_seconds())
        return max(1, min(left, _FRESH))

    def _follow(self, edition: Edition) -> None:
        kept = {}
        for path, prepared in self._prepared.items():
            document = edition.rendered(path)
            if document is prepared.document:
                kept[path] = prepared
            elif document is not None:
                kept[path] = self._prepare(edition, path, document)
        self._prepared, self._edition = kept, edition

    def _prepare(self, edition: Edition, path: str, document: Document) -> Prepared:
        form = edition.topics.get(path)
        if form is not None and not edition.is_last_good(path):
            feed = edition.feed_at(path.removesuffix(form.filename))
            self._versions.remember(path, document.etag.strip('"'), feed)
        return Prepared(document, form, edition.config.home + quote(path))
