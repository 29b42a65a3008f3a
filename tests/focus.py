"""Going through a page by the Tab key: what gets the focus, whether it can be seen, and whether something covers it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops
from visitor import WIDE, Visitor

LEAST_CHANGE = 100
"""Of 255: how much a pixel in the box of what has the focus must change at least when it loses it."""
LEAST_AREA = 1.0
"""How many pixels must change so much, in outlines two pixels thick around the box (WCAG 2.2, success criterion 2.4.13)."""
MOST_STOPS = 600
FOCUSED = """() => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  if (!e || e === document.body) return null;
  window.__focused = e;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e), label = e.closest('label');
  const seen = label && !(box.width > 4) ? label.getBoundingClientRect() : box;
  const hit = e.getRootNode().elementFromPoint(
    Math.min(Math.max(seen.x + seen.width / 2, 1), innerWidth - 2), Math.min(Math.max(seen.y + seen.height / 2, 1), innerHeight - 2));
  const first = !e.dataset.tabbed;
  e.dataset.tabbed = 'yes';
  // What is outlined: the box that holds a field, the label of a tick, else the thing itself.
  const field = e.matches('input, textarea') &&
    e.closest('[role=group], [data-testid=stTextInputRootElement], [data-testid=stTextAreaRootElement]');
  const holder = label || field || e;
  const held = getComputedStyle(holder), drawn = holder.getBoundingClientRect();
  return {
    first, x: drawn.x, y: drawn.y, width: drawn.width, height: drawn.height,
    covered: !hit || !(hit === e || e.contains(hit) || hit.contains(e) || (label && label.contains(hit))),
    what: `${e.tagName} ${e.getAttribute('aria-label') || e.innerText || e.value || ''}`.slice(0, 60),
    kind: [e.tagName, e.type, e.getAttribute('role'), e.closest('[data-testid]')?.dataset.testid, style.outline,
      style.backgroundColor, style.boxShadow, held.outline, held.backgroundColor].join(' | '),
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing that the Tab key reaches.

    Parameters
    ----------
    what : str
        Element and name.
    kind : str
        What it is, where it stands, and the computed style of its focus; two of a kind look alike.
    covered : bool
        Whether something else lies over its middle.
    change : int or None
        How much a pixel in its box changes at most when it loses the focus, of 255; None where it was not measured.
    area : float or None
        How many pixels change by :data:`LEAST_CHANGE` or more, as a multiple of an outline two pixels thick.
    """

    what: str
    kind: str
    covered: bool
    change: int | None
    area: float | None = None

    @property
    def seen(self) -> bool:
        """Whether the focus can be seen, or was not measured because another stop of the kind was."""
        if self.change is None or self.area is None:
            return True
        return self.change >= LEAST_CHANGE and self.area >= LEAST_AREA


def stops(visitor: Visitor, measured: Callable[[str], bool] = lambda kind: True) -> list[Stop]:
    """Press Tab until the page has no new stop; ``measured`` says by its kind whether a stop's pixels are compared."""
    found: list[Stop] = []
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        seen = visitor.page.evaluate(FOCUSED)
        if seen is None or not seen["first"]:
            break
        box = [seen[name] for name in ("x", "y", "width", "height")]
        change, area = _change(visitor, *box) if measured(seen["kind"]) else (None, None)
        found.append(Stop(seen["what"], seen["kind"], seen["covered"], change, area))
    return found


def _change(visitor: Visitor, left: float, top: float, width: float, height: float) -> tuple[int, float]:
    """Return the largest change of a pixel, and the area that changes enough in outlines of two pixels."""
    x, y = max(0, left - 6), max(0, top - 6)
    across, down = min(WIDE[0], left + width + 6) - x, min(WIDE[1], top + height + 6) - y
    if across <= 0 or down <= 0:
        return 0, 0.0

    def picture() -> Image.Image:
        visitor.page.wait_for_timeout(30)
        shot = visitor.page.screenshot(
            clip={"x": x, "y": y, "width": across, "height": down}, animations="disabled", caret="hide"
        )
        return Image.open(io.BytesIO(shot)).convert("RGB")

    focused = picture()
    visitor.page.evaluate("() => window.__focused.blur()")  # the next Tab goes on from here
    differences = np.asarray(ImageChops.difference(focused, picture())).max(axis=2)
    outline = 4 * (min(width, across) + min(height, down))
    return int(differences.max()), float((differences >= LEAST_CHANGE).sum() / outline)
