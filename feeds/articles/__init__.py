"""The way in: file bytes become articles."""
