"""Records as quads: one named graph per framework version, one for mappings, one for provenance.

Every row becomes one node. A thing's node carries its labels and its evidence; a statement's node carries subject,
object and evidence. Nothing is derived here: what follows from other things is written by the rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from competence_graph.model.framework import Framework, Library, curie
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.mapping import DECIDED, Mapping, MappingSet
from competence_graph.model.records import (
    Area,
    Attribute,
    CareFunction,
    Case,
    Competence,
    Concept,
    Evidence,
    Level,
    Model,
    Observation,
    Offer,
    Placement,
    Principle,
    Role,
    Row,
    Source,
    Statement,
    Term,
    Thing,
)
from competence_graph.namespaces import CG, DCTERMS, GRAPHS, IDENTIFIERS, OWL, PROV, RDF, SKOS, XSD, to_iri

MAPPINGS_GRAPH = NamedNode(GRAPHS + "mappings")
PROVENANCE_GRAPH = NamedNode(GRAPHS + "provenance")

Object = NamedNode | Literal
Pair = tuple[NamedNode, Object]

KIND_CLASSES = {
    "competence": CG.Competence, "skill": CG.Skill, "knowledge": CG.Knowledge, "behaviour": CG.Behaviour,
    "qualification": CG.Qualification, "experience": CG.Experience,
    "staff group": CG.StaffGroup, "team": CG.Team, "organisation": CG.Organisation, "setting": CG.Setting, "cohort": CG.Cohort,
    "need state": CG.NeedState, "sector": CG.Sector, "profession": CG.Profession,
    "point": CG.PointModel, "whole-system": CG.WholeSystemModel, "service": CG.CareService,
}  # fmt: skip
NECESSITY = {"essential": CG.Essential, "desirable": CG.Desirable, "not stated": CG.NecessityNotStated}


def framework_graph(framework: Framework) -> NamedNode:
    """Return the name of the graph of one framework version."""
    return NamedNode(f"{GRAPHS}{framework.slug}/{framework.passport.version}")


def text(value: str) -> Literal:
    """Return a text in English."""
    return Literal(value, language="en")


def library_quads(library: Library) -> Iterator[Quad]:
    """Go through the quads of every framework and every mapping set."""
    for framework in library.frameworks:
        yield from framework_quads(framework)
    for mapping_set in library.mappings:
        yield from mapping_quads(mapping_set)


def framework_quads(framework: Framework) -> Iterator[Quad]:
    """Go through the quads of one framework version: its passport, then its rows."""
    graph = framework_graph(framework)
    scheme = NamedNode(IDENTIFIERS + framework.slug)
    for predicate, value in _passport(framework):
        yield Quad(scheme, predicate, value, graph)
    for row in framework.all_rows():
        node = _node(framework, row)
        for predicate, value in _pairs(framework, row, scheme):
            yield Quad(node, predicate, value, graph)
        if isinstance(row, Placement):
            yield Quad(_ref(framework, row.item), CG.inArea, _ref(framework, row.area), graph)


def _ref(framework: Framework, reference: str) -> NamedNode:
    return NamedNode(to_iri(curie(framework.slug, reference)))


def _node(framework: Framework, row: Row) -> NamedNode:
    """Return the node of a row; a row without an identifier of its own is named after what it says."""
    if local := getattr(row, "id", ""):
        return _ref(framework, local)
    if isinstance(row, Placement):
        return _ref(framework, f"in.{row.area.rpartition(':')[2]}.{row.item.rpartition(':')[2]}")
    assert isinstance(row, Attribute)
    says = hashlib.sha256(f"{row.subject} {row.property} {row.value} {row.source} {row.lines}".encode()).hexdigest()[
        :12
    ]
    return _ref(framework, f"fact.{says}")


def _slug(name: str) -> str:
    """Return a name as the local part of an identifier."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")


def _passport(framework: Framework) -> Iterator[Pair]:
    passport = framework.passport
    yield RDF.type, CG.Framework
    yield SKOS.prefLabel, text(passport.title)
    yield SKOS.definition, text(passport.summary)
    plain = {
        DCTERMS.publisher: passport.publisher, DCTERMS.hasVersion: passport.version, DCTERMS.issued: passport.issued,
        DCTERMS.license: passport.licence, DCTERMS.rights: passport.licence_note, DCTERMS.source: passport.source_url,
        CG.completeness: passport.completeness, CG.depth: passport.depth,
        CG.standing: passport.status, CG.asAt: passport.as_at, CG.mandate: passport.mandate,
    }  # fmt: skip
    for predicate, value in plain.items():
        if value:
            yield predicate, Literal(value)
    for key, predicate in (("sample", CG.sampleRead), ("wrong", CG.sampleWrong), ("debatable", CG.sampleDebatable)):
        if key in passport.verification:
            yield predicate, Literal(passport.verification[key])
    if later := passport.superseded_by:  # a framework by its slug, or words where the later edition is not held
        held = re.fullmatch(r"[a-z0-9-]+", later)
        yield DCTERMS.isReplacedBy, NamedNode(IDENTIFIERS + later) if held else Literal(later)
    for predicate, values in (
        (CG.nation, passport.nations),
        (CG.audienceText, passport.audience),
        (CG.leftOut, passport.left_out),
    ):
        for value in values:
            yield predicate, Literal(value)


