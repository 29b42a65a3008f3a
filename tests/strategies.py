"""Every Hypothesis strategy, and the maker of small graphs that example tests use too.

A :class:`World` collects quads as the build would write them and becomes a :class:`~competence_graph.graph.store.Graph`
with the ontology loaded and the rules applied. A :class:`Spec` is a random small world as plain data, so that a test can
work out the right answer from it in plain Python.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from hypothesis import strategies as st

from competence_graph.graph.quads import KIND_CLASSES, MAPPINGS_GRAPH, NECESSITY
from competence_graph.graph.rules import Rule, apply, read_rules
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, DCTERMS, GRAPHS, RDF, SKOS, to_iri
from competence_graph.resources import data_folder

SECOND = ox.NamedNode(GRAPHS + "second")
ONTOLOGY_GRAPH = ox.NamedNode(GRAPHS + "ontology")
SOURCE = "doc:report"
PREDICATES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
COMPETENCE_KINDS = ("competence", "skill", "knowledge", "behaviour", "experience")
GATE = "qualification"
FUNCTION = "care function"
PROFILES = ("full", "local", "partial", "mentioned")
STATUSES = ("attested", "curated", "interim", "suggested")
STATED = ("attested", "curated")
NECESSITIES = ("essential", "desirable", "not stated")
CLASSES = {**KIND_CLASSES, FUNCTION: CG.CareFunction, "role": CG.Role, "learning offer": CG.LearningOffer}


@cache
def ontology() -> tuple[ox.Quad, ...]:
    parsed = ox.parse(path=data_folder("ontology") / "competence.ttl")
    return tuple(ox.Quad(q.subject, q.predicate, q.object, ONTOLOGY_GRAPH) for q in parsed)


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(read_rules())


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(to_iri(curie))


@dataclass
class World:
    """A small graph in the making; every name is a CURIE."""

    quads: list[ox.Quad] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.add(SOURCE, (RDF.type, CG.SourceDocument), (SKOS.prefLabel, en("A report")))
        self.add(SOURCE, (DCTERMS.issued, ox.Literal("2014-04")))

    def add(
        self, subject: str, *pairs: tuple[ox.NamedNode, ox.NamedNode | ox.Literal], graph: ox.NamedNode | None = None
    ) -> None:
        home = graph or ox.NamedNode(f"{GRAPHS}{subject.partition(':')[0]}/1")
        self.quads += [ox.Quad(node(subject), predicate, value, home) for predicate, value in pairs]

    def thing(
        self, curie: str, kind: str = "skill", label: str = "", *, others: Sequence[str] = (), code: str = "",
        parts: Sequence[str] = (), examples: Sequence[str] = (), broader: Sequence[str] = (), instance_of: str = "",
    ) -> str:  # fmt: skip
        words = label or curie.replace(":", " ").replace("-", " ")
        self.add(curie, (RDF.type, CLASSES[kind]), (SKOS.prefLabel, en(words)))
        self.add(curie, *((SKOS.altLabel, en(other)) for other in others))
        self.add(curie, *((CG.hasPart, node(part)) for part in parts))
        self.add(curie, *((CG.hasExample, node(example)) for example in examples))
        self.add(curie, *((SKOS.broader, node(wider)) for wider in broader))
        if code:
            self.add(curie, (SKOS.notation, ox.Literal(code)))
        if instance_of:
            self.add(curie, (CG.instanceOf, node(instance_of)))
        return curie

    def things(self, *curies: str, kind: str = "skill") -> None:
        for curie in curies:
            self.thing(curie, kind)

    def role(self, curie: str, profile: str = "full", label: str = "") -> str:
        self.thing(curie, "role", label)
        self.add(curie, (CG.profile, CG[profile.capitalize()]))
        return curie

    def level(self, curie: str, scale: str, position: int) -> str:
        self.add(curie, (RDF.type, CG.Level), (SKOS.prefLabel, en(curie)), (CG.inScale, node(scale)))
        self.add(curie, (CG.position, ox.Literal(position)))
        return curie

    def says(
        self, kind: str, subject: str, target: str, *, necessity: str = "", status: str = "attested", level: str = "",
        note: str = "", place: str = "", name: str = "",
    ) -> str:  # fmt: skip
        self.count += 1
        curie = name or f"said:{self.count:03d}"
        self.add(
            curie, (RDF.type, CG[kind]), (CG.subject, node(subject)), (CG.object, node(target)),
            (CG.status, CG[status.capitalize()]), (DCTERMS.source, node(SOURCE)),
            (CG.locator, ox.Literal(f"page {self.count}")), (CG.lines, ox.Literal(str(self.count))),
            (CG.statedAs, en(f"words {self.count}")),
        )  # fmt: skip
        if kind in ("Requirement", "FunctionNeed", "ModelNeed"):
            self.add(curie, (CG.necessity, NECESSITY[necessity or "essential"]))
        if level:
            self.add(curie, (CG.level, node(level)))
        if note:
            self.add(curie, (SKOS.scopeNote, en(note)))
        if place:
            self.add(curie, (CG.place, ox.Literal(place)))
        return curie

    def requires(self, role: str, *items: str, necessity: str = "essential", status: str = "attested", level: str = "") -> None:  # fmt: skip
        for item in items:
            self.says("Requirement", role, item, necessity=necessity, status=status, level=level)

    def performs(self, role: str, *functions: str, status: str = "attested") -> None:
        for function in functions:
            self.says("Performance", role, function, status=status)

    def map(self, subject: str, predicate: str, target: str, *, reviewer: str = "") -> None:
        self.add(subject, (SKOS[predicate], node(target)), graph=MAPPINGS_GRAPH)
        curie = f"mapping:{subject}-{predicate}-{target}".replace(":", ".").replace("mapping.", "mapping:", 1)
        self.add(
            curie, (RDF.type, CG.Mapping), (CG.subject, node(subject)), (CG.predicate, SKOS[predicate]),
            (CG.object, node(target)), (CG.status, CG.Curated), graph=MAPPINGS_GRAPH,
        )  # fmt: skip
        if reviewer:
            self.add(curie, (CG.reviewer, ox.Literal(reviewer)), graph=MAPPINGS_GRAPH)

    def graph(self, *, twice: bool = False, shuffled: int | None = None) -> Graph:
        """Return the graph, rules applied; ``twice`` repeats every quad in a second graph, ``shuffled`` is a seed."""
        quads = [*self.quads, *ontology()]
        if twice:
            quads += [ox.Quad(q.subject, q.predicate, q.object, SECOND) for q in quads]
        if shuffled is not None:
            random.Random(shuffled).shuffle(quads)
        store = ox.Store()
        for quad in quads if shuffled is not None else ():
            store.add(quad)
        if shuffled is None:
            store.bulk_extend(quads)
        apply(store, list(rules()))
        if twice:
            derived = [q for q in store if str(q.graph_name.value).startswith(f"{GRAPHS}rule/")]
            store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, SECOND) for q in derived)
        return Graph(store, "memory")


def en(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


@dataclass(frozen=True)
class Said:
    """A statement of a role as plain data; ``necessity`` is empty for a performance."""

    role: str
    item: str
    necessity: str
    status: str
    level: str


@dataclass(frozen=True)
class Spec:
    """A random world as plain data: items by CURIE with their kind, and what joins them."""

    items: dict[str, str]
    profiles: dict[str, str]
    said: tuple[Said, ...]
    mappings: tuple[tuple[str, str, str], ...]
    broader: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str, str, str], ...]

    @property
    def roles(self) -> list[str]:
        return sorted(self.profiles)

    def world(self) -> World:
        world = World()
        for position in (1, 2, 3):
            world.level(f"one:level-{position}", "one:scale", position)
        for item, kind in self.items.items():
            world.thing(
                item, kind, parts=[p for i, p in self.parts if i == item],
                examples=[e for i, e in self.examples if i == item], broader=[b for i, b in self.broader if i == item],
            )  # fmt: skip
        for role, profile in self.profiles.items():
            world.role(role, profile)
        for one in self.said:
            kind = "Performance" if self.items[one.item] == FUNCTION else "Requirement"
            world.says(kind, one.role, one.item, necessity=one.necessity, status=one.status, level=one.level)
        for function, item, necessity, status in self.needs:
            world.says("FunctionNeed", function, item, necessity=necessity, status=status)
        for subject, predicate, target in self.mappings:
            world.map(subject, predicate, target)
        return world

    def stated(self, role: str, *, functions: bool | None = None) -> set[str]:
        """Return what is stated of a role; qualifications stand apart and are not among it."""
        return {
            one.item
            for one in self.said
            if one.role == role
            and one.status in STATED
            and self.items[one.item] != GATE
            and (functions is None or (self.items[one.item] == FUNCTION) == functions)
        }


def family(kind: str) -> str:
    """Return what an item's mappings stay within: functions, gates, or the other competences."""
    return kind if kind in (FUNCTION, GATE) else "competence"


