"""The tests of the way out."""
