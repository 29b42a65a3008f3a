"""Comparing roles, as a visitor does it: an example, another list, another likeness, a link for a colleague."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser
from visitor import Server, Visitor, visit

pytestmark = pytest.mark.browser
PAIR = "/compare?role=roles:adult-care-worker-st0005&role=roles:care-or-support-worker-care-workforce-pathway"


def test_from_an_example_to_the_reason_of_a_match_and_a_link(
    visitor: Visitor, browser: Browser, server: Server, tmp_path: Path
) -> None:
    visitor.goto("/compare")
    visitor = visitor.follow(visitor.page.get_by_role("link", name="A registered and a support role"))
    assert "Vertical overlap: Community nurse, district nurse team is a registered role" in visitor.text()
    visitor.goto(PAIR)
    assert "close match, confidence" in visitor.text()
    visitor.choose("control.list", "Of B alone")
    visitor.page.wait_for_url(lambda url: "list=" in url)
    visitor.settle()
    chosen = parse_qs(urlsplit(visitor.page.url).query)["list"]
    assert chosen == ["roles:care-or-support-worker-care-workforce-pathway"]
    with visit(browser, server.base) as other:
        other.goto(f"/compare?{urlsplit(visitor.page.url).query}")
        assert other.text() == visitor.text()
    rows = list(csv.DictReader(io.StringIO(visitor.download("Download CSV", tmp_path).read_text("utf-8-sig"))))
    assert any(re.match(r"close match, confidence 0\.8: \w.*\.$", row["why"]) for row in rows)


def test_labels_of_the_chart_are_whole(visitor: Visitor) -> None:
    visitor.goto(
        "/compare?role=roles:community-nurse-nhs-professionals-2020&role=roles:community-matron-gstt-2020"
        "&role=roles:senior-community-staff-nurse-ncic-2020"
    )
    labels = visitor.page.locator("[data-testid=stVegaLiteChart] svg text")
    drawn = " ".join(labels.all_text_contents())
    assert "…" not in drawn
    for part in ("Senior community staff", "North Cumbria", "Trust: 14"):
        assert part in drawn


def test_one_role_more_and_the_list_shows_what_some_share(visitor: Visitor) -> None:
    """Nobody chose the list shown, so it follows the roles; its name too, with today's count."""
    visitor.goto(
        "/compare?role=roles:community-nurse-nhs-professionals-2020&role=roles:care-coordinator-pcn-essex-primary-care-2020"
    )
    chosen = visitor.control("control.list").locator("input")
    assert chosen.input_value().startswith("Shared by both")
    roles = visitor.control("control.role").locator("input")
    roles.click()
    roles.fill("Reablement practitioner")
    assert visitor.page.get_by_text(re.compile(r"Select \d+ match")).count() == 0
    visitor.page.locator("[role=option]").filter(has_text="Hampshire").first.click()
    visitor.page.wait_for_function(
        "() => document.querySelector('.st-key-control-list input')?.value.startsWith('Shared by some')"
    )
    visitor.settle()
    assert "There is nothing in this list" not in visitor.text()
    visitor.choose("control.list", "Of B alone")
    visitor.choose("control.strictness", "broad:")
    assert chosen.input_value().startswith("Of B alone"), "what was chosen stays"
