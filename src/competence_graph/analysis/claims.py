"""Statements with their evidence, as the measures read them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, DCTERMS, SKOS, sparql_iri, to_curie
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

STATED = ("attested", "curated")
_THROUGH = " (through '"
STRENGTH = {"attested": 1, "curated": 2, "inferred": 3, "interim": 4, "suggested": 5}
_TEXTS = {"locator": "locator", "lines": "lines", "stated_as": "statedAs", "place": "place", "reason": "reason"}
NECESSITIES = {"Essential": "essential", "Desirable": "desirable", "NecessityNotStated": "not stated"}

# One row per property of each statement: joining the optional properties in the query made the store read every
# statement of the graph (measured: 430 ms against 5 ms).
_CLAIMS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?statement ?kind ?property ?value WHERE {
  # values
  ?statement a ?kind ; ?property ?value .
}
ORDER BY ?statement ?property ?value
"""
_ISSUED = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?source ?issued WHERE { ?source a cg:SourceDocument ; dcterms:issued ?issued }
"""
_PREMISES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?statement ?premise ?locator ?through ?source ?issued WHERE {
  # values
  ?statement cg:premise ?premise .
  ?premise cg:locator ?locator ; cg:object ?through ; dcterms:source ?source .
  OPTIONAL { ?source dcterms:issued ?issued }
}
ORDER BY ?statement ?premise
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement and where it comes from.

    Parameters
    ----------
    id : str
        CURIE of the statement.
    kind : str
        Local name of its class, as in ``Requirement``.
    status, weakest : str
        How it is known; for an inferred one, the weakest status among its premises.
    source : Thing or None
        The document; None for an inferred statement, whose ``locator`` names the documents and places of its premises.
    documents : tuple of (identifier, title, date)
        The documents that it rests on; those of its premises for an inferred one.
    """

    id: str
    kind: str
    subject: Thing
    object: Thing
    status: str
    weakest: str
    necessity: str = ""
    level: str = ""
    source: Thing | None = None
    issued: str = ""
    documents: tuple[tuple[str, str, str], ...] = ()
    locator: str = ""
    lines: str = ""
    stated_as: str = ""
    note: str = ""
    place: str = ""
    reason: str = ""

    @property
    def stated(self) -> bool:
        """Whether a source or a reader states it; False for what rules worked out."""
        return self.status in STATED

    @property
    def where(self) -> str:
        """Title of the document, and the place in it."""
        if self.source is None:
            return self.locator
        lines = f" (line{'s' if '-' in self.lines else ''} {self.lines})" if self.lines else ""
        return f"{self.source.label}, {self.locator}{lines}"


def read_claims(
    graph: Graph,
    names: Names,
    kinds: Sequence[str],
    *,
    subjects: Iterable[Thing] = (),
    objects: Iterable[Thing] = (),
    interim: bool = False,
    suggested: bool = False,
) -> list[Claim]:
    """Return the statements of some kinds.

    Parameters
    ----------
    graph, names
        What is asked; reads ``cg:Statement`` nodes in all named graphs.
    kinds : sequence of str
        Local names of statement classes.
    subjects, objects : iterable of Thing
        Where given, only statements about these.
    interim, suggested : bool, default False
        Whether placeholders and machine suggestions are wanted.

    Returns
    -------
    list of Claim
        By object, then by statement; each statement once, however many graphs hold it.
    """
    blocks = [f"VALUES ?kind {{ {' '.join(str(CG[kind]) for kind in kinds)} }}"]
    for variable, things in (("subject", list(subjects)), ("object", list(objects))):
        if things:
            terms = " ".join(sparql_iri(thing.id) for thing in things)
            blocks.append(f"VALUES ?{variable} {{ {terms} }} ?statement {CG[variable]} ?{variable} .")
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in graph.select(_CLAIMS.replace("# values", "\n  ".join(blocks))):
        said = facts[to_curie(row["statement"].value)]
        said["kind"] = row["kind"].value
        said.setdefault(row["property"].value, row["value"].value)
    issued = read_issued(graph)
    found: dict[str, Claim] = {}
    for identifier, said in facts.items():
        claim = _claim(identifier, said, issued, names)
        hidden = (() if interim else ("interim",)) + (() if suggested else ("suggested",))
        if claim and claim.status not in hidden and claim.weakest not in hidden:
            found[identifier] = claim
    ordered = dict(sorted(found.items(), key=lambda item: (item[1].object.id, item[0])))
    return _with_premises(graph, names, ordered)


def read_issued(graph: Graph) -> dict[str, str]:
    """Return the date of every source document that has one, by IRI."""
    return {row["source"].value: row["issued"].value for row in graph.select(_ISSUED)}


