"""Every example of ``ontology/examples`` does what its name says; the vocabulary, the code and the kinds agree."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from competence_graph.graph.rules import read_rules
from competence_graph.graph.validate import read_shapes, to_rdflib, validate_graph
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.report import Defect
from competence_graph.namespaces import CG, ONTOLOGY, PREFIXES
from competence_graph.resources import data_folder

FOLDER = data_folder("ontology")
VALID = sorted((FOLDER / "examples").glob("[0-9][0-9]-valid-*.ttl"))
INVALID = sorted((FOLDER / "examples").glob("[0-9][0-9]-invalid-*.ttl"))
CG_BASE = ONTOLOGY + "#"


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return to_rdflib(ox.parse(path=str(FOLDER / "competence.ttl")))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return read_shapes()


def findings(path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph) -> list[Defect]:
    data = to_rdflib(ox.parse(path=str(path)))
    assert len(data) > 0
    return validate_graph(data, shapes, ontology, name=path.name)


def expected(path: Path) -> tuple[str, str]:
    """Return shape and focus node of the first line, ``# expect: <Shape> <focus local name>``."""
    words = path.read_text(encoding="utf-8").splitlines()[0].split()
    assert words[:2] == ["#", "expect:"], f"{path.name} must begin with '# expect: <Shape> <focus local name>'"
    assert len(words) == 4, f"{path.name}: one shape and one focus node"
    return words[2], words[3]


def test_there_are_examples() -> None:
    assert len(VALID) >= 10
    assert len(INVALID) >= 10
    others = set((FOLDER / "examples").iterdir()) - set(VALID) - set(INVALID)
    assert not others, f"no test runs {sorted(p.name for p in others)}"


def test_every_shape_has_a_valid_and_an_invalid_example(shapes: rdflib.Graph) -> None:
    names = {str(s).removeprefix(CG_BASE) for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert len(names) >= 11
    assert {expected(path)[0] for path in INVALID} == names
    assert {p.name.replace("-invalid-", "-valid-") for p in INVALID} == {p.name for p in VALID}


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.name)
def test_a_valid_example_has_no_finding(path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    assert findings(path, shapes, ontology) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.name)
def test_an_invalid_example_names_its_shape_and_node(path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    shape, focus = expected(path)
    found = findings(path, shapes, ontology)
    said = [(d.rule.partition(":")[2], d.found.split(" ")[0].rpartition("/")[2].rpartition(":")[2]) for d in found]
    assert (shape, focus) in said, f"expected {shape} on {focus}; found {said}"
    assert {name for name, _ in said} == {shape}, "an example breaks one rule only, or it proves little"
    for defect in found:
        assert defect.file == path.name
        assert defect.expected
        assert defect.mend


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.name)
def test_a_valid_example_is_seen_by_its_shape(path: Path, shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    """A valid example proves nothing when its shape has no target in it: without its facts it must be found out."""
    shape = expected(path.with_name(path.name.replace("-valid-", "-invalid-")))[0]
    node = rdflib.URIRef(CG_BASE + shape)
    data = to_rdflib(ox.parse(path=str(path)))
    targets = {
        c for cls in shapes.objects(node, SH.targetClass) for c in ontology.transitive_subjects(RDFS.subClassOf, cls)
    }
    seen = {s for s, _, c in data.triples((None, RDF.type, None)) if c in targets}
    for predicate in shapes.objects(node, SH.targetSubjectsOf):
        seen |= set(data.subjects(predicate))
    assert seen


def test_severities_follow_the_file(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    recommended = rdflib.Graph().parse(FOLDER / "shapes-recommended.ttl", format="turtle")
    warnings = {str(s).removeprefix(CG_BASE) for s in recommended.subjects(RDF.type, SH.NodeShape)}
    assert warnings
    for path in INVALID:
        shape, _ = expected(path)
        severities = {d.rule.partition(":")[0] for d in findings(path, shapes, ontology)}
        assert severities == ({"Warning"} if shape in warnings else {"Violation"}), path.name


def test_shapes_and_rules_use_terms_of_the_ontology_only(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    own = set(shapes.subjects(RDF.type, SH.NodeShape))
    used = {t for triple in shapes for t in triple if str(t).startswith(CG_BASE)} - own
    assert len(used) > 20
    assert {t for t in used if (t, RDF.type, None) not in ontology} == set()
    assert len(read_rules()) >= 5


def terms(ontology: rdflib.Graph) -> set[rdflib.URIRef]:
    return {s for s in ontology.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and str(s).startswith(CG_BASE)}


@pytest.mark.parametrize(
    "predicate", [RDFS.label, SKOS.definition, SKOS.example], ids=["label", "definition", "example"]
)
def test_every_term_is_explained(ontology: rdflib.Graph, predicate: rdflib.URIRef) -> None:
    found = terms(ontology)
    assert len(found) > 100
    lacking = sorted(str(t) for t in found if not str(ontology.value(t, predicate) or "").strip())
    assert lacking == []


def test_labels_and_definitions_are_english_and_single(ontology: rdflib.Graph) -> None:
    for term in terms(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            values = list(ontology.objects(term, predicate))
            assert [getattr(v, "language", None) for v in values] == ["en"], (term, predicate)


def test_no_two_classes_share_a_label(ontology: rdflib.Graph) -> None:
    """Kinds are shown, and asked for, by the label of their class."""
    classes = [t for t in terms(ontology) if (t, RDF.type, OWL.Class) in ontology]
    labels = [str(ontology.value(t, RDFS.label)) for t in classes]
    assert sorted(labels) == sorted(set(labels))


def test_the_closed_namespace_equals_the_ontology(ontology: rdflib.Graph) -> None:
    assert CG.terms is not None
    defined = rdflib.Graph().parse(FOLDER / "defined-classes.ttl", format="turtle")
    assert set(CG.terms) == {str(t).removeprefix(CG_BASE) for graph in (ontology, defined) for t in terms(graph)}


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="Requirment"):
        CG.Requirment  # noqa: B018 - the look-up itself is what raises


def test_the_prefixes_of_file_and_code_agree() -> None:
    graph = rdflib.Graph().parse(FOLDER / "prefixes.ttl", format="turtle")
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(None, SH.declare)
    }
    assert declared == PREFIXES


@pytest.mark.parametrize("name", sorted(STATEMENT_KINDS))
def test_every_kind_of_statement_is_a_statement(ontology: rdflib.Graph, name: str) -> None:
    cls = rdflib.URIRef(CG_BASE + STATEMENT_KINDS[name].term)
    assert rdflib.URIRef(CG_BASE + "Statement") in set(ontology.transitive_objects(cls, RDFS.subClassOf))


def test_every_statement_class_has_a_kind_or_a_table_of_its_own(ontology: rdflib.Graph) -> None:
    statement = rdflib.URIRef(CG_BASE + "Statement")
    classes = {str(c).removeprefix(CG_BASE) for c in ontology.transitive_subjects(RDFS.subClassOf, statement)}
    assert classes - {"Statement", "Placement"} == {kind.term for kind in STATEMENT_KINDS.values()}
