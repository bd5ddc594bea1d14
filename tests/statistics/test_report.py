"""Statistics as they are told: of which feeds and articles, and how many."""

import csv
import json
from datetime import UTC, timedelta
from io import StringIO

import pytest

from feeds.documents.statistics import to_csv, to_json
from feeds.statistics.counting import Counting
from feeds.statistics.report import statistics_of
from tests.conftest import NOW

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
TOML = 'title = "T"\nbase_url = "https://ann.example/"\nid = "tag:a,2026:"\n'
FILES = {
    "feeds.toml": TOML,
    "a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: x\n---\nText.\n",
    "b.md": "---\ntitle: B\ndate: 2026-01-02\ntags: y\n---\nText.\n",
    "c.txt": "C\n\nText of it.\n\nVisited 192 times, 1 visit(s) today\n",
}


class Past:
    """A site with counts, made day by day."""

    def __init__(self, site, place) -> None:
        self.site, self.place, self.now = site, place, NOW
        self._counting = Counting(place, lambda: self.now, lambda: UTC)

    def visit(self, article: str, times: int = 1) -> None:
        for _ in range(times):
            self._counting.visited((f"tag:a,2026:{article}", BROWSER))
        self._counting.write()

    def poll(self, document: str, agent: str, client: str = "") -> None:
        self._counting.polled((document, agent, client))
        self._counting.write()

    def pass_by(self, days: int) -> None:
        self.now += timedelta(days=days)
        self._counting.write()

    def told(self, span: int = 30):
        return statistics_of(self.site.edition, self.place, self.now, span)


@pytest.fixture
def past(make_site, tmp_path) -> Past:
    return Past(make_site(FILES), tmp_path / "counts.sqlite")


def some(number: int, name: str = "Some") -> str:
    return f"{name}/1 ({number} subscribers)"


def test_an_article_has_its_visits_of_today_of_a_week_and_in_all(past):
    past.visit("a.md", 4)
    past.pass_by(7)
    past.visit("a.md", 2)
    past.pass_by(6)
    past.visit("a.md", 1)
    article = past.told().articles[0]
    assert (article.title, article.path) == ("A", "a/")
    assert (article.today, article.week, article.total) == (1, 3, 7)
    assert article.days[-14:] == (4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1)


def test_a_week_is_known_though_fewer_days_are_told(past):
    past.visit("a.md", 4)
    past.pass_by(3)
    past.visit("a.md", 1)
    article = past.told(1).articles[0]
    assert (article.days, article.week) == ((1,), 5)


def test_what_an_article_tells_of_its_visits_is_a_part_of_all(past):
    past.visit("c.txt", 3)
    (article,) = past.told().articles
    assert (article.today, article.total) == (3, 195)


def test_the_articles_that_are_read_most_come_first(past):
    past.visit("a.md", 2)
    past.visit("b.md", 3)
    assert [article.title for article in past.told().articles] == ["B", "A", "C"]


def test_what_nobody_visited_is_not_listed(past):
    assert [article.title for article in past.told().articles] == ["C"]


def test_a_feed_has_the_subscribers_of_all_its_formats(past):
    past.poll("rss.xml", some(7))
    past.poll("atom.xml", some(2))
    past.poll("feed.json", "newsboat/2", "192.0.2.1")
    (feed,) = past.told().feeds
    assert (feed.subscribers, feed.by_services, feed.direct) == (10, 9, 1)
    assert [(d.path, d.services, d.direct) for d in feed.documents] == [
        ("rss.xml", 7, 0),
        ("atom.xml", 2, 0),
        ("feed.json", 0, 1),
    ]
    assert feed.services == (("Some", 9),)


def test_a_feed_beside_the_sites_own_is_told_where_somebody_follows_it(past):
    past.poll("tags/x/rss.xml", some(7))
    assert [(f.path, f.subscribers) for f in past.told().feeds] == [
        ("", 0),
        ("tags/x/", 7),
    ]


def test_who_asked_yesterday_is_still_there_today(past):
    past.poll("rss.xml", some(7))
    past.pass_by(1)
    past.poll("rss.xml", some(3, "Other"))
    feed = past.told().feeds[0]
    assert feed.subscribers == 10
    assert feed.days[-2:] == (7, 3)
    past.pass_by(2)
    assert past.told().feeds[0].subscribers == 0


def test_the_services_with_most_come_first(past):
    past.poll("rss.xml", some(3, "Few"))
    past.poll("rss.xml", some(7, "Many"))
    assert past.told().feeds[0].services == (("Many", 7), ("Few", 3))


def test_days_are_summed_up_over_all(past):
    past.visit("a.md", 2)
    past.visit("b.md", 1)
    past.poll("rss.xml", some(7))
    past.poll("tags/x/rss.xml", some(1))
    told = past.told(2)
    assert (told.visits, told.subscribers) == ((0, 3), (0, 8))


def test_before_anything_was_counted_there_are_zeros(past):
    told = past.told(2)
    assert (told.visits, told.subscribers, told.records) == ((0, 0), (0, 0), ())


def test_csv_has_a_line_for_each_count_of_each_day(past):
    past.visit("a.md", 2)
    past.pass_by(1)
    past.visit("a.md", 1)
    past.poll("rss.xml", some(7))
    past.poll("rss.xml", "newsboat/2", "192.0.2.1")
    rows = list(csv.reader(StringIO(to_csv(past.told()))))
    assert rows == [
        ["day", "kind", "path", "name", "count"],
        ["2026-03-01", "visits", "a/", "", "2"],
        ["2026-03-02", "direct", "rss.xml", "", "1"],
        ["2026-03-02", "service", "rss.xml", "Some", "7"],
        ["2026-03-02", "visits", "a/", "", "1"],
    ]


def test_csv_has_no_other_days_than_were_asked_for(past):
    past.visit("a.md")
    past.pass_by(1)
    assert len(to_csv(past.told(1)).splitlines()) == 1


def test_json_has_everything(past):
    past.visit("a.md", 2)
    past.poll("rss.xml", some(7))
    told = json.loads(to_json(past.told(2)))
    assert told["days"] == ["2026-02-28", "2026-03-01"]
    assert told["articles"][0] == {
        "title": "A",
        "path": "a/",
        "today": 2,
        "week": 2,
        "total": 2,
        "days": [0, 2],
    }
    assert told["feeds"][0]["services"] == {"Some": 7}
    assert told["feeds"][0]["formats"][0] == {
        "format": "RSS",
        "path": "rss.xml",
        "by_services": 7,
        "direct": 0,
    }
