"""Look-ups: everything of a kind, everything known of one thing, and what is loaded."""

from __future__ import annotations

import pyoxigraph as ox

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, RDF, SKOS, sparql_iri, to_curie
from competence_graph.query.names import KINDS, Names
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
_ABOUT = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?statement ?kind ?subject ?object ?status ?source ?locator ?said WHERE {
  VALUES ?thing { # thing
  }
  { ?statement cg:subject ?thing } UNION { ?statement cg:object ?thing } UNION { ?statement cg:ofRole ?thing }
  ?statement a ?class ; cg:status ?status . ?class rdfs:label ?kind .
  OPTIONAL { ?statement cg:subject ?subject ; cg:object ?object }
  OPTIONAL { ?statement cg:attribute ?attribute ; cg:attributeValue ?value }
  OPTIONAL { ?statement dcterms:source ?source ; cg:locator ?locator ; cg:statedAs ?words }
  OPTIONAL { ?statement cg:reason ?reason }
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
_FRAMEWORKS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT * WHERE {
  ?framework a cg:Framework ; dcterms:publisher ?publisher ; dcterms:hasVersion ?version ; dcterms:license ?licence ;
    cg:completeness ?completeness ; cg:depth ?depth ; cg:standing ?standing ; cg:asAt ?as_at .
}
ORDER BY ?framework
"""
_COUNTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?framework ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  { ?thing skos:inScheme ?framework ; a ?class . }
}
GROUP BY ?framework ?class
ORDER BY ?framework ?class
"""
_TOTALS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kind ?status (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  ?class rdfs:subClassOf cg:Statement ; rdfs:label ?kind .
  ?statement a ?class ; cg:status ?status .
}
GROUP BY ?kind ?status
ORDER BY ?kind ?status
"""


def list_things(
    graph: Graph, kind: str, *, framework: str = "", include_interim: bool = False, names: Names | None = None
) -> Table:
    """Return everything of one kind, by label.

    Raises
    ------
    ParameterError
        The kind is unknown.
    """
    if kind not in KINDS:
        raise ParameterError(f"There is no kind {kind!r}; expected one of {', '.join(KINDS)}.")
    names = names or Names(graph)
    hidden = set() if include_interim else _interim(graph)
    things = [
        t for t in names.of_kind(kind) if (not framework or t.id.partition(":")[0] == framework) and t.id not in hidden
    ]
    rows: list[dict[str, Cell]] = [
        {"thing": t, "kind": t.kind, "other_names": "; ".join(names.others(t))} for t in things
    ]
    columns = [
        TableColumn("thing", "Identifier and label"),
        TableColumn("kind", "What it is"),
        TableColumn("other_names", "Other names and codes"),
    ]
    notes = [f"{len(rows)} in all."]
    if hidden and not include_interim:
        notes.append("Placeholders are left out; --include-interim shows them.")
    parameters = {"kind": kind, "framework": framework}
    return Table(
        f"Every {kind}" + (f" of {framework}" if framework else ""),
        {k: v for k, v in parameters.items() if v},
        graph.data_version,
        columns,
        rows,
        notes,
    )


def _interim(graph: Graph) -> set[str]:
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing {CG.status} {CG.Interim} }}"
    return {to_curie(row["thing"].value) for row in graph.select(query)}


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
            "said": row["said"].value if "said" in row else "", "status": to_curie(row["status"].value).rpartition(":")[2].lower(),
            "source": _source(row, names),
        })  # fmt: skip
    columns = [
        TableColumn("part", "The thing's own facts, or statements about it"), TableColumn("kind", "What is said"),
        TableColumn("what", "The value, or the other thing"), TableColumn("said", "The source's own words, or our reason"),
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


def info(graph: Graph, *, names: Names | None = None) -> Table:
    """Return what is loaded: every framework with version, standing, depth, licence and counts; then the statements."""
    names = names or Names(graph)
    labels = {
        row["class"].value: row["kind"].value
        for row in graph.select(
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT ?class ?kind WHERE { ?class a owl:Class ; rdfs:label ?kind }"
        )
    }
    counts: dict[str, list[str]] = {}
    for row in graph.select(_COUNTS):
        counts.setdefault(row["framework"].value, []).append(
            f"{int(row['count'].value):,} {labels.get(row['class'].value, '')}"
        )
    rows: list[dict[str, Cell]] = []
    for row in graph.select(_FRAMEWORKS):
        framework = names.thing(row["framework"])
        rows.append({
            "part": "frameworks", "what": Thing(framework.id, framework.label, "framework"), "version": row["version"].value,
            "publisher": row["publisher"].value, "completeness": f"{row['completeness'].value}, {row['depth'].value}",
            "standing": f"{row['standing'].value} (as at {row['as_at'].value})", "licence": row["licence"].value,
            "counts": ", ".join(counts.get(row["framework"].value, ["nothing"])),
        })  # fmt: skip
    totals: dict[str, list[str]] = {}
    for row in graph.select(_TOTALS):
        totals.setdefault(row["kind"].value, []).append(
            f"{int(row['count'].value):,} {to_curie(row['status'].value).rpartition(':')[2].lower()}"
        )
    rows += [{"part": "statements", "what": kind, "counts": ", ".join(found)} for kind, found in totals.items()]
    columns = [
        TableColumn("part", "Frameworks or statements"), TableColumn("what", "Framework, or kind of statement"),
        TableColumn("version", "Version"), TableColumn("publisher", "Publisher"), TableColumn("completeness", "How whole our copy is, and how deep"),
        TableColumn("standing", "Standing of the publication"), TableColumn("licence", "Licence"), TableColumn("counts", "What it holds"),
    ]  # fmt: skip
    notes = [f"Built at {graph.built_at}." if graph.built_at else "Made in memory."]
    return Table("What is loaded?", {}, graph.data_version, columns, rows, notes, (), ("part",))
