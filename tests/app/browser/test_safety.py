"""What must not happen: other sites' pages, scripts in labels, a person's name where it does not belong."""

from __future__ import annotations

import csv
import http.client
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import quote, unquote_plus

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext
from pypdf import PdfReader
from visitor import HOSTILE, Server, Visitor, visit

pytestmark = pytest.mark.browser

CANARY = "Wilhelmina Quackenbush-Fernsby"
PARTS = ("quackenbush", "fernsby")
TARGET = "roles:case-manager"
GETS = (
    "/",
    "/compare",
    "/healthz",
    "/api/v1/info",
    "/sparql?query=ASK%7B%7D",
    "/_stcore/health",
    "/_stcore/host-config",
)
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
FIRST, SECOND = "tiny:case-manager", "tiny:care-co-ordinator"
HOSTILE_PAGES = {
    "item": f"/item?id={FIRST}",
    "item, competence": "/item?id=tiny:hostile-4",
    "compare": f"/compare?role={FIRST}&role={SECOND}",
    "compare, three": f"/compare?role={FIRST}&role={SECOND}&role=tiny:case-manager-hilltown",
    "graph": f"/graph?id={FIRST}",
    "needs": f"/needs?start={SECOND}&target={FIRST}",
    "finder": f"/finder?role={FIRST}&target={SECOND}",
    "browse": "/browse?framework=tiny",
    "home": "/?q=number",
    "overview": "/overview?framework=tiny",
    "ask": f"/ask?question=requirements-of-role&role={FIRST}",
}


def ask(server: Server, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: str = "") -> http.client.HTTPResponse:  # fmt: skip
    host = server.base.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    for name, value in {
        "Host": host,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **(headers or {}),
    }.items():
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    if answer.status != 101:
        answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("path", GETS)
def test_foreign_host_is_refused(server: Server, path: str) -> None:
    assert ask(server, path).status == 200
    for host in ("evil.example", "evil.example:8501", "127.0.0.1.evil.example", ""):
        assert ask(server, path, headers={"Host": host}).status in (400, 403)


def test_foreign_host_gets_no_websocket(server: Server) -> None:
    assert ask(server, "/_stcore/stream", headers=UPGRADE).status == 101
    assert ask(server, "/_stcore/stream", headers={**UPGRADE, "Host": "evil.example"}).status in (400, 403)


def test_foreign_origin_is_refused(server: Server) -> None:
    own = {"Origin": server.base, "Content-Type": "application/sparql-query"}
    assert ask(server, "/sparql", "POST", own, "ASK {}").status == 200
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert ask(server, "/sparql", "POST", {**own, "Origin": origin}, "ASK {}").status == 403
        assert ask(server, "/_stcore/upload_file/a/b", "PUT", {"Origin": origin}).status == 403
        assert ask(server, "/_stcore/stream", headers={**UPGRADE, "Origin": origin}).status == 403
    assert ask(server, "/_stcore/stream", headers={**UPGRADE, "Origin": server.base}).status == 101


@pytest.mark.parametrize("path", [*GETS, "/static/nothing.js", "/no-such-page"])
def test_security_headers(server: Server, path: str) -> None:
    answer = ask(server, path)
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert answer.getheader("referrer-policy") == "same-origin"
    policy = answer.getheader("content-security-policy") or ""
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "base-uri 'self'"):
        assert part in policy
    assert "http:" not in policy
    assert answer.getheader("access-control-allow-origin") in (None, server.base)