def _pairs(framework: Framework, row: Row, scheme: NamedNode) -> Iterator[Pair]:
    if isinstance(row, Evidence):
        yield from _evidence(framework, row)
    if isinstance(row, Thing):
        yield from _thing(framework, row, scheme)
    if isinstance(row, Concept):
        yield from _concept(framework, row)
    if writer := _WRITERS.get(type(row)):
        yield from writer(framework, row)


def _evidence(framework: Framework, row: Evidence) -> Iterator[Pair]:
    yield CG.status, CG[row.status.capitalize()]
    yield DCTERMS.source, _ref(framework, row.source)
    yield CG.locator, Literal(row.locator)
    yield CG.lines, Literal(row.lines)
    yield CG.statedAs, text(row.stated_as)
    for original in row.originals:
        yield CG.original, _ref(framework, original)
    if row.span_hash:
        yield CG.spanHash, Literal(row.span_hash)
    if row.reason:
        yield CG.reason, text(row.reason)
    if row.note:
        yield SKOS.scopeNote, text(row.note)


def _thing(framework: Framework, row: Thing, scheme: NamedNode) -> Iterator[Pair]:
    yield SKOS.prefLabel, text(row.label)
    yield SKOS.inScheme, scheme
    if row.definition:
        yield SKOS.definition, text(row.definition)
    if row.replaced_by:
        yield DCTERMS.isReplacedBy, _ref(framework, row.replaced_by)
        yield OWL.deprecated, Literal(True)


def _concept(framework: Framework, row: Concept) -> Iterator[Pair]:
    for label in row.alt_labels:
        yield SKOS.altLabel, text(label)
    if row.notation:
        yield SKOS.notation, Literal(row.notation)
    for predicate, references in ((SKOS.broader, row.broader), (CG.hasPart, row.parts), (CG.hasExample, row.examples)):
        for reference in references:
            yield predicate, _ref(framework, reference)


def _competence(framework: Framework, row: Competence) -> Iterator[Pair]:
    yield RDF.type, KIND_CLASSES[row.kind]
    for occupation in row.occupations:
        yield CG.occupation, Literal(occupation)
    for code in row.earlier_codes:
        yield CG.earlierCode, Literal(code)
    if row.publisher:
        yield DCTERMS.publisher, Literal(row.publisher)
        yield CG.standardOf, _ref(framework, f"body.{_slug(row.publisher)}")
    if row.kind_doubt:
        yield CG.kindDoubt, text(row.kind_doubt)


def _principle(framework: Framework, row: Principle) -> Iterator[Pair]:
    yield RDF.type, CG.Principle
    if row.stands_in_for:
        yield CG.standsInFor, _ref(framework, row.stands_in_for)


def _area(framework: Framework, row: Area) -> Iterator[Pair]:
    yield RDF.type, CG.CompetenceArea
    if row.position is not None:
        yield CG.position, Literal(row.position)
    if row.expected is not None:
        yield CG.expectedCount, Literal(row.expected)


def _placement(framework: Framework, row: Placement) -> Iterator[Pair]:
    yield RDF.type, CG.Placement
    yield CG.subject, _ref(framework, row.item)
    yield CG.object, _ref(framework, row.area)
    if row.position is not None:
        yield CG.position, Literal(row.position)


def _role(framework: Framework, row: Role) -> Iterator[Pair]:
    yield RDF.type, CG.Role
    yield CG.profile, CG[row.profile.capitalize()]
    for label in row.alt_labels:
        yield SKOS.altLabel, text(label)
    for reference in row.broader:
        yield CG.instanceOf, _ref(framework, reference)


def _attribute(framework: Framework, row: Attribute) -> Iterator[Pair]:
    yield RDF.type, CG.RoleAttribute
    yield CG.ofRole, _ref(framework, row.subject)
    yield CG.attribute, Literal(row.property)
    yield CG.attributeValue, Literal(row.value)


def _model(framework: Framework, row: Model) -> Iterator[Pair]:
    yield RDF.type, KIND_CLASSES[row.kind]
    for reference in row.broader:
        yield CG.instanceOf, _ref(framework, reference)


def _case(framework: Framework, row: Case) -> Iterator[Pair]:
    yield RDF.type, CG.CaseStudy
    if row.place:
        yield CG.place, Literal(row.place)
    if row.model:
        yield CG.instanceOf, _ref(framework, row.model)


