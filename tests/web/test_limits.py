"""Limits: who is refused a feed, for how long, and who never is."""

from collections.abc import Iterable
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.web.limits import SPAN, Limits
from tests.conftest import client_for

ANN, BEN = "192.0.2.1", "192.0.2.2"
FILES = {
    "feeds.toml": 'base_url = "https://ann.example/"\ndownloads = 2\n',
    "a.md": "---\ntitle: A\ndate: 2026-02-01\n---\na\n",
    "b.md": "---\ntitle: B\ndate: 2026-02-02\n---\nb\n",
    "p.png": b"png",
}


def waits(limits: Limits, instants: Iterable[float], most: int = 3) -> list[int]:
    return [limits.wait(ANN, "rss.xml", most, instant) for instant in instants]


def test_as_many_as_allowed_may_come_at_once():
    assert waits(Limits(), [0, 0, 0]) == [0, 0, 0]


def test_one_more_has_to_wait_until_the_first_is_forgotten():
    assert waits(Limits(), [0, 0, 0, 10.5])[-1] == 590


def test_less_than_a_second_to_wait_is_told_as_one():
    assert waits(Limits(), [0, 0, 0, 599.9])[-1] == 1


def test_a_whole_span_later_all_is_forgiven():
    assert waits(Limits(), [0, 0, 0, 0, 600, 600, 600])[-3:] == [0, 0, 0]


def test_each_client_is_counted_alone():
    limits = Limits()
    waits(limits, [0, 0, 0])
    assert limits.wait(BEN, "rss.xml", 3, 0) == 0


def test_each_path_is_counted_alone():
    limits = Limits()
    waits(limits, [0, 0, 0])
    assert limits.wait(ANN, "atom.xml", 3, 0) == 0


def test_who_was_not_seen_for_longest_is_forgotten():
    limits = Limits()
    waits(limits, [0, 0, 0])
    for number in range(10_000):
        limits.wait(BEN, str(number), 3, 0)
    assert waits(limits, [0]) == [0]


def test_who_keeps_asking_is_not_forgotten():
    limits = Limits()
    waits(limits, [0, 0, 0])
    for number in range(20_000):
        limits.wait(BEN, str(number), 3, 0)
        if number % 5_000 == 0:
            waits(limits, [0])
    assert waits(limits, [0]) == [600]


def test_no_more_than_ten_thousand_are_remembered():
    limits = Limits()
    for number in range(10_100):
        limits.wait(str(number), "rss.xml", 3, 0)
    assert len(limits._sent) == 10_000


def test_threads_are_counted_together():
    limits, start, told = Limits(), Barrier(4), []

    def ask() -> None:
        start.wait()
        told.extend(waits(limits, [0] * 25, most=50))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(0) == 50


pauses = st.lists(st.floats(0, 400), max_size=60)


@given(st.integers(1, 7), pauses)
def test_whoever_stays_under_the_limit_is_never_refused(most, pauses):
    limits, sent, now = Limits(), [], 1.7e9
    for pause in pauses:
        now += pause
        recent = [instant for instant in sent if instant > now - SPAN]
        if not limits.wait(ANN, "rss.xml", most, now):
            sent.append(now)
        else:
            assert len(recent) >= most


@given(st.integers(1, 7), pauses)
def test_whoever_waits_as_told_is_let_in(most, pauses):
    limits, now = Limits(), 0.0
    for pause in pauses:
        now += pause
        told = limits.wait(ANN, "rss.xml", most, now)
        if told:
            now += told
            assert limits.wait(ANN, "rss.xml", most, now) == 0


@given(st.integers(1, 7), pauses)
def test_nobody_is_sent_twice_as_much(most, pauses):
    limits, sent, now = Limits(), [], 0.0
    for pause in pauses:
        now += pause
        if not limits.wait(ANN, "rss.xml", most, now):
            sent.append(now)
        assert len([i for i in sent if i > now - SPAN]) < 2 * most


# At the door ---------------------------------------------------------------------


@pytest.fixture(params=[True, False], ids=["lookup", "flask"])
def client(make_site, request):
    """Ann, to whom both feeds of the site are sent twice; by either door."""
    client = client_for(make_site(FILES), lookup=request.param)
    client.environ_base["REMOTE_ADDR"] = ANN
    return client


def ask(client, path: str = "/rss.xml", times: int = 3, **options) -> list[int]:
    return [client.get(path, **options).status_code for _ in range(times)]


def test_who_downloads_a_feed_too_often_is_told_when_to_come_again(client):
    assert ask(client) == [200, 200, 429]
    answer = client.get("/rss.xml")
    assert 0 < int(answer.headers["Retry-After"]) <= SPAN
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/plain"
    assert answer.headers["Retry-After"] in answer.text


def test_another_feed_is_not_refused(client):
    ask(client)
    assert client.get("/atom.xml").status_code == 200


def test_who_asks_whether_it_is_new_is_never_refused(client):
    tag = client.get("/rss.xml").headers["ETag"]
    ask(client)
    assert ask(client, headers={"If-None-Match": tag}) == [304] * 3


def test_a_304_is_not_counted(client):
    assert ask(client, headers={"If-None-Match": "*"}) == [304] * 3
    assert client.get("/rss.xml").status_code == 200


def test_a_head_is_neither_counted_nor_refused(client):
    assert [client.head("/rss.xml").status_code for _ in range(3)] == [200] * 3
    assert ask(client) == [200, 200, 429]
    assert client.head("/rss.xml").status_code == 200


@pytest.mark.parametrize("path", ["/", "/a/", "/p.png", "/feeds.opml"])
def test_what_is_no_feed_is_neither_counted_nor_refused(client, path):
    assert ask(client, path, 4) == [200] * 4


def test_a_delta_is_neither_counted_nor_refused(client, make_site):
    tag = client.get("/rss.xml").headers["ETag"]
    site = client.application.extensions["feeds"]
    make_site({"c.md": "---\ntitle: C\ndate: 2026-02-03\n---\nc\n"})
    site.refresh()
    delta = {"A-IM": "feed", "If-None-Match": tag}
    assert ask(client, headers=delta) == [226] * 3
    assert ask(client) == [200, 429, 429]
    assert ask(client, headers=delta) == [226] * 3


def test_who_is_near_and_who_is_not_known_is_never_refused(client):
    near = {"REMOTE_ADDR": "127.0.0.1"}
    assert ask(client, environ_base=near) == [200] * 3


def test_clients_of_a_proxy_are_counted_apart(client):
    def through(address: str) -> list[int]:
        named = {"X-Forwarded-For": address}
        return ask(client, environ_base={"REMOTE_ADDR": "10.0.0.1"}, headers=named)

    assert through(BEN) == through("198.51.100.7") == [200, 200, 429]


def test_nobody_escapes_by_an_invented_name(client):
    ask(client)
    answer = client.get("/rss.xml", headers={"X-Forwarded-For": BEN})
    assert answer.status_code == 429


def test_nobody_is_counted_where_there_is_no_limit(make_site):
    free = FILES["feeds.toml"].replace("2", "0")
    client = client_for(make_site({**FILES, "feeds.toml": free}))
    client.environ_base["REMOTE_ADDR"] = ANN
    assert set(ask(client, times=100)) == {200}


def test_sixty_downloads_are_allowed_where_nobody_says_otherwise(make_site):
    client = client_for(make_site({"a.md": FILES["a.md"]}))
    client.environ_base["REMOTE_ADDR"] = ANN
    assert ask(client, times=61) == [200] * 60 + [429]
