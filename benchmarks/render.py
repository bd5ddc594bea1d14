"""How long feeds take to render: beside feedgen alone, and when one entry changed."""

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedgen.feed  # isort: skip  # feedgen.util cannot be imported before it
import feedgen.entry
import feedgen.util
from feedgen.feed import FeedGenerator

from feeds.documents.document import FeedFormat, Fragments
from feeds.documents.formats import FORMATS
from feeds.feed import Author, Category, Enclosure, Entry, Feed

ENTRIES = 1000
LENGTH = 5000
RUNS = 15
HOME = "https://ann.example/"
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "a an the of to clock clocks tick tock spring & wheel 5 < 6 漢字 שלום é".split()


def entry(number: int, chance: random.Random) -> Entry:
    """An entry of some LENGTH characters of HTML."""
    paragraphs, length = [], 0
    while length < LENGTH:
        words = " ".join(chance.choices(WORDS, k=60))
        told = words.replace("&", "&amp;").replace("<", "&lt;")
        paragraphs.append(f'<p>{told} <a href="{HOME}{number}">here</a></p>')
        length += len(paragraphs[-1])
    published = START + timedelta(minutes=number)
    return Entry(
        id=f"tag:ann.example,2026:{number}",
        url=f"{HOME}{number}/",
        title=f"Number {number}: " + " ".join(chance.choices(WORDS, k=6)),
        content="\n".join(paragraphs),
        summary=" ".join(chance.choices(WORDS, k=30)),
        published=published,
        updated=published + timedelta(days=1),
        authors=(Author("Ann"), Author("Ben")),
        categories=tuple(Category(word, f"{HOME}tags/") for word in WORDS[5:8]),
        language="en",
        enclosures=(Enclosure(f"{HOME}{number}.mp3", "audio/mpeg", 12345),),
    )


def feed(seed: int = 7) -> Feed:
    """A feed of ENTRIES, the same for the same seed."""
    chance = random.Random(seed)
    entries = tuple(entry(number, chance) for number in range(ENTRIES))
    author = (Author("Ann", "ann@ann.example"),)
    return Feed(
        f"{HOME}feed", HOME, "Ann", "Notes", START, author, "en", entries, fresh=15
    )


@contextmanager
def unrepaired() -> Iterator[None]:
    """feedgen as it comes, with its own way to write the dates of RSS."""
    modules = (feedgen.entry, feedgen.feed)
    repaired = [module.formatRFC2822 for module in modules]
    for module in modules:
        module.formatRFC2822 = feedgen.util.formatRFC2822
    yield
    for module, repair in zip(modules, repaired, strict=True):
        module.formatRFC2822 = repair


@unrepaired()
def by_feedgen(feed: Feed, name: str) -> bytes:
    """What feedgen makes by itself of all that it can hold."""
    made = FeedGenerator()
    made.load_extension("dc")
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.description)
    made.link(href=f"{HOME}{name}.xml", rel="self")
    made.link(href=feed.url, rel="alternate")
    made.language(feed.language)
    made.ttl(feed.fresh)
    made.author({"name": feed.authors[0].name, "email": feed.authors[0].email})
    for entry in feed.entries:
        told = made.add_entry(order="append")
        told.id(entry.id)
        told.title(entry.title)
        told.link(href=entry.url, rel="alternate")
        told.summary(entry.summary)
        told.content(entry.content, type="CDATA")
        told.published(entry.published)
        told.updated(entry.updated)
        told.category([{"term": c.term, "scheme": c.scheme} for c in entry.categories])
        for file in entry.enclosures:
            told.enclosure(file.url, str(file.length), file.media_type)
        if name == "rss":
            told.dc.dc_creator([author.name for author in entry.authors])
        else:
            people = [
                {"name": a.name, "email": a.email, "uri": a.uri} for a in entry.authors
            ]
            told.author(people)
    return bytes(
        made.rss_str(pretty=True) if name == "rss" else made.atom_str(pretty=True)
    )


def medians(*tasks: Callable[[], object]) -> list[float]:
    """The seconds of work that each takes; in turns, so that noise is shared."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(RUNS):
        for task, taken in zip(tasks, times, strict=True):
            gc.collect()  # what one leaves behind is no work of the next
            start = time.process_time()
            task()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def one_changed(whole: Feed) -> Feed:
    """The feed with another title on the entry in its middle."""
    middle = len(whole.entries) // 2
    changed = replace(whole.entries[middle], title="Another title")
    entries = (*whole.entries[:middle], changed, *whole.entries[middle + 1 :])
    return replace(whole, entries=entries)


def row(form: FeedFormat, whole: Feed) -> str:
    """A line of the table: milliseconds, and how they compare."""
    topic = HOME + form.filename
    earlier, changed = Fragments(), one_changed(whole)
    form.render(whole, topic, earlier)
    tasks: list[Callable[[], object]] = [
        lambda: form.render(whole, topic, Fragments()),
        lambda: form.render(changed, topic, Fragments(earlier)),
    ]
    if form.name != "json":
        tasks.append(lambda: by_feedgen(whole, form.name))
    ours, again, *alone = (1000 * taken for taken in medians(*tasks))
    line = f"{form.name:6}{ours:10.1f}{again:10.1f}{again / ours:8.3f}"
    return line + "".join(f"{taken:10.1f}{ours / taken:8.2f}" for taken in alone)


def main() -> None:
    """Print the table."""
    print(f"{ENTRIES} entries of {LENGTH} characters; medians of {RUNS} runs, in ms")
    print(f"{'':6}{'whole':>10}{'changed':>10}{'ratio':>8}{'feedgen':>10}{'ratio':>8}")
    whole = feed()
    for form in FORMATS.values():
        print(row(form, whole))


if __name__ == "__main__":
    main()
