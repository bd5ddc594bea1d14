"""Where programs of this user keep things (the XDG base directories)."""

import hashlib
import os
import sys
from pathlib import Path

_OWN = "folderfeed"


def state_folder() -> Path:
    """Where they keep what they must remember."""
    return _home("XDG_STATE_HOME", ".local/state")


def cache_folder() -> Path:
    """Where they keep what they can make again."""
    return _home("XDG_CACHE_HOME", ".cache")


def name_of(folder: Path) -> str:
    """A name for what they keep of a content folder."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return f"{folder.name or 'root'}-{digest}"


def _home(variable: str, usual: str) -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(local) / _OWN
    return Path(os.environ.get(variable) or Path.home() / usual) / _OWN
