"""Look-ups: everything of a kind, and what is loaded. What is known of one thing: :mod:`.description`."""

from __future__ import annotations

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, to_curie
from competence_graph.query.names import KINDS, Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

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
