"""HTTP: a path in, a document out."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import NotFound as HTTPNotFound
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from feeds.addresses import PAGE
from feeds.articles.folder import File, open_file
from feeds.articles.media import MEDIA_TYPES
from feeds.documents.document import Document
from feeds.errors import Gone, NotFound
from feeds.feed import FRESH
from feeds.recipes import NOT_FOUND
from feeds.site import Site
from feeds.web.conditional import Answer, is_for_a_browser, is_unchanged
from feeds.web.watch import Watch

# Readers take it for how often to ask; the feeds say the same.
_FRESH = f"public, max-age={int(FRESH.total_seconds())}"
_CHECKED = "no-cache"
# Pages show the HTML of others: no script, no frame, nothing from elsewhere but media.
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; "
    "media-src 'self' https: http:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# A drawing opened by itself must not run a script as if it were ours.
_FILE_POLICY = "default-src 'none'; sandbox"
# Chromium shows these as they are, whatever stylesheet they have.
_SHOWN_AS_SOURCE = ("application/rss+xml", "application/atom+xml")
_FOLDER = "data"


def create_app(
    folder: str | Path | None = None,
    *,
    watch: bool = True,
    flags: Mapping[str, object] | None = None,
) -> Flask:
    """A Flask app that serves `folder`; `flags` go before the keys of feeds.toml.

    Without a folder it is $FEEDS_FOLDER, or else `data`. `watch` follows the folder
    while it is served. ConfigError where the folder or feeds.toml cannot be used.
    """
    site = Site(folder or os.environ.get("FEEDS_FOLDER") or _FOLDER, flags=flags)
    return app_of(site, watch=watch)


def app_of(site: Site, *, watch: bool = True) -> Flask:
    """A Flask app that serves `site`."""
    app = Flask("feeds", static_folder=None)
    # Merged slashes are answered by a redirect that holds the request's host.
    app.url_map.merge_slashes = False
    app.register_blueprint(blueprint(site, watch=watch))
    app.register_error_handler(HTTPNotFound, lambda error: _not_found(site))
    app.after_request(_unsniffed)
    app.extensions["feeds"] = site
    return app


def blueprint(site: Site, *, watch: bool = True, name: str = "feeds") -> Blueprint:
    """A blueprint that serves `site`, to be mounted in a Flask app at any prefix.

    `base_url` in feeds.toml must then end in that prefix. `watch` follows the folder
    while it is served; a second site in one app wants another `name`.
    """
    mount = Blueprint(name, __name__)
    if watch:
        follower = Watch(site)
        follower.ensure()
        mount.before_request(follower.ensure)

    @mount.route("/", defaults={"path": ""})
    @mount.route("/<path:path>")
    def document(path: str) -> Answer:
        name = path + PAGE if path.endswith("/") or not path else path
        if (address := site.moved(name)) is not None:
            return _redirect(address)
        is_gone = False
        try:
            if name != NOT_FOUND:
                return _answer(site.document(name))
        except NotFound as missing:
            is_gone = isinstance(missing, Gone)
        if (file := site.media.get(name)) is not None:
            return _file(name, file)
        if (target := site.redirect(path)) is not None:
            # Relative, so that it holds below any prefix and repeats nothing of the
            # request.
            return _redirect("../" * path.count("/") + quote(target))
        return _not_found(site, 410 if is_gone else 404)

    return mount


def _answer(document: Document, status: int = 200) -> Answer:
    answer = Answer(document.body, status, content_type=document.media_type)
    if answer.mimetype in _SHOWN_AS_SOURCE:
        answer.vary.add("Accept")
        if is_for_a_browser(answer.mimetype, request.headers.get("Accept", "")):
            answer.mimetype = "application/xml"
    is_page = document.media_type.startswith("text/")
    return _finished(
        answer,
        etag=document.etag,
        last_modified=document.last_modified,
        cache_control=_FRESH if not is_page else _CHECKED,
        policy=_PAGE_POLICY,
    )


def _finished(
    answer: Answer,
    etag: str,
    last_modified: datetime,
    cache_control: str,
    policy: str,
) -> Answer:
    """The answer with all its headers; a 304 where the client has it already."""
    answer.headers["ETag"] = etag
    answer.last_modified = last_modified
    answer.headers["Cache-Control"] = cache_control
    _guard(answer, policy)
    if answer.status_code == 200 and is_unchanged(etag, last_modified, request.headers):
        answer.status_code = 304
        answer.response = ()
    return answer


def _unsniffed(response: Response) -> Response:
    """Flask's own answers (405, 416) are not to be taken for something else either."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def _guard(answer: Answer, policy: str) -> None:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"


def _file(path: str, file: File) -> Answer:
    answer = Answer(content_type=MEDIA_TYPES[os.path.splitext(path)[1].lower()])
    answer.content_length = file.size
    _finished(
        answer,
        etag=f'"{file.mtime_ns:x}-{file.size:x}"',
        last_modified=datetime.fromtimestamp(file.mtime_ns // 10**9, UTC),
        cache_control=_FRESH,
        policy=_FILE_POLICY,
    )
    answer.headers["Accept-Ranges"] = "bytes"
    if answer.status_code == 200 and request.method == "GET":
        try:
            opened = open_file(file)
        except OSError:
            raise HTTPNotFound from None
        answer.response = wrap_file(request.environ, opened, 64 * 1024)
        answer.direct_passthrough = True
        try:
            answer.make_conditional(
                request, accept_ranges=True, complete_length=file.size
            )
        except RequestedRangeNotSatisfiable:
            opened.close()
            raise
    return answer


def _redirect(location: str) -> Answer:
    answer = Answer(status=301)
    answer.headers["Location"] = location
    answer.headers["Cache-Control"] = _FRESH
    _guard(answer, _PAGE_POLICY)
    return answer


def _not_found(site: Site, status: int = 404) -> Answer:
    return _answer(site.document(NOT_FOUND), status)
