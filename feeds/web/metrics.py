"""What a server has done, counted: numbers in the text format of Prometheus (0.0.4)."""

import json
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from feeds.site import Site
from feeds.watch import Look
from feeds.web.health import age, problems

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: The environment variable that names the folder which a server's processes share.
FOLDER = "FEEDS_METRICS"
#: What is no document of the site, and what is one too many.
OTHER = "other"
_MOST = 1000
_SUFFIX = ".counts"
_OFTEN = 1.0
_log = logging.getLogger("feeds")

#: Counts an answer: a document, a status, bytes of the body sent, and bytes saved.
Count = Callable[[str, int, int, int], None]
# How often a document was answered with a status; bytes sent, and bytes saved by it.
_Numbers = tuple[int, int, int]
_Counts = dict[tuple[str, int], _Numbers]
_NOTHING = (0, 0, 0)
_HELP = {
    "feeds_articles": "Articles that are out.",
    "feeds_problems": "Problems known of the site.",
    "feeds_scan_seconds": "How long the last look at the folder took.",
    "feeds_scan_age_seconds": "How long ago the folder was looked at.",
}


class Metrics:
    """Counts the answers of a server, whichever of its processes gave them.

    Each process writes its counts, every second, to a file of its own in `folder`,
    which stays when the process ends; what is told is their sum. Without a folder it is
    of this process alone. The folder is to be a new one each time the server starts.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._begin()
        # A fork copies what its parent has counted, which is told by the parent.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._counts: _Counts = {}
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self._written: _Counts = {}
        self._is_failing = False
        # No process id: another process may get the same one later.
        self._name = secrets.token_hex(8)

    def count(self, document: str, status: int, sent: int = 0, saved: int = 0) -> None:
        """Count an answer: `sent` and `saved` are bytes of its body.

        What a 304 saved is the body that was not sent, else what compression took away.
        """
        key = document, status
        with self._counting:
            found = self._counts.get(key)
            if found is None:
                key, found = self._new(key)
            answers, out, spared = found
            self._counts[key] = answers + 1, out + sent, spared + saved

    def _new(self, key: tuple[str, int]) -> tuple[tuple[str, int], _Numbers]:
        """Where what was never counted before is counted, and what is there already."""
        if not self._counts and self._folder is not None:
            threading.Thread(
                target=self._keep_writing, name="feeds-metrics", daemon=True
            ).start()
        if len(self._counts) >= _MOST:
            key = OTHER, key[1]
        return key, self._counts.get(key, _NOTHING)

    def _keep_writing(self) -> None:
        while True:
            time.sleep(_OFTEN)
            self.write()

    def write(self) -> Mapping[tuple[str, int], _Numbers]:
        """Write down this process's counts, and return what was written."""
        with self._writing:
            with self._counting:
                counts = self._counts.copy()
            if self._folder is None or counts == self._written:
                return counts
            new = self._folder / f"{self._name}.new"
            try:
                new.write_text(json.dumps([[*k, *v] for k, v in counts.items()]))
                new.replace(self._folder / (self._name + _SUFFIX))
                self._written, self._is_failing = counts, False
            except OSError as error:  # what is counted must not stop what is served
                if not self._is_failing:
                    _log.warning("the counts could not be written: %s", error.strerror)
                self._is_failing = True
            return counts

    def text(self, gauges: Mapping[str, float]) -> str:
        """All counts so far, and `gauges`: `sample`s and their values."""
        # First written, then told: a later scrape, whichever process answers it, must
        # not tell less, which would be taken for a restart.
        total = dict(self.write())
        for counts in self._counts_of_others():
            for key, numbers in counts.items():
                one, two, three = total.get(key, _NOTHING)
                total[key] = one + numbers[0], two + numbers[1], three + numbers[2]
        return "".join(f"{line}\n" for line in (*_counters(total), *_gauges(gauges)))

    def _counts_of_others(self) -> Iterable[_Counts]:
        if self._folder is None:
            return
        for file in sorted(self._folder.glob("*" + _SUFFIX)):
            if file.stem != self._name:
                rows = json.loads(file.read_text())
                yield {
                    (document, status): (answers, sent, saved)
                    for document, status, answers, sent, saved in rows
                }


def gauges_of(site: Site, now: datetime, look: Look | None) -> dict[str, float]:
    """What is so of `site` now; `look` is the last one at its folder."""
    gauges: dict[str, float] = {"feeds_articles": len(site.edition.articles)}
    for severity, number in problems(site).items():
        gauges[sample("feeds_problems", severity=severity)] = number
    if look is not None:
        gauges["feeds_scan_seconds"] = look.seconds
        gauges["feeds_scan_age_seconds"] = age(now, look)
    return gauges


def sample(name: str, **labels: str) -> str:
    """A name with its labels: `feeds_problems{severity="error"}`."""
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    return f"{name}{{{told}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _counters(counts: _Counts) -> list[str]:
    saved = {"304": 0, "compression": 0}
    for (_, status), numbers in counts.items():
        saved["304" if status == 304 else "compression"] += numbers[2]
    sent = sum(numbers[1] for numbers in counts.values())
    return [
        *_head("feeds_requests_total", "counter", "Requests by what answered them."),
        *(
            sample("feeds_requests_total", document=document, status=str(status))
            + f" {numbers[0]}"
            for (document, status), numbers in sorted(counts.items())
        ),
        *_head("feeds_sent_bytes_total", "counter", "Bytes of bodies sent."),
        f"feeds_sent_bytes_total {sent}",
        *_head("feeds_saved_bytes_total", "counter", "Bytes of bodies not sent."),
        *(f"{sample('feeds_saved_bytes_total', by=by)} {saved[by]}" for by in saved),
    ]


def _gauges(gauges: Mapping[str, float]) -> list[str]:
    lines: list[str] = []
    told = ""
    for key, value in sorted(gauges.items()):
        name = key.partition("{")[0]
        if name != told:
            lines += _head(name, "gauge", _HELP[name])
            told = name
        lines.append(f"{key} {value}")
    return lines


def _head(name: str, kind: str, what: str) -> tuple[str, str]:
    return f"# HELP {name} {what}", f"# TYPE {name} {kind}"
