"""Similar roles: our likeness beside the plain measures, with what the likeness rests on.

The likeness is defined in :mod:`competence_graph.analysis.likeness`, the plain measures in
:mod:`competence_graph.analysis.measures`; how well each finds what is known to be alike is measured by ``evaluate
similar``. Stated competences and care functions count together, gates are left out; roles of fewer than five stated items
are not ranked.
"""

from __future__ import annotations

from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, read_profiles
from competence_graph.analysis.holdings import Holdings, from_graph
from competence_graph.analysis.likeness import Likeness
from competence_graph.analysis.measures import idf_cosine, jaccard
from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

COLUMNS = (
    TableColumn("role", "A role that the sources say enough about"),
    TableColumn("likeness_share", "Our likeness: what both do and require, by words and by links", "0-1"),
    TableColumn("jaccard_share", "Shared of either", "0-1"),
    TableColumn("idf_cosine_share", "Cosine, rare items weighing more", "0-1"),
    TableColumn("shared_count", "Items that both have", "items"),
    TableColumn("either_count", "Items that either has", "items"),
    TableColumn("shared", "What both have"),
    TableColumn("shared_adds_share", "What these items add to the likeness; pairs of other items add the rest", "0-1"),
    TableColumn("alike", "The pairs of other items that add most to the likeness, with what each adds"),
    TableColumn("parts", "The parts of the likeness, each 0-1"),
    TableColumn("profile", "How whole the list of the role's statements is"),
)
DIGITS = 4
"""Of a likeness shown; one that rounds to 0 is none."""
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
    likeness = _likeness(graph, names)
    held = likeness.held
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
    plain, cosine, ours = jaccard(held, [me])[0], idf_cosine(held, [me])[0], likeness.to([me])[0]
    parts = {name: part[0] for name, part in likeness.parts([me]).items()}
    profiles = read_profiles(graph)
    by_id = {t.id: t for t in names.things.values()}
    ranked = sorted(
        (i for i in np.flatnonzero(enough & (ours.round(DIGITS) > 0)) if i != me),
        key=lambda i: (-ours[i], held.roles[i]),
    )
    rows: list[dict[str, Cell]] = []
    for i in ranked[:top]:
        both = np.flatnonzero(np.asarray((held.stated[[i], :].multiply(held.stated[[me], :])).todense()).ravel())
        adds = likeness.adds(me, int(i))
        rows.append({
            "role": by_id[held.roles[i]], "likeness_share": round(float(ours[i]), DIGITS), "jaccard_share": round(float(plain[i]), 4),
            "idf_cosine_share": round(float(cosine[i]), 4), "shared_count": len(both), "either_count": int(counts[i] + counts[me] - len(both)),
            "shared": "; ".join(held.labels[j] for j in both),
            "shared_adds_share": round(float(adds[np.isin(held.mine(me), both)][:, np.isin(held.mine(int(i)), both)].trace()), 4),
            "alike": _pairs(held, adds, me, int(i)), "parts": ", ".join(f"{name} {part[i]:.2f}" for name, part in parts.items()),
            "profile": profiles.get(held.roles[i], ""),
        })  # fmt: skip
    if not rows:
        notes.insert(0, f"No other role that the sources say enough about is like '{thing.label}'.")
    notes.append("Likeness is of words and matches; it is no judgement that one role can do the other's work.")
    return Table(question, parameters, graph.data_version, COLUMNS, rows, [*notes, CAUTION])


def _pairs(held: Holdings, adds: npt.NDArray[Any], me: int, other: int) -> str:
    """Return the pairs of different items that add most to the likeness, most first."""
    mine, theirs = held.mine(me), held.mine(other)
    order = [divmod(int(k), len(theirs)) for k in np.argsort(-adds, axis=None, kind="stable")]
    found = [(mine[i], theirs[j], adds[i, j]) for i, j in order if mine[i] != theirs[j] and adds[i, j] >= 0.001]
    return "; ".join(f"{held.labels[a]} ~ {held.labels[b]} (+{added:.3f})" for a, b, added in found[:PAIRS_SHOWN])


_READY: WeakKeyDictionary[Names, Likeness] = WeakKeyDictionary()
"""One likeness for each set of names, gone with it: reading what roles hold takes longer than comparing them."""
_LOCK = Lock()


def _likeness(graph: Graph, names: Names) -> Likeness:
    with _LOCK:  # whoever comes while it is made waits for it
        if (found := _READY.get(names)) is None:
            found = _READY[names] = Likeness(from_graph(graph, names))
        return found
