"""Rows of a list of held competences, from text, CSV or XLSX, in memory only: nothing is written and nothing is lost.

A table has a column ``competence`` and, if wanted, ``person`` (for a team) and ``level``; other columns are not read. A
text has one competence a line; lines that start with ``#`` are remarks. Whatever cannot be used comes back as
:class:`Unread` with its row. No error raised here repeats anything of the file, since it may hold people's names.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import openpyxl

from competence_graph.errors import FormatError, MissingColumnError
from competence_graph.importers.xlsx_workbook import NOTES_SHEET, UNREADABLE

COMPETENCE, PERSON, LEVEL = "competence", "person", "level"
SUFFIXES = (".csv", ".txt", ".xlsx")
MAX_MEGABYTES = 2
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_ROWS = 5_000
MAX_LETTERS = 300
_MAX_UNPACKED, _MAX_COLUMNS, _SHOWN = 60_000_000, 50, 80
_LIMITS = f"at most {MAX_MEGABYTES} MB and {MAX_ROWS:,} rows"
_EMPTY = "The file is empty. Write one competence a row, or take the template as a start."
_EXPECTED = f"'{COMPETENCE}' (needed), '{PERSON}' and '{LEVEL}' (may be left out)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that names a competence: its number in the file, the name, and whose and at what level, if given."""

    row: int
    competence: str
    person: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row, or a part of one, that could not be used.

    Parameters
    ----------
    row : int
        Its number, as spreadsheets count: the header is row 1.
    found, expected : str
        What stands there, and what would have been understood.
    suggestion : str
        What may be meant; may be empty.
    used : bool
        Whether the row is read all the same, without that part of it.
    person : str
        Whose row it is, if it says so; for the page of the session only.
    """

    row: int
    found: str
    expected: str
    suggestion: str = ""
    used: bool = False
    person: str = field(default="", repr=False)

    def __str__(self) -> str:
        hint = f" Did you mean {self.suggestion}?" if self.suggestion else ""
        return f"row {self.row}: found {self.found}, expected {self.expected}.{hint}"


def read_entries(data: bytes, suffix: str) -> tuple[list[Entry], list[Unread]]:
    """Return the rows of a list, and those that name no competence.

    Parameters
    ----------
    data : bytes
        The whole file.
    suffix : {'.csv', '.txt', '.xlsx'}
        Its form.

    Raises
    ------
    FormatError
        The file is too large, no text or no workbook, of another form, or empty.
    MissingColumnError
        No row is a header with the column ``competence``.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        raise FormatError(f"The file is of another form; expected {', '.join(SUFFIXES)}.")
    if len(data) > MAX_BYTES:
        raise FormatError(f"The file has {len(data):,} bytes; expected {_LIMITS}. Split it.")
    rows = _sheet(data) if suffix == ".xlsx" and data else _rows_of(_text(data), suffix)
    entries, unread = _entries(rows)
    if not entries and not unread:
        raise FormatError("The file holds no competence; expected one a row, below the names of the columns.")
    return entries, unread


def _rows_of(text: str, suffix: str) -> Rows:
    if not text.strip():
        raise FormatError(_EMPTY)
    table = _delimited(text)
    if table is None and suffix == ".txt":
        return _lines(text)
    return table or _without_column(_first_row(text))


def _without_column(header: Sequence[str]) -> NoReturn:
    raise MissingColumnError(
        f"The file has no column '{COMPETENCE}'. Expected in its first row: {_EXPECTED}. Take the template as a start.",
        [cell.strip() for cell in header if cell.strip()],
    )


Rows = tuple[dict[str, int], list[tuple[int, list[str]]]]


