"""HTTP: a path in, a document out."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_file
from werkzeug.exceptions import NotFound as HTTPNotFound

from feeds.articles.folder import File, open_file
from feeds.articles.media import MEDIA_TYPES
from feeds.documents.document import Document
from feeds.edition import NOT_FOUND, PAGE
from feeds.errors import NotFound
from feeds.site import Site
from feeds.web.conditional import is_unchanged
from feeds.web.watch import Watch

_MOUNT = "feeds"
_CACHED = {True: "public, max-age=900", False: "no-cache"}
# Pages show the HTML of others: no script, no frame, nothing from elsewhere but media.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; "
    "media-src 'self' https: http:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
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
    app.register_blueprint(_blueprint(site))
    app.register_error_handler(HTTPNotFound, lambda error: _not_found(site))
    app.extensions["feeds"] = site
    if watch:
        follower = Watch(site)
        follower.ensure()
        app.before_request(follower.ensure)
    return app


def _blueprint(site: Site) -> Blueprint:
    mount = Blueprint(_MOUNT, __name__)

    @mount.route("/", defaults={"path": ""})
    @mount.route("/<path:path>")
    def document(path: str) -> Response:
        name = path + PAGE if path.endswith("/") or not path else path
        try:
            if name != NOT_FOUND:
                return _answer(site.document(name))
        except NotFound:
            pass
        if name in site.media():
            return _file(name, site.media()[name])
        if (target := site.redirect(path)) is not None:
            return _redirect(path, target)
        return _not_found(site)

    return mount


def _answer(document: Document, status: int = 200) -> Response:
    if status == 200 and is_unchanged(document, request.headers):
        response = Response(status=304)
    else:
        response = Response(document.body, status)
    response.content_type = document.media_type
    response.last_modified = document.last_modified
    response.headers["ETag"] = document.etag
    is_page = document.media_type.startswith("text/")
    response.headers["Cache-Control"] = _CACHED[not is_page]
    return _guarded(response)


def _guarded(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


def _file(path: str, file: File) -> Response:
    media_type = MEDIA_TYPES[os.path.splitext(path)[1].lower()]
    try:
        opened = open_file(file)
    except OSError:
        raise HTTPNotFound from None
    response = send_file(
        opened,
        media_type,
        conditional=False,
        etag=f"{file.mtime_ns:x}-{file.size:x}",
        last_modified=file.mtime_ns // 10**9,
    )
    last_modified = response.last_modified
    response.make_conditional(request, accept_ranges=True, complete_length=file.size)
    response.last_modified = last_modified  # a 304 must not lose it
    response.headers["Cache-Control"] = _CACHED[True]
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _guarded(response)


def _redirect(path: str, target: str) -> Response:
    # Relative, so that it holds below any prefix and repeats nothing of the request.
    response = Response(status=301)
    response.headers["Location"] = "../" * path.count("/") + target
    return _guarded(response)


def _not_found(site: Site) -> Response:
    return _answer(site.document(NOT_FOUND), 404)
