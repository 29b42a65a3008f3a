"""Levels compare inside one scale only; "not comparable" is an answer."""

from __future__ import annotations

from collections.abc import Sequence

from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie

_LEVELS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?level ?scale ?position WHERE { ?level a cg:Level ; cg:inScale ?scale ; cg:position ?position }
"""


class Levels:
    """The levels of every scale in a graph."""

    def __init__(self, graph: Graph) -> None:
        self._places = {
            to_curie(row["level"].value): (row["scale"].value, int(row["position"].value))
            for row in graph.select(_LEVELS)
        }

    def result(self, held: Sequence[str], wanted: Sequence[str]) -> str:
        """Return how held levels meet the wanted ones.

        Parameters
        ----------
        held, wanted : sequence of str
            CURIEs of levels; empty where none is stated.

        Returns
        -------
        {'met at level', 'below level', 'met, level not known'}
            ``met at level`` and ``below level`` only where both sides state a level of one scale; the highest held
            level counts, and the highest wanted one.
        """
        for scale in {self._places[level][0] for level in wanted if level in self._places}:
            mine = [p for s, p in (self._places[level] for level in held if level in self._places) if s == scale]
            theirs = [p for s, p in (self._places[level] for level in wanted if level in self._places) if s == scale]
            if mine:
                return "met at level" if max(mine) >= max(theirs) else "below level"
        return "met, level not known"
