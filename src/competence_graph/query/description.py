"""What is known of one thing: its own facts, then each statement about it, in words from its side.

The command line lists it; the page of the thing arranges the same rows in sections (:func:`sections`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, PROV, RDF, SKOS, sparql_iri, to_curie
from competence_graph.query.names import Names
from competence_graph.query.run import to_cell
from competence_graph.query.table import Cell, Table, TableColumn, Thing

HIDDEN = {
    RDF.type.value, SKOS.inScheme.value, CG.spanHash.value,
    *(CG[name].value for name in (
        "performs", "requires", "functionRequires", "modelRequires", "modelPerforms", "underpins", "develops", "hasFilled",
        "involvesRole", "serves", "matchesSame", "matchesExact", "matchesClose", "matchesBroader", "matchesNarrower", "rank",
    )),
}  # fmt: skip
"""What a thing's own facts leave out: housekeeping, and the short forms of statements that are listed below with evidence."""
WORDS = {
    "prefLabel": "label",
    "altLabel": "other name",
    "notation": "code",
    "scopeNote": "note",
    "isReplacedBy": "replaced by",
    "hasVersion": "version",
    "identifier": "address",
}
FROM_OTHER_SIDE = {
    "requirement": "required by", "performance": "carried out by", "function need": "needed for", "model need": "needed by",
    "underpinning": "underpinned by", "development": "developed by", "audience": "learning for", "filling": "role taken by people in",
    "overlap": "overlaps with", "stated gap": "said to be lacking in", "involvement": "has a part in", "service for": "served by",
    "location": "place of", "placement": "holds", "mapping": "mapped from",
}  # fmt: skip
FROM_THIS_SIDE = {
    "requirement": "requires", "performance": "carries out", "function need": "takes", "model need": "needs", "underpinning": "underpins",
    "development": "develops", "audience": "is learning for", "filling": "people in it have taken the role", "overlap": "overlaps with",
    "stated gap": "is said to lack", "involvement": "involves", "service for": "serves", "location": "is delivered in", "placement": "stands in",
    "mapping": "mapped to", "role attribute": "fact",
}  # fmt: skip
PREDICATES = {
    "exactMatch": ("the same as", "the same as"), "closeMatch": ("close to", "close to"), "broadMatch": ("part of the broader", "takes in the narrower"),
    "narrowMatch": ("takes in the narrower", "part of the broader"), "relatedMatch": ("akin to, not counted", "akin to, not counted"),
}  # fmt: skip
"""A mapping in words, from its subject and from its object."""
SECTIONS = (
    ("Gates: registration and qualifications", ("gate",)),
    ("What the role requires", ("requires",)), ("What the role carries out", ("carries out",)),
    ("Who requires it", ("required by",)), ("Who carries it out", ("carried out by",)),
    ("What it needs", ("needs", "takes")), ("What needs it", ("needed by", "needed for")),
    ("Principles and care functions", ("underpins", "underpinned by")),
    ("Who has taken this role", ("role taken by people in",)), ("Roles that its people have taken", ("people in it have taken the role",)),
    ("Overlap that sources state", ("overlaps with",)), ("Gaps that sources state", ("is said to lack", "said to be lacking in")),
    ("What it maps to in other frameworks, and why", ("mapped to", "mapped from")),
    ("Learning", ("develops", "developed by", "is learning for", "learning for")),
    ("Where it is at work", ("involves", "has a part in", "serves", "served by", "is delivered in", "place of")),
    ("Where it stands", ("stands in", "holds")), ("Facts of the role", ("fact",)),
)  # fmt: skip
"""Headings of a person's view, in order, with the relations that stand under each."""
INFERRED = ", worked out"
_ABOUT = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?statement ?kind ?subject ?object ?status ?source ?locator ?said ?necessity ?level ?place ?predicate ?confidence ?reviewer ?through WHERE {
  VALUES ?thing { # thing
  }
  { ?statement cg:subject ?thing } UNION { ?statement cg:object ?thing } UNION { ?statement cg:ofRole ?thing }
  ?statement a ?class ; cg:status ?status . ?class rdfs:label ?kind .
  OPTIONAL { ?statement cg:subject ?subject ; cg:object ?object }
  OPTIONAL { ?statement cg:attribute ?attribute ; cg:attributeValue ?value }
  OPTIONAL { ?statement dcterms:source ?source ; cg:locator ?locator ; cg:statedAs ?words }
  OPTIONAL { ?statement cg:reason ?reason }
  OPTIONAL { ?statement cg:necessity/rdfs:label ?necessity }
  OPTIONAL { ?statement cg:level/skos:prefLabel ?level }
  OPTIONAL { ?statement cg:place ?place }
  OPTIONAL { ?statement cg:predicate ?predicate ; cg:confidence ?confidence OPTIONAL { ?statement cg:reviewer ?reviewer } }
  OPTIONAL { ?statement cg:premise ?premise . ?premise cg:object ?through . ?need cg:subject ?through . ?statement cg:premise ?need }
  BIND (COALESCE(CONCAT(?attribute, ": ", ?value), STR(?words), STR(?reason), "") AS ?said)
}
ORDER BY ?kind ?statement
"""
_FACTS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?property ?label ?value WHERE {
  VALUES ?thing { # thing
  }
  ?thing ?property ?value .
  OPTIONAL { ?property rdfs:label ?label }
}
ORDER BY ?label ?property ?value
"""


