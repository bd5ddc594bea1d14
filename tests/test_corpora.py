"""Real blogs' folders, where they lie beside the project: no file crashes anything."""

import json
import shutil
from dataclasses import replace
from datetime import UTC

import pytest

from feeds.articles.dialects import is_article
from feeds.articles.formats import BY_SUFFIX, UNREAD
from feeds.check import check
from feeds.documents.formats import FORMATS
from feeds.feed import Comments, Feed
from feeds.site import Site
from tests.conftest import SHARED

CORPORA = SHARED / "corpora"
NAMES = ["hebrew", "nikola", "pelican", "ruby", "rust", "v8"]


@pytest.fixture
def corpus(request, tmp_path):
    if not CORPORA.exists():
        pytest.skip("no corpora beside the project")
    return shutil.copytree(CORPORA / request.param, tmp_path / request.param)


@pytest.mark.e2e
@pytest.mark.parametrize("corpus", NAMES, indirect=True)
def test_every_article_file_is_an_entry_or_a_problem(corpus):
    site = Site(corpus, flags={"limit": 1000, "base_url": "https://a.example/"})
    problems = {problem.path for problem in check(site)}
    published = {article.path for article in site.edition.articles}
    drafts = {a.path for a in site.edition.library.articles if a.draft}
    dialect = site.edition.library.contents.reading.dialect
    for file in corpus.rglob("*"):
        path = file.relative_to(corpus).as_posix()
        if file.suffix.lower() in {*BY_SUFFIX, *UNREAD} and is_article(path, dialect):
            assert path in published | problems | drafts
    assert len(site.edition.feed.entries) == len(published)
    for form in FORMATS.values():
        read = form.parse(site.document(form.filename).body)
        assert len(read.entries) == len(published)


def _common(feed: Feed) -> Feed:
    """A feed without what one format alone can hold."""
    entries = [
        replace(
            entry,
            comments=None,  # that they are closed
            image=entry.image if entry.image and entry.image.url else None,
            enclosures=tuple(replace(e, duration=0) for e in entry.enclosures),
        )
        for entry in feed.entries
    ]
    return replace(feed, entries=tuple(entries), stylesheet="", variants=())


@pytest.mark.e2e
@pytest.mark.parametrize("corpus", NAMES, indirect=True)
def test_every_feed_says_the_same_in_every_format(corpus):
    site = Site(corpus, flags={"base_url": "https://a.example/"})
    for place in site.edition.shelves:
        found = [
            _common(form.parse(site.document(place + form.filename).body))
            for form in FORMATS.values()
        ]
        assert found[0] == found[1] == found[2], place


@pytest.mark.e2e
@pytest.mark.parametrize("corpus", NAMES, indirect=True)
def test_every_post_is_found_with_its_title_date_and_tags(corpus):
    truth = json.loads((CORPORA / "truth" / f"{corpus.name}.json").read_text("utf-8"))
    site = Site(corpus)
    found = {article.path: article for article in site.edition.articles}
    assert set(found) == {post["file"] for post in truth}
    assert not [a for a in site.edition.library.articles if a.draft]
    for post in truth:
        article = found[post["file"]]
        assert article.title == post["title"]
        when = article.published.astimezone(UTC).isoformat()
        assert when[: len(post["date"])] == post["date"]
        assert sorted(article.tags) == sorted(post["tags"])


def test_the_newsroom_story_is_an_article(tmp_path):
    if not (SHARED / "seed").exists():
        pytest.skip("no newsroom story beside the project")
    site = Site(shutil.copytree(SHARED / "seed", tmp_path / "seed"))
    (article,) = site.edition.articles
    assert article.title.startswith("Casualties mount in battle for Bakhmut – as ICC")
    assert article.summary.endswith("genocide in Ukraine a year ago.")
    assert article.image is not None
    assert article.image.caption.startswith("Ukrainian servicemen on a BMP-2 tank")
    assert article.image.credit == "Aris Messinis/AFP via Getty Images"
    assert article.visits is not None
    assert (article.visits.total, article.visits.today) == (192, 1)
    assert article.comments == Comments(is_open=False)
    (entry,) = site.edition.feed.entries
    assert entry.content.count("<p>") == 7
    assert "<figcaption>Ukrainian servicemen" in entry.content
    for furniture in ("Read more", "Visited", "Comments are"):
        assert furniture not in entry.content
    assert (tmp_path / "seed" / "feeds.ledger").exists()
    assert not site.problems
