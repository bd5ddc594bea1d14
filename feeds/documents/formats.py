"""The list of feed formats; the first is the one to recommend."""

from feeds.documents import atom, jsonfeed, rss
from feeds.documents.document import FeedFormat

FORMATS: dict[str, FeedFormat] = {
    form.name: form for form in (rss.FORMAT, atom.FORMAT, jsonfeed.FORMAT)
}
