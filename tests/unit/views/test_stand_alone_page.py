from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from competence_graph.views.network import Edge, Network, Node, as_table
from competence_graph.views.stand_alone import to_html

EVIL = ("</script><script>window.hit=1</script>", '<img src=x onerror="window.hit=1">', '"><b href="https://evil">')


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "td":
            self.cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.tags.append(("/td", {}))


def star(size: int, label: str = "Item") -> Network:
    nodes = tuple(Node(f"t:{i}", f"{label} {i}", "role" if i == 0 else "skill") for i in range(size))
    edges = tuple(Edge("t:0", node.id, "needs or has", "attested", f"{label}, page 1") for node in nodes[1:])
    return Network(nodes[0], nodes, edges, 1, 0, "0123456789abcdef")


def test_page_fetches_nothing_and_says_its_language_and_title() -> None:
    page = to_html(star(4), "A network")
    tags = Tags(page).tags
    assert page.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "en-GB"}) in tags
    assert page.count("<title>A network</title>") == 1
    assert not [t for t, a in tags if t == "link" or (t in ("script", "img", "iframe") and "src" in a)]
    policy = next(a["content"] for t, a in tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert [t for t, _ in tags if t == "h1"] == ["h1"]


def test_table_below_says_the_same() -> None:
    network = star(4)
    cells = Tags(to_html(network, "A network")).cells
    assert cells == [str(row[c.name]) for row in as_table(network).rows for c in as_table(network).columns]


def test_picture_has_a_text() -> None:
    network = star(4)
    drawing = next(a for t, a in Tags(to_html(network, "A")).tags if a.get("id") == "mynetwork")
    assert drawing["role"] == "img"
    assert (drawing["aria-label"] or "").startswith(network.description)


@pytest.mark.parametrize("evil", EVIL)
def test_labels_and_titles_cannot_become_markup(evil: str) -> None:
    plain, bad = to_html(star(3), "A"), to_html(star(3, evil), evil)
    count = [sum(t == tag for t, _ in Tags(page).tags) for page in (plain, bad) for tag in ("script", "img", "b")]
    assert count[:3] == count[3:]
    assert evil not in bad
    assert html.escape(evil) in bad
    assert "popup.innerHTML" not in bad


def test_what_is_placed_does_not_move() -> None:
    options = re.search(r"var options = (\{.*?\});", to_html(star(5), "A"), re.DOTALL)
    assert options
    assert '"physics": {"enabled": false}' in options[1]


@pytest.mark.parametrize("evil", ["Item", *EVIL])
def test_page_opens_without_internet(tmp_path: Path, evil: str) -> None:
    driver = pytest.importorskip("playwright.sync_api")
    browser_path = shutil.which("chromium")
    if not browser_path:
        pytest.skip("there is no chromium")
    file = tmp_path / "page.html"
    file.write_text(to_html(star(5, evil), evil), encoding="utf-8")
    asked: list[str] = []
    problems: list[str] = []
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text))
        page.goto(file.as_uri())
        page.wait_for_selector("canvas")
        page.wait_for_timeout(500)
        assert page.evaluate("window.hit") is None
        assert page.title() == evil
        browser.close()
    assert asked == [file.as_uri()]
    assert problems == []
