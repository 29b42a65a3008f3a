"""Look-ups: everything of a kind, and what is loaded. What is known of one thing: :mod:`.description`."""

from __future__ import annotations

from collections import Counter, defaultdict

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, sparql_iri, to_curie
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


_ITEMS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?item ?area ?status ?source ?locator WHERE {
  ?item skos:inScheme # framework
  ; cg:status ?status .
  OPTIONAL { ?item cg:inArea ?area }
  OPTIONAL { ?item dcterms:source ?source ; cg:locator ?locator }
}
"""
_LEVELS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?item ?level WHERE { ?statement cg:level ?level ; cg:object ?item }
"""
_HOLDERS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?item ?role WHERE {
  VALUES ?kind { cg:Requirement cg:Performance }
  ?statement a ?kind ; cg:object ?item ; cg:subject ?role ; cg:status ?how .
  FILTER (?how IN (cg:Attested, cg:Curated))
}
"""
_MAPPED = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?mapping ?subject ?object WHERE { ?mapping a cg:Mapping ; cg:subject ?subject ; cg:object ?object ; cg:status cg:Curated }
"""
_READINGS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?framework ?sample ?wrong ?debatable WHERE {
  ?framework a cg:Framework ; cg:sampleRead ?sample ; cg:sampleWrong ?wrong .
  OPTIONAL { ?framework cg:sampleDebatable ?debatable }
}
ORDER BY ?framework
"""
ITEM_KINDS = (
    "competence",
    "function",
    "principle",
    "role",
    "model",
    "case",
    "learning",
    "finding",
    "group",
    "cohort",
    "setting",
    "level",
)


def items(graph: Graph, framework: str, *, names: Names | None = None) -> Table:
    """Return the items of a framework with what a reader asks first: where each stands, how it is known, who has it.

    Parameters
    ----------
    graph : Graph
        Reads items, areas, statements and mappings.
    framework : str
        Slug or title.

    Returns
    -------
    Table
        One row per item: competences first, then care functions and the rest, each by label. ``role_count`` counts roles that a source or a reader states to require or carry it
        out; ``mapping_count`` mappings to other frameworks.
    """
    names = names or Names(graph)
    thing = names.resolve(framework, ("framework",))
    roles = Counter(row["item"].value for row in graph.select(_HOLDERS))
    mappings: Counter[str] = Counter()
    for row in graph.select(_MAPPED):
        if row["object"].value in names.things:  # 'no term found' is no mapping
            mappings.update((row["subject"].value, row["object"].value))
    levels: dict[str, set[str]] = defaultdict(set)
    for row in graph.select(_LEVELS):
        levels[row["item"].value].add(names.thing(row["level"]).label)
    order = {kind: place for place, name in enumerate(ITEM_KINDS) for kind in KINDS[name]}
    found: dict[Thing, dict[str, Cell]] = {}
    for row in graph.select(_ITEMS.replace("# framework\n", sparql_iri(thing.id) + "\n")):
        item = names.thing(row["item"])
        if item.kind not in order:
            continue
        iri = row["item"].value
        cells = found.setdefault(item, {
            "item": item, "kind": item.kind, "area": "", "status": to_curie(row["status"].value).rpartition(":")[2].lower(), "level": "; ".join(sorted(levels[iri])),
            "role_count": roles[iri], "mapping_count": mappings[iri], "other_names": "; ".join(names.others(item)),
            "source": f"{names.thing(row['source']).label}, {row['locator'].value}" if "source" in row else "",
        })  # fmt: skip
        if "area" in row and (label := names.thing(row["area"]).label) not in str(cells["area"]).split("; "):
            cells["area"] = "; ".join(filter(None, (str(cells["area"]), label)))
    columns = [
        TableColumn("item", "The item"), TableColumn("kind", "What it is"), TableColumn("area", "Areas that it stands in"),
        TableColumn("status", "How it is known"), TableColumn("level", "Levels at which it is stated to be needed"),
        TableColumn("role_count", "Roles that are stated to require it or carry it out", "roles"),
        TableColumn("mapping_count", "Mappings to other frameworks", "mappings"), TableColumn("other_names", "Other names and codes"),
        TableColumn("source", "Document and place"),
    ]  # fmt: skip
    rows = sorted(found.values(), key=lambda cells: (order[str(cells["kind"])], str(cells["item"]).lower()))
    question = f"What is in '{thing.label}'?"
    return Table(question, {"framework": thing.id}, graph.data_version, columns, rows, [f"{len(rows)} items."])


def placeholder_frameworks(graph: Graph, *, names: Names | None = None) -> list[Thing]:
    """Return the frameworks that hold placeholders only: they are in no list of frameworks to follow."""
    names = names or Names(graph)
    rows = graph.select(
        "PREFIX cg: <https://w3id.org/competence-graph/ontology#> "
        'SELECT DISTINCT ?framework WHERE { ?framework a cg:Framework ; cg:completeness "interim" } ORDER BY ?framework'
    )
    return [names.thing(row["framework"]) for row in rows]


def readings(graph: Graph, *, names: Names | None = None) -> Table:
    """Return, for each framework, what a reader who extracted none of it found in a random sample."""
    names = names or Names(graph)
    rows: list[dict[str, Cell]] = []
    for row in graph.select(_READINGS):
        sample, wrong = (int(row[key].value) for key in ("sample", "wrong"))
        debatable = int(row["debatable"].value) if row.get("debatable") else None
        rows.append({
            "framework": names.thing(row["framework"]), "sample_count": sample, "wrong_count": wrong, "debatable_count": debatable,
            "wrong_share": round(wrong / sample, 4) if sample else None,
        })  # fmt: skip
    columns = [
        TableColumn("framework", "The framework"), TableColumn("sample_count", "Rows read, drawn at random", "rows"),
        TableColumn("wrong_count", "Rows that do not hold", "rows"), TableColumn("debatable_count", "Rows that could be argued either way; empty where the reading did not count them", "rows"),
        TableColumn("wrong_share", "Wrong of read", "0-1"),
    ]  # fmt: skip
    notes = ["The last reading of each; what was wrong was mended afterwards. README.md of each framework says more."]
    return Table("How often is a statement wrong?", {}, graph.data_version, columns, rows, notes)


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
