"""What a feed says of itself, and what its entries are in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.composition import compose, shown
from feeds.config import Config
from feeds.feed import Author, Deleted, Episode, Podcast
from feeds.offers import Offer
from feeds.shelves import Shelf
from tests.conftest import NOW
from tests.test_selection import CONFIG, entry

OFFER = Offer("", "site", "T", "T", "D", (), "en")


def feed(*entries, config=CONFIG, place="", deleted=(), **facts):
    offer = replace(OFFER, place=place, **facts)
    updated = [entry.updated for entry in entries]
    return compose(Shelf(place, offer, ()), config, updated, deleted)


def test_a_feed_is_as_new_as_its_newest_entry():
    found = feed(entry(), entry(published=NOW - timedelta(1)))
    assert found.updated == NOW
    assert found.id == "https://ann.example/blog/feed"


def test_a_feed_is_as_new_as_its_newest_tombstone():
    later = NOW + timedelta(1)
    assert feed(entry(), deleted=(Deleted("a:b", later),)).updated == later


def test_an_empty_feed_is_newer_than_what_thunderbird_asks_for():
    found = feed(config=Config(title="T"))
    assert found.updated > datetime(2000, 1, 1, tzinfo=UTC)
    assert found.authors == (Author("T"),)


def test_the_stylesheet_is_found_from_any_depth():
    assert feed().stylesheet == "feed.css"
    assert feed(place="tags/a/").stylesheet == "../../feed.css"


def test_a_summary_has_no_content():
    whole = replace(entry(), markdown="text")
    cut = shown(whole, replace(OFFER, content="summary"))
    assert (cut.content, cut.markdown, cut.summary) == ("", "", "text")


def test_an_episode_is_one_in_a_podcast_alone():
    episode = replace(entry(), episode=Episode(number="1"))
    assert shown(episode, OFFER).episode is None
    podcast = replace(OFFER, podcast=Podcast())
    assert shown(episode, podcast).episode == Episode(number="1")


def test_a_podcasts_guid_is_made_of_its_id_and_so_stays():
    show = feed(place="pod/", podcast=Podcast()).podcast
    moved = replace(
        CONFIG, base_url="https://new.example/", id="https://ann.example/blog/"
    )
    assert show == feed(config=moved, place="pod/", podcast=Podcast()).podcast
    assert len(show.guid) == 36
    given = Podcast(guid="9b024349-ccf0-5f69-a609-6b82873eab3c")
    assert feed(podcast=given).podcast == given