def _entries(rows: Rows) -> tuple[list[Entry], list[Unread]]:
    place, lines = rows
    entries: list[Entry] = []
    unread: list[Unread] = []
    several = PERSON in place

    def cell(cells: Sequence[str], name: str) -> str:
        return " ".join(cells[place[name]].split()) if name in place and place[name] < len(cells) else ""

    for number, cells in lines[:MAX_ROWS]:
        entry = Entry(number, cell(cells, COMPETENCE), cell(cells, PERSON), cell(cells, LEVEL))
        if not any(text.strip() for text in cells) or entry.competence.startswith("#"):
            continue
        if not entry.competence:
            expected = "the name, code or identifier of a competence"
            unread.append(Unread(number, "an empty cell", expected, person=entry.person))
        elif len(entry.competence) > MAX_LETTERS:
            found = f"a text of {len(entry.competence)} letters"
            unread.append(Unread(number, found, f"a name of at most {MAX_LETTERS}", person=entry.person))
        elif several and not entry.person:
            unread.append(Unread(number, "no person", "a person, as in the other rows"))
        else:
            entries.append(entry)
    if len(lines) > MAX_ROWS:
        more = f"at least {len(lines) - MAX_ROWS:,} rows more"
        unread.append(Unread(lines[MAX_ROWS][0], more, f"{MAX_ROWS:,} rows at most; split the file"))
    return entries, unread


def _text(data: bytes) -> str:
    """Return the text of a file: UTF-8, or as spreadsheets on Windows write it."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FormatError(
        "The file cannot be read as text; expected CSV or plain text. In a spreadsheet, save it as 'CSV UTF-8' or XLSX."
    )


def _lines(text: str) -> Rows:
    lines = [(number, [line.strip()]) for number, line in enumerate(text.splitlines(), start=1)]
    return {COMPETENCE: 0}, [(number, cells) for number, cells in lines if cells[0] and not cells[0].startswith("#")]


def _delimited(text: str) -> Rows | None:
    """Return the rows of a table with commas, semicolons or tabs; None where its first row has no such column."""
    for mark in (",", ";", "\t"):
        try:
            lines = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1))
        except csv.Error:
            continue
        filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
        place = _places(filled[0][1]) if filled else {}
        if COMPETENCE in place:
            if len(filled[0][1]) == 1:  # the only column: commas are part of the name
                return place, [(number, [mark.join(cells)]) for number, cells in filled[1:]]
            return place, [(number, cells) for number, cells in filled[1:]]
    return None


def _first_row(text: str) -> list[str]:
    """Return the cells of the first line that has any, by the mark that parts most of them."""
    line = next(line for line in text.splitlines() if line.strip())
    return max((next(csv.reader([line], delimiter=mark)) for mark in (",", ";", "\t")), key=len)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands; of two of one name the first."""
    names = [cell.strip().lower() for cell in header]
    return {name: names.index(name) for name in (COMPETENCE, PERSON, LEVEL) if name in names}


def _sheet(data: bytes) -> Rows:
    """Return the rows of the first sheet that has the column; sizes are checked before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        rows, header = _first_list(data) if size <= _MAX_UNPACKED else (None, [])
    except UNREADABLE as error:
        raise FormatError(
            "The file cannot be read as an XLSX workbook. Save it again as .xlsx, or as 'CSV UTF-8'."
        ) from error
    if size > _MAX_UNPACKED:
        raise FormatError(f"The workbook unpacks to {size:,} bytes; expected {_LIMITS}. Split it.")
    if rows is None and not header:
        raise FormatError(_EMPTY)
    return rows or _without_column(header)


def _first_list(data: bytes) -> tuple[Rows | None, list[str]]:
    """Return the rows of the first sheet that has the column; where none has, the first row of the first with any."""
    first: list[str] = []
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.title.strip().lower() == NOTES_SHEET:
                continue
            lines = [
                (number, [_cell(value) for value in cells]) for number, cells in enumerate(_values(sheet), start=1)
            ]
            filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
            place = _places(filled[0][1]) if filled else {}
            if COMPETENCE in place:
                return (place, filled[1:]), []
            first = first or (filled[0][1] if filled else [])
    finally:
        book.close()
    return None, first


def _values(sheet: Any) -> Iterator[tuple[object, ...]]:
    yield from sheet.iter_rows(max_row=2 * MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def shortened(text: str) -> str:
    """Return what was found, in quotation marks, cut where it is long."""
    return f"‘{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}’"
