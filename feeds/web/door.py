"""What answers requests for documents: a lookup, and what was made ahead for it."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds.documents.document import Document
from feeds.edition import Edition
from feeds.policies import FRESH_SECONDS
from feeds.site import Site
from feeds.statistics.counting import Counting
from feeds.web import delta
from feeds.web.clients import client_of
from feeds.web.delta import Versions
from feeds.web.limits import Limits, refusal
from feeds.web.prepared import Prepared
from feeds.web.representation import Answer
from feeds.web.room import Room
from feeds.web.visits import Note, note_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Door:
    """The documents of a site as answers, in step with its edition.

    What was made of a document stays while the document does, and there is room.
    Requests are counted where there is `counting`.
    """

    def __init__(self, site: Site, counting: Counting | None = None) -> None:
        self.site = site
        self._counting = counting
        self._room = Room(site.edition)
        self._versions = Versions()
        self._limits = Limits()

    def answer(self, path: str, found: Prepared, environ: "WSGIEnvironment") -> Answer:
        """The answer to a GET or HEAD of the document that was found at `path`."""
        answer = self._answer(path, found, environ)
        if found.note is not None:
            found.note(environ, answer.status)
        return answer

    def _answer(self, path: str, found: Prepared, environ: "WSGIEnvironment") -> Answer:
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
        most, client = self._room.edition.config.downloads, client_of(environ)
        if not most or not client:
            return None
        seconds = self._limits.wait(client, path, most, time.monotonic())
        return refusal(seconds) if seconds else None

    def _news(
        self, path: str, found: Prepared, environ: "WSGIEnvironment"
    ) -> Answer | None:
        """Only what is new to who has a version that is known (RFC 3229), or None."""
        edition = self._room.edition
        is_old = edition.is_last_good(path)
        if found.form is None or is_old or not delta.asks(environ):
            return None
        feed = edition.feeds.whole(path.removesuffix(found.form.filename))
        for tag in delta.tags_in(environ.get("HTTP_IF_NONE_MATCH", "")):
            entries = self._versions.changed(path, tag, feed)
            if entries is not None and len(entries) < len(feed.entries):
                return found.part(entries, feed, environ)
        return None

    def known(self) -> Mapping[str, Prepared]:
        """What has been asked for of the edition that is served now, by path."""
        return self._current().prepared

    def find(self, path: str) -> Prepared:
        """The document at `path`; NotFound where none lies."""
        room = self._current()
        found = room.prepared.get(path)
        if found is None:
            found = self._prepare(room.edition, path, room.edition.document(path))
            room.put(path, found)
        return found

    def seconds(self) -> int:
        """For how long what is sent now is new: never past what is due next."""
        due = self._room.edition.due
        if due is None:
            return FRESH_SECONDS
        left = int((due - self.site.clock()).total_seconds())
        return max(1, min(left, FRESH_SECONDS))

    def _current(self) -> Room:
        edition = self.site.edition
        if edition is not self._room.edition:
            self._room = self._following(edition)
        return self._room

    def _following(self, edition: Edition) -> Room:
        """What is known of the edition before, as it is in this one."""
        room = Room(edition)
        for path, prepared in self._room.prepared.copy().items():
            document = edition.rendered(path)
            if document is prepared.document:
                prepared.note = self._note(edition, path)
                room.put(path, prepared)
            elif document is not None:
                room.put(path, self._prepare(edition, path, document))
        return room

    def _prepare(self, edition: Edition, path: str, document: Document) -> Prepared:
        form = edition.topics.get(path)
        if form is not None and not edition.is_last_good(path):
            feed = edition.feeds.whole(path.removesuffix(form.filename))
            self._versions.remember(path, document.etag.strip('"'), feed)
        prepared = Prepared(document, form, edition.config.home + quote(path))
        prepared.note = self._note(edition, path)
        return prepared

    def _note(self, edition: Edition, path: str) -> Note | None:
        if self._counting is None:
            return None
        return note_of(self._counting, edition, path)
