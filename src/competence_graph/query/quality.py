"""Checking everything: the tables, then the shapes per framework, then the quality queries."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from competence_graph.graph import rules
from competence_graph.graph.build import ONTOLOGY_GRAPH, check
from competence_graph.graph.quads import framework_graph, framework_quads, library_quads
from competence_graph.graph.reason import reason, rules_closure
from competence_graph.graph.store import Graph
from competence_graph.graph.validate import read_shapes, to_rdflib, validate_graph
from competence_graph.model.framework import Library
from competence_graph.model.report import Defect, Report
from competence_graph.namespaces import to_curie
from competence_graph.query.catalogue import QUALITY, CatalogueQuery, read_catalogue
from competence_graph.query.names import Names
from competence_graph.query.run import run_query
from competence_graph.query.table import Table, TableColumn, Thing
from competence_graph.resources import data_folder


def check_everything(frameworks: Path | None = None, *, full: bool = False) -> Report:
    """Return every finding of the tables; where they have none, of the shapes and the quality queries too.

    Parameters
    ----------
    frameworks : Path, optional
        The frameworks folder; default is the one that ships.
    full : bool, default False
        Run the OWL DL reasoner as well (:mod:`competence_graph.graph.reason`); takes some seconds and needs Java.
    """
    library, report = check(frameworks)
    if not report.ok:
        return report
    ontology = to_rdflib(ox.parse(path=str(data_folder("ontology") / "competence.ttl")))
    shapes = read_shapes()
    for framework in library.frameworks:
        data = to_rdflib(framework_quads(framework))
        report.extend(
            validate_graph(data, shapes, ontology, name=framework_graph(framework).value.rpartition("graph/")[2])
        )
    graph = graph_of(library)
    report.extend(quality_findings(graph))
    if full:
        report.extend(reasoner_findings(graph))
    return report


def reasoner_findings(graph: Graph) -> list[Defect]:
    """Return what the reasoner finds wrong: a contradiction, an empty class, or a closure that is not the rules'."""
    result = reason(graph)
    if not result.consistent:
        mend = "Look for a thing with two kinds, or a statement whose object is of the wrong kind"
        return [Defect("the whole graph", 0, "", "a contradiction", result.message, mend, "reasoner:inconsistent")]
    found = [
        Defect(
            "ontology/competence.ttl",
            0,
            "",
            to_curie(iri),
            "a class that something can belong to",
            "Mend its axioms",
            "reasoner:unsatisfiable",
        )
        for iri in result.unsatisfiable
    ]
    for name, pairs in rules_closure(graph).items():
        for subject, target in sorted(pairs ^ result.derived[name]):
            who = "the rules" if (subject, target) in pairs else "the reasoner"
            said = f"{to_curie(subject)} {name} {to_curie(target)}, derived by {who} only"
            found.append(
                Defect(
                    "ontology/rules",
                    0,
                    "",
                    said,
                    "the same closure from both",
                    "Mend the rule or the chain",
                    "reasoner:closure",
                )
            )
    return found


def graph_of(library: Library) -> Graph:
    """Return the graph of a library in memory, with the ontology and what the rules derive."""
    store = ox.Store()
    store.bulk_extend(library_quads(library))
    for path in sorted(data_folder("ontology").glob("*.ttl")):
        if not path.name.startswith("shapes"):
            store.bulk_load(path=str(path), to_graph=ONTOLOGY_GRAPH)
    rules.apply(store, rules.read_rules())
    return Graph(store, "memory")


def quality_findings(graph: Graph) -> list[Defect]:
    """Return a finding for each row of each quality query whose severity is ``error``."""
    names = Names(graph)
    findings = []
    for query in read_catalogue().values():
        if query.group == QUALITY and query.severity == "error":
            findings += [_finding(query, row) for row in run_query(graph, query, names=names).rows]
    return findings


def _finding(query: CatalogueQuery, row: object) -> Defect:
    assert isinstance(row, dict)
    said = "; ".join(f"{name} {cell.id if isinstance(cell, Thing) else cell}" for name, cell in row.items())
    return Defect(f"queries/quality/{query.name}.rq", 0, "", said, query.problem, query.fix, f"quality:{query.name}")


def findings_table(report: Report, *, data_version: str = "") -> Table:
    """Return the findings of a check as a table."""
    columns = (
        TableColumn("file", "File, from the frameworks folder on"), TableColumn("row", "Row as a spreadsheet counts; empty for the whole file"),
        TableColumn("column", "Column"), TableColumn("found", "What stands there"), TableColumn("expected", "What should"),
        TableColumn("mend", "What to do"), TableColumn("rule", "The check that found it"),
    )  # fmt: skip
    rows = [
        {
            "file": d.file,
            "row": d.row or None,
            "column": d.column,
            "found": d.found,
            "expected": d.expected,
            "mend": d.mend,
            "rule": d.rule,
        }
        for d in report
    ]
    by_rule = "; ".join(f"{rule}: {count:,}" for rule, count in report.by_rule().items())
    return Table(
        "What is wrong in the tables?",
        {},
        data_version,
        columns,
        rows,
        [f"{len(rows):,} findings. {by_rule}."] if rows else ["No findings."],
    )
