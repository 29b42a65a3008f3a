"""What everyone must be able to use: axe-core on every page and state, and what axe-core cannot see."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from focus import Stop, stops
from playwright.sync_api import BrowserContext
from states import ANSWERS, CHARTS, MANAGER, STATES
from visitor import NARROW, Server, Visitor, visit

from competence_graph.app import PAGES

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN_AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap((v) =>
  v.nodes.map((n) => `${v.id} (${v.impact}): ${n.html.slice(0, 200)} at ${n.target}`))"""
OVERFLOW = """() => Math.max(document.documentElement.scrollWidth,
  (document.querySelector('[data-testid=stMain]') || document.body).scrollWidth)"""
# The colour of a text against that of the last shape drawn before it that holds its middle, else against white.
TEXT_CONTRAST = """() => {
  const parts = (c) => c.match(/[\\d.]+/g).map(Number);
  const channel = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const found = [];
  for (const svg of document.querySelectorAll('[data-testid=stVegaLiteChart] svg')) {
    const shapes = [];
    for (const element of svg.querySelectorAll('path, rect, text')) {
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      if (!style.fill.startsWith('rgb')) continue;
      const fill = parts(style.fill), alpha = (fill[3] ?? 1) * style.fillOpacity * style.opacity;
      if (element.tagName !== 'text') { if (alpha > 0.01) shapes.push([box, fill, alpha]); continue; }
      if (!element.textContent.trim() || !box.width) continue;
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      let ground = [255, 255, 255];
      for (const [b, colour, a] of shapes)
        if (b.left <= x && x <= b.right && b.top <= y && y <= b.bottom) ground = ground.map((g, i) => g * (1 - a) + colour[i] * a);
      const [light, dark] = [luminance(fill), luminance(ground)].sort((a, b) => b - a);
      found.push([element.textContent, (light + 0.05) / (dark + 0.05)]);
    }
  }
  return found;
}"""
TIMES_MEASURED = 4  # of each kind of stop in a run; others of the kind have the same computed style
LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of one state."""

    title: str
    headings: list[str]
    violations: list[str]
    external: list[str]
    exceptions: int
    width: int
    narrow_violations: list[str]
    contrasts: list[tuple[str, float]]
    said: list[str]
    unnamed: int
    stops: list[Stop]


@pytest.fixture(scope="module")
def look(profile: BrowserContext, server: Server) -> Callable[[str], Look]:
    """Return a function that opens a state once, wide and then narrow, and tells what is there."""

    measured: Counter[str] = Counter()

    def to_measure(kind: str) -> bool:
        measured[kind] += 1
        return measured[kind] <= TIMES_MEASURED

    @functools.cache
    def seen(name: str) -> Look:
        with visit(profile, server.base) as visitor:
            page = visitor.page
            visitor.goto(STATES[name])
            if name == "graph, role":
                page.locator(".cg-network[data-ready=yes]").wait_for()
            page.add_script_tag(path=AXE)
            violations = page.evaluate(RUN_AXE)
            contrasts = page.evaluate(TEXT_CONTRAST)
            said = page.locator("[role=status][aria-live=polite]").all_inner_texts()
            unnamed = page.locator("[data-testid=stVegaLiteChart]:not(:has([aria-label]))").count()
            headings = page.locator("h1").all_inner_texts()
            keyboard = stops(visitor, to_measure)
            page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
            page.wait_for_timeout(300)
            width = page.evaluate(OVERFLOW)
            narrow = page.evaluate(RUN_AXE)
            exceptions = page.get_by_test_id("stException").count()
            return Look(page.title(), headings, violations, visitor.external(), exceptions, width, narrow, contrasts, said, unnamed, keyboard)  # fmt: skip

    return seen


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(look: Callable[[str], Look], state: str) -> None:
    assert look(state).violations == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_a_narrow_screen(look: Callable[[str], Look], state: str) -> None:
    assert look(state).narrow_violations == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_comes_from_elsewhere(look: Callable[[str], Look], state: str) -> None:
    assert look(state).external == []


@pytest.mark.parametrize("state", STATES)
def test_one_heading_and_no_exception(look: Callable[[str], Look], state: str) -> None:
    assert len(look(state).headings) == 1
    assert look(state).exceptions == 0


@pytest.mark.parametrize("state", STATES)
def test_page_does_not_scroll_sideways_on_a_narrow_screen(look: Callable[[str], Look], state: str) -> None:
    assert look(state).width <= NARROW[0]


def test_page_titles_differ(look: Callable[[str], Look]) -> None:
    titles = [look(page.path or "home").title for page in PAGES]
    assert len(set(titles)) == len(titles)
    assert all(title.startswith(page.title) for title, page in zip(titles, PAGES, strict=True))


@pytest.mark.parametrize("state", CHARTS)
def test_chart_text_can_be_read(look: Callable[[str], Look], state: str) -> None:
    contrasts = look(state).contrasts
    assert contrasts
    assert [(text, round(ratio, 2)) for text, ratio in contrasts if ratio < LEAST_CONTRAST] == []
    assert look(state).unnamed == 0


@pytest.mark.parametrize("state", ANSWERS)
def test_result_is_announced(look: Callable[[str], Look], state: str) -> None:
    assert any(re.search(r"\d+ (of|rows|facts)", said) for said in look(state).said)


def test_new_result_is_announced_in_the_same_place(visitor: Visitor) -> None:
    visitor.goto("/?q=falls")
    region = visitor.page.locator("[role=status][aria-live=polite]").first
    region.evaluate("(region) => { window.__region = region; }")
    before = region.inner_text()
    box = visitor.page.get_by_role("textbox").first
    box.fill("dementia nurse")
    box.press("Enter")
    visitor.page.wait_for_url("**/?q=dementia*")
    visitor.settle()
    assert region.inner_text() not in ("", before)
    assert region.evaluate("(region) => window.__region === region")


@pytest.mark.parametrize("state", STATES)
def test_every_stop_of_the_keyboard_can_be_seen(look: Callable[[str], Look], state: str) -> None:
    stops = look(state).stops
    assert len(stops) > 12
    assert [stop for stop in stops if stop.covered] == []
    assert [stop for stop in stops if not stop.seen] == []


def test_every_kind_of_stop_was_measured(look: Callable[[str], Look]) -> None:
    stops = [stop for state in STATES for stop in look(state).stops]
    assert len(stops) > 1000
    assert {stop.kind for stop in stops} == {stop.kind for stop in stops if stop.change is not None}


def test_skip_link_comes_first(visitor: Visitor) -> None:
    visitor.goto("/compare")
    visitor.page.keyboard.press("Tab")
    assert "main content" in visitor.page.evaluate("() => document.activeElement.innerText").lower()


@pytest.mark.parametrize("path", ["/", f"/needs?target={MANAGER}"], ids=["home", "needs"])
def test_single_keys_do_nothing(visitor: Visitor, path: str) -> None:
    visitor.goto(path)
    visitor.page.locator("h1").click()
    visitor.page.wait_for_timeout(500)
    before = len(visitor.sent)
    for key in ("r", "c", "R", "C"):
        visitor.page.keyboard.press(key)
    visitor.page.wait_for_timeout(700)
    assert len(visitor.sent) == before
    assert visitor.page.get_by_role("dialog").count() == 0
    if path == "/":
        box = visitor.page.get_by_role("textbox").first
        box.click()
        visitor.page.keyboard.type("care record")
        assert box.input_value() == "care record"
