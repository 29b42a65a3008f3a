"""Similar roles: our likeness beside the plain measures, with what the likeness rests on.

The measures are defined in :mod:`competence_graph.analysis.measures`; how well each finds what is known to be alike is
measured by ``evaluate similar``. Stated competences and care functions count together, gates are left out; roles of
fewer than five stated items are not ranked.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, read_profiles
from competence_graph.analysis.holdings import Holdings, from_graph
from competence_graph.analysis.measures import alikeness, blend, idf_cosine, jaccard, vectors
from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

COLUMNS = (
    TableColumn("role", "A role that the sources say enough about"),
    TableColumn("likeness_share", "Our likeness: words, letters and matches of what both do and require", "0-1"),
    TableColumn("jaccard_share", "Shared of either", "0-1"),
    TableColumn("idf_cosine_share", "Cosine, rare items weighing more", "0-1"),
    TableColumn("shared_count", "Items that both have", "items"),
    TableColumn("either_count", "Items that either has", "items"),
    TableColumn("shared", "What both have"),
    TableColumn("alike", "The pairs of other items that add most to the likeness, with how alike they are"),
    TableColumn("profile", "How whole the list of the role's statements is"),
)
PAIRS_SHOWN = 3


def role_matrix(graph: Graph, names: Names) -> tuple[sparse.csr_array, list[Thing], list[Thing]]:
    """Return the roles × classes matrix of stated items.

    Returns
    -------
    matrix : scipy.sparse.csr_array, shape (roles, classes)
        1 where a role has an item of the class.
    roles, classes : list of Thing
        Rows by identifier; a class is named by its first member.
    """
    held = from_graph(graph, names)
    kept = np.flatnonzero(held.counts)
    by_id = {thing.id: thing for thing in names.things.values()}
    matrix = sparse.csr_array((held.stated[kept, :] > 0).astype(float))
    return matrix, [by_id[held.roles[i]] for i in kept], [by_id[item] for item in held.items]


def similar(graph: Graph, role: str, *, top: int = 10, names: Names | None = None) -> Table:
    """Return the roles nearest to ``role``.

    Parameters
    ----------
    graph : Graph
        Reads Requirement and Performance statements and the match closures.
    role : str
        Identifier or name.
    top : int, default 10
        How many roles at the most.

    Returns
    -------
    Table
        Nearest first by our likeness, then by identifier. Empty, with a note, where the sources say too little about
        the role or no other role is like it at all.
    """
    if top < 1:
        raise ParameterError(f"top is {top}; expected 1 or more.")
    names = names or Names(graph)
    thing = names.resolve(role, ("role",))
    held = from_graph(graph, names)
    counts = held.counts
    enough = counts >= MINIMUM_STATEMENTS
    parameters = {"role": thing.id, "top": str(top)}
    question = f"Which roles are most like '{thing.label}'?"
    notes = [
        f"{int(enough.sum())} of {len(held.roles)} roles have at least {MINIMUM_STATEMENTS} stated items and are ranked."
    ]
    if thing.id not in held.roles or not enough[held.roles.index(thing.id)]:
        notes.insert(0, f"{thing.label}: {TOO_LITTLE}; roles are not ranked.")
        return Table(question, parameters, graph.data_version, COLUMNS, [], [*notes, CAUTION])
    me = held.roles.index(thing.id)
    ours, plain, cosine = (measure(held)[me] for measure in (blend, jaccard, idf_cosine))
    profiles = read_profiles(graph)
    by_id = {t.id: t for t in names.things.values()}
    alike = alikeness(held)
    weighted = vectors(held)
    ranked = sorted(
        (i for i in np.flatnonzero(enough & (ours > 0)) if i != me), key=lambda i: (-ours[i], held.roles[i])
    )
    rows: list[dict[str, Cell]] = []
    for i in ranked[:top]:
        both = np.flatnonzero(np.asarray((held.stated[[i], :].multiply(held.stated[[me], :])).todense()).ravel())
        rows.append({
            "role": by_id[held.roles[i]], "likeness_share": round(float(ours[i]), 4), "jaccard_share": round(float(plain[i]), 4),
            "idf_cosine_share": round(float(cosine[i]), 4), "shared_count": len(both), "either_count": int(counts[i] + counts[me] - len(both)),
            "shared": "; ".join(held.labels[j] for j in both), "alike": _pairs(held, alike, weighted, me, int(i)),
            "profile": profiles.get(held.roles[i], ""),
        })  # fmt: skip
    if not rows:
        notes.insert(0, f"No other role that the sources say enough about is like '{thing.label}'.")
    notes.append("Likeness is of words and matches; it is no judgement that one role can do the other's work.")
    return Table(question, parameters, graph.data_version, COLUMNS, rows, [*notes, CAUTION])


def _pairs(held: Holdings, alike: sparse.csr_array, weighted: sparse.csr_array, me: int, other: int) -> str:
    """Return the pairs of different items that add most to the soft cosine, most first."""
    mine, theirs = weighted[[me], :].nonzero()[1], weighted[[other], :].nonzero()[1]
    block = np.asarray(alike[mine, :][:, theirs].todense())
    weights = [np.asarray(weighted[[role], :].todense()).ravel() for role in (me, other)]
    adds = block * np.outer(weights[0][mine], weights[1][theirs])
    order = [divmod(int(k), len(theirs)) for k in np.argsort(-adds, axis=None, kind="stable")]
    found = [
        (held.labels[mine[i]], held.labels[theirs[j]], block[i, j])
        for i, j in order
        if mine[i] != theirs[j] and block[i, j] > 0
    ]
    return "; ".join(f"{a} ~ {b} ({likeness:.2f})" for a, b, likeness in found[:PAIRS_SHOWN])
