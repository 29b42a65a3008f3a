"""Stepping stones: a way from one role to another through roles between them.

What is missing for a step obeys the triangle inequality, so the direct move is always the cheapest by plain count. A
step therefore costs the square of what is missing (many small steps beat one large), or the way is chosen whose largest
step is smallest. Gates on the way are shown, never passed silently; roles that the sources say too little about are
neither start, target nor stone.

References
----------
.. [1] Dijkstra (1959), A note on two problems in connexion with graphs, doi:10.1007/BF01386390
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, RoleRecord, read_profiles, read_roles
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import CAUTION, NOT_HELD, TOO_LITTLE, mapping_note
from competence_graph.analysis.similarity import role_matrix
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

Matrix = npt.NDArray[Any]
MEASURES = ("squares", "largest")
COLUMNS = (
    TableColumn("step", "Number of the step", "step"),
    TableColumn("from_role", "Where the step starts"),
    TableColumn("to_role", "Where it leads"),
    TableColumn("carried_count", "Items of the next role that are met", "items"),
    TableColumn("new_count", "Items of the next role that are not met", "items"),
    TableColumn("new", "What is new, in the words of the profile: missing, or not stated"),
    TableColumn("gates", "Qualifications and registrations before the next role"),
)


def path(
    graph: Graph,
    start: str,
    target: str,
    *,
    strictness: str = DEFAULT,
    measure: str = "squares",
    names: Names | None = None,
) -> Table:
    """Return the stepping stones from one role to another.

    Parameters
    ----------
    graph : Graph
        Reads stated Requirement and Performance statements and the match closures.
    start, target : str
        Identifiers or names of roles.
    strictness : {'same', 'exact', 'close'}, default 'close'
        How alike two items must be; ``broad`` counts as ``close`` here, as broader items never count as met.
    measure : {'squares', 'largest'}, default 'squares'
        Cost of a way: the sum of squares of what each step lacks, or its largest step.

    Returns
    -------
    Table
        One row per step; a single row where the direct move is best. Empty, with a note, where the sources say too
        little about one of the two.
    """
    if strictness not in STRICTNESS or measure not in MEASURES:
        raise ParameterError(
            f"Expected a strictness of {', '.join(STRICTNESS)} and a measure of {', '.join(MEASURES)}."
        )
    names = names or Names(graph)
    a, b = names.resolve(start, ("role",)), names.resolve(target, ("role",))
    if a == b:
        raise ParameterError("Start and target are the same role; give two roles.")
    matching = Matching(graph, names)
    matrix, roles, classes = role_matrix(graph, names)
    parameters = {"start": a.id, "target": b.id, "strictness": strictness, "measure": measure}
    question = f"Which stepping stones lead from '{a.label}' to '{b.label}'?"
    enough = np.asarray(matrix.sum(axis=1)).ravel() >= MINIMUM_STATEMENTS
    for role in (a, b):
        if role not in roles or not enough[roles.index(role)]:
            notes = [f"{role.label}: {TOO_LITTLE}; there is no path to show.", CAUTION]
            return Table(question, parameters, graph.data_version, COLUMNS, [], notes)
    kept = np.flatnonzero(enough)
    stones = [roles[i] for i in kept]
    lacking = missing(matrix[kept, :], alike(classes, matching, strictness))
    way = (
        smallest_largest(lacking, stones.index(a), stones.index(b))
        if measure == "largest"
        else cheapest(lacking, stones.index(a), stones.index(b))
    )
    chain = [stones[i] for i in way]
    records = dict(zip(chain, read_roles(graph, names, chain), strict=True))
    profiles = read_profiles(graph)
    rows = [
        _row(i, one, other, records, matching, strictness, profiles)
        for i, (one, other) in enumerate(pairwise(chain), start=1)
    ]
    direct = int(lacking[way[0], way[-1]])
    notes = [
        f"The direct move lacks {direct} items; the largest step shown lacks {max(int(lacking[i, j]) for i, j in pairwise(way))}.",
        f"{len(stones)} of {len(roles)} roles have at least {MINIMUM_STATEMENTS} stated items and may be stones.",
        "A step's cost is the square of what is new in it." if measure == "squares" else "The way's largest step is as small as can be.",
        mapping_note(matching, strictness), CAUTION,
    ]  # fmt: skip
    total = int(matrix[kept[way[-1]], :].sum())
    figures = [Figure("new, direct move", f"items of {b.label} that are new in the direct move", direct, total)]
    if len(rows) == 1:
        notes.insert(0, "No role between the two makes the way easier: the direct move is best.")
    return Table(question, parameters, graph.data_version, COLUMNS, rows, notes, figures)


def alike(classes: list[Thing], matching: Matching, strictness: str) -> sparse.csr_array:
    """Return the classes × classes matrix: 1 where holding the row's class meets the column's."""
    column = {thing.id: i for i, thing in enumerate(classes)}
    pairs = {(i, i) for i in range(len(classes))}
    for i, thing in enumerate(classes):
        pairs |= {(column[other], i) for other in matching.partners(thing, strictness) if other in column}
    index = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return sparse.csr_array((np.ones(len(index)), (index[:, 0], index[:, 1])), shape=(len(classes), len(classes)))


def missing(matrix: sparse.csr_array, same: sparse.csr_array) -> Matrix:
    """Return the roles × roles matrix of how many items of the column's role the row's role does not meet."""
    gives = (matrix @ same).sign()
    met = np.asarray((gives @ matrix.T).todense())
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    lacking: Matrix = sizes[np.newaxis, :] - met
    return lacking


def cheapest(lacking: Matrix, start: int, target: int) -> list[int]:
    """Return the way with the smallest sum of squares; among equals the one with fewer steps."""
    return _way(lacking**2 + 1e-6, start, target)


def smallest_largest(lacking: Matrix, start: int, target: int) -> list[int]:
    """Return the way whose largest step is smallest; under that bound, the cheapest."""
    for bound in np.unique(lacking):
        way = _way(np.where(lacking <= bound, lacking**2 + 1e-6, np.inf), start, target)
        if way:
            return way
    return [start, target]


def _way(cost: Matrix, start: int, target: int) -> list[int]:
    """Return the cheapest way over a matrix of step costs, infinite where there is no step; empty where there is none."""
    steps: Any = csgraph.csgraph_from_dense(cost, null_value=np.inf)
    before = csgraph.dijkstra(steps, indices=np.array([start]), return_predecessors=True)[1][0]
    way = [target]
    while way[-1] != start:
        if before[way[-1]] < 0:
            return []
        way.append(int(before[way[-1]]))
    return way[::-1]


def _row(
    number: int, one: Thing, other: Thing, records: dict[Thing, RoleRecord], matching: Matching, strictness: str, profiles: dict[str, str]
) -> dict[str, Cell]:  # fmt: skip
    held = [item for functions in (False, True) for item in records[one].items(functions=functions, stated=True)]
    wanted = [item for functions in (False, True) for item in records[other].items(functions=functions, stated=True)]
    results = {item: matching.meets(item, held, "close" if strictness == "broad" else strictness) for item in wanted}
    new = [item for item, match in results.items() if match is None or match.extent != "met"]
    word = NOT_HELD[profiles.get(one.id, "mentioned")]
    return {
        "step": number, "from_role": one, "to_role": other, "carried_count": len(wanted) - len(new), "new_count": len(new),
        "new": f"{word}: " + "; ".join(item.label for item in new) if new else "",
        "gates": "; ".join(gate.label for gate in records[other].gates()),
    }  # fmt: skip
