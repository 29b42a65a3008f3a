"""A folder of CSV files, one table each: the form in which frameworks are kept in git."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from competence_graph.importers.tabular import RawTable
from competence_graph.model.report import Defect, Report

MAX_BYTES = 64 * 1024 * 1024
_FIELD_LIMIT = 1_000_000


def read_tables(path: Path, name: str, report: Report) -> list[RawTable]:
    """Read every ``*.csv`` of a folder.

    Parameters
    ----------
    path : Path
        The folder.
    name : str
        How messages name it.
    report : Report
        Receives a defect for each file that is not UTF-8, not CSV or too large; other files are still read.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    tables = []
    for file in sorted(path.glob("*.csv")):
        shown = f"{name}/{file.name}"
        table = _read_one(file, shown, report)
        if table:
            tables.append(table)
    return tables


def _read_one(file: Path, shown: str, report: Report) -> RawTable | None:
    size = file.stat().st_size
    if size > MAX_BYTES:
        report.add(
            Defect(shown, 0, "", f"{size:,} bytes", f"at most {MAX_BYTES:,}", "Split the framework", "too-large")
        )
        return None
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        report.add(
            Defect(shown, row, "", f"the byte 0x{data[error.start]:02x}, which is not UTF-8", "text in UTF-8", "In Excel, save as 'CSV UTF-8 (comma delimited)'", "encoding")
        )  # fmt: skip
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        # Rows are counted as a spreadsheet does; blank lines count, a line break inside a cell does not.
        rows = list(enumerate(reader, start=1))
    except csv.Error as error:
        report.add(
            Defect(
                shown,
                reader.line_num,
                "",
                str(error),
                "CSV with quotes closed",
                "Close or double the quotation mark",
                "csv",
            )
        )
        return None
    filled = [(number, cells) for number, cells in rows if cells]
    if not filled:
        return RawTable(file.stem, shown, ())
    return RawTable(file.stem, shown, tuple(cell.strip() for cell in filled[0][1]), filled[1:])
