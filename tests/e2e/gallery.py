"""A site with a page of every type, and where to find one of each in any site."""

import random
import re
import shutil
import wave
from pathlib import Path
from urllib.parse import quote

from feeds.site import Site
from tests.conftest import ROOT, write

#: Every type of page that a site can have.
HTML_TYPES = (
    "front",
    "archive",
    "article",
    "richest article",
    "article from right to left",
    "feed",
    "tag",
    "author",
    "section",
    "language",
    "tags",
    "authors",
    "sections",
    "languages",
    "not found",
)
#: Those that differ in more than their texts: what takes long looks at these alone.
LAYOUTS = (
    "front",
    "archive",
    "article",
    "richest article",
    "article from right to left",
    "tag",
    "tags",
    "not found",
)
FEED_TYPES = ("RSS", "Atom")
TYPES = (*HTML_TYPES, *FEED_TYPES)

_SECONDS = 2
_LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"
_RICHEST = f"""\
---
title: All that an article can hold, and a title as long as {_LONG_WORD} makes it
date: 2026-05-20
updated: 2026-05-28
authors: [Mara Lindqvist, Jón Þór <jon@tides.example>, نور حداد]
tags: [{_LONG_WORD}, open-web, formats, العربية]
categories: writing
summary: Everything at once, so that whatever breaks, breaks here.
image: {{src: wide.png, alt: A grey field, caption: A field, credit: Mara Lindqvist}}
link: https://elsewhere.example/{"a-long-way/" * 12}
source: {{title: Tides Weekly, url: "https://weekly.example/"}}
comments: {{url: "https://talk.example/7", count: 3}}
rights: © 2026 Mara Lindqvist
license: CC BY-SA 4.0
audio: {{src: wave.wav, type: audio/wav}}
---

A paragraph with *emphasis*, **weight**, `code`, ~~what was struck~~, a
[link](https://elsewhere.example/), a [link to another article](tide.md),
a footnote[^1], H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>, <mark>a mark</mark>,
<abbr title="Resource Description Framework">RDF</abbr>, <q>a quotation</q>,
<ins>something put in</ins>, <samp>what a program said</samp> and
<time datetime="2026-05-20">a day</time>. {_LONG_WORD}.
https://elsewhere.example/{"x" * 200}

`{"a_very_long_name_" * 12}`

## A heading that is somewhat longer than others, to see where its lines end

### One below it

#### And one below that

> A quotation of two paragraphs.
>
> > With a quotation in it.

1. One
2. Two
   - with a list
     - and a list in that

- [x] done
- [ ] to do

<dl><dt>A term</dt><dd>What it means.</dd></dl>

| A table | of many | columns | that is | wider than | any | telephone | {"w" * 60} |
|---|:-:|--:|---|---|---|---|---|
| left | middle | right | `code` | **bold** | 6 | 7 | 8 |

```python
{"a_line_of_code_that_is_longer_than_any_window = " * 6}
```

![A grey field that is wider than the page](wide.png)

<figure><img src="wide.png" alt="The same field"><figcaption>A caption.</figcaption>
</figure>

<audio controls src="wave.wav"></audio>

<details><summary>More</summary><p>What was folded away.</p></details>

---

<p lang="he" dir="rtl">הפיד אינו שואל באיזו שפה אתם כותבים.</p>
<p lang="ja"><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字を書く。</p>

[^1]: A note at the foot, with a [link](https://elsewhere.example/).
"""
_OTHERS = {
    "notes/richest.md": _RICHEST,
    "notes/tide.md": "---\ntitle: The tide\ndate: 2026-03-02\n---\nIt comes.\n",
    "notes/tide.de.md": "---\ntitle: Die Flut\ndate: 2026-03-03\n---\nSie kommt.\n",
}


def gallery_in(folder: Path) -> Path:
    """The sample site, with more articles than its feed lists and one that has all."""
    shutil.copytree(ROOT / "data", folder)
    write(folder, {**_OTHERS, **_notes(ROOT / "data/notes-on-dates.md")})
    shutil.copy(ROOT / "data/media/200-and-304.png", folder / "notes/wide.png")
    with wave.open(str(folder / "notes/wave.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 8000 * _SECONDS, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * _SECONDS)
    return folder


def every_page_type(site: Site) -> dict[str, str]:
    """The path of one page of every type that `site` has, the largest where it can be.

    Feeds count as pages: people open them in a browser.
    """
    edition = site.edition
    found = {"front": "", "not found": "no/such/page/"}
    found |= {"RSS": "rss.xml", "Atom": "atom.xml"}
    found |= {folder.strip("/"): folder for folder in edition.navigation.folders}
    for shelf in sorted(edition.shelves.values(), key=lambda s: len(s.articles)):
        if shelf.place:
            found["archive" if shelf.archive else shelf.offer.kind] = shelf.place
    return {kind: quote(path) for kind, path in (found | _articles(site)).items()}


def _articles(site: Site) -> dict[str, str]:
    """The newest article, the one with most that HTML can hold, one in Arabic or so."""
    pages = site.edition.addresses.pages
    places = [pages[article.path] for article in site.edition.articles]
    html = {place: site.document(f"{place}index.html").body for place in places}
    if not html:
        return {}
    kinds = {place: len(set(re.findall(rb"<\w+", html[place]))) for place in places}
    found = {"article": places[0], "richest article": max(kinds, key=kinds.__getitem__)}
    for place in places:
        if re.search(rb'<article[^>]* dir="rtl"', html[place]):
            found.setdefault("article from right to left", place)
    return found


def _notes(text: Path) -> dict[str, str]:
    """Two notes for each month of a year, no two of them alike."""
    words = sorted(set(re.findall(r"[a-z]{2,}", text.read_text("utf-8"))))
    chosen = random.Random(1)

    def sentence(count: int) -> str:
        return " ".join(chosen.sample(words, count)).capitalize()

    return {
        f"2025/note-{number}.md": f"---\ntitle: {sentence(6)}\n"
        f"date: 2025-{number // 2 + 1:02}-{number + 1:02}\n"
        f"tags: [{chosen.choice(words)}, {chosen.choice(words)}]\n"
        f"summary: {sentence(25)}.\n---\n{sentence(60)}.\n"
        for number in range(24)
    }
