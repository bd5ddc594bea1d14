"""Liferea, on a screen that nobody sees, told over D-Bus to ask again."""

import os
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.programs import PATIENCE, run, wait_for

# It says where its bus is, then becomes Liferea.
_SCRIPT = 'printf %s "$DBUS_SESSION_BUS_ADDRESS" > "$1" && exec liferea -w hidden'
_LIST = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Feeds</title></head><body>
<outline type="{kind}" text="feed" xmlUrl="{url}" id="feed" updateInterval="60"/>
</body></opml>
"""
_TITLES = "SELECT title FROM items"
_NAME = "org.gnome.feed.Reader"


@dataclass(frozen=True)
class Liferea:
    """Liferea as it runs, with all its files in `home`."""

    home: Path

    def refresh(self) -> None:
        """Have it ask for its feeds now."""
        bus = (self.home / "bus").read_text()
        reader = (f"--dest={_NAME}", "/org/gnome/feed/Reader", f"{_NAME}.Refresh")
        run("dbus-send", f"--bus={bus}", "--print-reply", *reader)

    def titles(self) -> Counter[str]:
        """The titles that it has, and how often each; none while it writes."""
        place = self.home / ".local/share/liferea/liferea.db"
        try:
            with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as db:
                return Counter(title for (title,) in db.execute(_TITLES))
        except sqlite3.OperationalError:
            return Counter()


@contextmanager
def liferea(home: Path, url: str) -> Iterator[Liferea]:
    """Liferea with one feed, for which it asks as it starts."""
    config = home / ".config/liferea"
    config.mkdir(parents=True)
    kind = "atom" if url.endswith("atom.xml") else "rss"
    (config / "feedlist.opml").write_text(_LIST.format(kind=kind, url=url))
    command = ("xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", _SCRIPT, "sh")
    with (home / "told").open("wb") as told:
        process = subprocess.Popen(
            (*command, str(home / "bus")),
            env=_environment(home),
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    try:
        wait_for((home / "bus").exists, "its bus")
        yield Liferea(home)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _environment(home: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_RUNTIME_DIR": str(home),
        "GSETTINGS_BACKEND": "memory",
    }
