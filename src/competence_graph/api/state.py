"""What one server process holds: the graph, its names and the guard; opened when first asked for, from any thread.

A new build is noticed by its pointer file: the next request opens it, and those that run keep what they have.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from competence_graph.errors import NotBuiltError
from competence_graph.graph import pointer
from competence_graph.graph.store import STORE_FOLDER, Graph, load
from competence_graph.query.guard import Guard
from competence_graph.query.names import Names
from competence_graph.resources import build_folder


@dataclass(frozen=True, slots=True)
class Loaded:
    """One built version, opened: its folder, graph, names, and how many statements it holds."""

    folder: Path
    graph: Graph
    names: Names
    statement_count: int


class State:
    """The version in use, and the guard on it.

    Parameters
    ----------
    folder : Path, optional
        The build folder; default is that of this installation, looked up at each request.
    seconds : float, default 10.0
        Deadline of a query of others.
    """

    def __init__(self, folder: Path | None = None, *, seconds: float = 10.0) -> None:
        self._folder = folder
        self._seconds = seconds
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._guard: Guard | None = None

    def loaded(self) -> Loaded:
        """Return the version in use, opened.

        Raises
        ------
        NotBuiltError
            Nothing was built yet.
        GraphError
            The store cannot be opened.
        """
        folder = self._folder or build_folder()
        current = pointer.read(folder)
        if current is None:
            raise NotBuiltError("There is no built graph. Run 'competence-graph build'.")
        path = folder / current.folder
        with self._lock:
            if self._loaded is None or self._loaded.folder != path:
                graph = load(folder)
                self._loaded = Loaded(path, graph, Names(graph), current.quad_count)
            return self._loaded

    def guard(self) -> Guard:
        """Return the guard on the version in use; that of an older version is closed."""
        path = self.loaded().folder / STORE_FOLDER
        with self._lock:
            old = self._guard
            if old is None or old.path != path:
                self._guard = Guard(path, self._seconds)
            guard = self._guard
        assert guard
        if old is not None and old is not guard:
            old.close()
        return guard

    def close(self) -> None:
        """End the worker process and let the graph go; the next request opens both anew."""
        with self._lock:
            guard, self._guard, self._loaded = self._guard, None, None
        if guard:
            guard.close()


STATE = State()
"""The state of this process."""