def show(graph: Graph, name: str, *, names: Names | None = None) -> Table:
    """Return everything that the graph says of one thing: its own facts, then each statement about it.

    Raises
    ------
    NotFoundError, AmbiguousNameError
        Nothing, or several things, are called that.
    """
    names = names or Names(graph)
    thing = names.resolve(name)
    term = sparql_iri(thing.id)
    rows: list[dict[str, Cell]] = []
    for row in graph.select(_FACTS.replace("# thing", term)):
        if row["property"].value in HIDDEN:
            continue
        if row["property"] == PROV.value:  # of a document; it stays in the downloads
            rows.append({"part": "itself", "kind": "checksum of the file", "what": row["value"].value})
            continue
        label = row["label"].value if "label" in row else to_curie(row["property"].value).rpartition(":")[2]
        value = to_cell(row["value"], names)
        if isinstance(value, str) and value.startswith("cg:"):
            value = value.removeprefix("cg:").lower()
        rows.append({"part": "itself", "kind": WORDS.get(label, label), "what": value})
    for row in graph.select(_ABOUT.replace("# thing", term)):
        subject, target = (names.thing(row[k]) if k in row else None for k in ("subject", "object"))
        other = target if subject == thing else subject
        rows.append({
            "part": "statements", "kind": _relation(row["kind"].value, forward=subject == thing or other is None), "what": other,
            "detail": _detail(row, names, forward=subject == thing), "said": _said(row, names),
            "status": to_curie(row["status"].value).rpartition(":")[2].lower(), "source": _source(row, names),
        })  # fmt: skip
    columns = [
        TableColumn("part", "The thing's own facts, or statements about it"), TableColumn("kind", "What is said"),
        TableColumn("what", "The value, or the other thing"), TableColumn("detail", "How necessary, at what level, where; of a mapping what it claims, how confident, and whether a practitioner has reviewed it"),
        TableColumn("said", "The source's own words, or our reason"),
        TableColumn("status", "How it is known"), TableColumn("source", "Document and place"),
    ]  # fmt: skip
    return Table(
        f"What is known of '{thing.label}' ({thing.kind})?",
        {"thing": thing.id},
        graph.data_version,
        columns,
        rows,
        (),
        (),
        ("part",),
    )


def _relation(kind: str, *, forward: bool) -> str:
    return (FROM_THIS_SIDE if forward else FROM_OTHER_SIDE).get(kind, kind)


def _source(row: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal], names: Names) -> str:
    if "source" not in row or "locator" not in row:
        return ""
    return f"{names.thing(row['source']).label}, {row['locator'].value}"


def _said(row: Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal], names: Names) -> str:
    if "through" in row:
        return f"through the care function '{names.thing(row['through']).label}', which needs it"
    return row["said"].value if "said" in row else ""


def _detail(row: Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal], names: Names, *, forward: bool) -> str:
    said = [row[key].value for key in ("necessity", "level", "place") if key in row]
    if "predicate" in row:
        words = PREDICATES.get(to_curie(row["predicate"].value).rpartition(":")[2], ("", ""))
        review = f"reviewed by {row['reviewer'].value}" if "reviewer" in row else "not yet reviewed by a practitioner"
        said += [words[0 if forward else 1], f"confidence {row['confidence'].value}", review]
    return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a person reads of one thing.

    Parameters
    ----------
    thing : Thing
        What it is.
    facts : mapping of str to list of cells
        Its own facts by name in words: definition, stated as, locator, source, note, other name, code, replaced by …
    sections : sequence of (heading, rows)
        Statements about it; each row as in :func:`show`. What rules worked out stands in sections of its own.
    """

    thing: Thing
    facts: Mapping[str, list[Cell]]
    sections: Sequence[tuple[str, list[Mapping[str, Cell]]]]


def portrait(table: Table, thing: Thing) -> Portrait:
    """Arrange the rows of :func:`show` for a person: facts by name, statements under headings, in a fixed order."""
    facts: dict[str, list[Cell]] = {}
    found: dict[tuple[int, bool], list[Mapping[str, Cell]]] = {}
    order = {relation: number for number, (_, relations) in enumerate(SECTIONS) for relation in relations}
    for row in table.rows:
        if row["part"] == "itself":
            facts.setdefault(str(row["kind"]), []).append(row["what"])
            continue
        other = row["what"]
        is_gate = row["kind"] == "requires" and isinstance(other, Thing) and other.kind == "qualification"
        place = order.get("gate" if is_gate else str(row["kind"]), len(SECTIONS))
        found.setdefault((place, row["status"] == "inferred"), []).append(row)
    sections = []
    for (place, inferred), rows in sorted(found.items()):
        heading = SECTIONS[place][0] if place < len(SECTIONS) else "What else is said of it"
        sections.append((heading + INFERRED * inferred, rows))
    return Portrait(thing, facts, sections)