def _offer(framework: Framework, row: Offer) -> Iterator[Pair]:
    yield RDF.type, CG.LearningOffer
    for predicate, value in (
        (CG.provider, row.provider),
        (CG.mode, row.mode),
        (CG.duration, row.duration),
        (CG.cost, row.cost),
    ):
        if value:
            yield predicate, Literal(value)


def _observation(framework: Framework, row: Observation) -> Iterator[Pair]:
    yield RDF.type, CG.Finding
    yield CG.findingKind, Literal(row.kind)
    for reference in row.about:
        yield CG.about, _ref(framework, reference)
    if row.value:
        yield CG.figure, Literal(row.value)
    if row.unit:
        yield CG.unit, Literal(row.unit)


def _level(framework: Framework, row: Level) -> Iterator[Pair]:
    yield RDF.type, CG.Level
    yield (
        CG.inScale,
        NamedNode(f"{IDENTIFIERS}{framework.slug}/scale.{quote(row.scale.lower().replace(' ', '-'), safe='')}"),
    )
    if row.position is not None:
        yield CG.position, Literal(row.position)


def _statement(framework: Framework, row: Statement) -> Iterator[Pair]:
    yield RDF.type, CG[STATEMENT_KINDS[row.kind].term]
    yield CG.subject, _ref(framework, row.subject)
    yield CG.object, _ref(framework, row.object)
    if row.necessity:
        yield CG.necessity, NECESSITY[row.necessity]
    if row.level:
        yield CG.level, _ref(framework, row.level)
    if row.importance is not None:
        yield CG.importance, Literal(format(Decimal(str(row.importance)), "f"), datatype=XSD.decimal)
    if row.place:
        yield CG.place, Literal(row.place)


def _source(framework: Framework, row: Source) -> Iterator[Pair]:
    yield RDF.type, CG.SourceDocument
    yield SKOS.prefLabel, text(row.label)
    yield DCTERMS.type, Literal(row.kind)
    for predicate, value in (
        (DCTERMS.publisher, row.publisher), (DCTERMS.issued, row.issued), (DCTERMS.identifier, row.url), (CG.fileName, row.file),
        (PROV.value, row.sha256), (SKOS.scopeNote, row.note),
    ):  # fmt: skip
        if value:
            yield predicate, Literal(value)


def _plain(kind: NamedNode) -> Callable[[Framework, Row], Iterator[Pair]]:
    def write(framework: Framework, row: Row) -> Iterator[Pair]:
        yield RDF.type, kind

    return write


def _term(framework: Framework, row: Term) -> Iterator[Pair]:
    yield RDF.type, KIND_CLASSES[row.kind]


_WRITERS: dict[type[Row], Callable[..., Iterator[Pair]]] = {
    Competence: _competence, CareFunction: _plain(CG.CareFunction), Principle: _principle, Area: _area,
    Placement: _placement, Role: _role, Attribute: _attribute, Term: _term, Model: _model, Case: _case, Offer: _offer,
    Observation: _observation, Level: _level, Statement: _statement, Source: _source,
}  # fmt: skip


def mapping_quads(mapping_set: MappingSet) -> Iterator[Quad]:
    """Go through the quads of one mapping set: the SKOS triple of each match, and a node with its evidence.

    A machine's suggestion gets its node but no triple, so that no answer rests on it.
    """
    for row in mapping_set.mappings:
        suggested = row.mapping_justification not in DECIDED
        node = NamedNode(f"{IDENTIFIERS}mapping/{mapping_key(row)}")
        subject, predicate = NamedNode(to_iri(row.subject_id)), NamedNode(to_iri(row.predicate_id))
        target = NamedNode(to_iri(row.object_id))
        if row.found and not suggested:
            yield Quad(subject, predicate, target, MAPPINGS_GRAPH)
        pairs: list[Pair] = [
            (RDF.type, CG.Mapping), (CG.subject, subject), (CG.predicate, predicate), (CG.object, target),
            (CG.status, CG.Suggested if suggested else CG.Curated),
            (CG.confidence, Literal(str(row.confidence), datatype=XSD.decimal)),
            (CG.justification, Literal(row.mapping_justification)), (CG.reason, text(row.comment)),
            (DCTERMS.isPartOf, Literal(mapping_set.file)),
        ]  # fmt: skip
        if row.reviewer_label:
            pairs.append((CG.reviewer, Literal(row.reviewer_label)))
        for name, value in pairs:
            yield Quad(node, name, value, MAPPINGS_GRAPH)


def mapping_key(row: Mapping) -> str:
    """Return the permanent name of a mapping: 12 hex digits of what it joins, so that a changed reason keeps it."""
    return hashlib.sha256(f"{row.subject_id} {row.predicate_id} {row.object_id}".encode()).hexdigest()[:12]
