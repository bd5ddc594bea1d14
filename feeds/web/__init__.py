"""HTTP: a path in, a document out."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import NotFound as HTTPNotFound

from feeds.addresses import PAGE
from feeds.errors import Gone, NotFound
from feeds.policies import GUARDS, PAGE_POLICY, SHARED, cache_control
from feeds.recipes import NOT_FOUND
from feeds.site import Site
from feeds.statistics.counting import Counting
from feeds.statistics.store import place_of
from feeds.watch import OFTEN, Watch
from feeds.web import metrics
from feeds.web.door import Door
from feeds.web.files import Sent, file_answer
from feeds.web.hosts import named
from feeds.web.lookup import Lookup
from feeds.web.probes import answer_probes, count_answers
from feeds.web.representation import Answer
from feeds.web.statistics import answer_statistics

_FOLDER = "data"
_METHODS = ("GET", "HEAD", "OPTIONS")
# What a reader in a browser may ask with, and for how long it need not ask whether.
_PREFLIGHT = (
    ("Allow", ", ".join(_METHODS)),
    ("Access-Control-Allow-Methods", ", ".join(_METHODS)),
    ("Access-Control-Allow-Headers", "A-IM, If-Modified-Since, If-None-Match, Range"),
    ("Access-Control-Max-Age", "86400"),
)


def create_app(
    folder: str | Path | None = None,
    *,
    watch: bool = True,
    flags: Mapping[str, object] | None = None,
) -> Flask:
    """A Flask app that serves `folder`; `flags` go before the keys of feeds.toml.

    Without a folder it is $FEEDS_FOLDER, or else `data`. `watch` follows the folder
    while it is served, and writes down what was counted. ConfigError where the folder
    or feeds.toml cannot be used.
    """
    place = folder or os.environ.get("FEEDS_FOLDER") or _FOLDER
    site = Site(place, flags=flags, ahead=True)
    return app_of(site, watch=watch)


def app_of(
    site: Site, *, watch: bool = True, lookup: bool = True, often: float = OFTEN
) -> Flask:
    """A Flask app that serves `site`, and looks at its folder so `often`.

    `lookup` answers what is known before Flask is asked, with the same bytes.
    """
    app = Flask("feeds", static_folder=None)
    # Merged slashes are answered by a redirect that holds the request's host.
    app.url_map.merge_slashes = False
    counting = _counting(site)
    door = Door(site, counting)
    follower = Watch(site, often) if watch else None
    app.register_blueprint(_mount(door, follower, counting, "feeds"))
    shared = os.environ.get(metrics.FOLDER)
    counts = metrics.Metrics(Path(shared) if shared else None)
    answer_probes(app, site, follower, counts)
    answer_statistics(app, site, counting)
    count_answers(app, counts)
    app.register_error_handler(HTTPNotFound, lambda error: _not_found(site))
    app.after_request(_unsniffed)
    app.extensions |= {"feeds": site, "feeds.counting": counting}
    if lookup:
        app.wsgi_app = Lookup(app.wsgi_app, door, counts.count)  # type: ignore[method-assign]
    app.wsgi_app = named(app.wsgi_app, site, counts.count)  # type: ignore[method-assign,assignment]
    return app


def blueprint(site: Site, *, watch: bool = True, name: str = "feeds") -> Blueprint:
    """A blueprint that serves `site`, to be mounted in a Flask app at any prefix.

    `base_url` in feeds.toml must then end in that prefix. `watch` follows the folder
    while it is served; a second site in one app wants another `name`.
    """
    counting = _counting(site)
    return _mount(Door(site, counting), Watch(site) if watch else None, counting, name)


def _counting(site: Site) -> Counting:
    place = place_of(site.folder)
    return Counting(place, site.clock, lambda: site.config.timezone)


def _mount(door: Door, watch: Watch | None, counting: Counting, name: str) -> Blueprint:
    mount = Blueprint(name, __name__)
    site = door.site
    if watch is not None:
        for each in (watch, counting):
            each.ensure()
            mount.before_request(each.ensure)

    options = {"methods": _METHODS, "provide_automatic_options": False}

    @mount.route("/", defaults={"path": ""}, **options)
    @mount.route("/<path:path>", **options)
    def document(path: str) -> Response:
        if request.method == "OPTIONS":
            return Sent(Answer(204, (*_PREFLIGHT, *SHARED, *GUARDS)))
        name = path + PAGE if path.endswith("/") or not path else path
        if (address := site.moved(name)) is not None:
            return _redirect(address)
        is_gone = False
        try:
            if name != NOT_FOUND:
                prepared = door.find(name)
                answer = door.answer(name, prepared, request.environ)
                return Sent(answer, prepared.label)
        except NotFound as missing:
            is_gone = isinstance(missing, Gone)
        if (file := site.media.get(name)) is not None:
            return file_answer(name, file)
        if (target := site.redirect(path)) is not None:
            # Relative, so that it holds below any prefix and repeats nothing of the
            # request.
            return _redirect("../" * path.count("/") + quote(target))
        return _not_found(site, 410 if is_gone else 404)

    return mount


def _unsniffed(response: Response) -> Response:
    """Flask's own answers (405, 416) are not to be taken for something else either."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def _redirect(location: str) -> Sent:
    headers = (("Location", location), ("Cache-Control", cache_control()))
    return Sent(Answer(301, (*headers, ("Content-Length", "0"), *SHARED, *GUARDS)))


def _not_found(site: Site, status: int = 404) -> Sent:
    document = site.document(NOT_FOUND)
    body = b"" if request.method == "HEAD" else document.body
    headers = (
        ("Content-Type", document.media_type),
        ("Content-Length", str(len(document.body))),
        ("Cache-Control", "no-cache"),
        *GUARDS,
        ("Content-Security-Policy", PAGE_POLICY),
    )
    return Sent(Answer(status, headers, body))
