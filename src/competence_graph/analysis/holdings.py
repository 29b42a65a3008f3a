"""Roles × items as one table of holdings, from the graph or from a CSV file: what similarity is measured on.

A CSV file has the columns ``role``, ``item``, ``label`` and, where there is one, ``importance`` (0-1); any framework's
roles × competences table can be measured so.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.claims import read_links
from competence_graph.analysis.matching import Matching
from competence_graph.errors import FormatError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names

Vector = npt.NDArray[Any]
REQUIRED = ("role", "item", "label")


@dataclass(frozen=True)
class Holdings:
    """What roles hold.

    Parameters
    ----------
    roles, items : list of str
        Identifiers, sorted; rows and columns of the matrices.
    labels : list of str
        Label of each item.
    stated : scipy.sparse.csr_array, shape (roles, items)
        Importance of the item for the role; 1 where none is given.
    derived : scipy.sparse.csr_array, shape (roles, items)
        1 where the item is worked out through what the role does.
    close, broad : scipy.sparse.csr_array, shape (items, items)
        1 where two items match at close, or one is broader; symmetric, without the diagonal.
    """

    roles: list[str]
    items: list[str]
    labels: list[str]
    stated: sparse.csr_array
    derived: sparse.csr_array
    close: sparse.csr_array
    broad: sparse.csr_array

    @property
    def counts(self) -> Vector:
        """Stated items of each role."""
        return np.asarray((self.stated > 0).sum(axis=1)).ravel()


def from_graph(graph: Graph, names: Names) -> Holdings:
    """Return the holdings of every role of a graph; gates are left out, items joined by exact mappings are one."""
    matching = Matching(graph, names)
    links = [
        link
        for link in read_links(graph, names, ("Requirement", "Performance"))
        if link.subject.kind == "role" and link.object.kind != "qualification"
    ]
    # Items that exact mappings join are one: the first of them by identifier.
    by_id = {thing.id: thing for thing in names.things.values()}
    first = {link.object.id: min(matching.partners(link.object, "exact") & by_id.keys()) for link in links}
    things = {item: by_id[item] for item in first.values()}
    roles, items = sorted({link.subject.id for link in links}), sorted(things)
    place = {item: i for i, item in enumerate(items)}
    pairs: dict[str, set[tuple[int, int]]] = {"close": set(), "broad": set()}
    for item, thing in things.items():
        for how, other in matching.mapped(thing):
            if other.id in place:
                i, j = sorted((place[item], place[other.id]))
                pairs["close" if how in ("exact", "close") else "broad"] |= {(i, j), (j, i)}
    stated = [(link.subject.id, first[link.object.id], 1.0) for link in links if link.stated]
    derived = [(link.subject.id, first[link.object.id], 1.0) for link in links if not link.stated]
    return Holdings(
        roles, items, [things[item].label for item in items], _matrix(stated, roles, items), _matrix(derived, roles, items),
        _links(pairs["close"], len(items)), _links(pairs["broad"] - pairs["close"], len(items)),
    )  # fmt: skip


def from_csv(path: Path) -> Holdings:
    """Return the holdings of a CSV file.

    Raises
    ------
    FormatError
        A column is missing, the file is no UTF-8, or an importance is no number from 0 to 1.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            absent = [name for name in REQUIRED if name not in (table.fieldnames or ())]
            if absent:
                raise FormatError(
                    f"{path.name} lacks the column {', '.join(absent)}; expected {', '.join(REQUIRED)} and, if there is one, importance.",
                    path=path,
                )
            rows = [(table.line_num, row) for row in table]
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path.name} is not UTF-8 (byte {error.start}). Save it as 'CSV UTF-8'.", path=path
        ) from error
    held = []
    for line, row in rows:
        try:
            weight = float(row.get("importance") or 1.0)
        except ValueError:
            weight = -1.0
        if not 0 <= weight <= 1:
            raise FormatError(
                f"{path.name}, line {line}: importance {row['importance']!r}; expected a number from 0 to 1.", path=path
            )
        held.append((row["role"], row["item"], weight))
    labels = {row["item"]: row["label"] for _, row in rows}
    roles, items = sorted({role for role, _, _ in held}), sorted(labels)
    none = _links(set(), len(items))
    return Holdings(
        roles,
        items,
        [labels[item] for item in items],
        _matrix(held, roles, items),
        _matrix([], roles, items),
        none,
        none,
    )


def _matrix(cells: list[tuple[str, str, float]], roles: list[str], items: list[str]) -> sparse.csr_array:
    row, column = {name: i for i, name in enumerate(roles)}, {name: i for i, name in enumerate(items)}
    best: dict[tuple[int, int], float] = {}
    for role, item, weight in cells:
        key = row[role], column[item]
        best[key] = max(weight, best.get(key, 0.0))
    index = np.array(sorted(best), dtype=np.int64).reshape(-1, 2)
    values = np.array([best[i, j] for i, j in index.tolist()], dtype=float)
    return sparse.csr_array((values, (index[:, 0], index[:, 1])), shape=(len(roles), len(items)))


def _links(pairs: set[tuple[int, int]], size: int) -> sparse.csr_array:
    index = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return sparse.csr_array((np.ones(len(index)), (index[:, 0], index[:, 1])), shape=(size, size))
