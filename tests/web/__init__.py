"""The tests of the door to HTTP."""
