"""Why two items count as alike: the mapping between them, the confidence given to it, and the reason that was written."""

from __future__ import annotations

from dataclasses import dataclass

from competence_graph.analysis.matching import Match
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

_MAPPINGS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?subject ?predicate ?object ?confidence ?reason ?reviewer WHERE {
  VALUES ?predicate { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch }
  ?mapping a cg:Mapping ; cg:subject ?subject ; cg:predicate ?predicate ; cg:object ?object ; cg:status cg:Curated .
  OPTIONAL { ?mapping cg:confidence ?confidence }
  OPTIONAL { ?mapping cg:reason ?reason }
  OPTIONAL { ?mapping cg:reviewer ?reviewer }
}
ORDER BY ?subject ?object ?predicate ?reason
"""
BROAD = "broader or narrower"
WORDS = {
    "exactMatch": "exact match",
    "closeMatch": "close match",
    "broadMatch": BROAD,
    "narrowMatch": BROAD,
}


@dataclass(frozen=True, slots=True)
class MappingReason:
    """What a mapping says of two items.

    Parameters
    ----------
    subject, object : str
        CURIEs of the items, as the mapping has them.
    predicate : str
        In words, as in :data:`WORDS`.
    confidence : str
        As the mapping gives it, 0 to 1; empty where it gives none.
    reason : str
        Why, as it was written.
    reviewed : bool
        Whether a practitioner has reviewed it.
    """

    subject: str
    object: str
    predicate: str
    confidence: str
    reason: str
    reviewed: bool

    def __str__(self) -> str:
        sure = f", confidence {self.confidence}" if self.confidence else ""
        return f"{self.predicate}{sure}" + (f": {self.reason}" if self.reason else "")


class Reasons:
    """The mappings of a graph by the two items that they join, in either direction.

    Parameters
    ----------
    graph : Graph
        Reads curated ``cg:Mapping`` nodes by exact, close, broad or narrow match.
    names : Names
        For labels.
    """

    def __init__(self, graph: Graph, names: Names) -> None:
        self._labels = {thing.id: thing.label for thing in names.things.values()}
        self._found: dict[str, dict[str, MappingReason]] = {}
        for row in graph.select(_MAPPINGS):
            one, other = to_curie(row["subject"].value), to_curie(row["object"].value)
            said = MappingReason(
                one, other, WORDS[row["predicate"].value.rpartition("#")[2]],
                row["confidence"].value if "confidence" in row else "",
                row["reason"].value if "reason" in row else "", "reviewer" in row,
            )  # fmt: skip
            self._found.setdefault(one, {}).setdefault(other, said)
            self._found.setdefault(other, {}).setdefault(one, said)

    def between(self, one: Thing, other: Thing) -> list[MappingReason]:
        """Return the mapping between two items, or the two that join them through a third; empty where there is none."""
        near = self._found.get(one.id, {})
        if other.id in near:
            return [near[other.id]]
        far = self._found.get(other.id, {})
        chains = sorted((near[key].predicate, far[key].predicate, key) for key in near.keys() & far.keys())
        # Nothing follows from two close mappings in a row, nor from a broader one.
        whole = [
            key for first, second, key in chains if "exact match" in (first, second) and BROAD not in (first, second)
        ]
        return [near[whole[0]], far[whole[0]]] if whole else []

    def of(self, item: Thing, match: Match) -> str:
        """Return in words why a match counts: the mappings behind it, or that the sources make the one a part of the other.

        Parameters
        ----------
        item : Thing
            What is required or done.
        match : Match
            How it is met.
        """
        if match.how == "same":
            return "the very same item"
        if match.through:  # what maps the whole says something else
            return "; ".join(
                f"its part '{part.label}': {self._words(item, part) or 'the very same item'}" for part in match.through
            )
        words = dict.fromkeys(self._words(item, held) for held in match.by)
        return "; ".join(text for text in words if text) or match.how

    def _words(self, item: Thing, held: Thing) -> str:
        return " and ".join(str(reason) for reason in self.between(item, held))
