"""Posts to build sites of: the same for the same seed, read by every tool alike."""

import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

LENGTH = 5000
START = datetime(2015, 1, 1, 8, tzinfo=UTC)
YEARS = timedelta(days=3652)
AUTHORS = ("Ann Arbour", "Ben Ōta", "Noor Haddad")
TAGS = """clocks gears springs brass tides moons maps ink paper type print proofs radio
    wires valves bread salt rivers bridges stone lime frost gardens seeds bees owls
    winds sails ropes knots lamps lenses prisms colour chess dice kites tools work
    rest""".split()
_WORDS = """a the an of to in on by and or but so as at it is was has had will can may
    clock spring wheel lever tooth hour minute second noon night shop street river
    stair door window lamp hand glass brass steel oil dust ledger letter number name
    week winter summer rain keeper maker owner sister uncle visitor turns stops waits
    counts winds opens closes keeps loses finds mends writes reads small quiet late
    early exact worn bright cold heavy plain second-hand never always often once twice
    again almost 漢字 時計 שעון ساعة часы ρολόι élan Übung façade naïve ±3 µm 5 < 6 &
    """.split()
# A path, a name and a figure, as code that no tool has to highlight.
_CODE = """```
for tooth in wheel.teeth:
    if tooth.worn > {number} and not tooth.filed:
        drawer["{tag}"].append(tooth)
```"""


def write(folder: Path, count: int, seed: int = 7) -> None:
    """Write so many posts into `folder`, oldest first, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    sentences = [_sentence(chance) for _ in range(3000)]
    # Few tags are on many posts, and many on few.
    weights = list(accumulate(1 / place for place in range(1, len(TAGS) + 1)))
    for number in range(count):
        published = START + number * (YEARS / count)
        name = f"{published:%Y-%m-%d}-post-{number}.md"
        drawn = chance.choices(TAGS, cum_weights=weights, k=chance.randint(1, 4))
        tags = list(dict.fromkeys(drawn))
        header = _header(number, published, chance.choice(AUTHORS), tags, chance)
        text = header + _body(number, tags[0], sentences, chance)
        (folder / name).write_text(text, "utf-8")


def change(folder: Path, mark: int) -> None:
    """Add a sentence to the newest post, so that every tool has to see it."""
    newest = max(folder.glob("*.md"), key=lambda path: path.name)
    with newest.open("a", encoding="utf-8") as file:
        file.write(f"\nMended once more: {mark}.\n")


def _header(
    number: int,
    published: datetime,
    author: str,
    tags: list[str],
    chance: random.Random,
) -> str:
    # Pelican takes the brackets for letters, and leaves them out of addresses.
    title = " ".join(word for word in chance.choices(_WORDS, k=5) if word.isalpha())
    return (
        f"---\ntitle: Post {number} {title}\ndate: {published:%Y-%m-%dT%H:%M:%SZ}\n"
        f"author: {author}\ntags: [{', '.join(tags)}]\n---\n\n"
    )


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.randint(6, 18))
    at = chance.randrange(len(words))
    form = chance.choice(("{}", "{}", "*{}*", "**{}**", "[{}](https://a.example/x)"))
    words[at] = form.format(words[at])
    return " ".join(words).capitalize() + "."


def _body(number: int, tag: str, sentences: list[str], chance: random.Random) -> str:
    """Paragraphs with a heading, a list, a quotation or code between them."""
    parts: list[str] = []
    length = 0
    while length < LENGTH:
        part = " ".join(chance.choices(sentences, k=5))
        kind = chance.random()
        if kind < 0.1:
            part = f"## About {tag}\n\n{part}"
        elif kind < 0.2:
            part = "\n".join(f"* {each}" for each in chance.choices(sentences, k=4))
        elif kind < 0.25:
            part = f"> {part}"
        elif kind < 0.3:
            part = _CODE.format(number=number, tag=tag)
        parts.append(part)
        length += len(part.encode()) + 2
    return "\n\n".join(parts) + "\n"
