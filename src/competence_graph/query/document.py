"""What is known of a document that the graph cites: its own facts, and what rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, DCTERMS, SKOS, sparql_iri
from competence_graph.query.table import Thing

KIND = "source document"
"""What :class:`~competence_graph.query.names.Names` calls the kind of such a thing."""
_FACTS = {
    "type": DCTERMS.type, "publisher": DCTERMS.publisher, "issued": DCTERMS.issued, "address": DCTERMS.identifier,
    "file": CG.fileName, "note": SKOS.scopeNote,
}  # fmt: skip
_PREFIXES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_OWN = (
    _PREFIXES
    + "SELECT DISTINCT ?property ?value WHERE { VALUES ?document { # document\n } ?document ?property ?value }"
)
_RESTING = (
    _PREFIXES
    + """
SELECT ?what ?kind ?status (COUNT(DISTINCT ?row) AS ?count) WHERE {
  VALUES ?document { # document
  }
  ?row dcterms:source ?document ; cg:status ?how ; a ?class .
  ?how rdfs:label ?status .
  ?class a owl:Class ; rdfs:label ?kind .
  OPTIONAL { ?row skos:prefLabel ?label }
  OPTIONAL { ?class rdfs:subClassOf ?general . FILTER (?general = cg:Statement) }
  BIND (IF(BOUND(?label), "items", IF(BOUND(?general), "statements", "facts")) AS ?what)
}
GROUP BY ?what ?kind ?status
ORDER BY DESC(?what) DESC(?count) ?kind ?status
"""
)
_ROLES = (
    _PREFIXES
    + """
SELECT (COUNT(DISTINCT ?role) AS ?count) WHERE {
  VALUES ?document { # document
  }
  ?row dcterms:source ?document . { ?row cg:subject ?role } UNION { ?row cg:object ?role }
  ?role a cg:Role .
}
"""
)
_CITING = (
    _PREFIXES
    + """
SELECT (COUNT(DISTINCT ?row) AS ?count) WHERE {
  VALUES ?document { # document
  }
  ?row cg:original ?document .
}
"""
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what rests on it.

    Parameters
    ----------
    type, publisher, issued, address, file, note : str
        As the tables hold them; empty where they say nothing.
    resting : sequence of (what, kind, status, count)
        Statements, then items, then facts of roles, that give it as their source; most first.
    role_count : int
        Roles of which these statements speak.
    citing_count : int
        Statements and items that another document holds and that give this one as where it has them from.
    """

    type: str = ""
    publisher: str = ""
    issued: str = ""
    address: str = ""
    file: str = ""
    note: str = ""
    resting: Sequence[tuple[str, str, str, int]] = field(default=())
    role_count: int = 0
    citing_count: int = 0

    def count(self, what: str) -> int:
        """Return how many ``statements``, ``items`` or ``facts`` rest on it."""
        return sum(count for kind, _, _, count in self.resting if kind == what)

    @property
    def web_address(self) -> str:
        """The address, where it is one that a browser may follow."""
        return self.address if self.address.startswith(("http://", "https://")) else ""


def read_document(graph: Graph, thing: Thing) -> Document:
    """Return what is known of a document, and what rests on it.

    Parameters
    ----------
    graph : Graph
        Reads the document's own facts, and what has it as ``dcterms:source`` or ``cg:original``.
    thing : Thing
        The document.
    """

    def ask(query: str) -> str:
        return query.replace("# document", sparql_iri(thing.id))

    own: dict[str, str] = {}
    for row in graph.select(ask(_OWN)):
        own.setdefault(row["property"].value, row["value"].value)
    resting = tuple(
        (row["what"].value, row["kind"].value, row["status"].value, int(row["count"].value))
        for row in graph.select(ask(_RESTING))
        if "kind" in row
    )
    roles, citing = (int(next(iter(graph.select(ask(query))))["count"].value) for query in (_ROLES, _CITING))
    return Document(
        **{name: own.get(term.value, "") for name, term in _FACTS.items()},
        resting=resting, role_count=roles, citing_count=citing,
    )  # fmt: skip
