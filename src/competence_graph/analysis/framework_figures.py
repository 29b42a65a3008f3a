"""Frameworks at a glance: what each holds, its standing, how its statements are known, how much of it is mapped."""

from __future__ import annotations

from collections import Counter, defaultdict

from competence_graph.graph.store import Graph
from competence_graph.query.names import KINDS, Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing, percent

LEAST = 5
"""Under this many items no share is shown."""
SIDES = {"competence": KINDS["competence"], "function": KINDS["function"], "principle": KINDS["principle"]}
STATUS_COLUMNS = {"Attested": "stated_count", "Curated": "judged_count"}
STATUS_WORDS = {"stated_count": "stated", "judged_count": "our judgement", "worked_out_count": "worked out"}
COLUMNS = (
    TableColumn("framework", "The framework"),
    TableColumn("standing", "Standing of the publication"),
    TableColumn("our_copy", "How whole our copy is, and how deep"),
    TableColumn("items", "What it holds, in words"),
    TableColumn("statements", "How its statements are known, in words"),
    TableColumn("competence_count", "Competences, knowledge, skills, behaviours, qualifications, experience", "items"),
    TableColumn("function_count", "Care functions", "items"),
    TableColumn("principle_count", "Principles", "items"),
    TableColumn("area_count", "Areas in which they stand", "areas"),
    TableColumn("stated_count", "Statements that the source makes itself", "statements"),
    TableColumn("judged_count", "Statements of our judgement, as what a care function needs", "statements"),
    TableColumn("worked_out_count", "Statements worked out whose item is of the framework", "statements"),
    TableColumn("mapped", "Items that a mapping joins to another framework, of all; no share under five"),
    TableColumn("mapped_count", "The same as a number", "items"),
    TableColumn("item_count", "Competences, care functions and principles together", "items"),
    TableColumn("roles", "Roles that are stated to hold its items, by how whole their lists are"),
)
_PASSPORTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?framework ?standing ?depth ?completeness WHERE {
  ?framework a cg:Framework ; cg:standing ?standing ; cg:depth ?depth ; cg:completeness ?completeness .
}
ORDER BY ?framework
"""
_ITEMS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?item ?framework WHERE { ?item skos:inScheme ?framework ; cg:status ?status . FILTER (?status NOT IN (cg:Interim, cg:Suggested)) }
"""
_MAPPED = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?one ?other WHERE {
  VALUES ?predicate { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch }
  ?mapping a cg:Mapping ; cg:predicate ?predicate ; cg:status cg:Curated ; cg:subject ?one ; cg:object ?other .
  FILTER (?other != <https://w3id.org/sssom/NoTermFound>)
}
"""
_STATEMENTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT ?graph ?status (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  GRAPH ?graph { ?statement cg:subject ?subject ; cg:object ?object ; cg:status ?status }
  FILTER (?status IN (cg:Attested, cg:Curated))
}
GROUP BY ?graph ?status
"""
_HELD = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?role ?profile ?item ?status WHERE {
  VALUES ?kind { cg:Requirement cg:Performance }
  ?statement a ?kind ; cg:subject ?role ; cg:object ?item ; cg:status ?status .
  ?role a cg:Role .
  OPTIONAL { ?role cg:profile ?profile }
  FILTER (?status NOT IN (cg:Interim, cg:Suggested))
}
"""


def framework_figures(graph: Graph, names: Names) -> Table:
    """Return every framework with its standing, its counts, and how much of it is mapped; the largest first.

    Parameters
    ----------
    graph : Graph
        Reads passports, items, mappings and statements. A statement is counted with the framework version whose graph
        holds it; one that is worked out with the framework of its object.
    names : Names
        For labels and kinds.

    Returns
    -------
    Table
        One row per framework; ``mapped`` in words, with its share where there are at least five items.
    """
    items: dict[str, list[Thing]] = defaultdict(list)
    for row in graph.select(_ITEMS):
        items[names.thing(row["framework"]).id].append(names.thing(row["item"]))
    mapped = {names.thing(row[end]) for row in graph.select(_MAPPED) for end in ("one", "other")}
    areas = Counter(area.id.partition(":")[0] for area in names.of_kind("area"))
    statements: dict[str, Counter[str]] = defaultdict(Counter)
    for row in graph.select(_STATEMENTS):
        slug = row["graph"].value.rstrip("/").split("/")[-2]
        statements[slug][STATUS_COLUMNS[row["status"].value.rpartition("#")[2]]] += int(row["count"].value)
    holders: dict[str, dict[Thing, str]] = defaultdict(dict)
    for row in graph.select(_HELD):
        slug = names.thing(row["item"]).id.partition(":")[0]
        if row["status"].value.endswith("Inferred"):
            statements[slug]["worked_out_count"] += 1
        else:
            profile = row["profile"].value.rpartition("#")[2].lower() if "profile" in row else "mentioned"
            holders[slug][names.thing(row["role"])] = profile
    rows: list[dict[str, Cell]] = []
    for row in graph.select(_PASSPORTS):
        framework = names.thing(row["framework"])
        counts = {side: sum(t.kind in kinds for t in items[framework.id]) for side, kinds in SIDES.items()}
        every = [t for t in items[framework.id] if any(t.kind in kinds for kinds in SIDES.values())]
        joined = sum(t in mapped for t in every)
        share = f" ({percent(joined / len(every))})" if len(every) >= LEAST else ""
        held = {word: counts[side] for side, word in (("competence", "competences"), ("function", "care functions"), ("principle", "principles"))}  # fmt: skip
        known = {word: statements[framework.id][column] for column, word in STATUS_WORDS.items()}
        profiles = Counter(holders[framework.id].values())
        rows.append({
            "framework": framework, "standing": row["standing"].value,
            "our_copy": f"{row['completeness'].value}, {row['depth'].value}", "items": _in_words(held), "statements": _in_words(known),
            **{f"{side}_count": count for side, count in counts.items()}, "area_count": areas[framework.id],
            **{column: statements[framework.id][column] for column in ("stated_count", "judged_count", "worked_out_count")},
            "mapped": f"{joined:,} of {len(every):,}{share}" if every else "no items", "mapped_count": joined, "item_count": len(every),
            "roles": ", ".join(f"{count} {profile}" for profile, count in sorted(profiles.items())),
        })  # fmt: skip
    rows.sort(key=lambda row: (-int(str(row["item_count"])), str(row["framework"]).lower()))
    notes = [
        "Standing is that of the publication, where a source states it; 'unknown' where none does.",
        "Placeholders and machine suggestions are not counted. Gates are counted among the competences.",
        "Mapped: joined by an exact, close, broader or narrower mapping to an item of another framework. What was never looked at is not 'unmapped'.",
    ]
    return Table("What does each framework hold?", {}, graph.data_version, COLUMNS, rows, notes)


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "none"
