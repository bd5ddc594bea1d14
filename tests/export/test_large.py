"""A large feed is put together from parts, to the bytes that it has as a whole."""

import os

import pytest

from feeds import selection
from feeds.articles import contents
from feeds.documents.compression import CODERS
from feeds.documents.formats import FORMATS
from feeds.edition import Edition
from feeds.errors import ArticleError
from feeds.export import Wishes, export, large, parts
from feeds.site import Site
from tests.conftest import NOW, write

TOML = 'title = "T"\nbase_url = "https://ann.example/"\nlimit = 0\n'
FEEDS = tuple(form.filename for form in FORMATS.values())
ONLY = Wishes(only=FEEDS)


def article(number: int, more: str = "") -> str:
    return f"---\ndate: 2025-01-{number + 1:02}\n---\n# N{number}\n\n{more}\n"


@pytest.fixture(autouse=True)
def _for_small_feeds_too(monkeypatch, tmp_path):
    monkeypatch.setattr(contents, "_LARGE", -1)
    monkeypatch.setattr(large, "_MANY", 2)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path):
    many = {f"a{number}.md": article(number) for number in range(9)}
    return write(tmp_path / "site", {"feeds.toml": TOML, **many})


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def published(monkeypatch):
    """The paths of the articles that are published from now on."""
    paths = []

    def publish(article, *told, publish=selection.publish):
        paths.append(article.path)
        return publish(article, *told)

    monkeypatch.setattr("feeds.entries.publish", publish)
    return paths


def opened(folder):
    return Site(folder, clock=lambda: NOW)


def is_as_served(folder, out) -> bool:
    site = opened(folder)
    return all((out / name).read_bytes() == site.document(name).body for name in FEEDS)


def test_it_has_the_bytes_that_are_served(folder, out):
    export(opened(folder), out)
    assert is_as_served(folder, out)


def test_it_is_never_held_as_a_whole(folder, out, monkeypatch):
    monkeypatch.delattr(Edition, "feed_in")
    assert export(opened(folder), out, ONLY).written == len(FEEDS)


def test_an_article_is_published_once_for_all_formats(folder, out, published):
    export(opened(folder), out, ONLY)
    assert sorted(published) == [f"a{number}.md" for number in range(9)]


def test_of_what_changed_alone_is_published_anew(folder, out, published):
    export(opened(folder), out, ONLY)
    write(folder, {"a3.md": article(3, "Changed."), "new.md": article(20)})
    (folder / "a5.md").unlink()
    published.clear()
    export(opened(folder), out, ONLY)
    assert sorted(published) == ["a3.md", "new.md"]
    assert is_as_served(folder, out)


@pytest.mark.parametrize("harm", ["touched", "removed", "forgotten", "damaged"])
def test_what_cannot_be_copied_is_made_again(folder, out, tmp_path, harm):
    export(opened(folder), out, ONLY)
    (known,) = {place.parent for place in (tmp_path / "cache").rglob("*.json")}
    match harm:
        case "touched":
            (out / "rss.xml").write_bytes((out / "rss.xml").read_bytes()[::-1])
            os.utime(out / "rss.xml", (1, 1))
        case "removed":
            (out / "atom.xml").unlink()
        case "forgotten":
            for place in known.iterdir():
                place.unlink()
        case "damaged":
            for place in known.iterdir():
                place.write_bytes(place.read_bytes()[:-20])
    write(folder, {"a3.md": article(3, "Changed.")})
    export(opened(folder), out, ONLY)
    assert is_as_served(folder, out)


def test_what_lies_where_of_another_folder_is_not_taken(folder, out, tmp_path):
    export(opened(folder), out, ONLY)
    assert not parts.known_parts(tmp_path / "other", "rss.xml").parts


def test_an_article_that_cannot_be_made_is_left_out_and_told(folder, out, monkeypatch):
    def publish(article, *told, publish=selection.publish):
        if article.path == "a3.md":
            raise ArticleError("too deep", "flatten it")
        return publish(article, *told)

    monkeypatch.setattr("feeds.entries.publish", publish)
    for _ in range(2):
        site = opened(folder)
        export(site, out, ONLY)
        assert [problem.path for problem in site.problems] == ["a3.md"]
        assert b"N3" not in (out / "rss.xml").read_bytes()
    assert is_as_served(folder, out)


def test_a_rehearsal_remembers_nothing(folder, out, tmp_path):
    summary = export(opened(folder), out, Wishes(only=FEEDS, dry_run=True))
    assert summary.written == len(FEEDS)
    assert not list((tmp_path / "cache").rglob("*.json"))


def test_it_is_compressed_as_the_server_does(folder, out):
    export(opened(folder), out, Wishes(only=FEEDS, compress=True))
    plain = (out / "rss.xml").read_bytes()
    assert (out / "rss.xml.br").read_bytes() == CODERS["br"](plain)
