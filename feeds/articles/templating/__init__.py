"""Templating that leaks into bodies: given a plain meaning or taken out."""

from feeds.articles.templating.leftovers import Leftover
from feeds.articles.templating.mdx import plain_mdx
from feeds.articles.templating.translation import translate

__all__ = ["Leftover", "plain_mdx", "translate"]
