"""What people come to do, done in a browser from beginning to end."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser
from visitor import Server, Visitor, visit

pytestmark = pytest.mark.browser

ROLES = {
    "Community nurse, district nurse team": "roles:community-nurse-nhs-professionals-2020",
    "Community matron (Guy": "roles:community-matron-gstt-2020",
    "Assistant practitioner, community nursing": "roles:assistant-practitioner-community-nursing-elht-2020",
}
MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"


def parameters(visitor: Visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def offered_link(visitor: Visitor) -> str:
    link = urlsplit(visitor.page.get_by_label("Link to this page").input_value())
    return f"/{link.path.lstrip('/')}?{link.query}"


def network_box(visitor: Visitor) -> None:
    visitor.page.locator(".cg-network[data-ready=yes]").wait_for()


def test_compare_three_roles_and_download_the_table(visitor: Visitor, tmp_path: Path) -> None:
    visitor.goto("/")
    visitor = visitor.follow(
        visitor.page.get_by_test_id("stMain").get_by_role("link", name="Compare roles", exact=True)
    )
    for words in ROLES:
        visitor.choose("control.role", words)
    visitor.page.keyboard.press("Escape")  # an open list hides the rest of the page from look-ups by role
    assert parameters(visitor)["role"] == list(ROLES.values())
    assert visitor.page.get_by_test_id("stVegaLiteChart").count() == 1
    shown = visitor.page.get_by_test_id("stTable").last.locator("tbody tr").count()
    assert shown
    rows = list(csv.DictReader(io.StringIO(visitor.download("Download CSV", tmp_path).read_text("utf-8-sig"))))
    assert len(rows) >= shown
    assert {"item_label", "held_by", "source"} <= set(rows[0])
    assert visitor.download("Download Excel", tmp_path).read_bytes().startswith(b"PK")


def test_three_roles_compared_in_one_action_from_home(visitor: Visitor) -> None:
    visitor.goto("/")
    visitor = visitor.follow(visitor.page.get_by_role("link", name="What do three steps in adult care share?"))
    assert visitor.heading() == "Compare roles"
    assert len(parameters(visitor)["role"]) == 3
    assert visitor.page.get_by_test_id("stTable").count() >= 1


def test_follow_a_shared_link(visitor: Visitor, browser: Browser, server: Server) -> None:
    visitor.goto("/needs")
    visitor.choose("control.target", "Case manager")
    visitor.choose("control.start", "Care co-ordinator")
    link = offered_link(visitor)
    assert "v=" in link
    with visit(browser, server.base) as other:
        other.goto(link)
        assert other.text() == visitor.text()
        assert "another version" not in other.text()
        other.goto(link.partition("v=")[0] + "v=old")
        assert "another version" in other.text()


def test_back_returns_to_the_earlier_choice(visitor: Visitor) -> None:
    visitor.goto("/finder")
    visitor.choose("control.role", "Case manager")
    visitor.choose("control.role", "Care co-ordinator")
    second = parameters(visitor)["role"]
    visitor.page.go_back()
    visitor.settle()
    assert parameters(visitor)["role"] != second
    assert parameters(visitor)["role"][0].partition(":")[0] == "roles"
    assert "Case manager" in visitor.control("control.role").inner_text() + str(
        visitor.control("control.role").locator("input").input_value()
    )


def test_explore_the_graph_by_click(visitor: Visitor) -> None:
    visitor.goto(f"/graph?id={MANAGER}")
    network_box(visitor)
    box = visitor.page.locator(".cg-network")
    box.scroll_into_view_if_needed()
    at = box.evaluate(
        """(box) => { const { net, data } = box._state;
        const inside = (p) => p.x > 30 && p.y > 30 && p.x < box.clientWidth - 30 && p.y < box.clientHeight - 30;
        for (const node of data.nodes) {
          const p = net.canvasToDOM(net.getPosition(node.id));
          if (node.id !== data.centre && inside(p) && net.getNodeAt(p) === node.id) return { ...p, id: node.id, name: node.name };
        } }"""
    )
    box.locator("canvas").click(position={"x": at["x"], "y": at["y"]})
    visitor.page.get_by_text("Chosen:").wait_for()
    visitor.settle()
    assert visitor.page.get_by_role("link", name=at["name"]).count() >= 1
    visitor.page.get_by_role("button", name="Put it in the middle").click()
    visitor.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("id") == [at["id"]])
    visitor.settle()
    network_box(visitor)
    assert box.evaluate("(box) => box._state.data.centre") == at["id"]


def test_explore_the_graph_by_keyboard(visitor: Visitor) -> None:
    visitor.goto(f"/graph?id={MANAGER}")
    network_box(visitor)
    keys = visitor.page.keyboard
    box = visitor.page.locator(".cg-network")
    for _ in range(40):
        keys.press("Tab")
        if box.evaluate("(box) => box.getRootNode().activeElement === box"):
            break
    else:
        pytest.fail("The Tab key does not reach the graph.")
    said = visitor.page.locator(".cg-selected")
    keys.press("ArrowRight")
    first = said.inner_text()
    keys.press("ArrowRight")
    assert first.startswith("Selected: ")
    assert said.inner_text() not in ("", first)
    chosen = box.get_attribute("data-selected")
    keys.press("Enter")
    visitor.page.get_by_text("Chosen:").wait_for()
    visitor.settle()
    button = visitor.page.get_by_role("button", name="Put it in the middle")
    for _ in range(6):
        keys.press("Tab")
        if button.evaluate("(button) => document.activeElement === button"):
            break
    else:
        pytest.fail("The Tab key does not go on from the graph to the button.")
    keys.press("Enter")
    visitor.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("id") == [chosen])


def test_graph_to_keep_opens_without_a_server(visitor: Visitor, tmp_path: Path, browser: Browser) -> None:
    visitor.goto(f"/graph?id={MANAGER}")
    file = visitor.download("Download (stand-alone page)", tmp_path)
    with visit(browser, "file://") as other:
        other.page.goto(file.as_uri())
        other.page.locator("canvas").first.wait_for()
        assert [address for address in other.asked if address.startswith(("http", "ws"))] == []


def test_search_from_home(visitor: Visitor) -> None:
    visitor.goto("/")
    box = visitor.page.get_by_role("textbox").first
    box.fill("falls")
    box.press("Enter")
    visitor.page.wait_for_url("**/?q=falls")
    visitor.settle()
    table = visitor.page.get_by_test_id("stTable").first
    link = table.get_by_role("link").first
    name = link.inner_text()
    opened = visitor.follow(link)
    assert opened.heading() == name
    assert "item" in opened.page.url


def test_compare_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.goto("/compare")
    keys = visitor.page.keyboard
    field = visitor.control("control.role").locator("input")
    for _ in range(30):
        keys.press("Tab")
        if field.evaluate("(field) => document.activeElement === field"):
            break
    else:
        pytest.fail("The Tab key does not reach the list of roles.")
    for words in list(ROLES)[:2]:
        keys.type(words)
        visitor.page.locator("[role=option]").filter(has_text=words).first.wait_for()
        keys.press("Enter")
        visitor.settle()
    keys.press("Escape")
    assert parameters(visitor)["role"] == list(ROLES.values())[:2]
    assert visitor.page.get_by_test_id("stTable").count() >= 1
