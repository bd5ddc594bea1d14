"""An export to a bucket, by S3's own interface: what is put, deleted, and refused."""

import itertools
import os

import pytest
from click.testing import CliRunner

from feeds.articles.folder import EXPORT_MARK
from feeds.cli import exporting, main
from feeds.errors import ExportError
from feeds.export import Summary, Wishes, export
from feeds.export.bucket import bucket
from tests.conftest import write
from tests.export.conftest import files
from tests.export.loopback import ACCESS_KEY, SECRET_KEY, Stored, loopback, refusal

pytestmark = pytest.mark.e2e

A = "---\ndate: 2026-01-01\ntags: t\n---\nfirst"
FILES = {
    "feeds.toml": 'title = "T"\nbase_url = "https://ann.example/"\n',
    "a.md": A,
    "b.md": "---\ndate: 2026-01-02\n---\nsecond",
    "p.png": b"\x89PNG",
}
_numbers = itertools.count()


@pytest.fixture(scope="module")
def s3():
    with loopback() as opened:
        yield opened


@pytest.fixture
def door(s3, monkeypatch):
    """The door of S3, whose keys are in the environment."""
    door, endpoint = s3
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr("feeds.export.bucket._RETRIES", {"max_retries": 0})
    yield door
    door.refuse = lambda method, key: None


@pytest.fixture
def name():
    return f"site-{next(_numbers)}"


@pytest.fixture
def stored(door, s3, name):
    """An empty bucket."""
    return Stored(s3[1], name)


@pytest.fixture
def site(make_site):
    return make_site(FILES)


@pytest.fixture
def to(site, stored, door, name):
    """Export the site to a prefix of the bucket; say what was put and deleted."""

    def to(prefix="blog", **wishes):
        site.refresh()
        door.asked.clear()
        told = Wishes(**wishes)
        to.summary = export(site, bucket(f"s3://{name}/{prefix}"), told, **to.more)
        return {
            asked.replace(f"{name}/{prefix}/", "")
            for asked in door.asked
            if not asked.startswith("GET")
        }

    to.more = {}
    return to


def test_a_bucket_has_the_bytes_that_a_folder_has(to, site, stored, out):
    to()
    export(site, out)
    exported, expected = stored.files("blog/"), files(out)
    del exported[EXPORT_MARK], expected[EXPORT_MARK]
    assert exported == expected


def test_the_second_time_nothing_is_put(to):
    to()
    count = to.summary.written
    assert to() == set()
    assert to.summary == Summary(0, count, 0)


def test_of_a_changed_article_only_what_has_it_is_put(to, site):
    to()
    write(site.folder, {"a.md": A + " changed"})
    asked = to()
    assert {"PUT a/index.html", "PUT rss.xml", "PUT tags/t/rss.xml"} <= asked
    assert not {"PUT b/index.html", "PUT p.png", "PUT feeds.css"} & asked


def test_what_is_no_longer_part_of_the_site_is_deleted_and_nothing_else(
    to, site, stored
):
    to()
    stored.put("blog/a/mine.txt", b"mine")
    before = stored.keys
    (site.folder / "a.md").unlink()
    to()
    gone = before - stored.keys
    assert "blog/a/index.html" in gone
    assert "blog/tags/t/rss.xml" in gone
    assert gone.isdisjoint({"blog/a/mine.txt", "blog/b/index.html"})


def test_what_is_deleted_goes_after_the_feeds_that_named_it(to, site, door, name):
    to()
    (site.folder / "a.md").unlink()
    to()
    assert door.asked[-2:] == [f"POST {name}", f"PUT {name}/blog/{EXPORT_MARK}"]


def test_objects_of_others_are_refused(to, stored):
    stored.put("blog/mine.txt", b"mine")
    with pytest.raises(ExportError, match="not empty, and no earlier export"):
        to()
    assert stored.keys == {"blog/mine.txt"}


def test_objects_of_others_stay_where_they_are_if_forced(to, stored):
    stored.put("blog/mine.txt", b"mine")
    to(force=True)
    to()
    assert stored.get("blog/mine.txt")[0] == b"mine"


def test_beside_the_prefix_nothing_is_seen(to, stored):
    for key in ("blog2/x", "blo", "x/blog/y"):
        stored.put(key, b"mine")
    to()
    assert {"blog2/x", "blo", "x/blog/y", "blog/rss.xml"} <= stored.keys


def test_what_stands_for_the_empty_folder_is_in_nobodys_way(to, stored):
    stored.put("blog/", b"")
    to()
    assert "blog/rss.xml" in stored.keys


