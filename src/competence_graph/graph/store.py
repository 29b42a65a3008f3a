"""The built graph, read-only: an Oxigraph store with its data version.

The default graph of every query is the union of all named graphs, so queries either use DISTINCT or name their graphs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import cast

import pyoxigraph as ox

from competence_graph.errors import GraphError, NotBuiltError, QueryError
from competence_graph.graph import pointer
from competence_graph.resources import build_folder

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Solution = dict[str, Term]

STORE_FOLDER = "store"


class Memory:
    """The rows of the queries asked last, by their text; what was asked longest ago goes first. Safe between threads."""

    MOST_ROWS = 300_000

    def __init__(self) -> None:
        self._known: OrderedDict[str, list[Solution]] = OrderedDict()
        self._rows = 0
        self._lock = Lock()

    def __bool__(self) -> bool:
        return True

    def get(self, query: str) -> list[Solution] | None:
        """Return the rows of a query, or None where it was not asked lately."""
        with self._lock:
            if (rows := self._known.get(query)) is None:
                return None
            self._known.move_to_end(query)
            return list(rows)

    def put(self, query: str, rows: list[Solution]) -> None:
        """Keep the rows of a query, unless they alone are more than may be kept."""
        weight = len(rows) + 1
        if weight > self.MOST_ROWS:
            return
        with self._lock:
            if query in self._known:
                return
            self._known[query] = list(rows)
            self._rows += weight
            while self._rows > self.MOST_ROWS:
                _, old = self._known.popitem(last=False)
                self._rows -= len(old) + 1


@dataclass(frozen=True)
class Graph:
    """A read-only view of a store.

    Parameters
    ----------
    store : pyoxigraph.Store
        All named graphs of one data version.
    data_version : str
        Hash of the inputs; 16 hex digits.
    built_at : str
        Time of the build, ISO 8601 in UTC; empty for a graph made in memory.
    """

    store: ox.Store = field(repr=False)
    data_version: str
    built_at: str = ""
    _memory: Memory | None = field(default=None, repr=False, compare=False)

    def remembering(self) -> Graph:
        """Return a view that keeps the answers of the queries asked last, for a server that is asked the same again.

        Only for a store that nothing writes to: what is remembered is never looked up again.
        """
        return replace(self, _memory=Memory())

    def select(self, query: str) -> list[Solution]:
        """Return the rows of a SELECT query; a variable that is not bound is absent from its row.

        Only our own catalogue queries and those of a person at their own command line come here; queries of others
        go through the guard.

        Raises
        ------
        QueryError
            The text is not SPARQL, or is not a SELECT.
        """
        if self._memory and (known := self._memory.get(query)) is not None:
            return known
        solutions = self._run(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("Expected a SELECT query; this one is an ASK, CONSTRUCT or DESCRIBE.")
        names = [variable.value for variable in solutions.variables]
        rows = [
            {name: cast(Term, solution[name]) for name in names if solution[name] is not None} for solution in solutions
        ]
        if self._memory:
            self._memory.put(query, rows)
        return rows

    def columns(self, query: str) -> list[str]:
        """Return the projected variables of a SELECT query, in order."""
        solutions = self._run(query)
        return [variable.value for variable in solutions.variables] if isinstance(solutions, ox.QuerySolutions) else []

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return bool(self._run(query))

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Go through the triples of a CONSTRUCT query."""
        result = self._run(query)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("Expected a CONSTRUCT query.")
        return iter(result)

    def _run(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"The query is not SPARQL 1.1: {error}") from error


def in_memory(quads: Iterable[ox.Quad], *, data_version: str = "memory") -> Graph:
    """Return a graph of these quads, for tests and small views."""
    store = ox.Store()
    store.bulk_extend(quads)
    return Graph(store, data_version)


def load(folder: Path | None = None) -> Graph:
    """Open the graph that was built last.

    Parameters
    ----------
    folder : Path, optional
        The build folder; default is the one of this installation (:func:`competence_graph.resources.build_folder`).

    Raises
    ------
    NotBuiltError
        Nothing was built yet.
    GraphError
        The store cannot be opened.
    """
    folder = folder or build_folder()
    current = pointer.read(folder)
    if current is None:
        raise NotBuiltError(f"There is no built graph in {folder}. Run 'competence-graph build'.")
    path = folder / current.folder / STORE_FOLDER
    try:
        store = ox.Store.read_only(str(path))
    except OSError as error:
        raise GraphError(
            f"The graph in {path} cannot be opened ({error}). Run 'competence-graph build --force'."
        ) from error
    return Graph(store, current.data_version, current.built_at)
