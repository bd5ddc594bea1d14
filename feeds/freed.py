"""Memory that is free again, given back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Give back what the C library keeps for later: after much, it keeps too much."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:  # musl has none
            trim(0)
