"""The pages: bytes and seconds in a headless Chromium, against the targets set for 2 cores and the full shipped graph.

Times here are of this machine alone; there is nothing to pair them with. Each address is opened in a session of its own;
a slow line is 4 Mbit/s with 40 ms each way, set in the browser. Bytes are what the first visit takes over the wire.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.timing import ROUNDS, Row, Section
from competence_graph.resources import BUILD_FOLDER_VARIABLE

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))  # where the tests find it too
from focus import LEAST_CHANGE, stops
from states import STATES
from visitor import FLAGS, SETTLED, WIDE, chromium, visit

NURSE, MATRON, ASSISTANT = (
    f"roles:{name}"
    for name in (
        "community-nurse-nhs-professionals-2020",
        "community-matron-gstt-2020",
        "assistant-practitioner-community-nursing-elht-2020",
    )
)
ADDRESSES = {
    "home": "", "browse": "browse?framework=oawip", "compare": f"compare?role={NURSE}&role={MATRON}&role={ASSISTANT}",
    "needs": f"needs?start={NURSE}&target=roles:care-coordinator-pcn-essex-primary-care-2020", "finder": f"finder?role={NURSE}",
    "frameworks": "frameworks?one=role-profiles&other=care-workforce-pathway", "graph": f"graph?id={NURSE}",
    "overview": "overview", "ask": "ask?question=roles-that-fill", "item": f"item?id={NURSE}", "about": "about",
}  # fmt: skip
CHARTED = ("compare", "needs")
CHOOSING = ("compare", "needs", "frameworks")
GRAPH_DRAWN = (
    "() => [...document.querySelectorAll('*')].some((part) => (part.shadowRoot || part).querySelector('canvas'))"
)
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 4e6 / 8, "uploadThroughput": 4e6 / 8}
STRICTNESS = ("exact", "broad", "close", "same")


@contextmanager
def served(build: Path) -> Iterator[tuple[str, float]]:
    """Start the server on a free port; yield its address and the seconds until it is healthy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "competence_graph", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, BUILD_FOLDER_VARIABLE: str(build)},
    )  # fmt: skip
    try:
        while True:
            try:
                with urllib.request.urlopen(f"{base}/healthz", timeout=5):
                    break
            except OSError:
                time.sleep(0.05)
        yield base, time.perf_counter() - start
    finally:
        os.killpg(process.pid, 15)
        process.wait(10)


