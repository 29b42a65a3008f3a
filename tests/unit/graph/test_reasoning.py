"""The reasoner, and eight and more seeded mistakes, each found by the check that is named for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from competence_graph.graph import rules
from competence_graph.graph.build import ONTOLOGY_GRAPH
from competence_graph.graph.quads import framework_quads, library_quads
from competence_graph.graph.reason import logic_view, reason, rules_closure
from competence_graph.graph.store import Graph
from competence_graph.graph.validate import read_shapes, to_rdflib, validate_graph
from competence_graph.model.framework import Library
from competence_graph.namespaces import CG, DCTERMS, IDENTIFIERS, OWL, RDF, SKOS
from competence_graph.query.quality import quality_findings, reasoner_findings
from competence_graph.resources import data_folder

OAWIP = ox.NamedNode("https://w3id.org/competence-graph/graph/oawip/2014")


def thing(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(f"{IDENTIFIERS}{prefix}/{local}")


def quad(subject: str, predicate: ox.NamedNode, target: object) -> ox.Quad:
    value = thing(target) if isinstance(target, str) else target
    assert isinstance(value, ox.NamedNode | ox.Literal)
    return ox.Quad(thing(subject), predicate, value, OAWIP)


def statement(kind: ox.NamedNode, subject: str, target: str) -> list[ox.Quad]:
    node = "oawip:seeded"
    return [
        quad(node, RDF.type, kind), quad(node, CG.subject, subject), quad(node, CG.object, target),
        quad(node, CG.status, CG.Attested), quad(node, CG.necessity, CG.Essential), quad(node, DCTERMS.source, "oawip:report"),
        quad(node, CG.locator, ox.Literal("section 1")), quad(node, CG.lines, ox.Literal("12")),
        quad(node, CG.statedAs, ox.Literal("words", language="en")),
    ]  # fmt: skip


def without(quads: list[ox.Quad], predicate: ox.NamedNode) -> list[ox.Quad]:
    return [q for q in quads if q.predicate != predicate]


GOOD = statement(CG.Requirement, "roles:case-manager", "oawip:listening-skills")
Mistake = tuple[str, Callable[[], list[ox.Quad]]]
MISTAKES: dict[str, Mistake] = {
    "a statement without its source": ("shape:EvidenceShape", lambda: without(GOOD, DCTERMS.source)),
    "a requirement without a necessity": ("shape:NeedShape", lambda: without(GOOD, CG.necessity)),
    "a statement with two objects": ("shape:StatementShape", lambda: [*GOOD, quad("oawip:seeded", CG.object, "oawip:people-skills")]),
    "a role with two profiles": ("shape:RoleShape", lambda: [quad("roles:seeded", RDF.type, CG.Role), quad("roles:seeded", CG.profile, CG.Partial), quad("roles:seeded", CG.profile, CG.Full)]),
    "a skill with two English labels": ("shape:ConceptShape", lambda: [quad("oawip:listening-skills", SKOS.prefLabel, ox.Literal("Hearing", language="en"))]),
    "a statement about something without a label": ("quality:statement-about-nothing", lambda: statement(CG.Requirement, "roles:case-manager", "oawip:no-such-thing")),
    "a skill that is knowledge too": ("reasoner:inconsistent", lambda: [quad("oawip:listening-skills", RDF.type, CG.Knowledge)]),
    "a role that is a staff group too": ("reasoner:inconsistent", lambda: [quad("roles:case-manager", RDF.type, CG.StaffGroup)]),
    "a performance of a competence": ("reasoner:inconsistent", lambda: statement(CG.Performance, "roles:case-manager", "oawip:listening-skills")),
    "a requirement of a care function": ("reasoner:inconsistent", lambda: statement(CG.Requirement, "roles:case-manager", "oawip:wound-care")),
    "a care model that is a point model and a service": ("reasoner:inconsistent", lambda: [quad("oawip:virtual-wards", RDF.type, CG.CareService)]),
}  # fmt: skip


@pytest.fixture(scope="module")
def oawip_only(shipped_library: Library) -> Library:
    kept = tuple(f for f in shipped_library.frameworks if f.slug in ("oawip", "roles"))
    return Library(kept, ())


def graph_with(library: Library, quads: list[ox.Quad]) -> Graph:
    store = ox.Store()
    store.bulk_extend(library_quads(library))
    store.extend(quads)
    for name in ("competence.ttl", "defined-classes.ttl"):
        store.bulk_load(path=str(data_folder("ontology") / name), to_graph=ONTOLOGY_GRAPH)
    rules.apply(store, rules.read_rules())
    return Graph(store, "memory")


def shape_findings(library: Library, quads: list[ox.Quad]) -> set[str]:
    ontology = to_rdflib(ox.parse(path=str(data_folder("ontology") / "competence.ttl")))
    seeded = {q.subject for q in quads}
    oawip = next(f for f in library.frameworks if f.slug == "oawip")
    data = to_rdflib([*quads, *(q for q in framework_quads(oawip) if q.subject in seeded)])
    return {f"shape:{d.rule.partition(':')[2]}" for d in validate_graph(data, read_shapes(), ontology, name="seeded")}


def test_at_least_eight_mistakes_are_seeded_and_each_kind_of_catcher_has_some() -> None:
    assert len(MISTAKES) >= 8
    assert {catcher.partition(":")[0] for catcher, _ in MISTAKES.values()} == {"shape", "quality", "reasoner"}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_caught_by_the_check_that_is_named_for_it(name: str, oawip_only: Library) -> None:
    catcher, make = MISTAKES[name]
    quads = make()
    kind = catcher.partition(":")[0]
    if kind == "shape":
        assert catcher in shape_findings(oawip_only, quads)
    elif kind == "quality":
        rows = quality_findings(graph_with(oawip_only, quads))
        assert catcher in {d.rule for d in rows if "seeded" in d.found}
    else:
        assert {d.rule for d in reasoner_findings(graph_with(oawip_only, quads))} == {catcher}


def test_the_content_without_a_mistake_is_consistent(oawip_only: Library) -> None:
    graph = graph_with(oawip_only, GOOD)
    assert reasoner_findings(graph) == []


def test_shipped_graph_is_consistent_and_both_closures_agree(shipped_graph: Graph) -> None:
    result = reason(shipped_graph)
    assert result.consistent
    assert result.unsatisfiable == []
    for name, pairs in rules_closure(shipped_graph).items():
        assert len(pairs) > 50
        assert result.derived[name] == pairs, name
    filled = {iri.rpartition("#")[2]: set(members) for iri, members in result.members.items()}
    assert thing("roles:care-coordinator").value in filled["CoordinatingRole"]
    assert thing("roles:case-manager").value in filled["PrescribingRole"]
    assert len(filled["HealthStandard"]) == 1443
    assert len(filled["SocialCareStandard"]) == 435
    assert filled["BridgingRole"]


def test_logic_view_holds_no_literal_and_no_other_vocabulary(shipped_graph: Graph) -> None:
    for triple in logic_view(shipped_graph):
        assert not isinstance(triple.object, ox.Literal)
        assert "purl.org" not in triple.predicate.value
        assert triple.predicate.value.startswith(
            (CG.subject.value.rpartition("#")[0], OWL.Class.value.rpartition("#")[0], "http://www.w3.org/")
        )


def test_full_check_on_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "competence_graph", "check", "--full"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert "No findings" in done.stderr
