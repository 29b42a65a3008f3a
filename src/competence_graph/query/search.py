"""Search over labels, other names, codes and definitions, ranked, with typing mistakes allowed in names.

The score says how well the words fit; the best come first, and within one score names in which the words stand side by
side, then shorter ones, then by label:

100
    All words stand in a name, in any order.
95
    All are words of a name, or beginnings of such words.
90
    All words stand in the definition.
less than 95
    What a name is spelt like (:meth:`~competence_graph.query.name_index.NameIndex.spelt_like`): at least 70, or 85
    where other things are found as typed, and then only to fill up.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_iri
from competence_graph.query.name_index import NameIndex, tokens
from competence_graph.query.names import KINDS, Names
from competence_graph.query.table import Cell, Table, TableColumn

COLUMNS = (
    TableColumn("thing", "What was found"),
    TableColumn("kind", "What it is"),
    TableColumn("framework", "The framework, or list, that it stands in"),
    TableColumn("found_in", "The name in which the words stand"),
    TableColumn("score", "How well the words fit", "0-100"),
)


def search(
    graph: Graph, words: str, *, kind: str = "", framework: str = "", limit: int = 20, names: Names | None = None
) -> Table:
    """Return the things whose names fit some words.

    Parameters
    ----------
    words : str
        Words in any order, or their beginnings; typing mistakes are allowed.
    kind : str, optional
        One of the kinds of :data:`~competence_graph.query.names.KINDS`.
    framework : str, optional
        Slug of a framework.
    limit : int, default 20
        Most rows.
    names : Names, optional
        The index is made at the first search and kept as long as they are; without them it is made each time.

    Returns
    -------
    Table
        Best first, as the head of this module says.
    """
    if not words.strip():
        raise ParameterError("There are no words to search for.")
    if kind and kind not in KINDS:
        raise ParameterError(f"There is no kind {kind!r}; expected one of {', '.join(KINDS)}.")
    names = names or Names(graph)
    found = _index(graph, names).find(tokens(words), KINDS.get(kind, ()), framework, limit)
    rows: list[dict[str, Cell]] = [
        {
            "thing": thing,
            "kind": thing.kind,
            "framework": names.thing(to_iri(thing.id.partition(":")[0])).label,
            "found_in": text if text != thing.label else "",
            "score": round(score),
        }
        for thing, text, score in found.best
    ]
    notes = [f"{found.count} found; the best {len(rows)} are shown."] if found.count > len(rows) else []
    if not rows:
        notes = ["Nothing is called that. Try fewer or other words."]
    given = {"words": words, "kind": kind, "framework": framework}
    parameters = {name: value for name, value in given.items() if value}
    return Table(f"What is called {words!r}?", parameters, graph.data_version, COLUMNS, rows, notes)


_INDEXES: WeakKeyDictionary[Names, NameIndex] = WeakKeyDictionary()
"""One index for each set of names, gone with it."""
_LOCK = Lock()


def _index(graph: Graph, names: Names) -> NameIndex:
    with _LOCK:  # whoever comes while it is made waits for it
        if (found := _INDEXES.get(names)) is None:
            found = _INDEXES[names] = NameIndex(graph, names)
        return found
