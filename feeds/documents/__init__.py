"""The way out: a feed becomes documents."""
