"""Every feed of a site: tags, languages, archives, what moved and what is gone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from feeds.documents.conformance import examine
from feeds.documents.formats import FORMATS
from feeds.errors import ConfigError, Gone, NotFound
from feeds.feed import Author, Comments, Enclosure, Feed, Source
from tests.conftest import NOW, client_for

BASE = 'title = "T"\nbase_url = "https://ann.example/"\nid = "tag:ann.example,2026:"\n'


def told(title="A", date="2026-02-01", body="Text.", **facts) -> str:
    header = "".join(f"{key}: {value}\n" for key, value in facts.items())
    return f"---\ntitle: {title}\ndate: {date}\n{header}---\n\n{body}\n"


def feed(site, path: str) -> Feed:
    """The feed that the document at `path` is, in whatever format."""
    form = next(f for f in FORMATS.values() if path.endswith(f.filename))
    return form.parse(site.document(path).body)


def titles(site, path: str) -> list[str]:
    return [entry.title for entry in feed(site, path).entries]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_tag_has_a_feed_in_every_format(make_site, form):
    site = make_site(
        {
            "feeds.toml": BASE,
            "a.md": told("A", tags="[Open Web]"),
            "b.md": told("B"),
        }
    )
    found = feed(site, f"tags/open-web/{form.filename}")
    assert [entry.title for entry in found.entries] == ["A"]
    assert found.title == "T – Open Web"
    assert found.url == "https://ann.example/tags/open-web/"
    assert found.complete


def test_an_entry_has_one_id_in_every_feed_and_format(make_site):
    site = make_site({"feeds.toml": BASE, "notes/a.md": told(tags="x", author="Ann")})
    ids = {
        path: [entry.id for entry in feed(site, path).entries]
        for path in site.edition.topics
    }
    assert len(ids) == 12
    assert set(map(tuple, ids.values())) == {("tag:ann.example,2026:notes/a.md",)}


def test_feeds_themselves_have_ids_of_their_own(make_site):
    site = make_site({"feeds.toml": BASE, "a.md": told(tags="[x, y]")})
    ids = {feed(site, path).id for path in site.edition.topics if "rss" in path}
    assert len(ids) == 3


def test_every_page_names_the_sites_feed_first_and_then_its_own(make_site):
    site = make_site({"feeds.toml": BASE, "a.md": told(tags="x")})
    page = site.document("tags/x/index.html").body.decode()
    links = [
        line.split('href="')[1].split('"')[0]
        for line in page.splitlines()
        if 'rel="alternate"' in line
    ]
    names = [form.filename for form in FORMATS.values()]
    assert links == [f"../../{n}" for n in names] + [f"../../tags/x/{n}" for n in names]


def test_a_feed_of_feeds_toml_lies_at_its_name(make_site):
    toml = BASE + '[feeds.Clocks]\ntags = "clocks"\ntitle = "Ticking"\nlimit = 1\n'
    site = make_site(
        {
            "feeds.toml": toml,
            "a.md": told("A", tags="clocks"),
            "b.md": told("B", "2026-02-02", tags="clocks"),
            "c.md": told("C"),
        }
    )
    found = feed(site, "clocks/atom.xml")
    assert found.title == "Ticking"
    assert [entry.title for entry in found.entries] == ["B"]
    assert not found.complete
    assert b"Ticking" in site.document("clocks/index.html").body
    assert b"Ticking" in site.document("feeds.opml").body


def test_a_feed_can_be_of_summaries_and_in_few_formats(make_site):
    toml = BASE + '[feeds.short]\ncontent = "summary"\nformats = ["rss"]\n'
    site = make_site({"feeds.toml": toml, "a.md": told(body="One.\n\nTwo.")})
    (entry,) = feed(site, "short/rss.xml").entries
    assert (entry.content, entry.summary) == ("", "One.")
    with pytest.raises(NotFound):
        site.document("short/atom.xml")
    assert "Two." in feed(site, "rss.xml").entries[0].content


def test_an_article_makes_way_for_a_feed(make_site):
    toml = BASE + "[feeds.notes]\n"
    site = make_site({"feeds.toml": toml, "notes.md": told()})
    assert site.edition.addresses.pages["notes.md"] == "notes-md/"
    (problem,) = site.problems
    assert (problem.path, problem.code) == ("notes.md", "slug-twice")


def test_a_feed_that_moved_says_where_and_leads_there(make_site):
    toml = BASE + '[feeds.pod]\nmoved = "https://new.example/pod.xml"\n'
    site = make_site({"feeds.toml": toml, "a.md": told()})
    answer = client_for(site).get("/pod/rss.xml")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://new.example/pod.xml"
    assert feed(site, "pod/rss.xml").moved == "https://new.example/pod.xml"
    assert b"pod/" not in site.document("feeds.opml").body


def test_a_feed_that_is_gone_says_so_for_ever(make_site):
    toml = BASE + "[feeds.pod]\ngone = true\n"
    site = make_site({"feeds.toml": toml, "a.md": told()})
    client = client_for(site)
    for form in FORMATS.values():
        assert client.get(f"/pod/{form.filename}").status_code == 410
    assert client.get("/pod/").status_code == 410
    assert not [path for path in site.edition.paths if path.startswith("pod/")]


def months(count: int) -> dict[str, str]:
    return {
        f"{number}.md": told(f"N{number}", f"2025-{number:02}-10")
        for number in range(1, count + 1)
    }


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_archives_lead_from_one_to_the_next(make_site, form):
    site = make_site({"feeds.toml": BASE + "limit = 1\n", **months(3)})
    home = "https://ann.example/"
    main = feed(site, form.filename)
    assert main.paging.previous == f"{home}archives/2025-03/"
    assert not main.complete
    middle = feed(site, f"archives/2025-02/{form.filename}")
    assert middle.paging.current == home
    assert middle.paging.previous == f"{home}archives/2025-01/"
    assert middle.paging.following == f"{home}archives/2025-03/"
    assert middle.id == main.id
    assert [entry.title for entry in middle.entries] == ["N2"]


def test_json_feed_leads_to_the_archives_by_next_url(make_site):
    site = make_site({"feeds.toml": BASE + "limit = 1\n", **months(2)})
    place, seen = "feed.json", []
    while place:
        told_json = json.loads(site.document(place).body)
        seen.append(told_json["feed_url"])
        place = told_json.get("next_url", "").removeprefix("https://ann.example/")
    assert len(seen) == len(set(seen)) == 3


def test_a_limit_of_0_lists_all_and_has_no_archives(make_site):
    many = {f"{number}.md": told(f"N{number}", "2025-01-10") for number in range(25)}
    site = make_site({"feeds.toml": BASE + "limit = 0\n", **many})
    found = feed(site, "atom.xml")
    assert (len(found.entries), found.complete) == (25, True)
    assert not [path for path in site.edition.paths if path.startswith("archives/")]


def test_a_feed_of_its_own_may_list_all_where_the_site_does_not(make_site):
    toml = BASE + "limit = 1\n[feeds.all]\nlimit = 0\n"
    site = make_site({"feeds.toml": toml, **months(3)})
    assert len(feed(site, "all/atom.xml").entries) == 3


def test_a_small_site_is_complete_and_has_no_archives(make_site):
    site = make_site({"feeds.toml": BASE, **months(3)})
    assert feed(site, "atom.xml").complete
    assert not [path for path in site.edition.paths if path.startswith("archives/")]


def test_an_archive_is_the_same_bytes_when_more_is_written(make_site):
    files = {"feeds.toml": BASE + "limit = 1\n", **months(3)}
    site = make_site(files)
    before = site.document("archives/2025-02/atom.xml").body
    make_site({"new.md": told("New", "2026-02-20")})
    site.refresh()
    assert site.document("archives/2025-02/atom.xml").body == before


def test_the_site_wakes_when_a_month_is_past(make_site):
    site = make_site({"feeds.toml": BASE + "limit = 1\n", **months(3)})
    assert site.edition.due == datetime(2026, 4, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_deleted_article_leaves_a_tombstone_for_ninety_days(make_site, clock):
    site = make_site({"feeds.toml": BASE, "a.md": told(), "b.md": told()}, clock=clock)
    (site.folder / "a.md").unlink()
    clock.now = NOW + timedelta(minutes=1)
    site.refresh()
    assert feed(site, "atom.xml").deleted == ()
    gone = clock.now
    clock.now = gone + timedelta(minutes=11)
    site.refresh()
    for form in FORMATS.values():
        (deleted,) = feed(site, form.filename).deleted
        assert (deleted.id, deleted.when) == ("tag:ann.example,2026:a.md", gone)
    clock.now = gone + timedelta(days=91)
    site.refresh()
    assert feed(site, "atom.xml").deleted == ()


def test_a_deleted_articles_addresses_answer_410(make_site, clock):
    files = {"feeds.toml": BASE, "a.md": told(aliases="[/old/a/]"), "b.md": told()}
    site = make_site(files, clock=clock)
    (site.folder / "a.md").unlink()
    clock.now += timedelta(minutes=1)
    site.refresh()
    client = client_for(site)
    assert client.get("/a/").status_code == 410
    assert client.get("/old/a/").status_code == 410
    assert client.get("/old/a").status_code == 410
    assert client.get("/never/").status_code == 404
    with pytest.raises(Gone):
        site.document("a/index.html")


def test_an_article_that_comes_back_is_newer_than_its_tombstone(make_site, clock):
    site = make_site({"feeds.toml": BASE, "a.md": told(), "b.md": told()}, clock=clock)
    (site.folder / "a.md").unlink()
    clock.now += timedelta(minutes=1)
    site.refresh()
    clock.now += timedelta(days=1)
    make_site({"a.md": told()}, clock=clock)
    site.refresh()
    found = feed(site, "atom.xml")
    assert found.deleted == ()
    assert {e.id: e.updated for e in found.entries}[
        "tag:ann.example,2026:a.md"
    ] == clock.now
    assert client_for(site).get("/a/").status_code == 200


def test_an_article_that_moves_leads_on_from_where_it_was(make_site, clock):
    site = make_site({"feeds.toml": BASE, "a.md": told(body="Some text.")}, clock=clock)
    (site.folder / "a.md").rename(site.folder / "b.md")
    clock.now += timedelta(minutes=1)
    site.refresh()
    answer = client_for(site).get("/a/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "../b/")
    assert feed(site, "atom.xml").deleted == ()


def test_nothing_is_written_again_for_what_did_not_change(make_site, clock):
    files = {"feeds.toml": BASE, "a.md": told("A"), "b.md": told("B")}
    site = make_site(files, clock=clock)
    before = {entry.title: entry for entry in site.edition.feed.entries}
    make_site({"a.md": told("A2")}, clock=clock)
    clock.now += timedelta(minutes=1)
    site.refresh()
    after = {entry.title: entry for entry in site.edition.feed.entries}
    assert after["B"] is before["B"]
    assert "A2" in after


def test_what_a_link_leads_to_is_looked_up_again(make_site, clock):
    site = make_site({"feeds.toml": BASE, "a.md": told(body="[b](b.md)")}, clock=clock)
    make_site({"b.md": told("B", slug="elsewhere")}, clock=clock)
    clock.now += timedelta(minutes=1)
    site.refresh()
    entries = {entry.title: entry for entry in site.edition.feed.entries}
    assert "https://ann.example/elsewhere/" in entries["A"].content


LANGUAGES = {
    "feeds.toml": BASE,
    "ferry.md": told("Ferry"),
    "ferry.fr.md": told("Bac"),
    "only.he.md": told("שלום"),
}


def test_languages_are_related(make_site):
    site = make_site(LANGUAGES)
    variants = {v.language: v.url for v in feed(site, "languages/fr/atom.xml").variants}
    assert variants == {
        "en": "https://ann.example/languages/en/",
        "he": "https://ann.example/languages/he/",
    }
    page = site.document("ferry/index.html").body.decode()
    assert (
        '<link rel="alternate" hreflang="fr" href="https://ann.example/fr/ferry/">'
        in page
    )
    assert 'hreflang="he"' not in page
    sitemap = etree.fromstring(site.document("sitemap.xml").body)
    assert len(sitemap.findall(".//{*}link[@hreflang='fr']")) == 2


def test_right_to_left_content_has_its_direction(make_site):
    site = make_site(LANGUAGES)
    (entry,) = feed(site, "languages/he/rss.xml").entries
    assert entry.content.startswith('<div dir="rtl">')
    assert entry.language == "he"


def test_facts_of_an_article_are_in_every_format(make_site):
    article = told(
        link="https://elsewhere.example/",
        source="{title: Q, url: https://q.example/}",
        rights="© Ann",
        license="CC BY-SA 4.0",
        comments="{url: https://talk.example/1, count: 3}",
    )
    site = make_site({"feeds.toml": BASE, "a.md": article})
    for form in FORMATS.values():
        (entry,) = feed(site, form.filename).entries
        assert entry.link == "https://elsewhere.example/"
        assert entry.source == Source("Q", "https://q.example/")
        assert entry.rights == "© Ann"
        assert entry.license == "https://creativecommons.org/licenses/by-sa/4.0/"
        assert entry.comments == Comments(True, "https://talk.example/1", 3)


def test_open_comments_are_on_the_articles_page(make_site):
    site = make_site({"feeds.toml": BASE, "a.md": told(comments="open")})
    (entry,) = feed(site, "rss.xml").entries
    assert entry.comments == Comments(True, "https://ann.example/a/")


def test_feeds_toml_gives_every_format_its_pictures_and_rights(make_site):
    toml = BASE + 'icon = "i.png"\nimage = "logo.png"\nrights = "© Ann"\n'
    toml += 'license = "CC0"\n'
    pictures = {"i.png": b"x", "logo.png": b"x"}
    site = make_site({"feeds.toml": toml, "a.md": told(), **pictures})
    for form in FORMATS.values():
        found = feed(site, form.filename)
        assert found.icon == "https://ann.example/i.png"
        assert found.image == "https://ann.example/logo.png"
        assert found.rights == "© Ann"
        assert "publicdomain/zero" in found.license
        assert found.fresh == 15


def test_a_picture_that_is_not_there_is_a_problem(make_site):
    site = make_site({"feeds.toml": BASE + 'icon = "i.png"\n', "a.md": told()})
    (problem,) = site.problems
    assert problem.path == "feeds.toml"
    assert "'i.png'" in problem.found
    assert feed(site, "atom.xml").icon == ""


def test_markdown_is_in_the_feed_when_it_is_asked_for(make_site):
    body = "See [there](b.md) and ![x](p.png).\n\n[d]: b.md\n"
    files = {"a.md": told(body=body), "b.md": told("B"), "p.png": b"x"}
    site = make_site({"feeds.toml": BASE, **files})
    assert not any(entry.markdown for entry in feed(site, "rss.xml").entries)
    site = make_site({"feeds.toml": BASE + "markdown = true\n", **files})
    found = {entry.title: entry.markdown for entry in feed(site, "rss.xml").entries}
    assert found["A"] == (
        "See [there](https://ann.example/b/) and ![x](https://ann.example/p.png).\n\n"
        "[d]: https://ann.example/b/"
    )


def test_every_page_of_the_site_is_in_its_sitemap(make_site):
    site = make_site({"feeds.toml": BASE, "a.md": told(tags="x")})
    sitemap = etree.fromstring(site.document("sitemap.xml").body)
    assert {found.text for found in sitemap.findall(".//{*}loc")} == {
        "https://ann.example/",
        "https://ann.example/a/",
        "https://ann.example/tags/x/",
    }
    assert b"https://ann.example/sitemap.xml" in site.document("robots.txt").body


def test_feeds_below_a_folder_are_guessed_too(make_site):
    client = client_for(make_site({"feeds.toml": BASE, "a.md": told(tags="x")}))
    answer = client.get("/tags/x/feed")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "../../tags/x/rss.xml",
    )


PODCAST = """
[feeds.pod]
image = "art.png"
[feeds.pod.podcast]
category = "Arts > Books"
owner = { name = "Ann", email = "a@ann.example" }
"""
EPISODE = told(
    "One",
    audio="{src: one.mp3, duration: 61}",
    episode="1",
    season="2",
    transcript="one.vtt",
    guests="[Ben]",
)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_podcast_says_what_podcast_apps_ask(make_site, form):
    files = {"one.mp3": b"x" * 10, "one.vtt": "WEBVTT\n", "art.png": b"x"}
    site = make_site(
        {"feeds.toml": BASE + PODCAST, "one.md": EPISODE, "b.md": told(), **files}
    )
    found = feed(site, f"pod/{form.filename}")
    assert found.podcast.categories == ("Arts > Books",)
    assert found.podcast.owner == Author("Ann", "a@ann.example")
    assert found.image == "https://ann.example/art.png"
    (entry,) = found.entries
    assert entry.enclosures == (
        Enclosure("https://ann.example/one.mp3", "audio/mpeg", 10, 61),
    )
    assert (entry.episode.number, entry.episode.season) == ("1", 2)
    assert entry.episode.transcripts[0].url == "https://ann.example/one.vtt"
    assert [person.name for person in entry.episode.persons] == ["Ben"]
    topic = f"https://ann.example/pod/{form.filename}"
    body = site.document(f"pod/{form.filename}").body
    assert examine(body, topic) == ()


def test_the_words_of_podcasts_are_in_podcasts_alone(make_site):
    site = make_site({"feeds.toml": BASE + PODCAST, "one.md": EPISODE})
    assert b"itunes" in site.document("pod/rss.xml").body
    assert b"itunes" not in site.document("rss.xml").body


BROKEN_TABLES = """
[feeds.Pod]
tag = "x"
limit = -1
[feeds.pod]
moved = "https://new.example/"
gone = true
[feeds.tags]
"""


def test_what_is_wrong_in_a_table_is_told_with_its_line(make_site):
    with pytest.raises(ConfigError) as caught:
        make_site({"feeds.toml": BROKEN_TABLES})
    lines = {p.line for p in caught.value.problems}
    assert {3, 4, 5, 7, 8} <= lines
