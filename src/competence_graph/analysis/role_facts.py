"""What is stated of a role itself (profession, tier, sector …), and how two roles stand to each other.

Horizontal overlap is between roles of different professions and the same tier; vertical overlap is between a registered
and a support role. The words are those of the 2014 report (section 5.3, role overlap), after Nancarrow: horizontal
substitution is a discipline taking on tasks normally done by others, vertical substitution the delegation of traditional
nursing and therapy tasks to support workers. What is not stated of a role is never guessed: then the answer is that it is
not known.

References
----------
.. [1] Nancarrow (2004), Dynamic role boundaries in intermediate care services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.role_names import short_names
from competence_graph.graph.store import Graph
from competence_graph.namespaces import sparql_iri
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

HORIZONTAL, VERTICAL, NEITHER, NOT_KNOWN = "horizontal", "vertical", "neither", "not known"
ATTRIBUTES = ("profession", "staff group", "tier", "sector", "setting", "employer")
_FACTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?role ?attribute ?value ?status ?source ?locator WHERE {
  # values
  ?fact a cg:RoleAttribute ; cg:ofRole ?role ; cg:attribute ?attribute ; cg:attributeValue ?value ; cg:status ?status .
  FILTER (?status IN (cg:Attested, cg:Curated))
  OPTIONAL { ?fact dcterms:source ?source }
  OPTIONAL { ?fact cg:locator ?locator }
}
ORDER BY ?role ?attribute ?value
"""
_SOURCES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?role ?source ?locator WHERE {
  # values
  ?role dcterms:source ?source .
  OPTIONAL { ?role cg:locator ?locator }
}
ORDER BY ?role ?source ?locator
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about a role: its value, how it is known, and where it stands."""

    value: str
    status: str
    source: str = ""
    locator: str = ""

    @property
    def in_words(self) -> str:
        """The value, with the words that it is our judgement where no source says so itself."""
        return self.value if self.status == "attested" else f"{self.value} (our judgement)"


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What is stated of one role itself.

    Parameters
    ----------
    role : Thing
        The role.
    facts : mapping of attribute to tuple of Fact
        By :data:`ATTRIBUTES`; an attribute of which nothing is stated is absent.
    source : Thing or None
        The document that names the role.
    locator : str
        The place in it.
    """

    role: Thing
    facts: Mapping[str, tuple[Fact, ...]]
    source: Thing | None = None
    locator: str = ""

    def words(self, attribute: str) -> str:
        """Return the values of an attribute; 'not stated' where there is none."""
        return "; ".join(fact.in_words for fact in self.facts.get(attribute, ())) or "not stated"

    def one(self, attribute: str) -> str:
        """Return the value of an attribute; empty where nothing, or more than one thing, is stated."""
        values = {fact.value for fact in self.facts.get(attribute, ())}
        return values.pop() if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How two roles stand to each other.

    Parameters
    ----------
    kind : {'horizontal', 'vertical', 'neither', 'not known'}
        What their overlap is called.
    why : str
        What that rests on, or what is not stated.
    """

    one: Thing
    other: Thing
    kind: str
    why: str


def read_role_facts(graph: Graph, names: Names, roles: Sequence[Thing]) -> list[RoleFacts]:
    """Return what is stated of some roles themselves, in their order.

    Parameters
    ----------
    graph : Graph
        Reads ``cg:RoleAttribute`` nodes, stated or of our judgement, and the source of each role.
    names : Names
        For labels.
    roles : sequence of Thing
        The roles.
    """
    values = f"VALUES ?role {{ {' '.join(sparql_iri(role.id) for role in roles)} }}"
    facts: dict[Thing, dict[str, list[Fact]]] = {role: {} for role in roles}
    for row in graph.select(_FACTS.replace("# values", values)):
        source = names.thing(row["source"]).label if "source" in row else ""
        locator = row["locator"].value if "locator" in row else ""
        fact = Fact(row["value"].value, row["status"].value.rpartition("#")[2].lower(), source, locator)
        facts[names.thing(row["role"])].setdefault(row["attribute"].value, []).append(fact)
    named: dict[Thing, tuple[Thing, str]] = {}
    for row in graph.select(_SOURCES.replace("# values", values)):
        locator = row["locator"].value if "locator" in row else ""
        named.setdefault(names.thing(row["role"]), (names.thing(row["source"]), locator))
    return [
        RoleFacts(role, {key: tuple(found) for key, found in facts[role].items()}, *named.get(role, (None, "")))
        for role in roles
    ]


def read_overlap_kind(one: RoleFacts, other: RoleFacts) -> Reading:
    """Return whether the overlap of two roles is horizontal, vertical or neither, or that it is not known.

    Parameters
    ----------
    one, other : RoleFacts
        What is stated of the two.

    Examples
    --------
    >>> nurse = RoleFacts(Thing("r:n", "Nurse", "role"), {"tier": (Fact("registered", "attested"),)})
    >>> helper = RoleFacts(Thing("r:h", "Helper", "role"), {"tier": (Fact("support", "attested"),)})
    >>> read_overlap_kind(nurse, helper).kind
    'vertical'
    >>> read_overlap_kind(nurse, RoleFacts(Thing("r:x", "X", "role"), {})).why
    'the tier of X is not stated'
    """
    pair = (one, other)
    tiers = [facts.one("tier") for facts in pair]
    silent = [facts.role.label for facts, tier in zip(pair, tiers, strict=True) if not tier]
    kind, why = NOT_KNOWN, ""
    if silent:
        why = _not_stated("tier", silent)
    elif set(tiers) == {"registered", "support"}:
        registered = pair[tiers.index("registered")].role.label
        support = pair[tiers.index("support")].role.label
        kind, why = VERTICAL, f"{registered} is a registered role, {support} a support role"
    elif tiers[0] != tiers[1]:
        kind, why = NEITHER, f"the tiers differ ({tiers[0]}, {tiers[1]}) and are not registered and support"
    else:
        professions = [facts.one("profession") for facts in pair]
        silent = [facts.role.label for facts, found in zip(pair, professions, strict=True) if not found]
        if silent:
            why = f"both are of the tier '{tiers[0]}', but {_not_stated('profession', silent)}"
        elif professions[0] == professions[1]:
            kind, why = NEITHER, f"both are of one profession ({professions[0]}) and one tier ({tiers[0]})"
        elif professions[0] in professions[1] or professions[1] in professions[0]:
            why = f"both are of the tier '{tiers[0]}', and the professions may be the same ({'; '.join(professions)})"
        else:
            kind, why = HORIZONTAL, f"different professions ({'; '.join(professions)}), one tier ({tiers[0]})"
    return Reading(one.role, other.role, kind, why)


def kinds_in_words(readings: Sequence[Reading], facts: Sequence[RoleFacts]) -> list[tuple[str, str]]:
    """Return what the overlaps of some roles are called, a sentence for each kind.

    Parameters
    ----------
    readings : sequence of Reading
        Every pair of the roles.
    facts : sequence of RoleFacts
        The roles, in their order. Two are called by their titles, more by their letters.
    """
    names = {f.role: name for f, name in zip(facts, short_names([f.role.label for f in facts]), strict=True)}
    several = len(facts) > 2
    said: dict[str, list[str]] = {}
    silent: list[str] = []  # letters of the pairs of which nothing is known because a tier is not stated
    for reading in readings:
        pair = f"{names[reading.one].letter} and {names[reading.other].letter}"
        if several and reading.kind == NOT_KNOWN and not all(f.one("tier") for f in facts if f.role in (reading.one, reading.other)):  # fmt: skip
            silent.append(pair)
            continue
        why = reading.why
        for role, name in names.items():
            why = why.replace(role.label, name.letter if several else name.title)
        said.setdefault(reading.kind, []).append(f"{pair}: {why}" if several else why)
    if silent:
        untold = [names[f.role].letter for f in facts if not f.one("tier")]
        pairs = "every pair" if len(silent) == len(readings) else ", ".join(silent)
        said.setdefault(NOT_KNOWN, []).insert(0, f"{pairs}: {_not_stated('tier', untold)}")
    return [(kind, "; ".join(said[kind])) for kind in (HORIZONTAL, VERTICAL, NEITHER, NOT_KNOWN) if kind in said]


def _not_stated(attribute: str, roles: Sequence[str]) -> str:
    return f"the {attribute} of {' and of '.join(roles)} is not stated"