def test_pages_draw_under_their_own_policy(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    visitor = Visitor(page, server.base)
    for path in ("/", "/overview", f"/graph?id={TARGET}"):
        visitor.goto(path)
    page.locator(".cg-network[data-ready=yes]").wait_for()
    context.close()
    assert refused == []


# Labels


@pytest.mark.parametrize("state", HOSTILE_PAGES)
def test_labels_are_text(profile: BrowserContext, hostile_server: Server, state: str) -> None:
    with visit(profile, hostile_server.base) as visitor:
        visitor.goto(HOSTILE_PAGES[state])
        if state == "graph":
            visitor.page.locator(".cg-network[data-ready=yes]").wait_for()
        assert visitor.page.get_by_test_id("stException").count() == 0
        for element in visitor.page.locator("[data-testid=stMain] summary").all():
            element.click()
        visitor.page.wait_for_timeout(300)
        assert visitor.page.evaluate("() => window.pwned") is None
        assert visitor.dialogs == []
        assert visitor.external() == []
        main = visitor.page.get_by_test_id("stMain")
        assert (
            main.locator("script, img[src=x], [onerror], [onload], a[href^='javascript'], img[src*='evil']").count()
            == 0
        )
        assert main.locator("strong", has_text=re.compile("^bold$")).count() == 0
        assert main.locator(".katex").count() == 0


def test_labels_are_shown_as_they_are(profile: BrowserContext, hostile_server: Server) -> None:
    with visit(profile, hostile_server.base) as visitor:
        visitor.goto("/browse?framework=tiny")
        text = visitor.text()
    for label in HOSTILE:
        assert label in text


def test_node_of_the_graph_with_a_script_is_text(
    profile: BrowserContext, hostile_server: Server, tmp_path: Path
) -> None:
    with visit(profile, hostile_server.base) as visitor:
        visitor.goto(f"/graph?id={FIRST}")
        visitor.page.locator(".cg-network[data-ready=yes]").wait_for()
        visitor.page.locator(".cg-network").focus()
        for _ in range(8):
            visitor.page.keyboard.press("ArrowRight")
        visitor.page.keyboard.press("Enter")
        visitor.page.get_by_text("Chosen:").wait_for()
        visitor.settle()
        file = visitor.download("Download (stand-alone page)", tmp_path)
        visitor.page.goto(file.as_uri())
        visitor.page.locator("canvas").first.wait_for()
        visitor.page.wait_for_timeout(500)
        assert visitor.page.evaluate("() => window.pwned") is None
        assert visitor.dialogs == []
        assert [a for a in visitor.external() if not a.startswith("file:")] == []


def test_formulas_in_labels_stay_text_in_downloads(
    profile: BrowserContext, hostile_server: Server, tmp_path: Path
) -> None:
    with visit(profile, hostile_server.base) as visitor:
        visitor.goto("/browse?framework=tiny")
        rows = list(csv.reader(io.StringIO(visitor.download("Download CSV", tmp_path).read_text("utf-8-sig"))))
        book = openpyxl.load_workbook(visitor.download("Download Excel", tmp_path))
    assert any("HYPERLINK" in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert not [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("path", ["/item?id=", "/compare?role=", "/graph?id=", "/needs?target=", "/?q="])
def test_scripts_in_links_are_text(visitor: Visitor, path: str) -> None:
    for label in HOSTILE:
        visitor.goto(path + quote(label))
        assert visitor.page.evaluate("() => window.pwned") is None
        assert visitor.page.locator("[data-testid=stMain] a[href^='javascript'], [data-testid=stMain] img").count() == 0
    assert visitor.dialogs == []
    assert visitor.external() == []


# A person's name


def test_name_of_a_person_goes_nowhere(browser: Browser, server: Server, tmp_path: Path) -> None:
    """Type and upload a made-up name, of a competence and of people in a team; look for it wherever it must not be."""
    file, team = tmp_path / f"{CANARY}.csv", tmp_path / f"team of {CANARY}.csv"
    file.write_text(f"person,competence\n{CANARY},{CANARY}\n{CANARY},roles:none\n", encoding="utf-8")
    rows = [f"{CANARY} {n},oawip:problem-solving-skills" for n in range(6)]
    team.write_text(
        "\n".join(["person,competence", *rows, f"{CANARY} 0,oawip:developing-a-care-plan"]), encoding="utf-8"
    )
    with visit(browser, server.base) as visitor:
        page = visitor.page
        visitor.goto(f"/needs?target={TARGET}")
        page.get_by_text("Type or paste", exact=True).click()
        visitor.settle()
        page.locator("textarea").fill(f"{CANARY}\n{CANARY} again")
        page.locator("textarea").press("Control+Enter")
        page.get_by_text("0 entries read, 2 not understood").wait_for()
        assert CANARY in visitor.text()
        visitor.settle()
        page.get_by_text("Upload a file", exact=True).click()
        visitor.settle()
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_text("0 entries read, 2 not understood").wait_for()
        visitor.settle()
        page.locator("input[type=file]").set_input_files(team)
        page.get_by_text("7 entries read, 0 not understood: 2 different items, of 6 people").wait_for()
        page.get_by_text("Names are shown in this session only").wait_for()
        visitor.settle()
        assert f"{CANARY} 0" in visitor.text()
        left = [
            visitor.download(f"Download {name}", tmp_path) for name in ("CSV", "Excel", "report (Word)", "report (PDF)")
        ]
        page.get_by_role("link", name="Overview").first.click()
        visitor.settle()
        addresses = [*visitor.asked, page.url, page.evaluate("() => JSON.stringify(history.state)") or ""]
        assert page.context.cookies() == [] or CANARY not in str(page.context.cookies())
        with visit(browser, server.base) as other:
            for path in (f"/needs?target={TARGET}", "/", "/ask", "/about"):
                other.goto(path)
                assert not holds(other.page.content())
    for download in left:
        text = re.sub(r"Page \d+ of \d+", "", read_text(download))
        assert "Case manager" in text
        assert not holds(text)
        assert not holds_bytes(download)
        assert "6 of 6" not in text
        assert "1 of 6" not in text
    assert [address for address in addresses if holds(unquote_plus(address))] == []
    assert not holds(server.log.read_text(errors="replace"))
    for kept in server.build.rglob("*"):
        assert not holds(kept.name)
        assert not kept.is_file() or not holds_bytes(kept)
    for path in (
        "/api/v1/info",
        "/api/v1/list/role",
        "/api/v1/list/competence",
        f"/api/v1/gap?target={TARGET}",
        "/healthz",
    ):
        connection = http.client.HTTPConnection(server.base.removeprefix("http://"), timeout=20)
        connection.request("GET", path)
        assert not holds(connection.getresponse().read().decode())
        connection.close()


def read_text(path: Path) -> str:
    """Return the text of a download, whatever its form; files in archives are unpacked."""
    if path.suffix == ".pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_text("utf-8-sig")


def holds(text: str) -> bool:
    return any(part in text.lower() for part in PARTS)


def holds_bytes(path: Path) -> bool:
    data = path.read_bytes().lower()
    return any(part.encode() in data or part.encode("utf-16-le") in data for part in PARTS)
