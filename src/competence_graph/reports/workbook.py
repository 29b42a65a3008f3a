"""Answers as workbooks: the rows to sort and filter, the numbers, and what a reader must know.

Text stays text: nothing in an answer can become a formula, whatever it begins with.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from competence_graph.query.table import Cell, Table, TableColumn, Thing
from competence_graph.reports.board import NOTHING
from competence_graph.reports.paper import LANGUAGE, MAKER, clean
from competence_graph.reports.text import FORMULA_START

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""
CUT = " … (cut: a cell holds no more)"
_WIDEST, _NARROWEST = 45, 10
_LINE, _HIGHEST = 15.0, 409.0  # points; a spreadsheet knows no higher row
_HEAD = Font(name="Arial", size=11, bold=True, color="FFFFFF")
_BODY = Font(name="Arial", size=11)
_FILL = PatternFill("solid", fgColor="003087")
_WRAP = Alignment(wrap_text=True, vertical="top")
_THING_PARTS = (
    ("id", "identifier, the same in every answer"),
    ("label", "name"),
    ("kind", "kind, in words"),
)
Plain = str | int | float | None


def to_xlsx(table: Table) -> bytes:
    """Return an answer as a workbook with the sheets Summary, Answer (the rows, with a filter) and Notes.

    Parameters
    ----------
    table : Table
        The answer. A column that names things becomes three: ``_id``, ``_label``, ``_kind``, as in CSV.

    Returns
    -------
    bytes
        An XLSX file; numbers are numbers, shares are shown in percent, no cell is a formula or a link.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _safe(table.question)
    book.properties.language = LANGUAGE
    book.properties.creator = MAKER
    book.properties.keywords = _safe(f"data version {table.data_version}")
    columns, rows = _flat(table)
    _summary(book.create_sheet("Summary"), table)
    _answer(book.create_sheet("Answer"), columns, rows)
    _notes(book.create_sheet("Notes"), table, columns)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = "9"  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if (footer := sheet.oddFooter) is not None:
            footer.center.text = "&A, page &P of &N"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _flat(table: Table) -> tuple[list[TableColumn], list[list[Plain]]]:
    """Return columns and rows without things: each column that names things becomes three."""
    named = {c.name for c in table.columns if any(isinstance(row.get(c.name), Thing) for row in table.rows)}
    columns: list[TableColumn] = []
    for column in table.columns:
        if column.name in named:
            columns += [TableColumn(f"{column.name}_{p}", f"{column.meaning}: {words}") for p, words in _THING_PARTS]
        else:
            columns.append(column)
    rows = [[p for c in table.columns for p in _parts(row.get(c.name), named=c.name in named)] for row in table.rows]
    return columns, rows


def _parts(cell: Cell, *, named: bool) -> tuple[Plain, ...]:
    if isinstance(cell, Thing):
        return cell.id, cell.label, cell.kind
    return (cell, cell, None if cell is None else "") if named else (cell,)


def _answer(sheet: Worksheet, columns: Sequence[TableColumn], rows: Sequence[Sequence[Plain]]) -> None:
    # A filter of the sheet and not a table's: every program shows it, and a sheet must not have both.
    _block(sheet, [column.name for column in columns], rows, "", [column.name for column in columns])
    sheet.freeze_panes = "A2"
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(1, len(rows) + 1)}"
    sheet.print_title_rows = "1:1"
    if not rows:
        _write(sheet.cell(2, 1), NOTHING, wrap=False)  # runs on over the empty cells beside it


def _summary(sheet: Worksheet, table: Table) -> None:
    facts: list[Sequence[Plain]] = [("Question", table.question)]
    facts += [(name.replace("_", " "), value) for name, value in table.parameters.items()]
    facts += [("Rows in the answer", len(table.rows)), ("Data version", table.data_version)]
    end = _block(sheet, ["What", "Value"], facts, "Asked")
    figures = [
        (figure.name, figure.meaning, figure.count, figure.of, figure.share, figure.withheld)
        for figure in table.figures
    ]
    head = ["Figure", "What is counted", "Count", "Out of", "Share", "Why no share is shown"]
    names = ["", "", "", "", "figure_share", ""]
    if figures:
        _block(sheet, head, figures, "Figures", names, first=end + 2)
    else:
        _write(sheet.cell(end + 2, 1), "This answer leads with no figures.", wrap=False)
    _fit(sheet, (28, 60, 10, 10, 10, 40))


def _notes(sheet: Worksheet, table: Table, columns: Sequence[TableColumn]) -> None:
    notes: list[Sequence[Plain]] = [("Note", note) for note in table.notes]
    notes.append(("Data version", table.data_version or "not known"))
    end = _block(sheet, ["What", "Text"], notes, "Remarks")
    meanings = [(column.name, column.meaning, column.unit) for column in columns]
    _block(sheet, ["Column", "Meaning", "Unit"], meanings, "Columns", first=end + 2)
    _fit(sheet, (28, 100, 14))


def _block(
    sheet: Worksheet,
    header: Sequence[str],
    rows: Sequence[Sequence[Plain]],
    name: str,
    names: Sequence[str] = (),
    *,
    first: int = 1,
) -> int:
    """Write a header row and rows, as a table where it has a name; return the last row used."""
    for position, text in enumerate(header, start=1):
        cell = sheet.cell(first, position)
        _write(cell, text)
        cell.font, cell.fill = _HEAD, _FILL
    shares = {position for position, column in enumerate(names, start=1) if column.endswith("_share")}
    for number, row in enumerate(rows, start=first + 1):
        for position, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, position)
            _write(cell, value)
            if position in shares and cell.data_type == "n":
                cell.number_format = "0%"
    widths = []
    for position, text in enumerate(header, start=1):
        longest = max((len(str(row[position - 1] or "")) for row in rows), default=0)
        # Short texts in full, long ones wrapped; room for the filter's arrow beside the header.
        widths.append(max(_NARROWEST, len(text) + 5, min(longest + 2, _WIDEST)))
    _fit(sheet, widths)
    last = first + len(rows)
    if rows and name and len({text.lower() for text in header}) == len(header):
        listed = SheetTable(displayName=name, ref=f"A{first}:{get_column_letter(len(header))}{last}")
        listed.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(listed)
    return last


def _fit(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set widths, and heights in which wrapped text is seen whole: not every program works them out itself."""
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        texts = [(str(value), width) for value, width in zip(row, widths, strict=False) if value is not None]
        # Words break before the edge: a tenth more than the letters need.
        lines = max((sum(math.ceil(len(p) * 1.1 / width) or 1 for p in t.split("\n")) for t, width in texts), default=1)
        sheet.row_dimensions[number].height = min(_HIGHEST, _LINE * max(1, lines))


def _write(cell: SheetCell | MergedCell, value: Plain, *, wrap: bool = True) -> None:
    """Write a value: numbers as numbers, all else as text that no program takes for a formula."""
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, str):
        cell.value = _safe(value)
        cell.data_type = "s"
        if value.startswith(FORMULA_START):
            cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = _BODY
    if wrap:
        cell.alignment = _WRAP


def _safe(text: str) -> str:
    text = clean(text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
