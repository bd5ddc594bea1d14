"""A headless Chromium, told over a pipe what to do (DevTools protocol)."""

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.programs import PATIENCE

Message = dict[str, Any]
Look = Callable[[str, int, str], "View"]

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--hide-scrollbars --remote-debugging-pipe"
).split()
# Where links lead is not asked: a page may link anywhere, but not load from there.
_FACTS = """({
  overflow: document.documentElement.scrollWidth
    - document.documentElement.clientWidth,
  width: innerWidth,
  paper: getComputedStyle(document.body).backgroundColor,
  direction: getComputedStyle(document.querySelector("h1")).direction,
  missing: [...document.images].filter(
    i => i.complete && !i.naturalWidth  // what is far down may not be loaded yet
  ).map(i => i.src),
  loaded: [...document.querySelectorAll(
    "img, link, script[src], source, video, audio, iframe, object, embed"
  )].map(e => e.src || e.href || e.data || "")
})"""


@dataclass(frozen=True)
class View:
    """A page as it was shown: its facts, what it asked for, and a picture of it."""

    facts: Message
    asked: list[str]
    complaints: list[str]
    png: bytes


@dataclass
class _Pipe:
    """Messages, each ended by a zero byte, out by one descriptor and in by another."""

    out: int
    back: int
    rest: bytes = b""
    number: int = 0
    events: list[Message] = field(default_factory=list)

    def call(self, method: str, session: str = "", **params: object) -> Message:
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        answer = self.until(lambda got: got.get("id") == self.number)
        assert "error" not in answer, (method, answer)
        return dict(answer["result"])

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message that is wanted; the others before it become events."""
        deadline = time.monotonic() + PATIENCE
        while True:
            while b"\0" in self.rest:
                line, _, self.rest = self.rest.partition(b"\0")
                message: Message = json.loads(line)
                self.events.append(message)
                if wanted(message):
                    return message
            left = max(0.0, deadline - time.monotonic())
            assert select.select([self.back], [], [], left)[0], "Chromium is silent"
            chunk = os.read(self.back, 1 << 20)
            assert chunk, "Chromium is gone"
            self.rest += chunk


@contextmanager
def chromium(profile: Path, facts: str = _FACTS) -> Iterator[Look]:
    """look(url, width, "light" or "dark") -> View, each in a tab of its own.

    `facts` is the expression whose value is what a view knows of its page.
    """
    to_it, out = os.pipe()
    back, from_it = os.pipe()
    # It reads from descriptor 3 and writes to 4.
    shell = f'exec "$@" 3</dev/fd/{to_it} 4>/dev/fd/{from_it}'
    command = ["sh", "-c", shell, "sh", "chromium", f"--user-data-dir={profile}"]
    with (profile.with_suffix(".log")).open("wb") as log:
        process = subprocess.Popen(
            [*command, *_FLAGS], pass_fds=(to_it, from_it), stdout=log, stderr=log
        )
    os.close(to_it)
    os.close(from_it)
    pipe = _Pipe(out, back)
    try:
        yield lambda url, width, scheme: _look(pipe, facts, url, width, scheme)
        pipe.call("Browser.close")
    finally:
        os.close(out)
        os.close(back)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _look(pipe: _Pipe, facts: str, url: str, width: int, scheme: str) -> View:
    target = pipe.call("Target.createTarget", url="about:blank")["targetId"]
    attached = pipe.call("Target.attachToTarget", targetId=target, flatten=True)
    session = attached["sessionId"]

    def call(method: str, **params: object) -> Message:
        return pipe.call(method, session, **params)

    for domain in ("Page", "Network", "Log", "Runtime"):
        call(f"{domain}.enable")
    # A window is never narrower than 500 pixels; a telephone's screen is.
    call(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=800,
        deviceScaleFactor=1,
        mobile=width < 500,
    )
    preference = {"name": "prefers-color-scheme", "value": scheme}
    call("Emulation.setEmulatedMedia", features=[preference])
    pipe.events.clear()
    call("Page.navigate", url=url)
    pipe.until(lambda got: got.get("method") == "Page.loadEventFired")
    found = call("Runtime.evaluate", expression=facts, returnByValue=True)
    size = call("Page.getLayoutMetrics")["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1}
    shot = call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    pipe.call("Target.closeTarget", targetId=target)
    return View(
        found["result"]["value"],
        [
            event["params"]["request"]["url"]
            for event in pipe.events
            if event.get("method") == "Network.requestWillBeSent"
        ],
        [
            event["params"]["entry"]["text"]
            for event in pipe.events
            if event.get("method") == "Log.entryAdded"
        ],
        base64.b64decode(shot["data"]),
    )
