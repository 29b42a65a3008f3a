"""The inference rules: one CONSTRUCT per file in ``ontology/rules``, each into a graph of its own.

Rules run in the order of their header; a rule sees what lower orders wrote. Nothing recurses: every rule closes over a
chain of fixed length or a property path, so one pass is the closure.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from competence_graph.graph.header import read_header
from competence_graph.namespaces import CG, GRAPHS, IDENTIFIERS, RDF, SKOS
from competence_graph.resources import data_folder


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (the file's), what it says, why, when it runs, and its CONSTRUCT."""

    name: str
    summary: str
    reason: str
    order: int
    text: str

    @property
    def graph(self) -> ox.NamedNode:
        """Name of the graph that the rule writes."""
        return ox.NamedNode(f"{GRAPHS}rule/{self.name}")


def read_rules(folder: Path | None = None) -> list[Rule]:
    """Return the rules in the order in which they run.

    Raises
    ------
    HeaderError
        A rule without summary, reason or order.
    """
    rules = []
    for path in sorted((folder or data_folder("ontology") / "rules").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = read_header(text, name=path.name, required=("summary", "reason", "order"))
        rules.append(Rule(path.stem, head["summary"], head["reason"], int(head["order"]), text))
    return sorted(rules, key=lambda rule: (rule.order, rule.name))


def apply(store: ox.Store, rules: list[Rule]) -> dict[str, int]:
    """Run the rules on a store that holds the frameworks and the ontology.

    Returns
    -------
    dict of rule name to number of triples written
    """
    written = {}
    for rule in rules:
        triples = store.query(rule.text, use_default_graph_as_union=True)
        assert isinstance(triples, ox.QueryTriples)
        found = {ox.Quad(t.subject, t.predicate, t.object, rule.graph) for t in triples}
        node = ox.NamedNode(f"{IDENTIFIERS}rule/{rule.name}")
        described = (
            (RDF.type, CG.Rule),
            (SKOS.prefLabel, ox.Literal(rule.summary, language="en")),
            (CG.reason, ox.Literal(rule.reason, language="en")),
        )
        store.bulk_extend([*found, *(ox.Quad(node, p, o, rule.graph) for p, o in described)])
        written[rule.name] = len(found)
    return written
