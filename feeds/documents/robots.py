"""What robots may read, which is everything, and where the sitemap is (RFC 9309)."""

MEDIA_TYPE = "text/plain; charset=utf-8"


def render(sitemap_url: str) -> bytes:
    """The document; robots ask for it at the root of a host, and nowhere else."""
    # The oldest robots know no `Allow`, and an empty `Disallow` forbids nothing.
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap_url}\n".encode()