@contextmanager
def visitor(browser: Browser, *, slow: bool = False) -> Iterator[tuple[Page, list[float]]]:
    """Open a browser session; yield its page and the bytes of each answer as they come over the wire."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    page, sizes = context.new_page(), []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    if slow:
        wire.send("Network.emulateNetworkConditions", SLOW)
    try:
        yield page, sizes
    finally:
        context.close()


def settle(page: Page) -> None:
    """Wait until the script has run and everything is drawn."""
    page.wait_for_function(SETTLED, timeout=60_000)


def first_visits(browser: Browser, base: str) -> Iterator[Row]:
    """Measure bytes of a first visit, and heading and chart on a slow line."""
    for name, address in ADDRESSES.items():
        with visitor(browser) as (page, sizes):
            start = time.perf_counter()
            page.goto(f"{base}/{address}")
            settle(page)
            seconds = time.perf_counter() - start
            page.wait_for_timeout(500)
        size, limit = sum(sizes) / 1e6, 1.3 if name == "home" else 1.8
        yield Row(
            f"first visit: {name}", [seconds], wanted=f"≤ {limit} MB", shown=f"{size:.2f} MB", verdict=size <= limit,
            said=f"whole page after {seconds:.1f} s",
        )  # fmt: skip
    for name in ("home", *CHARTED):
        headings, charts = [], []
        for _ in range(3):
            with visitor(browser, slow=True) as (page, _sizes):
                start = time.perf_counter()
                page.goto(f"{base}/{ADDRESSES[name]}", wait_until="commit")
                page.wait_for_selector("h1", timeout=60_000)
                headings.append(time.perf_counter() - start)
                if name in CHARTED:
                    page.wait_for_selector("[data-testid=stVegaLiteChart] :is(svg, canvas)", timeout=60_000)
                    charts.append(time.perf_counter() - start)
        yield Row(f"heading at 4 Mbit/s: {name}", headings, limit=3.5)
        if charts:
            yield Row(f"chart at 4 Mbit/s: {name}", charts, limit=6)


def in_the_app(browser: Browser, base: str) -> Iterator[Row]:
    """Measure what a visitor waits for who is in the app already: a page, a choice, the graph."""
    with visitor(browser) as (page, _sizes):
        page.goto(base)
        settle(page)
        switches = []
        for _ in range(2):
            for title in page.locator("[data-testid=stSidebarNavLink]").all_inner_texts():
                link = page.locator("[data-testid=stSidebarNavLink]").filter(has_text=title).first
                link.click()
                start = time.perf_counter()
                page.wait_for_function(f"document.title.startsWith({title!r})")
                settle(page)
                switches.append(time.perf_counter() - start)
        yield Row(
            "page switch, the slowest of each page twice", [max(switches)], limit=1.5, said=f"{len(switches)} switches"
        )
    for name in CHOOSING:
        with visitor(browser) as (page, _sizes):
            page.goto(f"{base}/{ADDRESSES[name]}")
            settle(page)
            reruns = [_choose(page, choice) for _ in range(ROUNDS) for choice in STRICTNESS]
        p95 = sorted(reruns)[int(len(reruns) * 0.95) - 1]
        yield Row(f"a choice on a page, p95: {name}", [p95], limit=0.8, said=f"{len(reruns)} choices")
    drawn = []
    for _ in range(3):
        with visitor(browser) as (page, _sizes):
            page.goto(f"{base}/about")
            settle(page)
            page.locator("[data-testid=stSidebarNavLink]").filter(has_text="Graph").first.click()
            page.wait_for_function("document.title.startsWith('Graph')")
            settle(page)
            start = time.perf_counter()
            field = page.locator(".st-key-control-id input")
            field.click()
            field.fill("Community nurse, district nurse team")
            page.locator("[role=option]").first.wait_for()
            start = time.perf_counter()
            field.press("Enter")
            page.wait_for_function(GRAPH_DRAWN, timeout=30_000)
            drawn.append(time.perf_counter() - start)
    yield Row("graph drawn after a choice", drawn, limit=1.5)


def _choose(page: Page, choice: str) -> float:
    """Choose another strictness; return the seconds until the page is drawn anew."""
    field = page.locator(".st-key-control-strictness input")
    field.click()
    field.fill(f"{choice}:")
    page.locator("[role=option]").first.wait_for()
    field.press("Enter")
    start = time.perf_counter()
    page.wait_for_timeout(20)
    settle(page)
    return time.perf_counter() - start


def keyboard(browser: Browser, base: str) -> Iterator[Row]:
    """Measure every stop of the Tab key on every page in its main states: how much the focus changes what is seen."""
    start, found = time.perf_counter(), []
    for address in STATES.values():
        with visit(browser, base) as guest:
            guest.goto(address)
            found += stops(guest)
    least = min(found, key=lambda stop: stop.change or 0)
    covered = sum(stop.covered for stop in found)
    yield Row(
        "change of a pixel at a stop of the Tab key, the least", [time.perf_counter() - start],
        wanted=f"≥ {LEAST_CHANGE} of 255, none covered", shown=f"{least.change} of 255, {covered} covered",
        verdict=all(stop.seen for stop in found) and not covered, said=f"{len(found)} stops in {len(STATES)} states",
    )  # fmt: skip


def section(build: Path) -> Section:
    """Measure all; ``build`` is a built graph."""
    found = Section("Pages in headless Chromium, shipped graph")
    starts = []
    for _ in range(3):
        with served(build) as (_base, seconds):
            starts.append(seconds)
    found.rows.append(Row("server started to healthy", starts, limit=6))
    with served(build) as (base, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        with visitor(browser) as (page, _sizes):  # the first visitor ever makes what the session caches
            page.goto(base)
            settle(page)
        found.rows += [*first_visits(browser, base), *in_the_app(browser, base), *keyboard(browser, base)]
        browser.close()
    return found
