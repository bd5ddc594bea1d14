"""Who has read an article can read on: the one before it, and the one after."""

import re

from tests.documents.test_pages import TOML, article


def beside(make_site, files: dict, place: str) -> dict:
    site = make_site({"feeds.toml": TOML, **files})
    html = site.document(f"{place}index.html").body.decode()
    (nav,) = re.findall(r'<nav class="paging".*?</nav>', html, re.S) or [""]
    found = re.findall(r'href="(.*?)"><span>(.*?)</span> <bdi>(.*?)</bdi>', nav)
    return {said: (to, title) for to, said, title in found}


FILES = {f"a{n}.md": article(n) for n in (1, 2, 3)}


def test_an_article_leads_to_those_before_and_after_it(make_site):
    assert beside(make_site, FILES, "a2/") == {
        "Previous article": ("../a1/", "Number 1"),
        "Next article": ("../a3/", "Number 3"),
    }


def test_the_newest_and_the_oldest_lead_one_way(make_site):
    assert list(beside(make_site, FILES, "a3/")) == ["Previous article"]
    assert list(beside(make_site, FILES, "a1/")) == ["Next article"]


def test_an_article_alone_leads_nowhere(make_site):
    assert not beside(make_site, {"a.md": article(1)}, "a/")


def test_what_is_not_listed_is_passed_by(make_site):
    files = {**FILES, "a2.md": article(2, "unlisted: true\n")}
    assert beside(make_site, files, "a1/")["Next article"][0] == "../a3/"
    assert not beside(make_site, files, "a2/")


def test_one_reads_on_in_the_same_language(make_site):
    files = {**FILES, "a2.md": article(2, "language: fr\n")}
    assert beside(make_site, files, "a1/")["Next article"][0] == "../a3/"
    assert not beside(make_site, files, "a2/")


def test_articles_of_one_instant_follow_by_their_paths(make_site):
    files = {f"{name}.md": article(1) for name in "abc"}
    assert beside(make_site, files, "b/") == {
        "Previous article": ("../c/", "Number 1"),
        "Next article": ("../a/", "Number 1"),
    }
