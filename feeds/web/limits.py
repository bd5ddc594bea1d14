"""How often one client is sent the same feed whole: what is abuse, and what is not."""

from collections import OrderedDict
from math import ceil
from threading import Lock

from feeds.policies import SHARED
from feeds.web.representation import Answer, notice

#: The seconds for which downloads are counted together.
SPAN = 600
_MOST_KNOWN = 10_000


class Limits:
    """Counts full downloads of each client and path, SPAN by SPAN from the first one.

    Nobody who was sent less than is allowed in the last SPAN is ever refused, and
    nobody is sent twice as much. Of 10,000 clients and paths, the one not seen for
    longest is forgotten.
    """

    def __init__(self) -> None:
        # When the first of them was, and how many there were.
        self._sent: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str, path: str, most: int, now: float) -> int:
        """The whole seconds until `client` may be sent `path`: 0 is now, and counts.

        `now` is in seconds, of a clock that is never set.
        """
        key = client, path
        with self._lock:
            first, count = self._sent.get(key, (now, 0))
            if now >= first + SPAN:
                first, count = now, 0
            is_over = count >= most
            self._sent[key] = first, count if is_over else count + 1
            self._sent.move_to_end(key)
            if len(self._sent) > _MOST_KNOWN:
                self._sent.popitem(last=False)
        return ceil(first + SPAN - now) if is_over else 0


def refusal(seconds: int) -> Answer:
    """The answer to who is to wait for so long."""
    text = (
        f"This feed was downloaded too often from here. Ask again in {seconds} s, "
        "with If-None-Match or If-Modified-Since: what is not new is never refused.\n"
    )
    return notice(429, text, ("Retry-After", str(seconds)), *SHARED)
