"""Ids: of the site's id and a name, or the author's own; never twice, never another."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.articles.article import Article
from feeds.articles.dialects import PLAIN
from feeds.articles.identity import follow, identify, mint
from feeds.articles.ledger import Memory, digest
from feeds.articles.places import read_path
from feeds.site import Site
from tests.conftest import NOW, write

SITE = "tag:ann.example,2026:"


def article(path: str, day: int = 1, body: str = "Text", **facts) -> Article:
    facts.setdefault("title", "A title")
    facts.setdefault("published", datetime(2024, 1, day, tzinfo=UTC))
    place = read_path(path, PLAIN, UTC)
    known = digest(body)
    return Article(path, "Markdown", place=place, digest=known, **facts)


def ids_of(*articles: Article) -> dict[str, str]:
    ids, problems = identify(articles, {}, SITE)
    assert problems == []
    return ids


def test_an_id_is_minted_from_the_sites_id_and_the_path():
    assert ids_of(article("2024/a.md")) == {"2024/a.md": SITE + "2024/a.md"}


@pytest.mark.parametrize(
    ("name", "minted"),
    [
        ("a b.md", "a%20b.md"),
        ("grüße.md", "gr%C3%BC%C3%9Fe.md"),
        ("a\n%#?.md", "a%0A%25%23%3F.md"),
        ("~a_b-c/d.md", "~a_b-c/d.md"),
    ],
)
def test_a_minted_id_is_ascii_and_ready_for_a_uri(name, minted):
    assert mint(SITE, name) == SITE + minted


def test_an_id_depends_on_neither_title_slug_nor_dates():
    one = article("a.md")
    other = replace(
        one,
        title="Another",
        slug="another",
        published=datetime(2025, 6, 1, tzinfo=UTC),
        updated=datetime(2025, 6, 2, tzinfo=UTC),
        digest=digest("Another"),
    )
    assert ids_of(one) == ids_of(other)


def test_an_id_does_not_depend_on_the_other_articles():
    one = article("a.md", day=5)
    assert (
        ids_of(one, article("b.md"), article("c.md", day=9))["a.md"]
        == (ids_of(one)["a.md"])
    )


@pytest.mark.parametrize(
    "own",
    ["tag:x.example,2024:ids", "https://x.example/?p=12", "urn:uuid:0c1d", "x:y"],
)
def test_the_authors_own_uri_is_kept_as_it_is(own):
    assert ids_of(article("a.md", id=own)) == {"a.md": own}


@pytest.mark.parametrize(
    ("own", "expected"), [("ids", "ids"), ("a b", "a%20b"), ("Né: 1", "N%C3%A9%3A%201")]
)
def test_an_own_id_that_is_no_uri_is_put_behind_the_sites(own, expected):
    assert ids_of(article("a.md", id=own)) == {"a.md": SITE + expected}


def test_of_two_with_one_id_the_later_gets_the_one_it_would_have_had_without():
    ids, problems = identify(
        [article("a.md", day=2, id="x:y"), article("b.md", day=1, id="x:y")], {}, SITE
    )
    assert ids == {"b.md": "x:y", "a.md": SITE + "a.md"}
    assert [str(problem) for problem in problems] == [
        "a.md:1: the id of b.md again: 'x:y' (give it an id of its own)"
    ]
    assert problems[0].severity == "warning"


def test_of_two_with_one_id_and_one_date_the_later_is_so_by_path():
    ids, _ = identify([article("b.md", id="x:y"), article("a.md", id="x:y")], {}, SITE)
    assert ids == {"a.md": "x:y", "b.md": SITE + "b.md"}


def test_an_undated_article_is_later_than_any_other():
    undated = replace(article("a.md", id="x:y"), published=None)
    ids, _ = identify([undated, article("b.md", id="x:y")], {}, SITE)
    assert ids["b.md"] == "x:y"


def test_an_own_id_never_takes_the_id_of_an_article_without_one():
    thief = article("a.md", day=1, id="b.md")
    ids, problems = identify([thief, article("b.md", day=2)], {}, SITE)
    assert ids["b.md"] == SITE + "b.md"
    assert ids["a.md"] != ids["b.md"]
    assert [problem.path for problem in problems] == ["a.md"]


def test_an_own_uri_never_takes_the_id_of_an_article_without_one():
    thief = article("a.md", day=2, id=SITE + "b.md")
    ids, problems = identify([thief, article("b.md", day=1)], {}, SITE)
    assert ids == {"a.md": SITE + "a.md", "b.md": SITE + "b.md"}
    assert len(problems) == 1


def test_every_article_has_an_id_of_its_own_however_they_collide():
    articles = [
        article("a.md", day=1, id="c.md"),
        article("b.md", day=2, id="c.md"),
        article("c.md", day=3, id="b.md"),
        article("d.md", day=4, id="b.md"),
        article("e.md", day=5),
        article("f.md", day=6, id="e.md"),
    ]
    ids, _ = identify(articles, {}, SITE)
    assert len(set(ids.values())) == len(articles)


def test_an_id_is_made_from_the_name_that_is_remembered():
    ids, problems = identify([article("new/a.md")], {"new/a.md": "old/a.md"}, SITE)
    assert (ids, problems) == ({"new/a.md": SITE + "old/a.md"}, [])


def test_an_own_id_goes_before_a_name_that_is_remembered():
    ids, _ = identify([article("a.md", id="x:y")], {"a.md": "b.md"}, SITE)
    assert ids == {"a.md": "x:y"}


NAMES = st.sampled_from(["a.md", "b.md", "a/b.md", "a.md~", "a%20b.md", "a b.md"])
ARTICLES = st.dictionaries(
    NAMES,
    st.builds(
        lambda day, own: {"day": day, "id": own},
        st.integers(1, 3),
        st.one_of(st.just(""), NAMES, NAMES.map(SITE.__add__), st.just("x:y")),
    ),
)


@settings(max_examples=40)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_any_articles_have_as_many_ids_in_whatever_order(made, random):
    articles = [article(path, **facts) for path, facts in made.items()]
    ids, _ = identify(articles, {}, SITE)
    assert len(set(ids.values())) == len(ids) == len(articles)
    random.shuffle(articles)
    assert identify(articles, {}, SITE)[0] == ids


# --- What follows a file that moves ---------------------------------------------------

LATER = NOW + timedelta(days=1)


class Folder:
    """The memories of a folder whose articles change: as the ledger keeps them."""

    def __init__(self) -> None:
        self.memories: dict[str, Memory] = {}
        self.ids: Mapping[str, str] = {}

    def holds(
        self, *articles: Article, dates=None, now=NOW, besides=()
    ) -> Mapping[str, str]:
        """The ids that the articles have when the folder is looked at.

        `besides` are the paths of files in it that are no articles just now.
        """
        present = {*besides, *(article.path for article in articles)}
        new, forgotten = follow(articles, present, self.memories, dates or {}, now)
        for path in forgotten:
            del self.memories[path]
        self.memories |= new
        names = {path: memory.name for path, memory in self.memories.items()}
        self.ids, problems = identify(articles, names, SITE)
        assert problems == []
        assert len(set(self.ids.values())) == len(articles)
        return self.ids


@pytest.fixture
def folder() -> Folder:
    return Folder()


def test_an_id_survives_an_edit_and_a_new_title(folder):
    folder.holds(article("a.md"))
    before = folder.ids["a.md"]
    assert folder.holds(article("a.md", body="Other"))["a.md"] == before
    assert folder.holds(article("a.md", body="Other", title="B"))["a.md"] == before


def test_an_id_survives_a_move_of_the_same_text(folder):
    before = folder.holds(article("a.md"))["a.md"]
    moved = article("2024/b.md", title="Another", day=9)
    assert folder.holds(moved)["2024/b.md"] == before


def test_an_id_survives_a_move_and_an_edit_at_once_if_title_and_date_are_the_same(
    folder,
):
    before = folder.holds(article("a.md", body="One"))["a.md"]
    assert folder.holds(article("b.md", body="Two"))["b.md"] == before


def test_an_id_survives_several_moves(folder):
    before = folder.holds(article("a.md"))["a.md"]
    folder.holds(article("b.md"))
    folder.holds(article("c.md", body="Edited"))
    assert folder.holds(article("d.md", body="Edited"))["d.md"] == before


def test_an_id_survives_a_move_there_and_back(folder):
    before = folder.holds(article("a.md"))["a.md"]
    folder.holds(article("b.md"))
    assert folder.holds(article("a.md"))["a.md"] == before


def test_an_article_with_another_text_title_and_date_is_new(folder):
    before = folder.holds(article("a.md", body="One"))["a.md"]
    new = article("b.md", body="Two", title="B", day=2)
    assert folder.holds(new) == {"b.md": SITE + "b.md"}
    assert folder.ids["b.md"] != before


def test_an_undated_article_is_not_known_again_by_its_title(folder):
    folder.holds(article("a.md", body="One", published=None))
    new = article("b.md", body="Two", published=None)
    assert folder.holds(new) == {"b.md": SITE + "b.md"}


def test_a_copy_is_new(folder):
    folder.holds(article("a.md"))
    ids = folder.holds(article("a.md"), article("b.md"))
    assert ids == {"a.md": SITE + "a.md", "b.md": SITE + "b.md"}


def test_a_copy_stays_what_it_is_once_its_original_is_gone(folder):
    folder.holds(article("a.md"))
    folder.holds(article("a.md"), article("b.md"))
    assert folder.holds(article("b.md")) == {"b.md": SITE + "b.md"}


def test_an_article_that_comes_back_has_its_id_again(folder):
    before = folder.holds(article("a.md"), article("b.md", body="B"))["a.md"]
    folder.holds(article("b.md", body="B"))
    back = folder.holds(article("a.md", body="New"), article("b.md", body="B"))
    assert back["a.md"] == before


def test_of_two_that_are_gone_with_one_text_neither_is_guessed(folder):
    folder.holds(article("a.md", day=1, title="A"), article("b.md", day=2, title="B"))
    ids = folder.holds(article("c.md", day=3, title="C"))
    assert ids == {"c.md": SITE + "c.md"}


def test_two_of_one_text_that_move_together_are_known_by_title_and_date(folder):
    folder.holds(article("a.md", day=1, title="A"), article("b.md", day=2, title="B"))
    ids = folder.holds(
        article("x/a.md", day=1, title="A"), article("x/b.md", day=2, title="B")
    )
    assert ids == {"x/a.md": SITE + "a.md", "x/b.md": SITE + "b.md"}


def test_of_two_that_could_be_what_is_gone_one_is(folder):
    before = folder.holds(article("a.md"))["a.md"]
    ids = folder.holds(article("b.md"), article("c.md"))
    assert list(ids.values()).count(before) == 1


def test_a_new_article_where_one_moved_away_is_another(folder):
    before = folder.holds(article("a.md"))["a.md"]
    folder.holds(article("b.md"))
    ids = folder.holds(article("b.md"), article("a.md", body="New", title="New", day=5))
    assert ids["b.md"] == before
    assert ids["a.md"] != before
    again = folder.holds(
        article("b.md"), article("a.md", body="Edited", title="New", day=5)
    )
    assert again == ids


def test_a_new_article_where_one_moves_away_at_once_is_another(folder):
    before = folder.holds(article("a.md"))["a.md"]
    ids = folder.holds(article("b.md"), article("a.md", body="New", title="New", day=5))
    assert before in ids.values()
    assert ids["a.md"] != ids["b.md"]


def test_two_that_change_places_keep_one_id_each(folder):
    before = folder.holds(
        article("a.md", body="One", title="One"),
        article("b.md", body="Two", title="Two", day=2),
    )
    after = folder.holds(
        article("b.md", body="One", title="One"),
        article("a.md", body="Two", title="Two", day=2),
    )
    assert sorted(after.values()) == sorted(before.values())


def test_what_cannot_be_read_just_now_has_not_moved(folder):
    folder.holds(article("a.md"))
    assert folder.holds(article("b.md"), besides=["a.md"]) == {"b.md": SITE + "b.md"}
    assert folder.holds(article("a.md"), article("b.md"))["a.md"] == SITE + "a.md"


def test_texts_without_a_word_are_not_taken_for_one_another(folder):
    folder.holds(article("a.md", body="", title="A"))
    ids = folder.holds(article("b.md", body=" \n", title="B", day=2))
    assert ids == {"b.md": SITE + "b.md"}


def test_what_has_an_id_and_a_date_of_its_authors_is_remembered_with_its_id(folder):
    folder.holds(article("a.md", id="x:y"), article("b.md", body="B", title="B"))
    ids = {path: memory.id for path, memory in folder.memories.items()}
    assert ids == {"a.md": "x:y", "b.md": ""}


def test_what_does_not_change_is_the_same_memory(folder):
    folder.holds(article("a.md", id="x:y"), article("b.md", published=None))
    before = dict(folder.memories)
    folder.holds(article("a.md", id="x:y"), article("b.md", published=None), now=LATER)
    assert all(folder.memories[path] is before[path] for path in before)


def withdrawn(folder: Folder, path: str, **known) -> None:
    """Say of the article at `path` what is known once it was published."""
    known = {"addresses": ("a/",), "gone": NOW, "back": NOW, **known}
    folder.memories[path] = replace(folder.memories[path], **known)


@pytest.mark.parametrize(
    "moved",
    [
        article("b.md", title="B", day=2),
        article("b.md", body="Other"),
    ],
    ids=["by its text", "by its title and date"],
)
def test_where_an_article_lay_and_since_when_it_is_gone_move_with_it(folder, moved):
    folder.holds(article("a.md"))
    withdrawn(folder, "a.md")
    folder.holds(moved, now=LATER)
    assert list(folder.memories) == ["b.md"]
    memory = folder.memories["b.md"]
    assert (memory.addresses, memory.gone, memory.back) == (("a/",), NOW, NOW)


def test_what_has_an_id_of_its_authors_is_known_again_by_it(folder):
    folder.holds(article("a.md", id="x:y"))
    withdrawn(folder, "a.md")
    folder.holds(article("b.md", id="x:y", body="Other", title="B", day=2))
    assert list(folder.memories) == ["b.md"]
    assert folder.memories["b.md"].addresses == ("a/",)


def test_an_id_that_two_had_that_are_gone_is_known_again_by_neither(folder):
    folder.memories = {
        path: Memory(NOW, path, id="x:y", addresses=(path,)) for path in "ab"
    }
    folder.holds(article("c.md", id="x:y"))
    assert folder.memories["c.md"].addresses == ()


def test_what_stays_where_it_is_keeps_where_it_lay_through_an_edit(folder):
    folder.holds(article("a.md"))
    withdrawn(folder, "a.md")
    folder.holds(article("a.md", body="Other", id="x:y"))
    assert folder.memories["a.md"].addresses == ("a/",)
    assert folder.memories["a.md"].id == "x:y"


def test_who_has_an_id_of_its_own_takes_no_other_articles(folder):
    before = folder.holds(article("a.md"))["a.md"]
    ids = folder.holds(article("b.md", id="x:y"), article("c.md"))
    assert ids == {"b.md": "x:y", "c.md": before}


def test_what_has_an_id_of_its_own_makes_no_other_harder_to_know_again(folder):
    before = folder.holds(article("a.md"), article("b.md", id="x:y"))["a.md"]
    assert folder.holds(article("c.md")) == {"c.md": before}


def test_an_article_with_a_date_takes_no_instant_from_one_without(folder):
    every = [article(f"{n}.md", body=f"{n}", id=f"x:{n}") for n in range(3)]
    folder.holds(*every, article("d.md", body="D", published=None))
    assert {memory.first_seen for memory in folder.memories.values()} == {NOW}


def test_without_memories_only_moved_articles_get_other_ids(folder):
    folder.holds(article("a.md"), article("b.md", body="B", title="B"))
    before = folder.holds(article("a.md"), article("c.md", body="B", title="B"))
    after = Folder().holds(article("a.md"), article("c.md", body="B", title="B"))
    assert after["a.md"] == before["a.md"]
    assert (before["c.md"], after["c.md"]) == (SITE + "b.md", SITE + "c.md")


def test_what_is_new_is_first_seen_at_its_first_commit_else_now(folder):
    committed = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    now = NOW.replace(microsecond=5)
    every = article("a.md", published=None), article("b.md", published=None)
    folder.holds(*every, dates={"a.md": committed}, now=now)
    assert folder.memories["a.md"].first_seen == committed
    assert folder.memories["b.md"].first_seen == NOW


def test_first_seen_never_changes(folder):
    one = article("a.md", published=None)
    folder.holds(one)
    folder.holds(replace(one, digest=digest("Edited")), now=LATER)
    assert folder.memories["a.md"].first_seen == NOW
    folder.holds(replace(one, path="b.md", digest=digest("Edited")), now=LATER)
    assert folder.memories["b.md"].first_seen == NOW


def test_undated_articles_that_are_first_seen_together_are_a_second_apart(folder):
    paths = [f"{number}.md" for number in range(9)]
    folder.holds(*(article(path, body=path, published=None) for path in paths))
    seen = {folder.memories[path].first_seen for path in paths}
    assert len(seen) == len(paths)
    assert max(seen) == NOW


def test_many_that_are_new_at_once_are_followed_in_linear_time(folder):
    one = article("a.md", body="", published=None)
    many = [replace(one, path=f"{number}.md") for number in range(12_000)]
    folder.holds(*many)
    seen = {memory.first_seen for memory in folder.memories.values()}
    assert len(seen) == len(many)


def test_a_name_that_a_moved_article_has_is_not_given_to_a_new_one(folder):
    def text(path: str, body: str) -> Article:
        return article(path, body=body, published=None)

    folder.holds(text("b.md", "y"), text("c.md", "x"))
    folder.holds(text("a.md", "x"))
    ids = folder.holds(text("b.md", "x"), text("c.md", "y"), text("d.md", "x"))
    assert ids["d.md"] == SITE + "c.md"


def test_a_digest_is_of_words_and_never_of_none():
    assert digest("a") == digest("a") != digest("b")
    assert digest("") == digest(" \n") == ""


STATES = st.lists(
    st.dictionaries(
        st.sampled_from("a.md b.md c.md d/a.md a.md~".split()),
        st.tuples(st.sampled_from("xyz"), st.sampled_from("AB"), st.booleans()),
        max_size=4,
    ),
    max_size=5,
)


@settings(max_examples=80)
@given(STATES)
def test_however_a_folder_changes_no_two_articles_share_an_id(states):
    folder = Folder()
    for state in states:
        articles = [
            article(
                path,
                body=body,
                title=title,
                published=NOW - timedelta(days=ord(title)) if dated else None,
            )
            for path, (body, title, dated) in state.items()
        ]
        before = folder.holds(*articles)
        assert folder.holds(*articles, now=LATER) == before


# --- Through a site, with files on a disk ---------------------------------------------

FILES = {
    "a.md": "---\ntitle: The ferry\ndate: 2024-01-31\n---\nIt is late.\n",
    "b.md": "# The harbour\n\nIt is closed.\n",
}


def entry_ids(site: Site) -> dict[str, str]:
    return {entry.title: entry.id for entry in site.edition.feed.entries}


def another(site: Site) -> Site:
    """The same folder as a program sees it that is started now."""
    return Site(site.folder, clock=lambda: LATER)


@pytest.mark.parametrize("name", ["a.md", "b.md"])
def test_a_file_that_is_renamed_keeps_its_id_and_its_date(make_site, name):
    site = make_site(FILES)
    ids = entry_ids(site)
    dates = {entry.id: entry.published for entry in site.edition.feed.entries}
    (site.folder / "2024").mkdir()
    (site.folder / name).rename(site.folder / "2024" / "renamed.md")
    assert site.refresh()
    for same in (site, another(site)):
        assert entry_ids(same) == ids
        found = {entry.id: entry.published for entry in same.edition.feed.entries}
        assert found == dates


def test_a_file_that_is_renamed_while_nobody_looks_keeps_its_id(make_site):
    ids = entry_ids(site := make_site(FILES))
    (site.folder / "b.md").rename(site.folder / "harbour.md")
    assert entry_ids(another(site)) == ids


def test_a_folder_that_is_renamed_takes_all_ids_along(make_site):
    files = {f"x/{name}": text for name, text in FILES.items()}
    ids = entry_ids(site := make_site(files))
    (site.folder / "x").rename(site.folder / "y")
    site.refresh()
    assert entry_ids(site) == entry_ids(another(site)) == ids


def test_a_file_that_is_renamed_and_edited_keeps_its_id(make_site):
    ids = entry_ids(site := make_site(FILES))
    text = FILES["a.md"].replace("late", "early")
    (site.folder / "a.md").unlink()
    write(site.folder, {"c.md": text})
    assert entry_ids(another(site)) == ids


def test_a_draft_that_is_published_under_another_name_has_one_id_ever_since(make_site):
    site = make_site({"_drafts/a.md": FILES["a.md"], "b.md": FILES["b.md"]})
    assert list(entry_ids(site)) == ["The harbour"]
    (site.folder / "_drafts/a.md").rename(site.folder / "ferry.md")
    site.refresh()
    ids = entry_ids(site)
    assert ids["The ferry"].endswith("ferry.md")
    assert entry_ids(another(site)) == ids


def test_a_new_file_where_one_moved_away_is_another_article_for_ever(make_site):
    site = make_site(FILES)
    ids = entry_ids(site)
    (site.folder / "a.md").rename(site.folder / "moved.md")
    site.refresh()
    write(site.folder, {"a.md": "# The bus\n\nIt is full.\n"})
    for _ in range(3):
        site = another(site)
        found = entry_ids(site)
        assert found["The ferry"] == ids["The ferry"]
        assert len(set(found.values())) == 3
        assert found == entry_ids(another(site))


def test_two_workers_agree_on_what_moved_and_what_is_new_where_it_lay(make_site):
    now = [NOW]
    one = make_site(FILES, clock=lambda: now[0])
    other = Site(one.folder, clock=lambda: now[0])

    def refresh() -> None:
        now[0] += timedelta(hours=1)
        one.refresh(), other.refresh()

    (one.folder / "b.md").rename(one.folder / "moved.md")
    refresh()
    write(one.folder, {"c.md": "# The bus\n\nIt is full."})
    other.refresh(), one.refresh()
    refresh()
    write(one.folder, {"b.md": "# The tram\n\nIt is empty."})
    other.refresh(), one.refresh()
    refresh()
    found = [
        {
            entry.title: (entry.id, entry.published)
            for entry in site.edition.feed.entries
        }
        for site in (one, other, another(one))
    ]
    assert found[0] == found[1] == found[2]
    assert found[0]["The tram"][1] > found[0]["The bus"][1] > NOW
    assert len({entry_id for entry_id, _ in found[0].values()}) == 4


def test_without_its_ledger_a_site_changes_the_ids_of_moved_files_alone(make_site):
    ids = entry_ids(site := make_site(FILES))
    (site.folder / "b.md").rename(site.folder / "c.md")
    site.refresh()
    (site.folder / "feeds.ledger").unlink()
    found = entry_ids(another(site))
    assert found["The ferry"] == ids["The ferry"]
    assert found["The harbour"] != ids["The harbour"]
