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
        {'met at level', 'below level', 'met, level not known', 'met, levels not comparable'}
            In each scale of which both sides state a level, the highest held level counts, and the highest wanted one;
            below in any scale is below. Levels on different scales only are not comparable.
        """
        mine, theirs = self._highest(held), self._highest(wanted)
        if not mine or not theirs:
            return "met, level not known"
        common = mine.keys() & theirs.keys()
        if not common:
            return "met, levels not comparable"
        return "met at level" if all(mine[scale] >= theirs[scale] for scale in common) else "below level"

    def share(self, level: str) -> float:
        """Return the place of a level among those of its scale, lowest 1, over how many there are; 1 if it has none."""
        if level not in self._places:
            return 1.0
        scale, position = self._places[level]
        places = sorted({place for other, place in self._places.values() if other == scale})
        return (places.index(position) + 1) / len(places)

    def _highest(self, levels: Sequence[str]) -> dict[str, int]:
        """Return the highest place in each scale."""
        found: dict[str, int] = {}
        for scale, position in (self._places[level] for level in levels if level in self._places):
            found[scale] = max(position, found.get(scale, position))
        return found
