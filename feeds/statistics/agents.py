"""Who asks, by the user agent: a person's browser, a service's readers, or a robot."""

import re
from dataclasses import dataclass
from functools import lru_cache

#: What is longer is cut: no browser and no service says more.
LONGEST = 400
# Numbers that no service of this world has are not believed.
_MOST = 10_000_000
_LONGEST_NAME = 40

# Browsers say that they are Mozilla, but for these.
_BROWSER = re.compile(r"Mozilla/\d|Opera/\d")
_PLAIN_BROWSER = re.compile(r"Lynx/|w3m/|E?Links[ /(]|Dillo/|NetSurf/")
# Who gives an address to ask at, or says that it is "compatible", is a program; so did
# the browsers named here, long ago. A Cubot is a telephone.
_PROGRAM = re.compile(
    r"(?<!cu)bot(?![a-z])|robot|crawl|spider|slurp|preview|monitor|uptime|pingdom"
    r"|headless|lighthouse|pagespeed|phantomjs|puppeteer|playwright|selenium"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|http-?client|axios|node-fetch|scrapy"
    r"|fetch|scan|archiv|validat|check|feed|rss|reader|podcast|subscriber"
    r"|externalhit|embedly|mediapartners|https?:|www\.|@"
    r"|compatible;(?! (?:msie|konqueror))",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"bot(?![a-z])|robot|crawl|spider|slurp|preview|monitor|uptime|pingdom|headless"
    r"|lighthouse|archiv|validat|externalhit|embedly|mediapartners",
    re.IGNORECASE,
)
# "Reader 3" is a name and a version; "3 readers" are people.
_NUMBER = re.compile(
    r"(?:^|[\s;,(])(\d{1,3}(?:,\d{3})+|\d{1,15})[ +_]*(?:[Ss]ubscribers?|readers?)\b"
    r"|\b(?:[Ss]ubscribers?|[Uu]sers)[ :=_]+(\d{1,15})\b"
)
_FEED = re.compile(r"\bfeed[-_ ]?id[:= ]+([\w.-]{1,64})", re.IGNORECASE | re.ASCII)
_COMPATIBLE = re.compile(r"Mozilla/[\d.]+ \(compatible; ?")
_END_OF_NAME = re.compile(r"[/(;,]| - | feed-?id| feed fetcher", re.IGNORECASE)
_NO_NAME = re.compile(r"[^\w .+&-]+")


@dataclass(frozen=True, slots=True)
class Service:
    """What reads a feed for several people, of whom it says how many there are.

    `feed` is the service's own name of the feed, "" where it says none.
    """

    name: str
    feed: str
    subscribers: int


@lru_cache(maxsize=4096)
def is_browser(agent: str) -> bool:
    """Whether a person looks at what is asked for."""
    if _PLAIN_BROWSER.match(agent):
        return True
    return bool(_BROWSER.match(agent)) and not _PROGRAM.search(agent)


@lru_cache(maxsize=1024)
def is_robot(agent: str) -> bool:
    """Whether nobody reads what is asked for: it is looked through, or watched."""
    return not agent or bool(_ROBOT.search(agent))


@lru_cache(maxsize=1024)
def service_of(agent: str) -> Service | None:
    """The service that asks, None where it is none or says nothing to be believed."""
    found = _NUMBER.search(agent)
    if found is None:
        return None
    subscribers = int((found[1] or found[2]).replace(",", ""))
    if subscribers > _MOST:
        return None
    feed = _FEED.search(agent)
    return Service(_name(agent, found.start()), feed[1] if feed else "", subscribers)


def tells_readers(agent: str) -> bool:
    """Whether it says how many read through it, to be believed or not."""
    return _NUMBER.search(agent) is not None


def _name(agent: str, end: int) -> str:
    start = found.end() if (found := _COMPATIBLE.match(agent)) else 0
    told = _END_OF_NAME.split(agent[start : max(start, end)], maxsplit=1)[0]
    # Nothing else of it is kept, and no terminal gets what is none of a name.
    return _NO_NAME.sub("", told).strip(" .+&-")[:_LONGEST_NAME].strip() or "unnamed"
