"""What RSS and Atom may hold: their own elements, and those of others' vocabularies."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Of each namespace that readers know: the prefix that it has by convention.
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://source.scripting.com/": "source",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://www.w3.org/2005/Atom": "atom",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
NAMESPACES = {prefix: namespace for namespace, prefix in PREFIXES.items()}

# In all the tables a * stands after what may be there more than once.
_MEDIA = """media:category* media:copyright media:credit* media:description media:hash*
    media:keywords media:player media:rating* media:restriction* media:text* media:title
    media:thumbnail*"""
_ITUNES = """itunes:author itunes:block itunes:explicit itunes:image itunes:keywords
    itunes:subtitle itunes:summary itunes:title"""
_PODCAST = """podcast:block* podcast:funding* podcast:images podcast:license
    podcast:location podcast:person* podcast:txt* podcast:value*"""
_DC = """dc:contributor* dc:coverage* dc:description dc:format dc:identifier*
    dc:language dc:publisher* dc:relation* dc:rights dc:source dc:title dc:type"""
_FEED = f"""{_MEDIA} {_ITUNES} {_PODCAST} {_DC} at:deleted-entry* fh:archive fh:complete
    itunes:applepodcastsverify itunes:category* itunes:complete itunes:new-feed-url
    itunes:owner itunes:type podcast:guid podcast:locked podcast:medium podcast:podping
    podcast:podroll podcast:publisher podcast:trailer* podcast:updateFrequency
    source:account* source:blogroll source:cloud source:likes source:localTime
    source:self sy:updateBase sy:updateFrequency sy:updatePeriod"""
_ENTRY = f"""{_MEDIA} {_ITUNES} {_PODCAST} {_DC} content:encoded itunes:duration
    itunes:episode itunes:episodeType itunes:season media:content* media:group*
    podcast:alternateEnclosure* podcast:chapters podcast:contentLink* podcast:episode
    podcast:season podcast:socialInteract* podcast:soundbite* podcast:transcript*
    slash:comments slash:department slash:hit_parade slash:section source:inReplyTo
    source:markdown thr:in-reply-to* thr:total wfw:comment wfw:commentRss
    wfw:commentRSS"""  # the last is misspelt, and there is a rule that says so
#: In RSS alone: Atom has elements of its own that say the same.
_RSS = "creativeCommons:license* dc:creator* dc:date dc:subject* atom:contributor*"
_RSS += " atom:author* atom:id atom:link* atom:updated"
_WITHIN = {
    "at:deleted-entry": "at:by* at:comment atom:link*",
    "at:by": "atom:name atom:uri atom:email",
    "atom:author": "atom:name atom:uri atom:email",
    "atom:contributor": "atom:name atom:uri atom:email",
    "itunes:category": "itunes:category*",
    "itunes:owner": "itunes:email itunes:name",
    "media:content": _MEDIA,
    "media:group": f"{_MEDIA} media:content*",
    "podcast:alternateEnclosure": "podcast:integrity podcast:source*",
    "podcast:podroll": "podcast:remoteItem*",
    "podcast:publisher": "podcast:remoteItem",
    "podcast:value": "podcast:valueRecipient*",
}
_LINK = "href rel type hreflang title length"
_ATTRIBUTES = {
    "at:deleted-entry": "ref when",
    "atom:summary": "type",
    "itunes:category": "text",
    "itunes:image": "href",
    "media:category": "label scheme",
    "media:content": """bitrate channels duration expression fileSize framerate height
        isDefault lang medium samplingrate type url width""",
    "media:copyright": "url",
    "media:credit": "role scheme",
    "media:description": "type",
    "media:hash": "algo",
    "media:player": "height url width",
    "media:rating": "scheme",
    "media:restriction": "relationship type",
    "media:text": "end lang start type",
    "media:thumbnail": "height time url width",
    "media:title": "type",
    "podcast:alternateEnclosure": """bitrate codecs default height lang length rel title
        type""",
    "podcast:block": "id",
    "podcast:chapters": "type url",
    "podcast:contentLink": "href",
    "podcast:episode": "display",
    "podcast:funding": "url",
    "podcast:images": "srcset",
    "podcast:integrity": "type value",
    "podcast:license": "url",
    "podcast:location": "country geo osm rel",
    "podcast:locked": "owner",
    "podcast:person": "group href img role",
    "podcast:podping": "usesPodping",
    "podcast:remoteItem": "feedGuid feedUrl itemGuid medium title",
    "podcast:season": "name",
    "podcast:socialInteract": "accountId accountUrl priority protocol uri",
    "podcast:soundbite": "duration startTime",
    "podcast:source": "contentType uri",
    "podcast:trailer": "length pubdate season type url",
    "podcast:transcript": "language rel type url",
    "podcast:txt": "purpose",
    "podcast:updateFrequency": "complete dtstart rrule",
    "podcast:value": "method suggested type",
    "podcast:valueRecipient": "address customKey customValue fee name split type",
    "source:account": "service",
    "source:cloud": "domain path port protocol registerProcedure",
    "source:likes": "server",
    "thr:in-reply-to": "href ref source type",
}

_BARE = """atom:category cloud enclosure fh:archive fh:complete itunes:image
    media:player media:thumbnail podcast:chapters podcast:contentLink podcast:images
    podcast:integrity podcast:podping podcast:remoteItem podcast:socialInteract
    podcast:source podcast:transcript podcast:valueRecipient thr:in-reply-to"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a format has: by each parent's name its children, by each name attributes.

    Names are in Clark's notation. `many` are pairs of a parent and a child that may
    be in it more than once; `open` hold foreign markup, `bare` attributes alone.
    Elements of a namespace that is not in `namespaces` are let be.
    """

    namespaces: frozenset[str]
    children: dict[str, frozenset[str]]
    attributes: dict[str, frozenset[str]]
    many: frozenset[tuple[str, str]]
    open: frozenset[str]
    bare: frozenset[str]


def clark(name: str) -> str:
    """`media:content` in Clark's notation; a name without a prefix as it is."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else local


