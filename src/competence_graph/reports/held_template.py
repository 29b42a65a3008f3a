"""The template of a list of held competences: a sheet to fill in, and what the target asks, ready to be copied."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from competence_graph.analysis.held_files import COMPETENCE, LEVEL, MAX_MEGABYTES, MAX_ROWS, PERSON
from competence_graph.importers.xlsx_workbook import NOTES_SHEET
from competence_graph.query.table import Thing
from competence_graph.reports.paper import LANGUAGE, MAKER, clean

HEADER = (PERSON, COMPETENCE, LEVEL)
HELP = (
    ("What it is for", "One row for each competence that a person or a team holds."),
    (PERSON, "A name or a number for each person. Leave the column empty, or delete it, for a single list."),
    (COMPETENCE, "Name, code or identifier of a competence, care function or standard, as this graph has it."),
    (LEVEL, "May stay empty. Name or identifier of a level of the framework's own scale."),
    ("Limits", f"At most {MAX_ROWS:,} rows and {MAX_MEGABYTES} MB."),
    ("What becomes of it", "The file is read in the session that gives it, and kept nowhere."),
)
ASKED_SHEET = "what it asks"
_HEAD, _FILL = Font(name="Arial", size=11, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="003087")


def held_template(asked: Mapping[str, Sequence[Thing]], target: str = "") -> bytes:
    """Return a workbook with the sheets ``list`` (to be filled in), ``what it asks`` (to copy from) and ``read me``.

    Parameters
    ----------
    asked : mapping of kind to things
        What the target asks; may be empty, then there is no such sheet.
    target : str
        Its name.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = "List of competences held", MAKER
    book.properties.language = LANGUAGE
    _sheet(book.create_sheet("list"), HEADER, [], (24, 70, 24))
    rows = [(clean(thing.label), thing.id, thing.kind) for things in asked.values() for thing in things]
    if rows:
        _sheet(
            book.create_sheet(ASKED_SHEET),
            (f"{clean(target)[:80]} asks" if target else "item", "identifier", "kind"),
            rows,
            (80, 50, 20),
        )
    _sheet(book.create_sheet(NOTES_SHEET), ("what", "meaning"), HELP, (24, 90))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    for number, row in enumerate([header, *rows], start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value, cell.data_type = text, "s"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.font = _HEAD if number == 1 else Font(name="Arial", size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.fill = _FILL
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEF"[place]].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
