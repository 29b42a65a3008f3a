"""Answers as text: a table for a terminal, JSON, CSV, Markdown.

:data:`FORMATS` is the registry; the command line takes its choices from it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table as RichTable
from rich.text import Text

from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing, percent

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
WHOLE_ID = 34
"""Characters; an identifier up to so long is not broken, so that it can be copied."""


def figure_text(figure: Figure) -> str:
    """Return a figure in words: count, of what, share or why there is none."""
    text = f"{figure.meaning}: {figure.count}"
    if figure.of is not None:
        text += f" of {figure.of}"
    if figure.withheld:
        return f"{text} (no share: {figure.withheld})"
    return f"{text} ({percent(figure.share)})" if figure.share is not None else text


def to_rich(table: Table, *, ids: bool = True) -> RenderableType:
    """Return an answer for a terminal: question, figures, rows in groups, notes.

    Parameters
    ----------
    table : Table
        The answer.
    ids : bool, default True
        Whether identifiers stand under labels, ready to be copied.
    """
    parts: list[RenderableType] = [Text(table.question, style="bold")]
    parts += [Text(f"  {figure_text(figure)}") for figure in table.figures]
    if not table.rows:
        parts.append(Text("Nothing found.", style="italic"))
    for heading, rows in _groups(table):
        if heading:
            parts.append(Text(f"\n{heading} ({len(rows)})", style="bold"))
        parts.append(_grid(table, rows, ids=ids))
    parts += [Text(f"Note: {note}", style="dim") for note in table.notes]
    parts.append(Text(f"Data version {table.data_version}", style="dim"))
    return Group(*parts)


def _groups(table: Table) -> Iterator[tuple[str, list[Mapping[str, Cell]]]]:
    if not table.rows:
        return
    if not table.group_by:
        yield "", list(table.rows)
        return

    def key(row: Mapping[str, Cell]) -> str:
        return ", ".join(str(row.get(name) or "") for name in table.group_by)

    for heading, rows in groupby(table.rows, key=key):
        yield heading, list(rows)


def _grid(table: Table, rows: Sequence[Mapping[str, Cell]], *, ids: bool) -> RichTable:
    """Return the rows as a grid; columns that are empty throughout, or head the group, are left out."""
    columns = [
        c
        for c in table.columns
        if c.name not in table.group_by and any(row.get(c.name) not in (None, "") for row in rows)
    ]
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False)
    for column in columns:
        numeric = all(isinstance(row.get(column.name), int | float | None) for row in rows)
        named = [len(cell.id) for row in rows if isinstance(cell := row.get(column.name), Thing)] if ids else []
        whole = max((length for length in named if length <= WHOLE_ID), default=None)
        grid.add_column(
            _heading(column), justify="right" if numeric else "left", overflow="fold", min_width=6, width=whole
        )
    for row in rows:
        grid.add_row(*(_shown(row.get(column.name), ids=ids) for column in columns))
    return grid


def _heading(column: TableColumn) -> str:
    name = column.name.removesuffix("_count").removesuffix("_share").replace("_", " ")
    return f"{name} ({column.unit})" if column.unit else name


def _shown(cell: Cell, *, ids: bool) -> str:
    if isinstance(cell, Thing):
        return escape(cell.label) + (f"\n[dim]{escape(cell.id)}[/dim]" if ids and cell.id != cell.label else "")
    return "" if cell is None else escape(str(cell))


def to_json(table: Table) -> str:
    """Return the stable JSON form of an answer."""
    return json.dumps(table.to_dict(), ensure_ascii=False, indent=2)


def to_csv(table: Table) -> str:
    """Return the rows as CSV; a column that names things becomes three: ``_id``, ``_label``, ``_kind``.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    named = {c.name for c in table.columns if any(isinstance(row.get(c.name), Thing) for row in table.rows)}
    header = [
        h
        for c in table.columns
        for h in ((f"{c.name}_id", f"{c.name}_label", f"{c.name}_kind") if c.name in named else (c.name,))
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in table.rows:
        cells: list[object] = []
        for column in table.columns:
            cell = row.get(column.name)
            if isinstance(cell, Thing):
                cells += [cell.id, cell.label, cell.kind]
            elif column.name in named:
                cells += [cell, cell, ""]
            else:
                cells.append(cell)
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_START) else cell


def to_markdown(table: Table) -> str:
    """Return an answer as Markdown: question, figures, one table, notes."""

    def cell_text(cell: Cell) -> str:
        text = f"{cell.label} (`{cell.id}`)" if isinstance(cell, Thing) else "" if cell is None else str(cell)
        return text.replace("|", "\\|").replace("\n", " ")

    lines = [f"# {table.question}", ""]
    lines += [f"- {figure_text(figure)}" for figure in table.figures] + ([""] if table.figures else [])
    lines += ["| " + " | ".join(_heading(c) for c in table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(cell_text(row.get(c.name)) for c in table.columns) + " |" for row in table.rows]
    lines += [""] + [f"> {note}" for note in table.notes] + [f"> Data version {table.data_version}"]
    return "\n".join(lines) + "\n"


def to_text(table: Table, *, width: int = 120) -> str:
    """Return an answer as plain text, as a terminal of that width shows it."""
    console = Console(width=width, file=io.StringIO(), force_terminal=False, color_system=None)
    console.print(to_rich(table))
    return str(console.file.getvalue())  # type: ignore[attr-defined]


FORMATS: dict[str, Callable[[Table], str]] = {"table": to_text, "json": to_json, "csv": to_csv, "md": to_markdown}