def test_a_whole_bucket_can_be_a_site(to, stored):
    to("")
    assert "rss.xml" in stored.keys


def test_a_lost_manifest_is_noticed_and_made_anew_if_forced(to, stored):
    to()
    before = stored.files("blog/")
    stored.delete(f"blog/{EXPORT_MARK}")
    with pytest.raises(ExportError, match="no earlier export"):
        to()
    to(force=True)
    assert stored.files("blog/") == before


def test_a_damaged_manifest_costs_a_comparison_and_nothing_else(to, stored):
    to()
    stored.put(f"blog/{EXPORT_MARK}", b"?" + stored.get(f"blog/{EXPORT_MARK}")[0])
    assert to() == {f"PUT {EXPORT_MARK}"}


def test_what_was_copied_from_a_folder_is_put_with_its_type(to, site, stored, out):
    export(site, out)
    for path, body in files(out).items():
        if path != "a/index.html":
            stored.put(f"blog/{path}", body)
    assert "PUT rss.xml" in to()
    assert stored.get("blog/rss.xml")[1]["content-type"].startswith("application/rss")
    assert to() == set()


def test_what_someone_did_by_hand_is_undone(to, stored):
    to()
    before = stored.files("blog/")
    stored.put("blog/a/index.html", b"hand")
    stored.put("blog/p.png", b"hand")
    stored.delete("blog/rss.xml")
    to()
    assert to.summary.written == 3
    assert stored.files("blog/") == before


def test_pictures_in_a_fresh_copy_of_the_folder_are_not_put_again(to, site):
    to()
    os.utime(site.folder / "p.png", (1, 1))
    assert to() == {f"PUT {EXPORT_MARK}"}


def test_what_is_large_is_put_in_parts_and_known_again(to, site, stored):
    large = bytes(range(256)) * (12 << 12)
    write(site.folder, {"talk.mp3": large})
    to()
    body, headers = stored.get("blog/talk.mp3")
    assert (body == large, headers["content-type"]) == (True, "audio/mpeg")
    os.utime(site.folder / "talk.mp3", (1, 1))
    assert to() == {f"PUT {EXPORT_MARK}"}


def test_a_feed_of_very_many_articles_is_put_as_it_would_be_written(
    to, site, stored, out, monkeypatch
):
    monkeypatch.setattr("feeds.export.large._MANY", 1)
    to()
    write(site.folder, {"a.md": A + " changed"})
    to()
    export(site, out)
    assert stored.get("blog/rss.xml")[0] == (out / "rss.xml").read_bytes()
    assert to() == set()


def test_what_is_to_be_sent_otherwise_is_put_again(to, monkeypatch):
    to()
    monkeypatch.setattr("feeds.export.objects.kind_of", lambda path: None)
    assert {"PUT a/index.html", "PUT p.png"} <= to()


def test_the_feeds_come_last_and_the_sites_own_after_all_others(to, door, name):
    to()
    puts = [key.removeprefix(f"{name}/blog/") for key in door.puts]
    assert puts[0] == puts[-1] == EXPORT_MARK
    assert set(puts[-4:-1]) == {"rss.xml", "atom.xml", "feed.json"}
    assert puts.index("tags/t/rss.xml") > puts.index("a/index.html")


@pytest.mark.parametrize(
    ("key", "media_type", "cache"),
    [
        ("rss.xml", "application/rss+xml; charset=utf-8", "public, max-age=900"),
        ("tags/t/feed.json", "application/feed+json; charset=utf-8", "public, max-age"),
        ("a/index.html", "text/html; charset=utf-8", "no-cache"),
        ("feeds.css", "text/css; charset=utf-8", "public, max-age=900"),
        ("sitemap.xml", "application/xml; charset=utf-8", "public, max-age=900"),
        ("p.png", "image/png", "public, max-age=900"),
    ],
)
def test_objects_are_sent_as_the_server_would(to, stored, key, media_type, cache):
    to()
    headers = stored.get(f"blog/{key}")[1]
    assert headers["content-type"] == media_type
    assert headers["cache-control"].startswith(cache)


NAMES = ["a b.png", "50%.png", "%20.png", "a+b.png", "über.png", "what?.png", "#&;.png"]


def test_names_of_all_kinds_are_keys_as_they_are(to, site, stored):
    write(site.folder, {f"ö %2F/{name}": b"\x89PNG" for name in NAMES})
    to()
    assert {f"blog/ö %2F/{name}" for name in NAMES} <= stored.keys
    assert to() == set()


