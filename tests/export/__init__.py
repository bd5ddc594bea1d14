"""The tests of the door to files."""
