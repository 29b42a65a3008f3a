"""A visitor of the web app: a browser page, what it asked for, and what the tests look at on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, WebSocket

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
WIDE, NARROW = (1366, 850), (320, 640)
# Streamlit says on its root element whether the script still runs; its elements are then on the page, or skeletons are.
SETTLED = """() => window.__cgFrame && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
  && document.querySelector('h1') && !document.querySelector('[data-testid=stSkeleton]')
  && ![...document.querySelectorAll('[data-testid=stVegaLiteChart]')].some((chart) => !chart.querySelector('svg, canvas'))"""
STEADY = f"""(steady) => {{
  if (!({SETTLED})()) {{ window.__drawnSince = undefined; return false; }}
  window.__drawnSince ??= performance.now();
  return performance.now() - window.__drawnSince >= steady;
}}"""

HOSTILE = (
    "<script>window.pwned=1;alert(1)</script>",
    '<img src=x onerror="window.pwned=1;alert(1)">',
    "[press](javascript:window.pwned=1) ![seen](http://evil.example/seen.png) **bold**",
    '-1+HYPERLINK("http://evil.example","x")',
    r"$\href{javascript:window.pwned=1}{x}$ :red[x] </script><svg onload=window.pwned=1>",
)
"""What a label may hold at its worst: scripts, markup, Markdown, a formula of a spreadsheet (one that starts with = is refused at the door), LaTeX."""


def chromium() -> str:
    """Return the path of the Chromium to drive: ``CHROMIUM`` of the environment, Debian's, or one on the path; else ''."""
    named = os.environ.get("CHROMIUM")
    if named is not None:
        return shutil.which(named) or ""
    return next(
        (
            found
            for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        "",
    )


@dataclass
class Server:
    """A server of the web app, what it printed, and its build folder."""

    base: str
    log: Path
    build: Path


@dataclass
class Visitor:
    """A page in a browser of its own session, with every address that it asked for."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    sent: list[str | bytes] = field(default_factory=list)
    """What the page said to the server over its websocket."""
    dialogs: list[str] = field(default_factory=list)

    def goto(self, path: str) -> None:
        self.page.goto(self.base + path)
        self._drawn()

    def settle(self) -> None:
        """Wait until the script has run for a choice and the page has drawn what it was sent."""
        self.page.wait_for_timeout(50)  # the choice reaches the server first
        self._drawn(steady=250)

    def _drawn(self, *, steady: int = 100) -> None:
        """Wait until the page has been drawn for so many milliseconds on end: between two runs it looks drawn as well."""
        self.page.evaluate("() => { window.__drawnSince = undefined; }")
        self.page.wait_for_function(STEADY, arg=steady)

    def external(self) -> list[str]:
        """Return the addresses asked for on any other machine."""
        own = (self.base, self.base.replace("http:", "ws:"), "blob:", "data:", "about:")
        return sorted({address for address in self.asked if not address.startswith(own)})

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def follow(self, link: Locator) -> Visitor:
        """Follow a link in the text of a page: it changes the page in this tab and keeps the session."""
        before = self.page.url
        link.click()
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.settle()
        return self

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def control(self, key: str) -> Locator:
        """Return a Streamlit control by its key; an open list hides the rest of the page from look-ups by role."""
        return self.page.locator(".st-key-" + key.replace(".", "-"))

    def choose(self, key: str, words: str) -> None:
        """Type into a list to choose from, and take the first that fits."""
        field_ = self.control(key).locator("input")
        field_.click()
        field_.fill(words)
        self.page.locator("[role=option]").filter(has_text=words).first.wait_for()
        field_.press("Enter")
        self.settle()

    def download(self, name: str, folder: Path) -> Path:
        """Press the download button of a name and return the file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=name, exact=True).first.click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


def new_context(browser: Browser) -> BrowserContext:
    """Return a browser profile of its own; the pages' policy is lifted, so that scripts and requests would really be made."""
    context = browser.new_context(bypass_csp=True, accept_downloads=True, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    return context


@contextmanager
def visit(where: Browser | BrowserContext, base: str) -> Iterator[Visitor]:
    """Open a page: in a profile of its own where a browser is given, else in the profile given, which has files cached.

    Either way the page is a session of its own.
    """
    context = where if isinstance(where, BrowserContext) else new_context(where)
    page = context.new_page()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    visitor = Visitor(page, base)

    def socket_opened(socket: WebSocket) -> None:
        visitor.asked.append(socket.url)
        socket.on("framesent", lambda frame: visitor.sent.append(frame))

    def dialog_opened(dialog: Dialog) -> None:
        visitor.dialogs.append(dialog.message)
        dialog.dismiss()

    def watch(opened: Page) -> None:
        opened.on("request", lambda request: visitor.asked.append(request.url))
        opened.on("websocket", socket_opened)
        opened.on("dialog", dialog_opened)
        opened.on("popup", watch)

    watch(page)
    try:
        yield visitor
    finally:
        (page if context is where else context).close()
