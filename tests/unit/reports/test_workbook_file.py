"""Workbooks, read back with openpyxl and as the XML that a spreadsheet program reads."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from competence_graph.query.table import Table
from competence_graph.reports.board import NOTHING
from competence_graph.reports.workbook import LONGEST, to_xlsx
from unit.reports.answers import FOREIGN, FORMULAS, HOSTILE, answer, empty, row


def sheets(table: Table) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table)))
    return {sheet.title: sheet for sheet in book.worksheets}


def values(sheet: Worksheet) -> list[list[object]]:
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_rows_come_back_with_numbers_as_numbers_and_things_as_three_columns() -> None:
    table = answer()
    header, *rows = values(sheets(table)["Answer"])
    assert header[:5] == ["compared", "item_id", "item_label", "item_kind", "result"]
    assert len(rows) == len(table.rows)
    first = dict(zip(header, rows[0], strict=True))
    assert (first["item_id"], first["item_label"], first["item_kind"]) == ("t:0", "Item 0", "competence")
    assert first["shared_count"] == 0
    assert first["jaccard_share"] == 0.25


def test_the_summary_comes_first() -> None:
    assert list(sheets(answer())) == ["Summary", "Answer", "Notes"]


def test_the_header_is_frozen_filtered_and_repeated() -> None:
    sheet = sheets(answer())["Answer"]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:K5"
    assert not sheet.tables, "a table over a filter of the sheet is a broken workbook"
    assert all(sheet.cell(2, n).alignment.wrap_text for n in (1, 2, 3))
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize("text", [*FORMULAS, *HOSTILE])
def test_no_text_becomes_a_formula_an_error_or_a_link(text: str) -> None:
    data = to_xlsx(answer(1, text, question=text, parameters={text: text}, notes=(text,)))
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            assert cell.data_type in {"s", "n"}
            assert cell.hyperlink is None
            if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<hyperlink" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("text", [*FORMULAS[:6], *HOSTILE, *FOREIGN])
def test_text_comes_back_as_it_was(text: str) -> None:
    assert text in {cell for line in values(sheets(answer(1, text))["Answer"]) for cell in line}


def test_figures_stand_with_their_denominator_or_the_reason_why_there_is_no_share() -> None:
    rows = values(sheets(answer())["Summary"])
    assert ["met", "competences that A meets", 3, 12, 0.25, None] in rows
    assert ["few", "gates", 1, 3, None, "under five items"] in rows
    assert any(line[:2] == ["strictness", "close"] for line in rows)


def test_notes_hold_the_data_version_and_the_meaning_of_every_column() -> None:
    book = sheets(answer())
    rows = values(book["Notes"])
    header = values(book["Answer"])[0]
    assert ["Data version", "abc123", None] in rows
    assert [line[0] for line in rows[-len(header) :]] == header
    assert all(line[1] for line in rows[-len(header) :])


def test_the_properties_name_title_and_language() -> None:
    properties = openpyxl.load_workbook(io.BytesIO(to_xlsx(answer()))).properties
    assert properties.title == "What does 'A' already give 'B', and what not?"
    assert properties.language == "en-GB"


def test_an_empty_answer_helps() -> None:
    sheet = sheets(empty())["Answer"]
    assert sheet["A1"].value == "compared"
    assert sheet["A2"].value == NOTHING
    assert sheet.freeze_panes == "A2"


def test_no_columns_at_all_is_no_reason_to_fail() -> None:
    assert sheets(answer(0, columns=(), figures=(), notes=()))["Answer"]["A2"].value == NOTHING


def test_what_a_workbook_cannot_hold_is_left_out_or_cut() -> None:
    cells = {cell for line in values(sheets(answer(0, "a\x00b\x0bc", "z" * 40_000))["Answer"]) for cell in line}
    assert "abc" in cells
    long = next(str(cell) for cell in cells if str(cell).startswith("zz"))
    assert len(long) == LONGEST
    assert long.endswith("(cut: a cell holds no more)")


def test_numbers_that_are_none_become_text() -> None:
    table = dataclasses.replace(answer(), rows=[row(1, jaccard_share=float("nan")), row(2, jaccard_share=float("inf"))])
    cells = {cell for line in values(sheets(table)["Answer"]) for cell in line}
    assert {"nan", "inf"} <= cells


def test_two_thousand_rows() -> None:
    assert sheets(answer(2000))["Answer"].max_row == 2001
