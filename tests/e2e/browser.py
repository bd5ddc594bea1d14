"""Pages in a headless Chromium: what it shows, what it asked for, what it said."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
    )

SCHEMES = ("light", "dark")
WIDTHS = (320, 768, 1440)
#: The least and the most light in a page's background, so that dark is dark.
PAPER = {"light": (200, 255), "dark": (0, 60)}
#: What it cannot resolve it cannot ask; only this machine is there.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"

_HEIGHT = 800
_FACTS = """(() => {
  const root = document.documentElement, body = document.body || root;
  const filled = [body, root].map(e => getComputedStyle(e).backgroundColor)
    .find(colour => !colour.endsWith(", 0)")) || "rgb(255, 255, 255)";
  const h1 = document.querySelector("h1");
  return {
    overflow: root.scrollWidth - root.clientWidth,
    width: innerWidth,
    paper: Math.max(...filled.match(/[0-9]+/g).slice(0, 3).map(Number)),
    letters: parseFloat(getComputedStyle(body).fontSize),
    direction: h1 && getComputedStyle(h1).direction,
  };
})()"""
# What is cut is there and cannot be seen or scrolled to; in an input it can.
_CUT = """[...document.querySelectorAll("body *")].filter(e => {
  const hides = value => value === "hidden" || value === "clip";
  const style = getComputedStyle(e);
  return e.checkVisibility() && e.clientWidth > 1 && e.localName !== "input" && (
    hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
    || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 100))"""
# They may be fetched only when they are near; here all of them are wanted.
_BROKEN = """Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.decode().then(() => "", () => image.src);
})).then(found => found.filter(Boolean))"""
# Where links lead is not asked: a page may link anywhere, but not load from there.
_LOADED = """[...document.querySelectorAll(
  "[src], [srcset], [poster], [data], link[rel~=stylesheet], link[rel~=icon]"
)].flatMap(e => [e.src, e.poster, e.data, e.localName === "link" ? e.href : "",
  ...(e.srcset || "").split(",").map(each => each.trim().split(" ")[0])
]).filter(address => address && !address.startsWith("data:"))
  .map(address => new URL(address, document.baseURI).href)"""
_SCRIPTS = """[...document.querySelectorAll("*")].filter(e =>
  e.localName === "script" && e.type !== "application/ld+json"  // which is data
  || [...e.attributes].some(a => a.name.startsWith("on"))).map(e => e.outerHTML)"""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that is open, what it asked for, and what the browser said of it."""

    page: "Page"
    asked: "list[Request]" = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def facts(self, width: int, scheme: str = "light") -> dict[str, Any]:
        """What is to be seen of it in a window that is so wide, in a scheme."""
        self.page.set_viewport_size({"width": width, "height": _HEIGHT})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        return dict(self.page.evaluate(_FACTS))

    def cut(self) -> list[str]:
        """What does not fit where it is, and cannot be scrolled to."""
        return list(self.page.evaluate(_CUT))

    def broken(self) -> list[str]:
        """The pictures that are not shown, by address."""
        return list(self.page.evaluate(_BROKEN))

    def loaded(self) -> list[str]:
        """Every address from which it loads something, now or when it is wanted."""
        asked = [request.url for request in self.asked]
        return [*asked, *self.page.evaluate(_LOADED)]

    def scripts(self) -> list[str]:
        """Every script, and whatever else would run as one."""
        return list(self.page.evaluate(_SCRIPTS))

    @contextmanager
    def letters(self, size: int) -> Iterator[None]:
        """With letters of so many pixels, as set in the browser, where 16 is usual."""
        session = self.page.context.new_cdp_session(self.page)
        sizes = {"standard": size, "fixed": size * 13 // 16}
        session.send("Page.setFontSizes", {"fontSizes": sizes})
        try:
            yield
        finally:
            usual = {"standard": 16, "fixed": 13}
            session.send("Page.setFontSizes", {"fontSizes": usual})
            session.detach()

    @contextmanager
    def styled(self, css: str) -> Iterator[None]:
        """With a stylesheet of the reader's own."""
        sheet = "document.adoptedStyleSheets"
        self.page.evaluate(
            "css => { const own = new CSSStyleSheet(); own.replaceSync(css);"
            f" {sheet} = [own]; }}",
            css,
        )
        try:
            yield
        finally:
            self.page.evaluate(f"() => {{ {sheet} = []; }}")


def without_scripts(browser: "Browser", **options: Any) -> "BrowserContext":
    """Where pages are shown that cannot run anything; we still can."""
    return browser.new_context(java_script_enabled=False, **options)


def opened(context: "BrowserContext", url: str) -> Tab:
    """A tab with the page at `url`, loaded."""
    tab = Tab(context.new_page())
    tab.page.on("request", lambda request: tab.asked.append(request))
    tab.page.on("console", lambda message: tab.said.append(_told(message)))
    tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
    tab.page.goto(url)
    return tab


def _told(message: "ConsoleMessage") -> str:
    """What the browser says, and of what."""
    return f"{message.text} {message.location['url']}"
