"""Training needs and the role finder, done in a browser from beginning to end."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader
from visitor import Visitor

from competence_graph.analysis.training_needs import asked_of
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names

pytestmark = pytest.mark.browser

MANAGER = "roles:case-manager"
NEEDS = "/needs?target=" + MANAGER


@pytest.fixture(scope="module")
def asked(shipped_graph: Graph) -> list[str]:
    return [thing.id for thing in asked_of(shipped_graph, Names(shipped_graph), MANAGER)["competences"]]


def test_fill_in_the_template_upload_it_and_get_a_report(visitor: Visitor, asked: list[str], tmp_path: Path) -> None:
    visitor.goto(NEEDS)
    visitor.page.get_by_text("Upload a file", exact=True).click()
    visitor.settle()
    assert parse_qs(urlsplit(visitor.page.url).query)["from"] == ["file"]
    path = visitor.download("Template (Excel)", tmp_path)
    book = openpyxl.load_workbook(path)
    for person, item in (("1", asked[0]), ("2", asked[0]), ("2", asked[1]), ("2", "nothing like it")):
        book["list"].append([person, item])
    book.save(path)
    visitor.page.locator("input[type=file]").set_input_files(path)
    visitor.page.get_by_text("3 entries read, 1 not understood").wait_for()
    visitor.settle()
    text = visitor.text()
    assert "The list that was given gives 2 of the 5 competences" in text
    assert "single cover" in text
    report = Document(str(visitor.download("Download report (Word)", tmp_path)))
    words = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "The list that was given gives 2 of the 5 competences" in words
    assert report.core_properties.title
    headings = [p.text for p in report.paragraphs if p.style and str(p.style.name).startswith("Heading")]
    assert {"Summary", "Read this with care", "How this was worked out", "Sources"} <= set(headings)
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert any(cell.startswith("Met, level not known") for cell in cells)
    pdf = PdfReader(visitor.download("Download report (PDF)", tmp_path))
    assert "Case manager" in "".join(page.extract_text() for page in pdf.pages)
    sheet = openpyxl.load_workbook(visitor.download("Download Excel", tmp_path))["Answer"]
    assert sheet.cell(1, 1).value == "list"


def test_tick_what_is_held(visitor: Visitor) -> None:
    visitor.goto(f"{NEEDS}&from=ticked")
    for number in (0, 1):
        visitor.page.get_by_test_id("stCheckbox").nth(number).locator("label").click()
        visitor.settle()
    visitor.page.locator("strong", has_text="The list that was given gives 2 of the 5 competences").wait_for()
    assert "tick" not in visitor.page.url.replace("from=ticked", "")


def test_type_what_is_held(visitor: Visitor, asked: list[str]) -> None:
    visitor.goto(NEEDS)
    visitor.page.get_by_text("Type or paste", exact=True).click()
    visitor.settle()
    box = visitor.page.locator("textarea")
    box.fill("\n".join(asked[:3]))
    box.press("Control+Enter")
    visitor.page.get_by_text("3 entries read, 0 not understood").wait_for()


def test_from_the_finder_to_what_a_move_asks(visitor: Visitor) -> None:
    visitor.goto(f"/finder?role={MANAGER}")
    table = visitor.page.get_by_test_id("stTable").first
    opened = visitor.follow(table.get_by_role("link", name="A move there").first)
    assert opened.heading() == "Transfer and training needs"
    assert "To learn or check" in opened.text()
    assert parse_qs(urlsplit(opened.page.url).query)["start"] == [MANAGER]
