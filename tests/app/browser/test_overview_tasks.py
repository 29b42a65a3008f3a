"""The overview, as a visitor uses it: another view, a need, a framework, and nothing that is cut or covered."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from visitor import Visitor

pytestmark = pytest.mark.browser
COVERED = """() => {
  const boxes = [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg .role-axis-label text')]
    .map((text) => text.getBoundingClientRect()).filter((box) => box.width);
  return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 2 && b.top < a.bottom - 2)).length;
}"""


def test_from_view_to_view(visitor: Visitor) -> None:
    visitor.goto("/overview")
    assert "Clinical Health Skills" in visitor.text()
    visitor.choose("control.view", "From needs to care functions")
    visitor.page.locator("[data-testid=stEChartsChart] canvas, [data-testid=stEChartsChart] svg").first.wait_for()
    visitor.choose("control.from", "Chronically ill")
    visitor.page.get_by_role("heading", name="Who carries out what is called for: Chronically ill").wait_for()
    assert parse_qs(urlsplit(visitor.page.url).query)["from"][0].startswith("oawip:chronically-ill")
    visitor.choose("control.view", "What stands with just one role")
    visitor.choose("control.roles", "Two roles")
    visitor.page.wait_for_url(lambda url: "roles=2" in url)
    visitor.settle()
    assert visitor.page.get_by_test_id("stTable").count() == 1


def test_labels_of_the_grid_do_not_cover_each_other(visitor: Visitor) -> None:
    visitor.goto("/overview?view=areas&framework=occupational-standards")
    assert visitor.page.evaluate(COVERED) == 0
    assert "…" not in " ".join(visitor.page.locator("[data-testid=stVegaLiteChart] svg text").all_text_contents())
