"""The surroundings of one thing, as a network and as the table that says the same.

Statements are the edges: who needs what, what takes what, what was mapped to what. Nothing here draws;
:mod:`competence_graph.views.stand_alone` and the application do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from competence_graph.analysis.claims import STATED, read_claims
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import sparql_iri
from competence_graph.query.names import KINDS, Names
from competence_graph.query.run import STATUSES
from competence_graph.query.table import Table, TableColumn, Thing
from competence_graph.views.layout import place

RELATIONS = {
    "Requirement": "needs or has", "Performance": "carries out", "FunctionNeed": "takes", "ModelNeed": "needs",
    "Underpinning": "underpins", "Development": "develops", "Audience": "is for", "Filling": "have taken the role",
    "Overlap": "overlaps with", "GapStatement": "lacks", "Involvement": "involves", "Service": "serves",
    "Location": "is delivered in",
}  # fmt: skip
"""Every kind of statement but placements, in words that read from subject to object."""
PLACEMENT = {"Placement": "is in the area"}
MATCHES = {
    "exactMatch": "exact match", "closeMatch": "close match", "broadMatch": "broader match",
    "narrowMatch": "narrower match", "relatedMatch": "related match",
}  # fmt: skip
"""Mappings in words; the object is the broader or narrower one."""
STRUCTURE = {"hasPart": "has part", "hasExample": "has example"}
_BATCH = 400  # identifiers per query

_MAPPINGS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?from ?relation ?to ?status ?where WHERE {
  VALUES ?thing { # things
  }
  { ?mapping cg:subject ?thing } UNION { ?mapping cg:object ?thing }
  ?mapping a cg:Mapping ; cg:subject ?from ; cg:predicate ?relation ; cg:object ?to ; cg:status ?status .
  OPTIONAL { ?mapping dcterms:isPartOf ?where }
}
"""
_STRUCTURE = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?from ?relation ?to ?status ?source ?locator WHERE {
  VALUES ?thing { # things
  }
  VALUES ?relation { cg:hasPart cg:hasExample }
  { ?thing ?relation ?to . BIND (?thing AS ?from) } UNION { ?from ?relation ?thing . BIND (?thing AS ?to) }
  ?from cg:status ?status ; dcterms:source ?source ; cg:locator ?locator .
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A thing in a network: its CURIE, its label and, in words, its kind."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """What joins two nodes: read ``source relation target``; how it is known, and where it is said."""

    source: str
    target: str
    relation: str
    status: str
    where: str


@dataclass(frozen=True, slots=True)
class Network:
    """The surroundings of a thing.

    Parameters
    ----------
    centre : Node
        The thing in the middle; it is the first of ``nodes``.
    nodes : tuple of Node
        Nearest first.
    edges : tuple of Edge
        Everything asked for between two of the nodes.
    radius : int
        Steps from the centre that were walked.
    left_out : int
        Things within that distance that did not fit.
    data_version : str
        Hash of the data.
    positions : mapping of str to (float, float)
        Places in pixels by node, the centre at (0, 0); from :mod:`competence_graph.views.layout`.
    """

    centre: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    radius: int = 1
    left_out: int = 0
    data_version: str = ""
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """Size and centre in words, the text alternative of every drawing."""
        nodes, edges = len(self.nodes), len(self.edges)
        left_out = f" {self.left_out} more did not fit." if self.left_out else ""
        return (
            f"Network of {nodes} thing{'' if nodes == 1 else 's'} and {edges} link{'' if edges == 1 else 's'} "
            f"around {self.centre.label} ({self.centre.kind or 'of no stated kind'}).{left_out}"
        )


def ego(
    graph: Graph,
    names: Names,
    centre: Thing,
    *,
    radius: int = 1,
    kinds: Collection[str] | None = None,
    statuses: Collection[str] = STATED,
    placements: bool = False,
    limit: int = 150,
) -> Network:
    """Return what surrounds a thing: statements, mappings, parts and examples.

    Parameters
    ----------
    graph, names
        What is asked.
    centre : Thing
        The thing in the middle.
    radius : int, default 1
        Steps to walk, 1 to 3.
    kinds : collection of str, optional
        Kinds of :data:`competence_graph.query.names.KINDS` to walk through; default is all.
    statuses : collection of str
        How an edge may be known; default is attested and curated.
    placements : bool, default False
        Whether 'is in the area' counts; a competence area can hold hundreds of items.
    limit : int, default 150
        Most nodes shown, the centre included: nearest first, then those with most edges, then by label.

    Raises
    ------
    ParameterError
        A radius, kind, status or limit that there is not.
    """
    _check(radius, kinds, statuses, limit)
    labels = None if kinds is None else {label for kind in kinds for label in KINDS[kind]}
    things = {centre.id: centre}
    distance = {centre.id: 0}
    found: dict[tuple[str, str, str, str], dict[str, None]] = {}
    frontier = [centre]
    for step in range(1, radius + 2):  # the last round only finds edges among those who are there already
        reached: dict[str, Thing] = {}
        for source, target, relation, status, where in _links(graph, names, frontier, statuses, placements=placements):
            if source == target:
                continue
            new = [t for t in (source, target) if t.id not in things and t.id not in reached]
            if new and (step > radius or any(labels is not None and t.kind not in labels for t in new)):
                continue
            reached.update({t.id: t for t in new})
            places = found.setdefault((source.id, target.id, relation, status), {})
            if where:
                places[where] = None
        distance.update(dict.fromkeys(reached, step))
        things.update(reached)
        frontier = [reached[key] for key in sorted(reached)]
        if not frontier:
            break
    degree = dict.fromkeys(things, 0)
    for source_id, target_id, *_ in found:
        degree[source_id] += 1
        degree[target_id] += 1
    order = sorted(things.values(), key=lambda t: (distance[t.id], -degree[t.id], t.label.lower(), t.id))
    nodes = tuple(Node(t.id, t.label, t.kind) for t in order[:limit])
    shown = {node.id for node in nodes}
    edges = sorted(
        Edge(*key, where="; ".join(sorted(places)))
        for key, places in found.items()
        if key[0] in shown and key[1] in shown
    )
    positions = place([(n.id, n.kind) for n in nodes], [(e.source, e.target) for e in edges], radius=radius)
    return Network(nodes[0], nodes, tuple(edges), radius, len(order) - len(nodes), graph.data_version, positions)


def as_table(network: Network) -> Table:
    """Return the network as a table, an edge a row."""
    things = {node.id: Thing(node.id, node.label, node.kind) for node in network.nodes}
    notes = [network.description]
    if network.left_out:
        notes.append(
            "Left out were the furthest, and of these the ones with fewest links; ask for fewer kinds or a smaller radius."
        )
    return Table(
        f"What surrounds '{network.centre.label}' ({network.centre.kind})?",
        {"centre": network.centre.id, "radius": str(network.radius)},
        network.data_version,
        [
            TableColumn("from", "The thing that the link starts at"),
            TableColumn("relation", "What joins them, read from left to right"),
            TableColumn("to", "The thing that the link leads to"),
            TableColumn("status", "How it is known"),
            TableColumn("source", "Document and place, or the file of the mapping"),
        ],
        [
            {
                "from": things[edge.source],
                "relation": edge.relation,
                "to": things[edge.target],
                "status": edge.status,
                "source": edge.where,
            }
            for edge in network.edges
        ],
        notes,
    )


def _check(radius: int, kinds: Collection[str] | None, statuses: Collection[str], limit: int) -> None:
    if not 1 <= radius <= 3:
        raise ParameterError(f"The radius is {radius}; expected 1, 2 or 3.")
    if limit < 1:
        raise ParameterError(f"The limit is {limit}; expected 1 or more.")
    if unknown := sorted(set(kinds or ()) - set(KINDS)):
        raise ParameterError(f"There is no kind {', '.join(unknown)}; expected some of {', '.join(KINDS)}.")
    if unknown := sorted(set(statuses) - set(STATUSES)):
        raise ParameterError(f"There is no status {', '.join(unknown)}; expected some of {', '.join(STATUSES)}.")


def _links(
    graph: Graph, names: Names, things: Sequence[Thing], statuses: Collection[str], *, placements: bool
) -> Iterator[tuple[Thing, Thing, str, str, str]]:
    """Go through the links of some things: from, to, relation, status, where."""
    words = RELATIONS | PLACEMENT if placements else RELATIONS
    interim, suggested = "interim" in statuses, "suggested" in statuses
    for start in range(0, len(things), _BATCH):
        batch = things[start : start + _BATCH]
        claims = [
            *read_claims(graph, names, list(words), subjects=batch, interim=interim, suggested=suggested),
            *read_claims(graph, names, list(words), objects=batch, interim=interim, suggested=suggested),
        ]
        for claim in claims:
            if claim.status in statuses:
                where = f"{claim.source.label}, {claim.locator}" if claim.source else claim.locator
                yield claim.subject, claim.object, words[claim.kind], claim.status, where
        terms = " ".join(sparql_iri(thing.id) for thing in batch)
        for query, said in ((_MAPPINGS, MATCHES), (_STRUCTURE, STRUCTURE)):
            for row in graph.select(query.replace("# things", terms)):
                relation, status = (row[key].value.rpartition("#")[2] for key in ("relation", "status"))
                if status.lower() not in statuses or row["to"].value not in names.things:
                    continue  # 'no term found' and things that are not loaded are no nodes
                if "source" in row:
                    where = f"{names.thing(row['source']).label}, {row['locator'].value}"
                else:
                    where = row["where"].value if "where" in row else ""
                yield names.thing(row["from"]), names.thing(row["to"]), said[relation], status.lower(), where
