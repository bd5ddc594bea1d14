"""With the rules for its host, an exported site is answered as `feeds serve` would."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from feeds.addresses import PAGE
from feeds.documents.compression import is_compressible
from feeds.export.files import OWN
from feeds.policies import GUARDS, SHARED
from feeds.site import Site
from tests.conftest import client_for
from tests.e2e.hosting import SERVERS, hosting
from tests.e2e.programs import Answer, Server, get, sample_in
from tests.hosted import hosted

pytestmark = pytest.mark.e2e

_ROOT = "blög/"
_ALWAYS = [name for name, _ in GUARDS]
_OWN = ["Cache-Control", "Content-Security-Policy"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return hosted(tmp_path_factory.mktemp("hosted") / "site")


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample, long after its last article."""
    folder = sample_in(tmp_path_factory.mktemp("sample") / "site")
    return Site(folder, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module", params=SERVERS)
def host(request: pytest.FixtureRequest, site: Site) -> Iterator[Server]:
    with hosting(*request.param, site) as server:
        yield server


def _served(client, path: str, headers=()):
    return client.get("/" + quote(path.removesuffix(PAGE)), headers=dict(headers))


def _hosted(host: Server, path: str, **headers: str) -> Answer:
    return get(host.url + quote(path.removesuffix(PAGE)), headers)


def _location(answer, path: str) -> str:
    """Where it leads, absolute, and on this site without the name of its host."""
    here = "http://127.0.0.1/" + quote(_ROOT + path)
    there = urlsplit(urljoin(here, answer.headers["Location"]))
    host = there.hostname if there.hostname != "127.0.0.1" else ""
    return unquote(f"{host}{there.path}?{there.query}")


def _differences(host: Server, client, path: str, names) -> list:
    ours, theirs = _served(client, path), _hosted(host, path)
    found = [
        (path, name, ours.headers.get(name), theirs.headers.get(name))
        for name in names
        if ours.headers.get(name) != theirs.headers.get(name)
    ]
    if ours.status_code != theirs.status:
        found.append((path, "status", ours.status_code, theirs.status))
    return found


def test_files_are_sent_with_the_same_headers_and_bytes(host, site):
    client = client_for(site)
    files = [*(p for p in site.edition.paths if "pod/" not in p), *site.media]
    files.remove("404.html")
    names = ["Content-Type", *_OWN, *_ALWAYS, *(name for name, _ in SHARED)]
    assert not [d for path in files for d in _differences(host, client, path, names)]
    assert not [p for p in files if _hosted(host, p).body != _served(client, p).data]


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_at_the_root_is_sent_the_same_too(server, sample_site):
    client = client_for(sample_site)
    files = [*sample_site.edition.paths, *sample_site.media]
    files.remove("404.html")
    with hosting(*server, sample_site) as host:
        for path in files:
            assert not _differences(host, client, path, ["Content-Type", *_OWN])
            assert _hosted(host, path).body == _served(client, path).data, path
        assert _hosted(host, "feed").headers["Location"].endswith("/rss.xml")
        assert _hosted(host, "nowhere").body == _served(client, "nowhere").data


def test_what_moved_leads_to_the_same_addresses(host, site):
    client = client_for(site)
    signposts = site.edition.signposts
    endings = ("", "/", ".html", f"/{PAGE}")
    # Flask knows no address with a line's end in it; the others need not.
    named = [former for former in signposts.former if "\n" not in former]
    paths = [former + ending for former in named for ending in endings]
    paths += [*signposts.moved, "feed", "feed/", "index.xml", "feed/json", "rss/"]
    assert len(paths) > 150
    names = ["Cache-Control", *_ALWAYS, *(name for name, _ in SHARED)]
    assert not [d for path in paths for d in _differences(host, client, path, names)]
    assert not [
        (path, theirs)
        for path in paths
        if (theirs := _location(get(host.url + quote(path)), path))
        != _location(client.get("/" + quote(path)), path)
    ]


def test_the_name_of_a_folder_leads_into_it(host):
    answer = _hosted(host, "aliased")
    assert answer.status in (301, 308)
    assert _location(answer, "aliased") == f"/{_ROOT}aliased/?"


def test_what_is_gone_or_never_was_has_the_page_for_it(host, site):
    client = client_for(site)
    gone = [*site.edition.signposts.gone, "gone %20 it' $1/"]
    never = ["nowhere", "nowhere/rss.xml", "a/nowhere.svg", "404.html", *OWN]
    never += ["former", "2019", "a$2", "50", "ab"]
    names = ["Content-Type", *_OWN, *_ALWAYS]
    paths = [*gone, *never]
    assert not [d for path in paths for d in _differences(host, client, path, names)]
    page = site.document("404.html").body
    assert not [path for path in paths if _hosted(host, path).body != page]
    assert {_hosted(host, path).status for path in gone} == {410}


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_what_lies_compressed_beside_a_file_is_sent(host, site, coding):
    if coding == "br" and host.process.args[0] == "nginx":
        pytest.skip("nginx has no brotli")
    client, asked = client_for(site), {"Accept-Encoding": coding}
    paths = [p for p in site.edition.paths if is_compressible(site.document(p))]
    paths = [p for p in paths if p != "404.html" and not p.startswith("pod/")]
    assert {"atom.xml", "tags/c#/index.html", "50% %23 é/index.html"} < set(paths)
    for path in paths:
        ours = _served(client, path, asked)
        theirs = _hosted(host, path, **asked)
        assert theirs.body == ours.data, path
        for name in ("Content-Type", "Content-Encoding", *_OWN, *_ALWAYS):
            assert theirs.headers[name] == ours.headers[name], (path, name)
        assert "Accept-Encoding" in theirs.headers["Vary"]
        assert theirs.headers["Content-Language"] is None


def test_who_takes_no_coding_gets_none(host):
    for accepted in ("identity", "gzip;q=0, br;q=0.0"):
        answer = _hosted(host, "atom.xml", **{"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] is None
        assert "Accept-Encoding" in answer.headers["Vary"]
