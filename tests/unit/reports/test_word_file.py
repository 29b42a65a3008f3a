"""Word documents, read back with python-docx."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from competence_graph.reports.board import NOTHING, compose
from competence_graph.reports.word import to_docx
from unit.reports.answers import FOREIGN, FORMULAS, HOSTILE, answer, empty


def opened(*tables: Any) -> Document:
    return docx.Document(io.BytesIO(to_docx(compose(tables))))


def styled(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_headings_are_real_and_in_order() -> None:
    document = opened(answer())
    assert styled(document, "Title") == ["What does 'A' already give 'B', and what not?"]
    assert styled(document, "Heading 1") == [
        "Summary", "Read this with care", "What does 'A' already give 'B', and what not?", "How this was worked out",
        "How to read the tables", "Sources",
    ]  # fmt: skip
    assert styled(document, "Heading 2") == ["Care functions (2)", "Competences (2)"]


def test_title_and_language_are_set() -> None:
    document = opened(answer())
    assert document.core_properties.title == "What does 'A' already give 'B', and what not?"
    assert document.core_properties.language == "en-GB"
    styles: Any = document.styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {"en-GB"}


def test_each_table_has_one_header_row_marked_and_described_and_no_merged_cell() -> None:
    document = opened(answer(9))
    assert len(document.tables) == 2
    for table in document.tables:
        xml: Any = table._tbl
        marked = [row for row in xml.iter(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert marked == [next(xml.iter(qn("w:tr")))]
        assert not [*xml.iter(qn("w:gridSpan")), *xml.iter(qn("w:vMerge"))]
        assert xml.find(f".//{qn('w:tblDescription')}").get(qn("w:val"))
        assert xml.find(f".//{qn('w:tblLook')}").get(qn("w:firstRow")) == "1"
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}


def test_rows_come_back() -> None:
    table = opened(answer(2)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Item", "Result", "Status", "Shared (roles)", "Jaccard (%)", "Source"],
        ["Item 0", "not stated", "stated in the source", "0", "25%", "t:doc, line 0"],
    ]


def test_wide_tables_lie_on_their_side_and_the_pages_are_numbered() -> None:
    document = opened(answer(2))
    sides = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert sides == [False, True, False]
    for section in document.sections:
        xml: Any = section.footer._element
        assert [re.sub(r"\s", "", f.get(qn("w:instr"))) for f in xml.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_typeface_is_readable() -> None:
    normal: Any = opened(answer()).styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Arial", 11)


@pytest.mark.parametrize("text", [*HOSTILE, *FOREIGN, *FORMULAS[:5]])
def test_text_comes_back_as_it_was(text: str) -> None:
    document = opened(answer(1, text, question=text, notes=(text,)))
    shown = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert text in shown
    assert styled(document, "Title") == [text]


def test_control_characters_are_left_out() -> None:
    assert styled(opened(answer(1, question="a\x00b\x0bc\ud800")), "Title") == ["abc"]


def test_an_empty_answer_helps() -> None:
    document = opened(empty())
    assert not document.tables
    assert NOTHING in [p.text for p in document.paragraphs]


def test_a_very_long_title_fits_the_property() -> None:
    document = opened(answer(question="why " * 200))
    assert len(document.core_properties.title) == 255


def test_two_thousand_rows_and_several_answers() -> None:
    document = opened(answer(2000), answer(3))
    xml: Any = document.element
    assert sum(1 for _ in xml.iter(qn("w:tr"))) == 2000 + 2 + 3 + 2
