"""Similar roles: plain baselines, side by side.

Jaccard
    Shared classes over classes of either role, where exact mappings join items to classes.
IDF-cosine
    Cosine of the roles' vectors of classes, each weighted by ln(N / roles that have it), N the roles ranked.

Stated competences and care functions count together, gates are left out; roles of fewer than five statements are not ranked.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, STATED, read_claims, read_profiles
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

Vector = npt.NDArray[Any]

COLUMNS = (
    TableColumn("role", "A role that the sources say enough about"),
    TableColumn("shared_count", "Classes of items that both have", "items"),
    TableColumn("either_count", "Classes of items that either has", "items"),
    TableColumn("jaccard_share", "Shared of either", "0-1"),
    TableColumn("idf_cosine_share", "Cosine, rare items weighing more", "0-1"),
    TableColumn("shared", "What both have"),
    TableColumn("profile", "How whole the list of the role's statements is"),
)


def role_matrix(graph: Graph, names: Names) -> tuple[sparse.csr_array, list[Thing], list[Thing]]:
    """Return the roles × classes matrix of stated items.

    Returns
    -------
    matrix : scipy.sparse.csr_array, shape (roles, classes)
        1 where a role has an item of the class.
    roles, classes : list of Thing
        Rows by identifier; a class is named by its first member.
    """
    matching = Matching(graph, names)
    claims = read_claims(graph, names, ("Requirement", "Performance"))
    claims = [c for c in claims if c.status in STATED and c.subject.kind == "role" and c.object.kind != "qualification"]
    by_id = {thing.id: thing for thing in names.things.values()}
    named = {c.object: by_id[min(matching.partners(c.object, "exact") & by_id.keys())] for c in claims}
    roles, classes = sorted({c.subject for c in claims}), sorted(set(named.values()))
    row, column = {t: i for i, t in enumerate(roles)}, {t: i for i, t in enumerate(classes)}
    pairs = sorted({(row[c.subject], column[named[c.object]]) for c in claims})
    index = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(pairs))
    return sparse.csr_array((ones, (index[:, 0], index[:, 1])), shape=(len(roles), len(classes))), roles, classes


def similar(graph: Graph, role: str, *, top: int = 10, names: Names | None = None) -> Table:
    """Return the roles nearest to ``role``.

    Parameters
    ----------
    graph : Graph
        Reads stated Requirement and Performance statements.
    role : str
        Identifier or name.
    top : int, default 10
        How many roles at the most.

    Returns
    -------
    Table
        Nearest first by Jaccard, then IDF-cosine, then identifier. Empty, with a note, where the sources say too little
        about the role or no other role shares anything with it.
    """
    if top < 1:
        raise ParameterError(f"top is {top}; expected 1 or more.")
    names = names or Names(graph)
    thing = names.resolve(role, ("role",))
    matrix, roles, classes = role_matrix(graph, names)
    counts = np.asarray(matrix.sum(axis=1)).ravel()
    enough = counts >= MINIMUM_STATEMENTS
    parameters = {"role": thing.id, "top": str(top)}
    question = f"Which roles are most like '{thing.label}'?"
    notes = [
        f"{int(enough.sum())} of {len(roles)} roles have at least {MINIMUM_STATEMENTS} stated items and are ranked. Mappings count where they are exact."
    ]
    if thing not in roles or not enough[roles.index(thing)]:
        return Table(
            question,
            parameters,
            graph.data_version,
            COLUMNS,
            [],
            [f"{thing.label}: {TOO_LITTLE}; roles are not ranked.", *notes, CAUTION],
        )
    me = roles.index(thing)
    shared = np.asarray((matrix @ matrix[[me], :].T).todense()).ravel()
    either = counts + counts[me] - shared
    cosine = idf_cosine(matrix, enough, me)
    profiles = read_profiles(graph)
    ranked = sorted(
        (i for i in np.flatnonzero(enough & (shared > 0)) if i != me),
        key=lambda i: (-shared[i] / either[i], -cosine[i], roles[i].id),
    )
    rows: list[dict[str, Cell]] = []
    for i in ranked[:top]:
        both = np.asarray((matrix[[i], :].multiply(matrix[[me], :])).todense()).ravel()
        rows.append({
            "role": roles[i], "shared_count": int(shared[i]), "either_count": int(either[i]),
            "jaccard_share": round(float(shared[i] / either[i]), 4), "idf_cosine_share": round(float(cosine[i]), 4),
            "shared": "; ".join(classes[j].label for j in np.flatnonzero(both)), "profile": profiles.get(roles[i].id, ""),
        })  # fmt: skip
    if not rows:
        notes.insert(0, f"No other role that the sources say enough about shares an item with '{thing.label}'.")
    return Table(question, parameters, graph.data_version, COLUMNS, rows, [*notes, CAUTION])


def idf_cosine(matrix: sparse.csr_array, ranked: Vector, me: int) -> Vector:
    """Return the IDF-weighted cosine of every row with row ``me``; weights are counted on the ranked rows."""
    holders = np.asarray(matrix[np.flatnonzero(ranked), :].sum(axis=0)).ravel()
    weights = np.log(max(int(ranked.sum()), 1) / np.maximum(holders, 1))
    weighted = matrix @ sparse.diags_array(weights)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    dots = np.asarray((weighted @ weighted[[me], :].T).todense()).ravel()
    product = norms * norms[me]
    cosine: Vector = np.divide(dots, product, out=np.zeros_like(dots), where=product > 0)
    return cosine
