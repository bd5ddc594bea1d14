"""Of a feed only what is new is sent to who asks for no more (RFC 3229)."""

import pytest

from feeds.documents.formats import FORMATS
from feeds.edition import Edition
from tests.conftest import client_for, write


def told(title: str, day: int) -> str:
    return f"---\ntitle: {title}\ndate: 2026-02-{day:02}\n---\n\n{title} it is.\n"


FILES = {f"{day}.md": told(f"N{day}", day) for day in range(1, 6)}


def titles(form, body: bytes) -> list[str]:
    return [entry.title for entry in form.parse(body).entries]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("lookup", [True, False])
def test_only_what_is_new_or_changed_is_sent(make_site, form, lookup):
    site = make_site(FILES)
    client = client_for(site, lookup=lookup)
    before = client.get(f"/{form.filename}")
    make_site({"2.md": told("Changed", 2), "new.md": told("New", 9)})
    site.refresh()
    headers = {"If-None-Match": before.headers["ETag"], "A-IM": "feed"}
    part = client.get(f"/{form.filename}", headers=headers)
    whole = client.get(f"/{form.filename}")
    assert (part.status_code, part.headers["IM"]) == (226, "feed")
    assert titles(form, part.data) == ["New", "Changed"]
    assert len(titles(form, whole.data)) == 6
    assert part.headers["ETag"] == whole.headers["ETag"]
    assert part.headers["Content-Type"] == whole.headers["Content-Type"]
    assert part.headers["Cache-Control"] == "no-store"
    assert {"A-IM", "If-None-Match"} <= set(part.headers["Vary"].split(", "))


def asked(client, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/rss.xml", headers=names)


def test_who_has_it_all_is_sent_nothing(make_site):
    client = client_for(make_site(FILES))
    tag = asked(client).headers["ETag"]
    assert asked(client, If_None_Match=tag, A_IM="feed").status_code == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"A-IM": "feed"},
        {"A-IM": "feed", "If-None-Match": '"0123456789abcdef0123456789abcdef"'},
        {"A-IM": "vcdiff", "If-None-Match": "{tag}"},
        {"A-IM": "feed;q=0", "If-None-Match": "{tag}"},
        {"If-None-Match": "{tag}"},
    ],
    ids=str,
)
def test_all_others_are_sent_the_whole(make_site, headers):
    site = make_site(FILES)
    client = client_for(site)
    tag = asked(client).headers["ETag"]
    make_site({"new.md": told("New", 9)})
    site.refresh()
    spelled = {name: value.replace("{tag}", tag) for name, value in headers.items()}
    answer = client.get("/rss.xml", headers=spelled)
    assert answer.status_code == 200
    assert len(titles(FORMATS["rss"], answer.data)) == 6


def test_a_part_is_compressed_too(make_site):
    site = make_site(FILES)
    client = client_for(site)
    tag = asked(client).headers["ETag"]
    make_site({"new.md": told("New", 9)})
    site.refresh()
    part = asked(client, If_None_Match=tag, A_IM="feed", Accept_Encoding="gzip")
    assert part.status_code == 226
    assert part.headers["Content-Encoding"] == "gzip"
    assert part.headers["ETag"].endswith('-gzip"')


def test_where_rendering_fails_the_last_good_whole_is_sent(make_site, monkeypatch):
    site = make_site(FILES)
    client = client_for(site)
    old = asked(client).headers["ETag"]
    make_site({"new.md": told("New", 9)})
    site.refresh()
    good = asked(client).data

    def fail(*args):
        raise RuntimeError("oops")

    monkeypatch.setattr(Edition, "feed_in", fail)
    monkeypatch.setattr("feeds.web.delta.delta", fail)
    write(site.folder, {"newer.md": told("Newer", 10)})
    site.refresh()
    answer = asked(client, If_None_Match=old, A_IM="feed")
    assert (answer.status_code, answer.data) == (200, good)