def test_a_name_that_no_object_can_have_is_a_problem_and_the_rest_is_put(
    to, site, stored
):
    write(site.folder, {"a\nb.png": b"\x89PNG"})
    to()
    assert [problem.path for problem in to.summary.problems] == ["a\nb.png"]
    assert "blog/rss.xml" in stored.keys


def test_an_export_that_is_cut_off_is_finished_by_the_next(to, site, stored, out, door):
    puts = itertools.count()
    door.refuse = lambda method, key: (
        refusal(503, "SlowDown") if method == "PUT" and next(puts) > 8 else None
    )
    with pytest.raises(ExportError, match="SlowDown"):
        to()
    there = {key.removeprefix("blog/") for key in stored.keys} - {EXPORT_MARK}
    assert there
    door.refuse = lambda method, key: None
    asked = to()
    assert not {f"PUT {path}" for path in there} & asked
    export(site, out)
    assert stored.keys == {f"blog/{path}" for path in files(out)}


def test_of_two_at_once_one_says_so_and_the_next_mends_all(
    to, site, stored, name, make_site, out
):
    to()
    write(site.folder, {"c.md": A})

    def overtaken(paths):
        export(site, bucket(f"s3://{name}/blog"))
        return paths

    to.more = {"progress": overtaken}
    with pytest.raises(ExportError, match="another export went there meanwhile"):
        to()
    to.more = {}
    assert to() == set()
    export(site, out)
    assert stored.keys == {f"blog/{path}" for path in files(out)}


def test_where_nothing_is_conditional_two_at_once_are_not_told(to, monkeypatch, stored):
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
    to()
    assert "blog/rss.xml" in stored.keys
    assert to() == set()


def test_a_rehearsal_puts_and_deletes_nothing(to, site):
    to()
    (site.folder / "a.md").unlink()
    assert to(dry_run=True) == set()
    assert to.summary.removed > 0


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "AccessDenied", "access denied (the key must be allowed to list,"),
        (403, "InvalidAccessKeyId", "no such access key (see AWS_ACCESS_KEY_ID,"),
        (404, "NoSuchBucket", "no such bucket (make it, or see how its name"),
        (301, "PermanentRedirect", "the wrong region (set AWS_REGION to"),
        (400, "AuthorizationHeaderMalformed", "the wrong region (set AWS_REGION"),
        (501, "NotImplemented", "not all of S3 is known there (set AWS_CONDITION"),
        (503, "SlowDown", "the bucket says SlowDown 503 (export again: what is"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_what_s3_refuses_is_one_sentence_without_a_secret(
    to, door, name, method, status, code, said
):
    door.refuse = lambda asked, key: refusal(status, code) if asked == method else None
    with pytest.raises(ExportError) as caught:
        to()
    assert str(caught.value).startswith(f"s3://{name}/blog: {said}")
    assert ACCESS_KEY not in str(caught.value)


def test_a_bucket_that_cannot_be_reached_is_one_sentence(to, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ExportError, match=r"blog: cannot be reached \(see AWS_ENDPOI"):
        to()


@pytest.fixture
def run(site, door, name, stored):
    """Run the command line; give back the result."""
    for path in FILES:
        os.utime(site.folder / path, (1_700_000_000, 1_700_000_000))
    begun = ("export", str(site.folder), "-o", f"s3://{name}/blog")
    return lambda *options: CliRunner().invoke(main, (*begun, *options))


def test_the_command_says_what_it_put_and_where(run, name):
    assert run().stdout.startswith(f"s3://{name}/blog: ")


def test_where_nothing_changed_no_article_is_read(run, monkeypatch):
    first = run().stdout.split()
    monkeypatch.setattr("feeds.site.Site", None)
    assert run().stdout.split()[1:4] == ["0", "written,", first[1]]


def test_an_object_that_is_gone_is_noticed_though_nothing_changed(run, stored):
    run()
    stored.delete("blog/rss.xml")
    assert " 1 written" in run().stdout


def test_a_bucket_that_refuses_ends_the_command_with_1(run, door):
    door.refuse = lambda method, key: refusal(403, "AccessDenied")
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert "access denied" in result.stderr


def test_a_bucket_can_be_followed(site, stored, name, monkeypatch):
    changes = iter([lambda: write(site.folder, {"a.md": A + " changed"})])

    def pause(self, seconds):
        if (happen := next(changes, None)) is None:
            raise KeyboardInterrupt
        happen()

    monkeypatch.setattr(exporting.Watch, "rest", pause)
    exporting.follow(site, bucket(f"s3://{name}/blog"), Wishes())
    assert b"first changed" in stored.get("blog/a/index.html")[0]
