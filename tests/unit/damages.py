"""Ways to spoil the tiny frameworks: what a bad table looks like, and what must be reported of it."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from competence_graph.importers.xlsx_workbook import MAX_RATIO

SSSOM = "mappings/tiny--other.sssom.tsv"
FIRST_MAPPING = 8
"""Line of the first mapping: six lines of head, one of column names."""

Place = tuple[str, str, int, str]
Damage = Callable[[Path], object]


class Case(NamedTuple):
    """What is done to the tables, every place that must be reported (and no other), and words of one of the mends."""

    name: str
    damage: Damage
    places: set[Place]
    mend: str = ""


# ---- Tools to spoil a table


def read_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def cell(file: str, row: int, column: str, value: str) -> Damage:
    """Write one cell; rows are counted as messages count them."""

    def damage(folder: Path) -> None:
        rows = read_rows(folder / file)
        rows[row - 1][rows[0].index(column)] = value
        write_rows(folder / file, rows)

    return damage


def text(file: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        content = (folder / file).read_bytes()
        assert content.count(old.encode()) >= 1, f"{old!r} does not stand in {file}"
        (folder / file).write_bytes(content.replace(old.encode(), new.encode("latin-1", "surrogateescape"), 1))

    return damage


def rename_column(file: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        rows = read_rows(folder / file)
        rows[0][rows[0].index(old)] = new
        write_rows(folder / file, rows)

    return damage


def drop_column(file: str, name: str) -> Damage:
    def damage(folder: Path) -> None:
        rows = read_rows(folder / file)
        place = rows[0].index(name)
        write_rows(folder / file, [row[:place] + row[place + 1 :] for row in rows])

    return damage


def copy_row(file: str, row: int, **changes: str) -> Damage:
    """Add a row after the last: a copy of one, with changes."""

    def damage(folder: Path) -> None:
        rows = read_rows(folder / file)
        new = list(rows[row - 1])
        for name, value in changes.items():
            new[rows[0].index(name)] = value
        write_rows(folder / file, [*rows, new])

    return damage


def mapping(row: int, **changes: str) -> Damage:
    """Write cells of the mapping set."""

    def damage(folder: Path) -> None:
        lines = (folder / SSSOM).read_text(encoding="utf-8").split("\n")
        header = lines[FIRST_MAPPING - 2].split("\t")
        cells = lines[row - 1].split("\t")
        for name, value in changes.items():
            cells[header.index(name)] = value
        lines[row - 1] = "\t".join(cells)
        (folder / SSSOM).write_text("\n".join(lines), encoding="utf-8")

    return damage


def both(*damages: Damage) -> Damage:
    def damage(folder: Path) -> None:
        for one in damages:
            one(folder)

    return damage


def without_mappings(folder: Path) -> None:
    shutil.rmtree(folder / "mappings")


def without_anything(folder: Path) -> None:
    for path in list(folder.iterdir()):
        shutil.rmtree(path)


def as_workbook(spoil: Callable[[dict[str, Worksheet]], object], name: str = "other.xlsx") -> Damage:
    """Turn the other framework into a workbook, and spoil that."""

    def damage(folder: Path) -> None:
        version = folder / "other" / "1"
        book = Workbook()
        assert book.active is not None
        book.remove(book.active)
        sheets = {path.stem: book.create_sheet(path.stem) for path in sorted(version.glob("*.csv"))}
        for stem, sheet in sheets.items():
            for row in read_rows(version / f"{stem}.csv"):
                sheet.append(row)
            (version / f"{stem}.csv").unlink()
        spoil(sheets)
        book.save(version / name)
        without_mappings(folder)

    return damage


def put(sheet: str, row: int, column: int, value: object) -> Callable[[dict[str, Worksheet]], None]:
    def spoil(sheets: dict[str, Worksheet]) -> None:
        sheets[sheet].cell(row=row, column=column).value = value  # type: ignore[assignment]

    return spoil


def new_sheet(sheets: dict[str, Worksheet], name: str) -> Worksheet:
    book = sheets["roles"].parent
    assert isinstance(book, Workbook)
    sheet = book.create_sheet(name)
    assert isinstance(sheet, Worksheet)
    return sheet


def write_part(name: str, content: bytes) -> Damage:
    """Replace one part of the workbook's archive."""

    def damage(folder: Path) -> None:
        as_workbook(lambda sheets: None)(folder)
        path = folder / "other" / "1" / "other.xlsx"
        with zipfile.ZipFile(path) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        parts[name] = content
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in parts.items():
                archive.writestr(part, data)

    return damage


def spoil_bytes(folder: Path) -> None:
    """Zero some bytes of the first sheet inside the archive."""
    as_workbook(lambda sheets: None)(folder)
    path = folder / "other" / "1" / "other.xlsx"
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    start = info.header_offset + 30 + len(info.filename)
    data[start + 20 : start + 60] = bytes(40)
    path.write_bytes(bytes(data))


def replace_workbook(content: bytes) -> Damage:
    def damage(folder: Path) -> None:
        as_workbook(lambda sheets: None)(folder)
        (folder / "other" / "1" / "other.xlsx").write_bytes(content)

    return damage


def bomb() -> bytes:
    """Return an archive of a few kilobytes that unpacks to hundreds of times that."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 4_000_000)
    assert MAX_RATIO * len(out.getvalue()) < 4_000_000
    return out.getvalue()


def second_workbook(folder: Path) -> None:
    as_workbook(lambda sheets: None)(folder)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "roles"
    for row in load_workbook(folder / "other" / "1" / "other.xlsx")["roles"].iter_rows(values_only=True):
        sheet.append([value if value != "nurse-co-ordinator" else "second-nurse" for value in row])
    book.save(folder / "other" / "1" / "second.xlsx")
