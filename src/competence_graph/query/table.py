"""Answers as tables: what is asked, of which data, with the meaning and unit of every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something with a name: its CURIE, its label and, in words, its kind."""

    id: str
    label: str
    kind: str

    def __str__(self) -> str:
        return self.label


Cell = str | int | float | None | Thing


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: name in snake case, meaning in a sentence, unit (empty where there is none)."""

    name: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an answer leads with, always with what it is a part of.

    Parameters
    ----------
    name, meaning : str
        Short name; what is counted, in words.
    count : int
        How many.
    of : int or None
        Out of how many; None where the count stands alone.
    withheld : str
        Why the share is not shown; empty where it is.
    """

    name: str
    meaning: str
    count: int
    of: int | None = None
    withheld: str = ""

    @property
    def share(self) -> float | None:
        """``count / of``, 0 to 1; None where it is withheld or there is nothing to divide by."""
        return None if self.withheld or not self.of else self.count / self.of


def percent(share: float) -> str:
    """Return a share (0 to 1) as a whole percentage; a little is never said to be nothing, nor nearly all to be all.

    >>> percent(0.0015), percent(0), percent(0.256), percent(0.9999), percent(1)
    ('under 1%', '0%', '26%', 'over 99%', '100%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"


@dataclass(frozen=True, slots=True)
class Table:
    """An answer.

    Parameters
    ----------
    question : str
        The question in words.
    parameters : mapping of str to str
        What it was asked with.
    data_version : str
        Hash of the data that answered.
    columns : sequence of TableColumn
        In the order shown.
    rows : sequence of mapping of column name to cell
        A cell that names a thing is a :class:`Thing`.
    notes : sequence of str
        What a reader must know to defend the answer: denominators, cautions, what was left out.
    figures : sequence of Figure
        The numbers the answer leads with.
    group_by : sequence of str
        Columns whose values head groups of rows when a person reads the table.
    """

    question: str
    parameters: Mapping[str, str]
    data_version: str
    columns: Sequence[TableColumn]
    rows: Sequence[Mapping[str, Cell]]
    notes: Sequence[str] = ()
    figures: Sequence[Figure] = field(default=())
    group_by: Sequence[str] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data, the stable JSON form of this project."""
        return {
            "question": self.question,
            "parameters": dict(self.parameters),
            "data_version": self.data_version,
            "figures": [
                {
                    "name": f.name,
                    "meaning": f.meaning,
                    "count": f.count,
                    "of": f.of,
                    "share": f.share,
                    "withheld": f.withheld,
                }
                for f in self.figures
            ],
            "columns": [{"name": c.name, "meaning": c.meaning, "unit": c.unit} for c in self.columns],
            "rows": [{c.name: _plain(row.get(c.name)) for c in self.columns} for row in self.rows],
            "notes": list(self.notes),
        }


def _plain(cell: Cell) -> Any:
    return {"id": cell.id, "label": cell.label, "kind": cell.kind} if isinstance(cell, Thing) else cell