def _made(
    children: Mapping[str, str], attributes: Mapping[str, str], markup: str = ""
) -> Vocabulary:
    told = {clark(name): words.split() for name, words in children.items()}
    known = {
        parent: frozenset(clark(word.rstrip("*")) for word in words)
        for parent, words in told.items()
    }
    spaces = {name.rpartition("}")[0] for names in known.values() for name in names}
    return Vocabulary(
        frozenset(spaces | {""}),
        known,
        {clark(name): frozenset(words.split()) for name, words in attributes.items()},
        frozenset(
            (parent, clark(word[:-1]))
            for parent, words in told.items()
            for word in words
            if word.endswith("*")
        ),
        frozenset(map(clark, markup.split())),
        frozenset(map(clark, _BARE.split())),
    )


RSS = _made(
    _WITHIN
    | {
        "rss": "channel",
        "channel": f"""title link description language copyright managingEditor
            webMaster pubDate lastBuildDate category* generator docs cloud ttl image
            rating textInput skipHours skipDays item* atom:icon atom:logo
            {_FEED} {_RSS}""",
        # There is a rule that says more of two enclosures, and of synonyms.
        "item": f"""title link description author category* comments enclosure* guid
            pubDate source atom:published atom:summary {_ENTRY} {_RSS}""",
        "image": "url title link width height description",
        "textInput": "title description name link",
        "skipHours": "hour*",
        "skipDays": "day*",
    },
    _ATTRIBUTES
    | {
        "atom:link": _LINK,
        "rss": "version",
        "guid": "isPermaLink",
        "category": "domain",
        "source": "url",
        "enclosure": "url length type",
        "cloud": "domain port path registerProcedure protocol",
    },
)
_OF_FEED = """atom:author* atom:category* atom:contributor* atom:generator atom:icon
    atom:id atom:link* atom:logo atom:rights atom:subtitle atom:title atom:updated"""
ATOM = _made(
    _WITHIN
    | {
        "atom:feed": f"{_OF_FEED} atom:entry* {_FEED}",
        "atom:source": f"{_OF_FEED} {_FEED}",
        "atom:entry": f"""atom:author* atom:category* atom:content atom:contributor*
            atom:id atom:link* atom:published atom:rights atom:source atom:summary
            atom:title atom:updated {_ENTRY}""",
    },
    _ATTRIBUTES
    | {
        "atom:link": _LINK,
        "atom:category": "term scheme label",
        "atom:generator": "uri version",
        "atom:content": "type src",
        "atom:title": "type",
        "atom:subtitle": "type",
        "atom:summary": "type",
        "atom:rights": "type",
    },
    "atom:title atom:subtitle atom:summary atom:rights atom:content atom:link"
    " atom:category",
)