@st.composite
def specs(
    draw: st.DrawFn, *, parts: bool = False, gates: bool = True, items_each: tuple[int, int] = (2, 6),
    said_of_each: tuple[int, int] = (0, 9), roles: int = 3,
) -> Spec:  # fmt: skip
    """Return random worlds of two frameworks; mappings join items of one family across them.

    ``items_each`` and ``said_of_each`` are the fewest and most items of a framework and statements of a role.
    """
    kinds = st.sampled_from((*COMPETENCE_KINDS, FUNCTION, FUNCTION, "skill", *((GATE,) if gates else ())))
    sizes = st.integers(*items_each)
    items = {
        f"{name}:{'abcdefgh'[number]}": draw(kinds) for name in ("one", "two") for number in range(draw(sizes))
    }  # fmt: skip
    names = sorted(items)
    ones = [item for item in names if item.startswith("one:")]
    twos = [item for item in names if item.startswith("two:")]
    across = [(a, b) for a in ones for b in twos if family(items[a]) == family(items[b])]
    across += [(b, a) for a, b in across]
    inside = [(a, b) for f in (ones, twos) for a in f for b in f if a != b and family(items[a]) == family(items[b])]
    joined: st.SearchStrategy[list[tuple[str, str]]] = (
        st.lists(st.sampled_from(inside), unique=True, max_size=3) if inside and parts else st.just([])
    )
    mappings = [
        (a, draw(st.sampled_from(PREDICATES)), b)
        for a, b in draw(st.lists(st.sampled_from(across), unique=True, max_size=8) if across else st.just([]))
    ]
    broader = draw(st.lists(st.sampled_from(inside), unique=True, max_size=3)) if inside else []
    profiles = {f"roles:r{number}": draw(st.sampled_from(PROFILES)) for number in range(roles)}
    said: list[Said] = []
    for role in profiles:
        for item in draw(st.lists(st.sampled_from(names), min_size=said_of_each[0], max_size=said_of_each[1])):
            necessity = "" if items[item] == FUNCTION else draw(st.sampled_from(NECESSITIES))
            status = draw(st.sampled_from(("attested", "attested", "curated", "curated", "interim", "suggested")))
            level = draw(st.sampled_from(("", "", "one:level-1", "one:level-2", "one:level-3")))
            said.append(Said(role, item, necessity, status, level))
    functions = [item for item in names if items[item] == FUNCTION]
    others = [item for item in names if items[item] != FUNCTION]
    needs: list[tuple[str, str, str, str]] = []
    if functions and others:
        pairs = st.tuples(
            st.sampled_from(functions), st.sampled_from(others), st.sampled_from(NECESSITIES), st.sampled_from(STATUSES)
        )
        needs = draw(st.lists(pairs, unique_by=lambda need: need[:2], max_size=5))
    return Spec(
        items, profiles, tuple(said), tuple(mappings), tuple(broader), tuple(draw(joined)), tuple(draw(joined)), tuple(needs)
    )  # fmt: skip
