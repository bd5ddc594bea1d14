"""Every name that a fact goes by in the headers of the tools in use."""

import difflib

from feeds.notation import Fact, Facts, Value

# The first name that has a value wins.
NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(names.split())
    for name, names in {
        "title": "title",
        "published": """date published pubdate publishdate publish_date pub_date
            date_published published_at published_on publisheddate datetime created
            created_at createddate date_created post_date""",
        "updated": """updated lastmod modified last_modified_at last_modified updated_at
            updateddate modifieddate date_modified date_updated last_updated
            update""",
        "expires": "expires expirydate expiry_date expire expiry",
        "authors": "authors author byline creator",
        "categories": "categories category topics sections",
        "tags": "tags tag keywords labels",
        "summary": "summary description excerpt abstract subtitle dek",
        "slug": "slug",
        "address": "permalink url path",
        "aliases": "aliases alias redirect_from redirects",
        "id": "guid id uuid",
        "language": "language lang locale",
        "image": """image cover hero featured_image featuredimage feature_image
            featureimage thumbnail cover_image coverimage hero_image heroimage banner
            og_image ogimage image_path previewimage images img""",
        "image_alt": """image_alt imagealt cover_alt hero_alt thumbnail_alt
            featureimagealt alt""",
        "image_caption": """image_caption imagecaption cover_caption featureimagecap
            caption""",
        "image_credit": "image_credit imagecredit cover_credit credit",
        "enclosure": """enclosure enclosures audio audio_url audiourl audio_file
            audiofile mp3 podcast_file podcastfile episode_file video podcast
            media""",
        "duration": """duration audio_duration audioduration itunes_duration
            podcast_duration podcastduration""",
        "length": """audio_size audiosize audio_length audiolength podcast_bytes
            podcastbytes podcast_size length""",
        "episode": "episode_number episodenumber itunes_episode episode",
        "season": "itunes_season season_number seasonnumber season",
        "episode_type": """episode_type episodetype itunes_episodetype
            itunes_episode_type""",
        "explicit": "itunes_explicit explicit",
        "episode_image": "episode_image episodeimage itunes_image",
        "chapters": "chapters chapters_url chapters_file chapter_url",
        "transcripts": """transcripts transcript transcript_url transcript_file
            transcript_link""",
        "hosts": "hosts host",
        "guests": "guests guest",
        "persons": "persons people",
        "link": "link external_url external_link external linkurl",
        "source": "source via",
        "comments": "comments comment",
        "rights": "rights copyright",
        "license": "license licence",
        "visits": "visits",
        "draft": "draft",
        "status": "status visibility",
        "private": "private",
        "unlisted": "unlisted hidden exclude_from_feed eleventyexcludefromcollections",
        "feed": "feed rss",
    }.items()
}
# Tables of a header whose entries count as if they stood at its top.
_TABLES = frozenset({"taxonomies", "extra", "params", "metadata"})
# Keys of tools that are no fact of ours and near to one that is.
_FOREIGN = frozenset(
    """layout template theme type weight order toc math mathjax katex series sticky
    pinned featured menu nav aside sidebar share section tagline titles headline
    location nocomments related redirect_to imports updates resources cascade outputs
    markup data date_format licenses licensed copyrighted right lights posts ghost
    costs chapter chapters_list episodes episodic episode_name episode_title
    episode_date seasons seasonal season_name reason person persona personas personal
    versions education durations quest podcasts podcast_title podcast_image
    podcast_type audio_title audio_mime""".split()
)
_MOST = 50
_KNOWN = frozenset(name for names in NAMES.values() for name in names)
_FACTS_OF = {
    key: tuple(name for name, keys in NAMES.items() if key in keys) for key in _KNOWN
}
_NOTHING: tuple[Value, ...] = (None, "", [], {})


def settle(told: Facts) -> dict[str, Fact]:
    """The facts with their names spelled in one way, and none in tables."""
    facts: dict[str, Fact] = {}
    tables: dict[str, Fact] = {}
    for key, fact in told.items():
        name = _spell(key)
        if name in _TABLES and isinstance(fact.value, dict):
            for inner, value in fact.value.items():
                tables.setdefault(_spell(inner), Fact(value, fact.line))
        else:
            facts[name] = fact
    return {**tables, **facts}


def _spell(key: str) -> str:
    return key.strip().lower().replace("-", "_").replace(" ", "_")


def find(facts: Facts, name: str) -> Fact | None:
    """The fact `name` under the first of its names that has a value."""
    for key in NAMES[name]:
        fact = facts.get(key)
        if fact is not None and fact.value not in _NOTHING:
            return fact
    return None


def merge(given: Facts, own: Facts) -> dict[str, Fact]:
    """What a header says, and of what the body says itself only the rest."""
    said = {
        name
        for key in given.keys() & _KNOWN
        if given[key].value not in _NOTHING
        for name in _FACTS_OF[key]
    }
    rest = {
        key: fact
        for key, fact in settle(own).items()
        if not any(key == name or key in NAMES[name] for name in said)
    }
    return {**given, **rest}


def misspelled(facts: Facts) -> list[tuple[str, str, int]]:
    """Keys that are nearly a known one, and are none: (key, known one, line)."""
    found = []
    unknown = [key for key in facts if key not in _KNOWN | _FOREIGN and len(key) > 3]
    for key in unknown[:_MOST]:
        fact = facts[key]
        near = difflib.get_close_matches(key, _KNOWN, 1, 0.8)
        if near and abs(len(key) - len(near[0])) <= 2:
            found.append((key, near[0], fact.line))
    return found
