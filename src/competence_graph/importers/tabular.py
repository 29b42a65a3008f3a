"""From raw cells to records: the part of reading that every tabular form shares."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from competence_graph.model.columns import Column, columns_of
from competence_graph.model.records import RECORDS, Row
from competence_graph.model.report import Defect, Report

MAX_ROWS = 50_000
"""Rows that one table may have; the largest published framework that we know has under 15,000 items."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as text: its name, its header, its cells, and how messages name its file."""

    name: str
    file: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]] = field(default_factory=list)


def to_records(tables: Iterable[RawTable], framework: str, report: Report) -> dict[str, tuple[Row, ...]]:
    """Turn raw tables into records, cell by cell.

    Every defect of every cell goes to ``report``; a row with a defect is left out of the result, the others stay.

    Parameters
    ----------
    tables : iterable of RawTable
        As a reader gave them.
    framework : str
        Slug, written on each record.
    report : Report
        Receives the defects.

    Returns
    -------
    dict of table name to tuple of records
    """
    result: dict[str, tuple[Row, ...]] = {}
    seen: dict[str, str] = {}
    for table in tables:
        record = RECORDS.get(table.name)
        if record is None:
            near = difflib.get_close_matches(table.name, RECORDS, n=1)
            mend = f"Rename it to {near[0]!r}" if near else f"Use one of {', '.join(RECORDS)}, or remove it"
            report.add(
                Defect(
                    table.file, 0, "", f"a table called {table.name!r}", "a table of the schema", mend, "unknown-table"
                )
            )
            continue
        if table.name in seen:
            report.add(
                Defect(
                    table.file, 0, "", f"the table {table.name!r}, which stands in {seen[table.name]} too",
                    "each table once", "Put the rows of both into one", "double-table",
                )
            )  # fmt: skip
            continue
        seen[table.name] = table.file
        if not _header_is_good(table, record, report):
            continue
        if len(table.rows) > MAX_ROWS:
            report.add(
                Defect(table.file, 0, "", f"{len(table.rows):,} rows", f"at most {MAX_ROWS:,}", "Split the framework into several", "too-many-rows")
            )  # fmt: skip
        result[table.name] = tuple(_rows(table, record, framework, report))
    return result


def _header_is_good(table: RawTable, record: type[Row], report: Report) -> bool:
    """Check the header: no unknown or double column, no required column missing."""
    known = {c.name: c for c in columns_of(record)}
    before = len(report)
    if not table.header:
        report.add(
            Defect(
                table.file,
                0,
                "",
                "an empty file",
                "a header row with the column names",
                "Copy the header from the template, or delete the file",
                "empty-file",
            )
        )
        return False
    for name in table.header:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            mend = f"Rename it to {near[0]!r}" if near else "Remove the column; notes go into 'note'"
            report.add(
                Defect(
                    table.file, 1, name, f"a column called {name!r}", "a column of the schema", mend, "unknown-column"
                )
            )
    for name in sorted({n for n in table.header if table.header.count(n) > 1}):
        report.add(
            Defect(table.file, 1, name, "the column twice", "each column once", "Remove one of them", "double-column")
        )
    for name, spec in known.items():
        if spec.required and name not in table.header:
            report.add(
                Defect(
                    table.file,
                    1,
                    name,
                    "no such column",
                    f"a column {name!r}: {spec.meaning}",
                    "Add the column",
                    "missing-column",
                )
            )
    return len(report) == before


def _rows(table: RawTable, record: type[Row], framework: str, report: Report) -> Iterable[Row]:
    specs: dict[str, Column] = {c.name: c for c in columns_of(record)}
    for number, cells in table.rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(table.header):
            report.add(
                Defect(table.file, number, "", f"{len(cells)} cells", f"{len(table.header)}, as the header has", "Put quotes round a cell that holds a comma, or add the empty cells", "ragged-row")
            )  # fmt: skip
            continue
        values: dict[str, Any] = {}
        good = True
        given = dict(zip(table.header, cells, strict=True))
        for name, spec in specs.items():
            value, wrong = spec.parse(given.get(name, ""))
            values[name] = value
            if wrong:
                good = False
                report.add(Defect(table.file, number, name, *wrong, rule=f"cell-{spec.form}"))
        if good:
            yield record(framework=framework, row=number, **values)