def _claim(identifier: str, said: Mapping[str, str], issued: Mapping[str, str], names: Names) -> Claim | None:
    """Return the claim of a statement's properties; None for one that lacks subject, object or status."""
    subject, target, status = (said.get(term.value) for term in (CG.subject, CG.object, CG.status))
    if subject is None or target is None or status is None:
        return None
    text = {name: said.get(CG[term].value, "") for name, term in _TEXTS.items()}
    source = names.thing(said[DCTERMS.source.value]) if DCTERMS.source.value in said else None
    date = issued.get(said.get(DCTERMS.source.value, ""), "")
    level, weakest = said.get(CG.level.value, ""), said.get(CG.weakestPremise.value)
    return Claim(
        id=identifier, kind=said["kind"].rpartition("#")[2], subject=names.thing(subject), object=names.thing(target),
        status=_local(status), weakest=_local(weakest) if weakest else _local(status),
        necessity=NECESSITIES.get(said.get(CG.necessity.value, "").rpartition("#")[2], ""),
        level=to_curie(level) if level else "", source=source, issued=date,
        documents=((source.id, source.label, date),) if source else (), note=said.get(SKOS.scopeNote.value, ""), **text,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A statement without its evidence: what matrices are made of."""

    subject: Thing
    object: Thing
    status: str

    @property
    def stated(self) -> bool:
        """Whether a source or a reader states it."""
        return self.status in STATED


def read_links(graph: Graph, names: Names, kinds: Sequence[str]) -> list[Link]:
    """Return every statement of some kinds without its evidence; placeholders and suggestions are left out."""
    values = " ".join(str(CG[kind]) for kind in kinds)
    rows = graph.select(
        f"SELECT DISTINCT ?subject ?object ?status WHERE {{ VALUES ?kind {{ {values} }} "
        f"?statement a ?kind ; {CG.subject} ?subject ; {CG.object} ?object ; {CG.status} ?status . "
        f"FILTER (?status NOT IN ({CG.Interim}, {CG.Suggested})) }}"
    )
    links = [Link(names.thing(r["subject"]), names.thing(r["object"]), _local(r["status"].value)) for r in rows]
    return sorted(links, key=lambda link: (link.subject.id, link.object.id, link.status))


def _with_premises(graph: Graph, names: Names, found: Mapping[str, Claim]) -> list[Claim]:
    """Fill in the places of the premises of inferred statements."""
    inferred = [claim for claim in found.values() if claim.status == "inferred"]
    if not inferred:
        return list(found.values())
    places: dict[str, list[str]] = defaultdict(list)
    documents: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    values = " ".join(sparql_iri(claim.id) for claim in inferred)
    for row in graph.select(_PREMISES.replace("# values", f"VALUES ?statement {{ {values} }}")):
        what = names.thing(row["through"])
        identifier = to_curie(row["statement"].value)
        source = names.thing(row["source"])
        through = f"{_THROUGH}{what.label}')" if what.kind == "care function" else ""
        places[identifier].append(f"{source.label}, {row['locator'].value}{through}")
        documents[identifier].add((source.id, source.label, row["issued"].value if "issued" in row else ""))
    return [
        dataclasses.replace(
            claim,
            locator=" | ".join(_places(places[claim.id])),
            documents=tuple(sorted(documents[claim.id])),
        )
        if claim.id in places
        else claim
        for claim in found.values()
    ]


def _places(found: Iterable[str]) -> list[str]:
    """Return the places of premises, each once, those that say through what first."""
    through = list(dict.fromkeys(place for place in found if _THROUGH in place))
    said = {place.partition(_THROUGH)[0] for place in through}
    return through + list(dict.fromkeys(p for p in found if _THROUGH not in p and p not in said))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].lower()


def by_strength(claim: Claim) -> tuple[int, str]:
    """Return the key by which the strongest statement comes first."""
    return STRENGTH[claim.status], claim.id


def necessity_of(claims: Iterable[Claim]) -> str:
    """Return the strongest necessity that any of the statements gives: essential, not stated, desirable."""
    found = {claim.necessity for claim in claims}
    return next((word for word in ("essential", "not stated", "desirable") if word in found), "not stated")


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """What is known of one role: its profile and its statements.

    Parameters
    ----------
    role : Thing
        The role.
    profile : str
        ``full``, ``local``, ``partial``, ``mentioned``; ``record`` for a person's or team's own list.
    claims : list of Claim
        Requirements and performances, stated and inferred.
    """

    role: Thing
    profile: str
    claims: list[Claim] = field(default_factory=list)

    @property
    def statement_count(self) -> int:
        """Number of stated requirements and performances."""
        return sum(claim.stated for claim in self.claims)

    @property
    def says_too_little(self) -> bool:
        """Whether there are fewer than five statements: then no share, rank or chart is shown."""
        return self.profile != "record" and self.statement_count < MINIMUM_STATEMENTS

    def items(self, *, functions: bool, stated: bool) -> dict[Thing, list[Claim]]:
        """Return what the role does, or must be able to do, with the statements behind each item, strongest first.

        Qualifications are gates and are not among the items; see :meth:`gates`.
        """
        result: dict[Thing, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            is_function = claim.object.kind == "care function"
            if is_function == functions and claim.stated == stated and claim.object.kind != "qualification":
                result[claim.object].append(claim)
        for claims in result.values():
            claims.sort(key=by_strength)
        return dict(sorted(result.items(), key=lambda pair: (pair[0].label.lower(), pair[0].id)))

    def gates(self) -> dict[Thing, list[Claim]]:
        """Return the qualifications and registrations that the role requires."""
        result: dict[Thing, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.object.kind == "qualification":
                result[claim.object].append(claim)
        for claims in result.values():
            claims.sort(key=by_strength)
        return dict(sorted(result.items()))


MINIMUM_STATEMENTS = 5
_PROFILES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?role ?profile WHERE { ?role cg:profile ?profile }
"""


def read_profiles(graph: Graph) -> dict[str, str]:
    """Return the profile of every role, by CURIE."""
    return {to_curie(row["role"].value): _local(row["profile"].value) for row in graph.select(_PROFILES)}


def read_roles(graph: Graph, names: Names, roles: Sequence[Thing], *, attested_only: bool = False) -> list[RoleRecord]:
    """Return what is known of some roles, in their order.

    Parameters
    ----------
    attested_only : bool, default False
        Whether only what rests on sources alone counts: the weakest premise is attested.
    """
    profiles = read_profiles(graph)
    claims = read_claims(graph, names, ("Requirement", "Performance"), subjects=roles)
    if attested_only:
        claims = [claim for claim in claims if claim.weakest == "attested"]
    return [
        RoleRecord(role, profiles.get(role.id, "mentioned"), [claim for claim in claims if claim.subject == role])
        for role in roles
    ]
