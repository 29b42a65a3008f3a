"""The namespaces that this project writes, and its own terms as a closed set.

A misspelt term raises :class:`AttributeError` when it is used; a test keeps the set equal to ``ontology/competence.ttl``.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

ONTOLOGY = "https://w3id.org/competence-graph/ontology"
IDENTIFIERS = "https://w3id.org/competence-graph/id/"
GRAPHS = "https://w3id.org/competence-graph/graph/"

PREFIXES: dict[str, str] = {
    "cg": ONTOLOGY + "#",
    "cgid": IDENTIFIERS,
    "cggraph": GRAPHS,
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The one prefix map of Python code; ``ontology/prefixes.ttl`` declares the same for queries and documents."""


class Vocabulary:
    """A namespace as an object: ``SKOS.prefLabel`` is its ``NamedNode``.

    Parameters
    ----------
    base : str
        What every term starts with.
    terms : iterable of str or None
        The terms there are; None for a vocabulary that is not ours to close.
    """

    def __init__(self, base: str, terms: str | None = None) -> None:
        self._base = base
        self.terms = frozenset(terms.split()) if terms is not None else None

    def __getattr__(self, name: str) -> NamedNode:
        if self.terms is not None and name not in self.terms:
            raise AttributeError(f"{name!r} is no term of {self._base}")
        return NamedNode(self._base + name)

    def __getitem__(self, name: str) -> NamedNode:
        return self.__getattr__(name)


CG = Vocabulary(
    PREFIXES["cg"],
    """
    AssertionStatus BridgingRole Attested Audience Behaviour CareFunction CareModel CareService CaseStudy Cohort Competence
    CompetenceArea CompetenceItem CoordinatingRole CoordinationFunction Curated Desirable Development Essential Evidence Experience Filling Finding
    Framework Full FunctionNeed GapStatement HealthStandard Inferred Interim Involvement Knowledge LearningOffer Level LevelScale
    Local Location Mapping Mentioned ModelNeed Necessity NecessityNotStated NeedState Organisation Overlap Partial Performance
    Placement PointModel Principle PrescribingRole Profession Qualification Requirement Role RoleAttribute RoleProfile Rule Sector
    Service Setting Skill SocialCareStandard SourceDocument StaffGroup Statement Suggested Team Underpinning WholeSystemModel about
    asAt attribute attributeValue audienceText completeness confidence cost depth develops duration earlierCode
    expectedCount figure fileName findingKind functionRequires hasExample hasFilled hasPart importance inArea inScale
    instanceOf involvesRole justification kindDoubt leftOut level lines locator mandate matchesBroader matchesNarrower matchesSame matchesClose
    matchesExact mode modelPerforms modelRequires nation necessity object occupation ofRole original performs place
    position predicate premise profile provider rank reason requires reviewer rule sampleDebatable sampleRead sampleWrong serves spanHash standing standardOf standsInFor statedAs
    status subject underpins unit weakestPremise
    """,
)
DCTERMS = Vocabulary(PREFIXES["dcterms"])
OWL = Vocabulary(PREFIXES["owl"])
PROV = Vocabulary(PREFIXES["prov"])
RDF = Vocabulary(PREFIXES["rdf"])
RDFS = Vocabulary(PREFIXES["rdfs"])
SKOS = Vocabulary(PREFIXES["skos"])
XSD = Vocabulary(PREFIXES["xsd"])


def to_iri(curie: str) -> str:
    """Return the IRI of a CURIE: a known prefix, else a framework of ours.

    >>> to_iri("oawip:networking-skills")
    'https://w3id.org/competence-graph/id/oawip/networking-skills'
    >>> to_iri("skos:exactMatch")
    'http://www.w3.org/2004/02/skos/core#exactMatch'
    >>> to_iri("oawip")
    'https://w3id.org/competence-graph/id/oawip'
    """
    prefix, _, local = curie.partition(":")
    if not local:
        return IDENTIFIERS + prefix
    return PREFIXES[prefix] + local if prefix in PREFIXES else f"{IDENTIFIERS}{prefix}/{local}"


def to_curie(iri: str) -> str:
    """Return the CURIE of an IRI where there is one, else the IRI itself.

    >>> to_curie("https://w3id.org/competence-graph/id/oawip/networking-skills")
    'oawip:networking-skills'
    """
    if iri.startswith(IDENTIFIERS):
        framework, _, local = iri.removeprefix(IDENTIFIERS).partition("/")
        return f"{framework}:{local}" if local else framework
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def sparql_iri(curie: str) -> str:
    """Return the IRI of a CURIE as a SPARQL term; what could break out of the brackets raises.

    >>> sparql_iri("oawip:networking-skills")
    '<https://w3id.org/competence-graph/id/oawip/networking-skills>'

    Raises
    ------
    ValueError
        The text is no IRI.
    """
    return str(NamedNode(to_iri(curie)))
