"""The template workbook: one sheet per table, a column per field, lists of allowed words, and a sheet that explains."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from competence_graph.model.columns import Column, columns_of
from competence_graph.model.records import RECORDS

NOTES = (
    "One sheet per table; leave out the sheets that you do not need.",
    "A bold heading must be filled in on every row. Point at a heading to read what it means.",
    "Identifiers are permanent: short, in small letters, with '-' for blanks. Refer to a thing by its identifier;",
    "put its framework and ':' before it when it is another framework's, as in roles:case-manager.",
    "Put several with ';' between them. Every row says where it comes from; what you do not know stays empty.",
    "Then put the workbook in <framework>/<version>/ with a framework.toml, and run 'competence-graph check --frameworks FOLDER'.",
)
_INLINE_LIST_LIMIT = 255  # Excel's limit for a list written into the rule


def write_template(path: Path) -> None:
    """Write the template workbook to ``path``, which must not exist yet."""
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Read me"
    for row, line in enumerate(NOTES, start=1):
        notes.cell(row=row, column=1, value=line)
    notes.column_dimensions["A"].width = 120
    book.properties.title = "Competence Graph: template for a framework"
    book.properties.language = "en-GB"
    for name, record in RECORDS.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns_of(record), start=1):
            letter = get_column_letter(number)
            cell = sheet.cell(row=1, column=number, value=column.name)
            cell.font = Font(bold=column.required)
            cell.comment = Comment(help_text(column), "Competence Graph")
            sheet.column_dimensions[letter].width = max(14, len(column.name) + 2)
            words = '"' + ",".join(column.choices) + '"'
            if column.choices and len(words) <= _INLINE_LIST_LIMIT:
                rule = DataValidation(type="list", formula1=words, allow_blank=not column.required)
                rule.add(f"{letter}2:{letter}5000")
                sheet.add_data_validation(rule)
    with path.open("xb") as file:
        book.save(file)


def help_text(column: Column) -> str:
    """Return the explanation of a column: meaning, allowed words, example."""
    parts = [column.meaning + "."]
    if column.choices:
        parts.append("One of: " + ", ".join(column.choices) + ".")
    if column.example:
        parts.append(f"Example: {column.example}")
    return " ".join(parts)
