"""Which articles are published, where their pages lie, and what an entry says."""

from datetime import UTC, timedelta

import pytest

from feeds import selection
from feeds.addresses import Addresses
from feeds.articles.article import Article
from feeds.articles.dialects import PLAIN
from feeds.articles.places import read_path
from feeds.config import Config
from feeds.feed import Author, Image
from tests.conftest import NOW

CONFIG = Config(title="T", base_url="https://ann.example/blog/", author=Author("Ann"))


def article(path="a.md", published=NOW, **facts) -> Article:
    form = {"md": "Markdown", "html": "HTML", "txt": "plain text"}[
        path.rpartition(".")[2]
    ]
    place = read_path(path, PLAIN, UTC)
    return Article(path, form, facts.pop("title", "A"), place, published, **facts)


def entry(told=None, *others, body="text", config=CONFIG, **facts):
    told = told or article(**facts)
    every = Addresses([told, *others], {}, (), "")
    found = selection.publish(told, body, "tag:x:1", config, every, NOW).entry
    assert found is not None
    return found


def test_drafts_and_the_future_are_not_out():
    soon = NOW + timedelta(seconds=1)
    every = [
        article("a.md"),
        article("b.md", published=soon),
        article("c.md", draft=True),
        article("d.md", published=None),
    ]
    assert [a.path for a in selection.select(every, NOW)] == ["a.md"]
    assert [a.path for a in selection.select(every, soon)] == ["a.md", "b.md"]
    assert selection.next_change(every, NOW) == soon
    assert selection.next_change(every, soon) is None


def test_a_link_to_a_file_leads_to_its_page():
    there = article("2024/b c.md", slug="there")
    here = article("2024/a.md")
    links = "[x](b%20c.md#part) [y](../2024/b%20c.md)"
    content = entry(here, there, body=links).content
    assert content.count('href="https://ann.example/blog/2024/there/') == 2
    assert 'there/#part"' in content


def test_the_lead_picture_is_in_the_content_once():
    picture = Image("p.png", "A door", "Old <door>", "Ann")
    content = entry(image=picture).content
    assert content.startswith(
        '<figure><img src="https://ann.example/blog/p.png" alt="A door">'
        "<figcaption>Old &lt;door&gt; <small>(Ann)</small></figcaption></figure>"
    )
    again = entry(image=picture, body="![A door](p.png)").content
    assert again.count("<img") == 1


def test_a_caption_without_its_picture_is_kept():
    content = entry(path="a.txt", image=Image(caption="A tank", credit="AFP")).content
    assert content.startswith(
        "<figure><figcaption>A tank <small>(AFP)</small></figcaption></figure>\n<p>"
    )


def test_a_summary_is_the_authors_or_the_first_paragraph():
    assert entry(summary="Mine").summary == "Mine"
    assert entry(body="One *two*\n\nthree").summary == "One two"


def test_an_entry_of_another_direction_carries_it():
    assert entry(language="he").content == '<div dir="rtl"><p>text</p></div>'
    assert entry(language="fr").content == "<p>text</p>"


def test_an_article_of_no_said_language_is_written_as_its_title_is():
    assert entry(title="שלום!").content == '<div dir="rtl"><p>text</p></div>'
    assert entry(title="“2024” — سلام").content == '<div dir="rtl"><p>text</p></div>'
    assert entry(title="C++ בעברית").content == "<p>text</p>"


def test_an_article_without_authors_is_by_the_sites():
    assert entry().authors == (Author("Ann"),)
    assert entry(authors=(Author("Ben"),)).authors == (Author("Ben"),)


@pytest.mark.parametrize(
    ("updated", "shown"),
    [
        (None, NOW),
        (NOW - timedelta(days=1), NOW),  # never before it was published
        (NOW + timedelta(days=1), NOW),  # not yet
    ],
)
def test_updated_is_never_impossible(updated, shown):
    assert entry(updated=updated).updated == shown


def test_updated_counts_from_its_time():
    early = NOW - timedelta(days=2)
    late = NOW - timedelta(days=1)
    assert entry(published=early, updated=late).updated == late


def test_a_body_without_content_says_the_title():
    assert entry(body="<script>x</script>", title="A & B").content == "<p>A &amp; B</p>"


def test_a_title_of_tags_alone_is_the_files_name():
    assert entry(title="<b></b>", path="a-walk.md").title == "A walk"
