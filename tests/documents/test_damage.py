"""Bytes that are no feed, or no longer one, are refused or read; nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.documents.formats import FORMATS
from feeds.errors import FeedSyntaxError
from feeds.feed import Feed

pytestmark = pytest.mark.thorough

CASES = Path(__file__).parent / "cases"
GOLDEN = {
    name: [file.read_bytes() for file in sorted(CASES.glob(f"*.{form.filename}"))]
    for name, form in FORMATS.items()
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "nothing": b"",
    "blanks": b" \n",
    "a page": b"<!DOCTYPE html><html><head><title>A</title><body><p>a<br>b",
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
    "<rss><channel><title>&l11;</title></channel></rss>".encode(),
    "a file from outside": b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><title>&f;</title></channel></rss>",
    "a deep document": b"<rss><channel>" * 9999,
    "an unknown encoding": b"<?xml version='1.0' encoding='no'?><rss><channel/></rss>",
    "zeros": b"\0" * 99,
    "another vocabulary": b"<opml version='2.0'><head/><body/></opml>",
    "RSS in a namespace": b'<rss xmlns="https://a.example/"><channel/></rss>',
    "deep JSON": b"[" * 99999,
    "deep JSON in a feed": b'{"version": "https://jsonfeed.org/version/1.1", "items": '
    + b'[{"a":' * 99999,
    "half a character": b'{"version": "https://jsonfeed.org/version/1.1\xc3',
    "a number too long": b'{"version": ' + b"7" * 9999 + b"}",
    "no object": b"[]",
    "no version": b'{"items": []}',
    "a version that is none": b'{"version": ["jsonfeed.org"]}',
}


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_feed_is_refused_or_says_nothing(form, body):
    try:
        feed = form.parse(body)
    except FeedSyntaxError:
        return
    assert "haha" not in feed.title
    assert "root:" not in feed.title
    assert feed.entries == ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_a_feed_of_another_format_is_refused(name, other):
    if name == other:
        pytest.skip("it is of this one")
    with pytest.raises(FeedSyntaxError, match="not "):
        FORMATS[name].parse(GOLDEN[other][0])


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_that_breaks_off_is_refused(name):
    body = GOLDEN[name][1]
    with pytest.raises(FeedSyntaxError, match="not ") as caught:
        FORMATS[name].parse(body[: len(body) // 2])
    assert caught.value.line > 9


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@given(body=st.binary(max_size=200))
def test_any_bytes_are_refused(form, body):
    with pytest.raises(FeedSyntaxError):
        form.parse(body)


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A good feed in which some stretches were overwritten."""
    body = draw(st.sampled_from(GOLDEN[name]))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(start + 40, len(body))))
        piece = st.sampled_from(
            [b"", b"<!--x-->", b"<?x y?>", b"&#x85;", b"-1", b"9" * 99]
        )
        moved = st.integers(0, len(body)).map(lambda at: body[at : at + 40])  # noqa: B023
        body = body[:start] + draw(piece | moved | st.binary(max_size=9)) + body[end:]
    return body


def mistyped() -> st.SearchStrategy[bytes]:
    """The whole JSON document with other values in the place of its own."""
    told = json.loads(GOLDEN["json"][1])
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        ),
        max_leaves=5,
    )

    def change(value: object) -> st.SearchStrategy:
        if isinstance(value, dict):
            fixed = {key: change(inner) for key, inner in value.items()}
            return st.fixed_dictionaries(fixed) | anything
        if isinstance(value, list):
            return st.tuples(*map(change, value)).map(list) | anything
        return st.just(value) | anything

    version = {"version": st.just(told.pop("version"))}
    inner = {key: change(value) for key, value in told.items()}
    return st.fixed_dictionaries({**version, **inner}).map(
        lambda told: json.dumps(told).encode()
    )


def is_read_or_refused(name: str, body: bytes) -> bool:
    """Whether the bytes are a feed that can be rendered, or are refused."""
    form = FORMATS[name]
    try:
        feed = form.parse(body)
    except FeedSyntaxError as error:
        return bool(error.found)
    return hash(feed) is not None


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_feed_is_read_or_refused(name, data):
    assert is_read_or_refused(name, data.draw(damaged(name)))


@settings(deadline=None)
@given(body=mistyped())
def test_json_of_any_types_is_read(body):
    feed = FORMATS["json"].parse(body)
    assert isinstance(feed, Feed)
    assert hash(feed) == hash(FORMATS["json"].parse(body))
