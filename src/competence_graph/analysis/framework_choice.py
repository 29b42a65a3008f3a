"""Which framework to follow: what is known of each, and how much of what roles or models need stands in it.

What is needed is what sources state of the roles (requirements and duties), of the care models (their needs) and of
the care functions (the competences each takes) that were named; of a need or group of people, what the care models need
that are stated to serve it. A framework covers a needed thing when it holds that
very thing or a partner of it at the strictness asked for. The depth rule of :mod:`competence_graph.analysis.coverage`
holds here too: of a framework that is held as headings only no share is given, since a heading is wider than what it
would be compared with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from competence_graph.analysis.claims import read_links
from competence_graph.analysis.framework_fit import FEWEST, usefulness
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import CAUTION, mapping_note
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Table, TableColumn, Thing

TARGETS = ("role", "model", "function", "cohort")
"""Kinds of thing whose needs can be looked for."""
_NEEDS = ("Requirement", "Performance", "ModelNeed", "FunctionNeed")
COLUMNS = (
    TableColumn("framework", "The framework"), TableColumn("version", "Its version"), TableColumn("publisher", "Who published it"),
    TableColumn("standing", "Current, superseded, withdrawn or unknown"), TableColumn("as_at", "The day on which that was looked up"),
    TableColumn("replaced_by", "The later edition"), TableColumn("nations", "Nations it is for, where that was seen"),
    TableColumn("audience", "Whom it addresses, where that was seen"),
    TableColumn("mandate", "Who asks for it to be followed, where that was seen"), TableColumn("licence", "Its licence, as far as seen"),
    TableColumn("depth", "Headings only, or what is under them too"), TableColumn("completeness", "How whole our copy is"),
    TableColumn("item_count", "Competences, care functions and principles held", "items"),
    TableColumn("covered_count", "Needed things that it holds, or holds a partner of", "items"),
    TableColumn("own_count", "Needed things that it states itself", "items"),
    TableColumn("needed_count", "Things that the chosen roles, models and functions need", "items"),
    TableColumn("covered_share", "Covered of needed", "0-1"), TableColumn("withheld", "Why no share is given"),
)  # fmt: skip
_FACTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?framework ?name ?value WHERE {
  VALUES (?property ?name) {
    (dcterms:hasVersion "version") (dcterms:publisher "publisher") (cg:standing "standing") (cg:asAt "as_at")
    (dcterms:isReplacedBy "replaced_by") (cg:nation "nations") (cg:audienceText "audience") (cg:mandate "mandate")
    (dcterms:license "licence") (cg:depth "depth") (cg:completeness "completeness")
  }
  ?framework a cg:Framework ; ?property ?value .
}
ORDER BY ?framework ?name ?value
"""
_HELD = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?framework ?item WHERE {
  ?item skos:inScheme ?framework ; a ?class ; cg:status ?status .
  FILTER (?status NOT IN (cg:Interim, cg:Suggested))
  { ?class rdfs:subClassOf* cg:CompetenceItem } UNION { VALUES ?class { cg:CareFunction cg:Principle } }
}
"""


def choices(
    graph: Graph, targets: Sequence[str] = (), *, strictness: str = DEFAULT, names: Names | None = None
) -> Table:
    """Return every framework with what is known of it and how much of the targets' needs it covers.

    Parameters
    ----------
    graph : Graph
        Reads passports, items, needs and the match closures.
    targets : sequence of str
        Roles, care models, care functions, needs and groups of people by identifier or name; empty leaves the columns of coverage out.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike a partner must be; broader and narrower partners never count.

    Returns
    -------
    Table
        One row per framework, the most useful first (:func:`~competence_graph.analysis.framework_fit.usefulness`).
    """
    if strictness not in STRICTNESS:
        raise ParameterError(f"Strictness is {strictness!r}; expected one of {', '.join(STRICTNESS)}.")
    names = names or Names(graph)
    wanted = [names.resolve(target, TARGETS) for target in targets]
    needed = _needed(graph, names, wanted)
    matching = Matching(graph, names)
    partners = {item: {item.id, *matching.partners(item, strictness)} for item in needed}
    facts: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for row in graph.select(_FACTS):
        value = names.things.get(row["value"].value, row["value"].value)
        facts[names.thing(row["framework"]).id][row["name"].value].append(value)
    held: dict[str, set[str]] = defaultdict(set)
    for row in graph.select(_HELD):
        held[names.thing(row["framework"]).id].add(names.thing(row["item"]).id)
    rows = [
        _row(framework, facts[framework.id], held[framework.id], partners)
        for framework in names.of_kind("framework")
        if "interim" not in facts[framework.id]["completeness"]
    ]
    hidden = len(names.of_kind("framework")) - len(rows)
    rows.sort(key=usefulness)
    notes = ["What was not seen of a framework is left empty: it is not known, and is no 'no'."]
    if hidden:
        notes.append(f"{hidden} more {'holds' if hidden == 1 else 'hold'} placeholders only and {'is' if hidden == 1 else 'are'} left out.")  # fmt: skip
    if wanted:
        notes.insert(0, f"Needed: {len(needed)} things that sources state of {', '.join(t.label for t in wanted)}.")
        notes += [mapping_note(matching, strictness), CAUTION]
        if not needed:
            notes.insert(0, "The sources state no need of what was chosen.")
    columns = [
        c
        for c in COLUMNS
        if wanted or c.name not in ("covered_count", "own_count", "needed_count", "covered_share", "withheld")
    ]
    parameters = {"targets": ", ".join(t.id for t in wanted), "strictness": strictness if wanted else ""}
    return Table(
        "Which framework should we follow?",
        {k: v for k, v in parameters.items() if v},
        graph.data_version,
        columns,
        rows,
        notes,
    )


def served(graph: Graph, names: Names) -> list[Thing]:
    """Return the needs and groups of people whose care models have stated needs, by label."""
    models = {link.subject for link in read_links(graph, names, _NEEDS) if link.stated}
    found = {link.object for link in read_links(graph, names, ("Service",)) if link.stated and link.subject in models}
    return sorted(found, key=lambda thing: (thing.label.lower(), thing.id))


def _needed(graph: Graph, names: Names, wanted: Sequence[Thing]) -> set[Thing]:
    """Return what sources state that the targets need; gates are not among it."""
    if not wanted:
        return set()
    served = {link.subject for link in read_links(graph, names, ("Service",)) if link.object in wanted and link.stated}
    return {
        link.object
        for link in read_links(graph, names, _NEEDS)
        if (link.subject in wanted or link.subject in served) and link.stated and link.object.kind != "qualification"
    }


def _row(
    framework: Thing, facts: dict[str, list[Cell]], held: set[str], partners: dict[Thing, set[str]]
) -> dict[str, Cell]:
    def said(name: str) -> str:
        return "; ".join(str(value) for value in facts[name])

    covered = sum(bool(others & held) for others in partners.values())
    withheld = (
        "" if not partners
        else f"fewer than {FEWEST} things needed" if len(partners) < FEWEST
        else "held as headings only" if "headings only" in facts["depth"]
        else ""
    )  # fmt: skip
    return {
        "framework": framework, "version": said("version"), "publisher": said("publisher"),
        "standing": said("standing"), "as_at": said("as_at"), "replaced_by": facts["replaced_by"][0] if facts["replaced_by"] else "",
        "nations": said("nations"), "audience": said("audience"), "mandate": said("mandate"), "licence": said("licence"),
        "depth": said("depth"), "completeness": said("completeness"), "item_count": len(held),
        "covered_count": covered if partners else None,
        "own_count": sum(item.id.startswith(f"{framework.id}:") for item in partners) if partners else None, "needed_count": len(partners) or None,
        "covered_share": round(covered / len(partners), 4) if partners and not withheld else None, "withheld": withheld,
    }  # fmt: skip
