"""The tables of a paper: which columns of an answer are shown, how rows are grouped, and what a cell says."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from competence_graph.query.table import Cell, Table, TableColumn, Thing, percent
from competence_graph.reports.paper import Column, Group, capital, line

DETAIL = ("stated_as", "start_source", "mapped_to")
"""Columns that a paper leaves out unless asked for them: they are in the workbook."""
WITHIN = (", part of it", ", example of it")
"""Ends of a group's name whose rows stay below the item that they are part of."""
STATUS_WORDS = {
    "attested": "stated in the source",
    "curated": "our judgement",
    "inferred": "worked out",
    "interim": "placeholder",
    "suggested": "machine suggestion",
}
_NARROWEST, _WIDEST, _LONGEST_WORD = 7.0, 34.0, 16
_WORTH_SAYING_ONCE, _SHORT = 3, 80


def heading_of(column: TableColumn) -> str:
    """Return a column's heading for a reader, its unit with it; shares are shown in percent.

    Examples
    --------
    >>> heading_of(TableColumn("shared_count", "How many both have", "items"))
    'Shared (items)'
    """
    words = capital(column.name.removesuffix("_count").removesuffix("_share").replace("_", " "))
    unit = "%" if column.name.endswith("_share") else column.unit
    return f"{words} ({unit})" if unit else words


def columns_of(table: Table, chosen: Sequence[str] | None) -> tuple[list[TableColumn], list[TableColumn]]:
    """Return the columns shown, and those with something in them that are not."""
    by_name = {column.name: column for column in table.columns}
    if chosen is None:
        names = [name for name in by_name if name not in DETAIL]
    else:
        # The columns that head groups need not be asked for.
        names = [
            *(name for name in table.group_by if name not in chosen),
            *(name for name in chosen if name in by_name),
        ]
    rest = [c for c in table.columns if c.name not in names]
    return [by_name[n] for n in names if n in by_name], [
        c for c in rest if any(filled(row.get(c.name)) for row in table.rows)
    ]


def groups_of(table: Table, chosen: Sequence[str] | None) -> tuple[Group, ...]:
    """Return the rows of an answer in their groups; ``chosen`` names the columns to show, None all but :data:`DETAIL`."""
    shown, _ = columns_of(table, chosen)
    doubles = _same_label(table)
    groups: dict[str, list[Mapping[str, Cell]]] = {}
    for row in table.rows:
        groups.setdefault(_group_of(row, table.group_by), []).append(row)
    return tuple(_group(heading, rows, shown, table.group_by, doubles) for heading, rows in groups.items())


def _group_of(row: Mapping[str, Cell], group_by: Sequence[str]) -> str:
    """Return the heading of a row: a part stays with that of which it is a part."""
    names = [str(row.get(name) or "") for name in group_by]
    for end in WITHIN:
        names = [name.removesuffix(end) for name in names]
    return capital(line(", ".join(name for name in names if name))) or ("Other" if group_by else "")


def _group(
    heading: str,
    rows: Sequence[Mapping[str, Cell]],
    shown: Sequence[TableColumn],
    group_by: Sequence[str],
    doubles: frozenset[str],
) -> Group:
    kept = [
        column
        for column in shown
        if any(filled(row.get(column.name)) for row in rows)
        # What heads the group is said once, unless parts stand among the whole.
        and (column.name not in group_by or len({row.get(column.name) for row in rows}) > 1)
    ]
    same = _same_throughout(rows, kept, doubles)
    kept = [column for column in kept if column.name not in same]
    cells = tuple(tuple(_shown(row.get(column.name), column, doubles) for column in kept) for row in rows)
    columns = tuple(
        Column(
            heading_of(column),
            all(isinstance(row.get(column.name), int | float | None) for row in rows),
            _width(heading_of(column), [line[position] for line in cells]),
        )
        for position, column in enumerate(kept)
    )
    said = "; ".join(f"{heading_of(c)}: {same[c.name]}" for c in shown if c.name in same)
    return Group(
        f"{heading} ({len(rows):,})" if heading else "",
        f"The same in every row: {said}." if said else "",
        columns,
        cells,
    )


def _same_throughout(
    rows: Sequence[Mapping[str, Cell]], columns: Sequence[TableColumn], doubles: frozenset[str]
) -> dict[str, str]:
    """Return what every row of a long enough group says, by column; two columns at least stay, the item among them."""
    same: dict[str, str] = {}
    for column in columns if len(rows) >= _WORTH_SAYING_ONCE else ():
        texts = {_shown(row.get(column.name), column, doubles) for row in rows}
        short = len(text := texts.pop()) <= _SHORT if len(texts) == 1 else False
        if short and column.name != "item" and len(columns) - len(same) > 2:
            same[column.name] = text
    return same


def _width(heading: str, texts: Sequence[str]) -> float:
    """Return a width in letters: wide enough for most words, more where there is much to read."""
    bold = 3  # headings are set bold, and a heading broken inside a word reads badly
    word = max((len(w) for text in texts for w in text.split()), default=0)
    word = max(word, *(len(w) + bold for w in heading.split()))
    mean = sum(map(len, texts)) / max(1, len(texts))
    return min(_WIDEST, max(_NARROWEST, min(word, _LONGEST_WORD), 3 * math.sqrt(mean)))


def filled(cell: Cell) -> bool:
    """Return whether a cell says anything."""
    return cell is not None and cell != ""


def _same_label(table: Table) -> frozenset[str]:
    """Return the labels that several things of an answer bear; their identifiers are shown with them."""
    ids: dict[str, set[str]] = {}
    for row in table.rows:
        for cell in row.values():
            if isinstance(cell, Thing):
                ids.setdefault(cell.label, set()).add(cell.id)
    return frozenset(label for label, found in ids.items() if len(found) > 1)


def _shown(cell: Cell, column: TableColumn, doubles: frozenset[str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Thing):
        return line(f"{cell.label} ({cell.id})" if cell.label in doubles else cell.label)
    if isinstance(cell, float):
        return percent(cell) if column.name.endswith("_share") else f"{cell:g}"
    if isinstance(cell, int):
        return percent(cell) if column.name.endswith("_share") else f"{cell:,}"
    if column.name == "status":
        for word, words in STATUS_WORDS.items():
            cell = re.sub(rf"\b{word}\b", words, cell)
        cell = cell.replace("weakest premise", "rests on what is")
    return line(cell)
