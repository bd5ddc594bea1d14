"""What goes with every answer: for how long it is new, and what it may do."""

from feeds.feed import FRESH

#: For how long a feed is new.
FRESH_SECONDS = int(FRESH.total_seconds())
# A cache may serve what is a little old while it asks, and much longer if we fail.
_STALE = "stale-while-revalidate=60, stale-if-error=86400"
#: Pages show the HTML of others: no script, no frame, nothing but pictures and sound
#: from elsewhere. `data:` is for the icon of who has none, which is then not asked for.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data: https: http:; "
    "media-src 'self' https: http:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
#: What a browser shows of a feed needs its stylesheet; markup in it must not run.
FEED_POLICY = "default-src 'none'; style-src 'self'; sandbox"
#: A drawing opened by itself must not run a script as if it were ours.
MEDIA_POLICY = "default-src 'none'; sandbox"
#: Pages are asked for anew each time; asking is cheap.
PAGE_CACHE = "no-cache"
#: What goes with everything.
GUARDS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
#: For readers that run in a browser: what is public may be read from anywhere.
SHARED = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Last-Modified, Link"),
)


def cache_control(seconds: int = FRESH_SECONDS) -> str:
    """For how long an answer is new; readers take it for how often to ask."""
    return f"public, max-age={seconds}, {_STALE}"
