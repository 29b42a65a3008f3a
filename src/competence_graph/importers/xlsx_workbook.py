"""One XLSX workbook with a sheet per table: the form in which an education lead keeps a framework.

A workbook is a zip of XML: sizes and the compression ratio are checked before anything is unpacked, and openpyxl
parses through defusedxml.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from competence_graph.importers.tabular import MAX_ROWS, RawTable
from competence_graph.model.report import Defect, Report

MAX_BYTES = 32 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
NOTES_SHEET = "read me"
UNREADABLE = (
    InvalidFileException, KeyError, ValueError, OSError, TypeError, AttributeError, EOFError, NotImplementedError,
    RuntimeError, ParseError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and the libraries below it raise on an archive that is spoilt inside."""


def read_tables(path: Path, name: str, report: Report) -> list[RawTable]:
    """Read every sheet of a workbook but the notes.

    Parameters
    ----------
    path : Path
        The ``.xlsx`` file.
    name : str
        How messages name it.
    report : Report
        Receives a defect for each cell with a formula, and one when the file is no workbook or too large.
    """
    if wrong := _unsafe(path):
        report.add(
            Defect(
                name,
                0,
                "",
                wrong,
                f"an XLSX workbook of at most {MAX_BYTES:,} bytes",
                "Save it again as .xlsx",
                "workbook",
            )
        )
        return []
    try:
        with path.open("rb") as file:
            return _sheets(file, name, report)
    except UNREADABLE as error:
        said = " ".join(str(error).split())
        report.add(
            Defect(
                name,
                0,
                "",
                f"a file that cannot be read ({said})",
                "an XLSX workbook",
                "Save it again as .xlsx",
                "workbook",
            )
        )
        return []


def _sheets(file: BinaryIO, name: str, report: Report) -> list[RawTable]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=False)
    tables: list[RawTable] = []
    try:
        for sheet in book.worksheets:
            if sheet.title.strip().lower() == NOTES_SHEET:
                continue
            shown = f"{name}[{sheet.title}]"
            filled: list[tuple[int, list[str]]] = []
            for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 2), start=1):
                texts = []
                for cell in cells:
                    if cell.data_type == "f":
                        report.add(
                            Defect(
                                shown,
                                number,
                                str(cell.coordinate),
                                "a formula",
                                "a value",
                                "Paste the value, not the formula",
                                "formula",
                            )
                        )
                        texts.append("")
                    else:
                        texts.append("" if cell.value is None else _text(cell.value))
                if any(text.strip() for text in texts):
                    filled.append((number, texts))
            if not filled:
                tables.append(RawTable(sheet.title.strip(), shown, ()))
                continue
            header = [text.strip() for text in filled[0][1]]
            while header and not header[-1]:
                header.pop()
            rows = [(number, _fitted(cells, len(header))) for number, cells in filled[1:]]
            tables.append(RawTable(sheet.title.strip(), shown, tuple(header), rows))
    finally:
        book.close()
    return tables


def _fitted(cells: list[str], width: int) -> list[str]:
    """Return a row as wide as the header; one with text beyond it stays wider, and is reported as ragged."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells + [""] * (width - len(cells))


def _text(value: object) -> str:
    """Return a cell as text; a whole number is not shown with a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unsafe(path: Path) -> str:
    """Return what makes a file unfit to unpack, or an empty text."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        return f"{size:,} bytes"
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile:
        return "a file that is not a zip archive"
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 1):
        return f"an archive that unpacks to {unpacked:,} bytes"
    return ""
