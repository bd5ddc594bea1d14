"""What is counted of requests: visits of articles' pages, and polls of feeds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from feeds.articles.article import Article
from feeds.edition import Edition
from feeds.statistics.agents import LONGEST, is_browser
from feeds.statistics.counting import Counting
from feeds.web.clients import client_of
from feeds.web.conditional import is_for_a_browser

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: Counts a request for a document that was answered with a status.
Note = Callable[["WSGIEnvironment", int], None]


def note_of(counting: Counting, edition: Edition, path: str) -> Note | None:
    """What counts requests for the document at `path`, None where nothing does.

    Articles are counted by their ids, which stay when they move; archives of a feed are
    read, and not followed.
    """
    recipe = edition.recipe(path) if edition.config.statistics else None
    if recipe is None or recipe.subject is None:
        return None
    if isinstance(recipe.subject, Article):
        return _visits(counting, edition.ids[recipe.subject.path])
    form = edition.topics.get(path)
    if form is None or recipe.subject.archive:
        return None
    return _polls(counting, path, form.media_type)


def _visits(counting: Counting, article: str) -> Note:
    visited = counting.visited

    def note(environ: "WSGIEnvironment", status: int) -> None:
        # A page that is wanted now and as a whole: neither asked for ahead, nor to be
        # shown in another. Who asks is found out later.
        if (
            status in (200, 304)
            and environ["REQUEST_METHOD"] == "GET"
            and environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
            and "HTTP_SEC_PURPOSE" not in environ
            and "HTTP_PURPOSE" not in environ
            and "HTTP_X_PURPOSE" not in environ
            and "HTTP_X_MOZ" not in environ
        ):
            visited((article, environ.get("HTTP_USER_AGENT", "")))

    return note


def _polls(counting: Counting, document: str, media_type: str) -> Note:
    polled = counting.polled

    def note(environ: "WSGIEnvironment", status: int) -> None:
        agent = environ.get("HTTP_USER_AGENT", "")
        # Who looks at a feed in a browser does not follow it yet.
        is_shown = is_for_a_browser(media_type, environ.get("HTTP_ACCEPT", ""))
        is_page = is_shown and is_browser(agent[:LONGEST])
        if environ["REQUEST_METHOD"] == "GET" and not is_page:
            # A proxy that is near and names nobody stands for all who come through it.
            client = client_of(environ) or environ.get("REMOTE_ADDR", "")
            polled((document, agent, client))

    return note
