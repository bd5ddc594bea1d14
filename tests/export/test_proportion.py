"""An export renders what is made of something else, as if it rendered all."""

import random
from pathlib import Path

import pytest

from feeds.articles import contents
from feeds.articles.folder import EXPORT_MARK
from feeds.edition import Edition
from feeds.export import Wishes, export, large
from feeds.site import Site
from tests.conftest import NOW, write

TOML = 'title = "T"\nbase_url = "https://ann.example/"\nlimit = 3\n'
IMAGE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03"


@pytest.fixture(autouse=True)
def _for_small_folders_too(monkeypatch, tmp_path):
    monkeypatch.setattr(contents, "_LARGE", -1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def article(number: int, more: str = "", facts: str = "") -> str:
    links = f"[next](a{number + 1}.md) ![p](p.png) [far](https://b.example/)"
    return (
        f"---\ntitle: N{number}\ndate: 2025-{number % 12 + 1:02}-03\n"
        f"tags: [t{number % 3}]\nauthor: W{number % 2}\n{facts}---\n"
        f"Text {number}. {links} {more}\n"
    )


FILES = {
    "feeds.toml": TOML,
    "p.png": IMAGE,
    **{f"a{number}.md": article(number) for number in range(8)},
}

PAGES = [f"a{number}/index.html" for number in range(8)]


def opened(folder: Path) -> Site:
    return Site(folder, clock=lambda: NOW)


def files(folder: Path) -> dict[str, bytes]:
    found = (place for place in folder.rglob("*") if place.is_file())
    every = {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}
    return {path: body for path, body in every.items() if path != EXPORT_MARK}


@pytest.fixture
def rendered(monkeypatch):
    """The paths of what is rendered from now on."""
    paths = []

    def document(self, path, render=Edition.document):
        paths.append(path)
        return render(self, path)

    monkeypatch.setattr(Edition, "document", document)
    return paths


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "site", FILES)


def test_where_nothing_changed_no_page_and_no_feed_is_rendered(
    folder, tmp_path, rendered
):
    export(opened(folder), tmp_path / "out")
    site = opened(folder)
    rendered.clear()
    assert export(site, tmp_path / "out").written == 0
    assert not {"index.html", "a1/index.html", "rss.xml", "tags/t0/feed.json"} & set(
        rendered
    )


def test_of_one_change_its_page_is_rendered_and_what_lists_it(
    folder, tmp_path, rendered
):
    export(opened(folder), tmp_path / "out")
    write(folder, {"a3.md": article(3, "Changed.")})
    site = opened(folder)
    rendered.clear()
    export(site, tmp_path / "out")
    assert {"a3/index.html", "tags/t0/atom.xml"} <= set(rendered)
    assert not {"a2/index.html", "tags/t1/rss.xml"} & set(rendered)


def test_a_page_is_rendered_where_its_link_leads_elsewhere(folder, tmp_path, rendered):
    export(opened(folder), tmp_path / "out")
    write(folder, {"a3.md": article(3, facts="slug: moved\n")})
    site = opened(folder)
    rendered.clear()
    export(site, tmp_path / "out")
    assert "a2/index.html" in rendered
    assert b"/moved/" in (tmp_path / "out/a2/index.html").read_bytes()


def test_of_a_new_title_the_pages_beside_it_are_rendered_too(
    folder, tmp_path, rendered
):
    export(opened(folder), tmp_path / "out")
    write(folder, {"a3.md": article(3).replace("N3", "Renamed")})
    site = opened(folder)
    rendered.clear()
    export(site, tmp_path / "out")
    pages = {path for path in rendered if path in PAGES}
    assert pages == {"a2/index.html", "a3/index.html", "a4/index.html"}


def test_a_file_that_was_changed_by_hand_is_mended_though_nothing_else_changed(
    folder, tmp_path
):
    out = tmp_path / "out"
    export(opened(folder), out)
    right = (out / "a1/index.html").read_bytes()
    (out / "a1/index.html").write_text("hand")
    (out / "a2/index.html").unlink()
    assert export(opened(folder), out).written == 2
    assert (out / "a1/index.html").read_bytes() == right


def changes(dice: random.Random, folder: Path) -> None:
    """Something that a writer may do."""
    number = dice.randrange(10)
    path = folder / f"a{number}.md"
    match dice.randrange(9):
        case 0:
            path.write_text(article(number, f"Edit {dice.random()}."))
        case 1:
            path.unlink(missing_ok=True)
        case 2:
            path.write_text(article(number, facts=f"slug: s{dice.randrange(5)}\n"))
        case 3:
            path.write_text(
                article(number, facts=f"updated: 2025-12-{number + 1:02}\n")
            )
        case 4:
            (folder / "p.png").write_bytes(IMAGE + bytes(dice.randrange(9)))
        case 5:
            (folder / "p.png").unlink(missing_ok=True)
        case 6:
            path.write_text(article(number, facts="image: p.png\n"))
        case 7:
            title = dice.choice(["T", "Another"])
            more = dice.choice(["", "markdown = true\n", 'icon = "p.png"\n'])
            (folder / "feeds.toml").write_text(TOML.replace('"T"', f'"{title}"') + more)
        case 8:
            listed = dice.choice(["", "listed: false\n", "draft: true\n"])
            path.write_text(article(number, facts=listed))


@pytest.mark.parametrize("many", [2, 500], ids=["in parts", "whole"])
@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(2, 12))]
)
def test_after_any_changes_all_is_as_if_it_were_rendered_anew(
    folder, tmp_path, monkeypatch, seed, compress, many
):
    monkeypatch.setattr(large, "_MANY", many)
    dice, out = random.Random(seed), tmp_path / "out"
    wishes = Wishes(compress=compress)
    for step in range(12):
        for _ in range(dice.randrange(3)):
            changes(dice, folder)
        export(opened(folder), out, wishes)
        with monkeypatch.context() as patch:
            patch.setattr(contents, "_LARGE", 10**9)  # no cache, so no keys
            patch.setattr(large, "_MANY", 10**9)
            fresh = tmp_path / f"fresh-{step}"
            export(opened(folder), fresh, wishes)
        assert files(out) == files(fresh), step
