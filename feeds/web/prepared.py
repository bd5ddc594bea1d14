"""A document made ready to be sent, in each way that clients ask for."""

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.documents.compression import is_compressible
from feeds.documents.document import Document, FeedFormat
from feeds.feed import Entry, Feed
from feeds.policies import (
    FEED_POLICY,
    FRESH_SECONDS,
    GUARDS,
    PAGE_CACHE,
    PAGE_POLICY,
    SHARED,
    cache_control,
)
from feeds.web import delta
from feeds.web.conditional import coding_of, is_for_a_browser, is_unchanged
from feeds.web.representation import Answer, Representation, represent
from feeds.web.visits import Note

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# As what they are counted.
_PAGES = "pages"
# What there is around each body: headers, and the answers that they are in.
_AROUND = 4000
# Chromium shows feeds as source, whatever stylesheet they have, unless they are this.
_SHOWN = "application/xml; charset=utf-8"


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
        #: What counts requests for it, where that is wanted.
        self.note: Note | None = None
        self._made: dict[tuple[str, bool, int], Representation] = {}

    @property
    def size(self) -> int:
        """How many bytes it takes, about, once it was sent in every coding."""
        return _AROUND + len(self.document.body) * (1 + self._is_compressible)

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
        self, environ: "WSGIEnvironment", seconds: int = FRESH_SECONDS
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
            if seconds == FRESH_SECONDS:  # the others pass by
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
                ("Cache-Control", PAGE_CACHE if is_page else cache_control(seconds)),
                *link,
                *SHARED,
                *GUARDS,
                ("Content-Security-Policy", FEED_POLICY if self.form else PAGE_POLICY),
            ),
            ", ".join(name for name, does in names.items() if does),
        )
