"""Whether all is right with a site."""
