"""Metrics: what is counted, by whom, and how it is told."""

import logging
import os
from datetime import timedelta
from threading import Thread

import pytest

from feeds.watch import Look
from feeds.web.metrics import Metrics, gauges_of, sample
from tests.conftest import NOW


def told(metrics: Metrics, gauges: dict[str, float] | None = None) -> dict[str, float]:
    """The samples of a scrape: name and labels -> value."""
    lines = metrics.text(gauges or {}).splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


def requests(document: str, status: int) -> str:
    return sample("feeds_requests_total", document=document, status=str(status))


RSS = requests("rss.xml", 200)


def test_before_all_else_nothing_is_told_as_such():
    assert told(Metrics()) == {
        "feeds_sent_bytes_total": 0,
        'feeds_saved_bytes_total{by="304"}': 0,
        'feeds_saved_bytes_total{by="compression"}': 0,
    }


def test_answers_are_counted_by_document_and_status():
    metrics = Metrics()
    metrics.count("rss.xml", 200)
    metrics.count("rss.xml", 200)
    metrics.count("rss.xml", 304)
    metrics.count("other", 404)
    found = told(metrics)
    assert found[RSS] == 2
    assert found[requests("rss.xml", 304)] == 1
    assert found[requests("other", 404)] == 1


def test_no_more_than_a_thousand_documents_are_counted_each():
    metrics = Metrics()
    for number in range(1010):
        metrics.count(f"{number}.xml", 200)
    found = told(metrics)
    assert found[requests("999.xml", 200)] == 1
    assert found[requests("other", 200)] == 10


def test_bytes_are_added_up():
    metrics = Metrics()
    metrics.count("rss.xml", 200, sent=100, saved=900)
    metrics.count("atom.xml", 200, sent=50)
    metrics.count("rss.xml", 304, saved=100)
    found = told(metrics)
    assert found["feeds_sent_bytes_total"] == 150
    assert found['feeds_saved_bytes_total{by="304"}'] == 100
    assert found['feeds_saved_bytes_total{by="compression"}'] == 900


def test_a_scrape_is_text_as_prometheus_reads_it():
    metrics = Metrics()
    metrics.count("rss.xml", 200, sent=7)
    assert metrics.text({"feeds_articles": 3}) == (
        "# HELP feeds_requests_total Requests by what answered them.\n"
        "# TYPE feeds_requests_total counter\n"
        'feeds_requests_total{document="rss.xml",status="200"} 1\n'
        "# HELP feeds_sent_bytes_total Bytes of bodies sent.\n"
        "# TYPE feeds_sent_bytes_total counter\n"
        "feeds_sent_bytes_total 7\n"
        "# HELP feeds_saved_bytes_total Bytes of bodies not sent.\n"
        "# TYPE feeds_saved_bytes_total counter\n"
        'feeds_saved_bytes_total{by="304"} 0\n'
        'feeds_saved_bytes_total{by="compression"} 0\n'
        "# HELP feeds_articles Articles that are out.\n"
        "# TYPE feeds_articles gauge\n"
        "feeds_articles 3\n"
    )


def test_what_would_end_a_label_is_escaped():
    name = sample("feeds_requests_total", document='a"b\\c\nd')
    assert name == r'feeds_requests_total{document="a\"b\\c\nd"}'


def test_what_is_so_of_a_site_is_told(make_site):
    site = make_site({"a.md": "# A", "b.md": "---\ntitle: open"})
    look = Look(NOW - timedelta(seconds=1.5), 0.25)
    found = told(Metrics(), gauges_of(site, NOW, look))
    assert found["feeds_articles"] == 1
    assert found['feeds_problems{severity="error"}'] == 1
    assert found['feeds_problems{severity="warning"}'] == 0
    assert found["feeds_scan_seconds"] == 0.25
    assert found["feeds_scan_age_seconds"] == 1.5


def test_nothing_is_told_of_a_look_that_was_not(make_site):
    gauges = gauges_of(make_site({"a.md": "# A"}), NOW, None)
    assert not [name for name in gauges if "scan" in name]


def test_a_kind_of_number_is_headed_once(make_site):
    gauges = gauges_of(make_site({"a.md": "# A"}), NOW, Look(NOW, 0.1))
    assert Metrics().text(gauges).count("# TYPE feeds_problems gauge\n") == 1


def test_threads_are_counted_together():
    metrics = Metrics()

    def count() -> None:
        for _ in range(1000):
            metrics.count("rss.xml", 200, sent=2)

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(metrics)["feeds_sent_bytes_total"] == 8000


def test_processes_are_counted_together(tmp_path):
    one, two = Metrics(tmp_path), Metrics(tmp_path)
    one.count("rss.xml", 200, sent=1, saved=10)
    two.count("rss.xml", 200, sent=2, saved=20)
    two.write()
    found = told(one)
    assert found[RSS] == 2
    assert found["feeds_sent_bytes_total"] == 3
    assert found['feeds_saved_bytes_total{by="compression"}'] == 30


def test_without_a_folder_a_process_is_counted_alone(tmp_path):
    one, two = Metrics(), Metrics(tmp_path)
    two.count("rss.xml", 200)
    two.write()
    assert RSS not in told(one)


def test_no_scrape_tells_less_than_one_of_another_process(tmp_path):
    one, two = Metrics(tmp_path), Metrics(tmp_path)
    one.count("rss.xml", 200)
    one.write()
    one.count("rss.xml", 200)
    assert told(one)[RSS] == 2
    assert told(two)[RSS] == 2


def test_what_an_ended_process_did_stays_counted(tmp_path):
    ended = Metrics(tmp_path)
    ended.count("rss.xml", 200)
    ended.write()
    del ended
    assert told(Metrics(tmp_path))[RSS] == 1


def test_nothing_is_written_where_nothing_was_counted(tmp_path):
    metrics = Metrics(tmp_path)
    metrics.write()
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_half_written(tmp_path):
    metrics = Metrics(tmp_path)
    metrics.count("rss.xml", 200)
    metrics.write()
    assert [file.suffix for file in tmp_path.iterdir()] == [".counts"]


def test_a_lost_folder_is_said_once_and_stops_nothing(tmp_path, caplog):
    caplog.set_level(logging.WARNING, "feeds")
    metrics = Metrics(tmp_path / "lost")
    for _ in range(3):
        metrics.count("rss.xml", 200)
        metrics.write()
    assert told(metrics)[RSS] == 3
    said = [record.getMessage() for record in caplog.records]
    assert said == ["the counts could not be written: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_does_not_count_again_what_its_parent_did(tmp_path):
    metrics = Metrics(tmp_path)
    metrics.count("rss.xml", 200)
    child = os.fork()
    if not child:
        metrics.count("rss.xml", 200)
        metrics.write()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert told(metrics)[RSS] == 2
