"""Roles × items as one table of holdings, from the graph or from a CSV file: what similarity is measured on.

A CSV file has the columns ``role``, ``item``, ``label`` and, where there are any, ``definition``, ``importance`` and
``level`` (both 0-1, the level as a share of the highest of its scale), and ``pool``: any framework's roles × competences
table can be measured so. Roles are compared within one pool only. A label or definition may stand in one row of an item
and be empty in the others.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.claims import STATED, read_links
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Matching
from competence_graph.errors import FormatError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names

Vector = npt.NDArray[Any]
REQUIRED = ("role", "item", "label")
_DEFINITIONS = "SELECT DISTINCT ?thing ?text WHERE { ?thing <http://www.w3.org/2004/02/skos/core#definition> ?text } ORDER BY ?thing ?text"
_GIVEN = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?statement ?subject ?object ?status ?given WHERE {
  ?statement cg:PROPERTY ?given ; cg:subject ?subject ; cg:object ?object ; cg:status ?status .
}
"""


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
        Importance of the item for the role times its level as a share of the highest; 1 where neither is given.
    derived : scipy.sparse.csr_array, shape (roles, items)
        1 where the item is worked out through what the role does.
    close, broad : scipy.sparse.csr_array, shape (items, items)
        1 where two items match at close, or one is broader; symmetric, without the diagonal.
    definitions : list of str
        Definition of each item, empty where there is none; an empty list is none at all.
    background : list of str
        Other texts of the field, from which words are learnt.
    """

    roles: list[str]
    items: list[str]
    labels: list[str]
    stated: sparse.csr_array
    derived: sparse.csr_array
    close: sparse.csr_array
    broad: sparse.csr_array
    definitions: list[str] = field(default_factory=list)
    background: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Vector:
        """Stated items of each role."""
        return np.asarray((self.stated > 0).sum(axis=1)).ravel()

    @cached_property
    def texts(self) -> list[str]:
        """Label and definition of each item."""
        return [
            f"{label} {text}".rstrip()
            for label, text in zip(self.labels, self.definitions or [""] * len(self.labels), strict=True)
        ]

    def mine(self, role: int, *, derived: bool = True) -> Vector:
        """Return the places of the items of a role, ascending; with ``derived``, those that are worked out too."""
        table = self.stated + self.derived if derived else self.stated
        return np.sort(table[[role], :].nonzero()[1])


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
    weights = _weights(graph)
    stated = [
        (link.subject.id, first[link.object.id], weights.get((link.subject.id, link.object.id), 1.0))
        for link in links
        if link.stated
    ]
    derived = [(link.subject.id, first[link.object.id], 1.0) for link in links if not link.stated]
    defined = _definitions(graph)
    return Holdings(
        roles, items, [things[item].label for item in items], _matrix(stated, roles, items), _matrix(derived, roles, items),
        _links(pairs["close"], len(items)), _links(pairs["broad"] - pairs["close"], len(items)),
        [defined.get(item, "") for item in items], texts_of_the_field(graph, names),
    )  # fmt: skip


def texts_of_the_field(graph: Graph, names: Names) -> list[str]:
    """Return the labels and definitions of everything but roles and source documents: what words are learnt from."""
    defined = _definitions(graph)
    return sorted(
        {
            f"{thing.label} {defined.get(thing.id, '')}".rstrip()
            for thing in names.things.values()
            if thing.kind not in ("role", "source document", "")
        }
    )


def from_csv(path: Path, background: Sequence[str] = ()) -> list[Holdings]:
    """Return the holdings of a CSV file, one for each pool.

    Parameters
    ----------
    path : Path
        The file.
    background : sequence of str
        As for :class:`Holdings`.

    Raises
    ------
    FormatError
        A column or a label is missing, the file is no UTF-8, or an importance or level is no number from 0 to 1.
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
    pools: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for line, row in rows:
        weight = _share(path, line, row, "importance") * _share(path, line, row, "level")
        pools[row.get("pool") or ""].append((row["role"], row["item"], weight))
    labels, definitions = (
        {row["item"]: row[name] for _, row in rows if row.get(name)} for name in ("label", "definition")
    )
    if bare := sorted({row["item"] for _, row in rows} - labels.keys()):
        raise FormatError(f"{path.name}: no row gives a label of {bare[0]!r}.", path=path)
    found = []
    for _, held in sorted(pools.items()):
        roles, items = sorted({role for role, _, _ in held}), sorted({item for _, item, _ in held})
        none = _links(set(), len(items))
        found.append(Holdings(
            roles, items, [labels[item] for item in items], _matrix(held, roles, items), _matrix([], roles, items), none, none,
            [definitions.get(item, "") for item in items], list(background),
        ))  # fmt: skip
    return found


def _share(path: Path, line: int, row: dict[str, str], column: str) -> float:
    try:
        value = float(row.get(column) or 1.0)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise FormatError(
            f"{path.name}, line {line}: {column} {row[column]!r}; expected a number from 0 to 1.", path=path
        )
    return value


def _definitions(graph: Graph) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in graph.select(_DEFINITIONS):
        found[to_curie(row["thing"].value)].append(row["text"].value)
    return {thing: " ".join(texts) for thing, texts in found.items()}


def _weights(graph: Graph) -> dict[tuple[str, str], float]:
    """Return importance × share of the level, the highest where several statements give one, by role and item."""
    levels = Levels(graph)
    shares: dict[str, float] = defaultdict(lambda: 1.0)
    about: dict[str, tuple[str, str]] = {}
    for name in ("importance", "level"):
        for row in graph.select(_GIVEN.replace("PROPERTY", name)):
            if row["status"].value.rpartition("#")[2].lower() in STATED:
                statement, given = row["statement"].value, row["given"].value
                about[statement] = to_curie(row["subject"].value), to_curie(row["object"].value)
                shares[statement] *= float(given) if name == "importance" else levels.share(to_curie(given))
    found: dict[tuple[str, str], float] = {}
    for statement, pair in about.items():
        found[pair] = max(shares[statement], found.get(pair, 0.0))
    return found


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
