"""Which items count as the same, and what holding some items says about a requirement.

A held compound gives each of its parts; a required compound is met when all its parts are. An item that a source gives
as an example of another ("such as …") never settles it: it makes the wider item partly met, or is to be checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

_LINKS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?item ?link ?other WHERE {
  VALUES ?link { cg:matchesExact cg:matchesClose cg:matchesBroader cg:hasPart cg:hasExample }
  ?item ?link ?other .
  FILTER (?item != ?other)
}
"""
_REVIEWS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT (COUNT(DISTINCT ?mapping) AS ?count) (COUNT(DISTINCT ?checked) AS ?reviewed) WHERE {
  ?mapping a cg:Mapping ; cg:status cg:Curated ; cg:object ?object .
  FILTER (?object != <https://w3id.org/sssom/NoTermFound>)
  OPTIONAL { ?mapping cg:reviewer ?reviewer BIND (?mapping AS ?checked) }
}
"""
ORDER = ("same", "exact", "close", "broad")


@dataclass(frozen=True, slots=True)
class Match:
    """How a requirement is met: by which held items, by which kind of match, and how far.

    Parameters
    ----------
    extent : {'met', 'partly met', 'may be met, check'}
        How far.
    by : tuple of Thing
        The held items.
    how : str
        In words: ``same``, ``exact``, ``close``, ``narrower``, ``broader``, ``all 3 parts`` …
    parts : tuple of Match
        For a compound met by its parts: how each part is met.
    through : tuple of Thing
        Where only a part of a held item counts: the parts that do.
    """

    extent: str
    by: tuple[Thing, ...]
    how: str
    parts: tuple[Match, ...] = ()
    through: tuple[Thing, ...] = ()


class Matching:
    """The links between items, read once.

    Parameters
    ----------
    graph : Graph
        Reads the closures that the rules wrote and ``cg:hasPart``, ``cg:hasExample``.
    names : Names
        For labels.
    """

    def __init__(self, graph: Graph, names: Names) -> None:
        self._names = names
        links: dict[str, dict[str, set[str]]] = {
            key: defaultdict(set) for key in ("exact", "close", "broader", "part", "example")
        }
        keys = {
            "matchesExact": "exact",
            "matchesClose": "close",
            "matchesBroader": "broader",
            "hasPart": "part",
            "hasExample": "example",
        }
        for row in graph.select(_LINKS):
            key = keys[row["link"].value.rpartition("#")[2]]
            links[key][to_curie(row["item"].value)].add(to_curie(row["other"].value))
        self._links = links
        self._by_id = {thing.id: thing for thing in names.things.values()}
        counts = graph.select(_REVIEWS)
        self.mapping_count = int(counts[0]["count"].value) if counts else 0
        self.reviewed_count = int(counts[0]["reviewed"].value) if counts else 0

    def compare(self, one: Thing, other: Thing) -> str:
        """Return how ``one`` matches ``other``: same, exact, close, broader (other is), narrower, or an empty text."""
        if one.id == other.id:
            return "same"
        for key in ("exact", "close"):
            if other.id in self._links[key].get(one.id, ()):
                return key
        if other.id in self._links["broader"].get(one.id, ()):
            return "broader"
        if one.id in self._links["broader"].get(other.id, ()):
            return "narrower"
        return ""

    def partners(self, item: Thing, strictness: str) -> set[str]:
        """Return the CURIEs of what counts as the same as ``item``, itself included, up to ``close``."""
        found = {item.id}
        if strictness in ("exact", "close", "broad"):
            found |= self._links["exact"].get(item.id, set())
        if strictness in ("close", "broad"):
            found |= self._links["close"].get(item.id, set())
        return found

    def mapped(self, item: Thing) -> list[tuple[str, Thing]]:
        """Return what an item is mapped to by exact, close, broader or narrower, as (how, thing), without itself."""
        narrower = {one for one, others in self._links["broader"].items() if item.id in others}
        found = dict.fromkeys(narrower, "narrower")
        found |= dict.fromkeys(self._links["broader"].get(item.id, ()), "broader")
        found |= dict.fromkeys(self._links["close"].get(item.id, ()), "close")
        found |= dict.fromkeys(self._links["exact"].get(item.id, ()), "exact")
        return sorted(
            (how, self._by_id[other]) for other, how in found.items() if other in self._by_id and other != item.id
        )

    def parts(self, item: Thing) -> list[Thing]:
        """Return the items that together are this one."""
        return self._things(self._links["part"].get(item.id, ()))

    def examples(self, item: Thing) -> list[Thing]:
        """Return the items that a source gives as examples of this one."""
        return self._things(self._links["example"].get(item.id, ()))

    def with_parts(self, items: Iterable[Thing]) -> dict[Thing, Thing]:
        """Return held items and, recursively, the parts of compounds, each with the item that was stated."""
        found = {item: item for item in items}
        waiting = [(part, item) for item in found for part in self.parts(item)]
        while waiting:
            item, stated = waiting.pop()
            if item not in found:
                found[item] = stated
                waiting += [(part, stated) for part in self.parts(item)]
        return found

    def meets(self, required: Thing, held: Iterable[Thing], strictness: str) -> Match | None:
        """Return how held items meet a requirement, or None.

        Parameters
        ----------
        required : Thing
            What is asked for.
        held : iterable of Thing
            What is there.
        strictness : {'same', 'exact', 'close', 'broad'}
            How alike two items must be.
        """
        return self._meets(required, self.with_parts(held), strictness, frozenset())

    def _meets(self, required: Thing, held: dict[Thing, Thing], strictness: str, seen: frozenset[str]) -> Match | None:
        if required.kind == "qualification":  # a gate: only the very same one counts
            return Match("met", (held[required],), "same") if required in held else None
        return (
            self._met_itself(required, held, strictness)
            or self._met_by_parts(required, held, strictness, seen)
            or self._met_by_examples(required, held)
            or (self._met_broadly(required, held) if strictness == "broad" else None)
        )

    def _met_itself(self, required: Thing, held: dict[Thing, Thing], strictness: str) -> Match | None:
        wanted = self.partners(required, strictness)
        hits = [(ORDER.index(self.compare(thing, required)), thing) for thing in held if thing.id in wanted]
        if not hits:
            return None
        nearest = min(rank for rank, _ in hits)
        best = sorted(thing for rank, thing in hits if rank == nearest)
        whole = all(held[thing] == thing for thing in best)
        by = tuple(dict.fromkeys(held[thing] for thing in best))
        if whole:
            return Match("met", by, ORDER[nearest])
        return Match("met", by, f"{ORDER[nearest]}, as a part of it", through=tuple(best))

    def _met_by_parts(
        self, required: Thing, held: dict[Thing, Thing], strictness: str, seen: frozenset[str]
    ) -> Match | None:
        parts = [part for part in self.parts(required) if part.id not in seen]
        results = [self._meets(part, held, strictness, seen | {required.id}) for part in parts]
        found = tuple(result for result in results if result)
        if not found:
            return None
        good = [result for result in found if result.extent == "met"]
        by = tuple(dict.fromkeys(thing for result in found for thing in result.by))
        if len(good) == len(parts):
            return Match("met", by, f"all {len(parts)} parts", found)
        if not good and all(result.extent == "may be met, check" for result in found):
            return Match("may be met, check", by, f"{len(found)} of {len(parts)} parts to be checked")
        return Match("partly met", by, f"{len(good)} of {len(parts)} parts")

    def _met_by_examples(self, required: Thing, held: dict[Thing, Thing]) -> Match | None:
        examples = self.examples(required)
        named = [held[example] for example in examples if example in held]
        if named:
            return Match("partly met", tuple(dict.fromkeys(named)), f"{len(named)} of {len(examples)} named examples")
        wider = sorted(held[thing] for thing in held if required.id in self._links["example"].get(thing.id, ()))
        return Match("may be met, check", tuple(dict.fromkeys(wider)), "named as an example of it") if wider else None

    def _met_broadly(self, required: Thing, held: dict[Thing, Thing]) -> Match | None:
        for link, extent, how in (
            ("broader", "partly met", "a narrower item is held"),
            ("narrower", "may be met, check", "a broader item is held"),
        ):
            found = sorted(held[thing] for thing in held if self.compare(thing, required) == link)
            if found:
                return Match(extent, tuple(dict.fromkeys(found)), how)
        return None

    def _things(self, ids: Iterable[str]) -> list[Thing]:
        return sorted(self._by_id[one] for one in ids if one in self._by_id)
