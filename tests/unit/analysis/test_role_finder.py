"""The nearest roles, filtered, with reasons; what the direct move asks beside a way."""

from __future__ import annotations

from pyoxigraph import Literal
from strategies import World, node

from competence_graph.analysis.paths import path
from competence_graph.analysis.role_finder import NOT_STATED, nearest, pairs_of, reasons
from competence_graph.analysis.similarity import similar
from competence_graph.namespaces import CG, RDF, to_iri
from competence_graph.query.names import Names


def world() -> World:
    made = World()
    for letter in "fg":
        for number in range(1, 9):
            made.thing(f"{letter}:s{number}", label=f"Doing matter {number} {letter}")
    for letter, profile in zip("abcd", ("full", "partial", "partial", "partial"), strict=True):
        made.role(f"roles:{letter}", profile, f"Role {letter}")
    made.map("f:s2", "exactMatch", "g:s2")
    made.requires("roles:a", *(f"f:s{n}" for n in range(1, 7)))
    made.requires("roles:b", "f:s1", *(f"g:s{n}" for n in range(2, 7)))
    made.requires("roles:c", *(f"f:s{n}" for n in range(3, 9)))
    made.requires("roles:d", "f:s1")
    for role, tier in (("roles:b", "support"), ("roles:c", "registered")):
        made.add(
            f"{role}-tier", (RDF.type, CG.RoleAttribute), (CG.ofRole, node(role)), (CG.attribute, Literal("tier")),
            (CG.attributeValue, Literal(tier)), (CG.status, CG.Attested),
        )  # fmt: skip
    return made


def test_candidates_are_those_of_the_measure() -> None:
    graph = world().graph()
    found = nearest(graph, "roles:a")
    assert [c.role for c in found.candidates] == [row["role"] for row in similar(graph, "roles:a").rows]
    assert {c.role.id for c in found.candidates} == {"roles:b", "roles:c"}  # of d too little is stated
    assert [c.likeness for c in found.candidates] == sorted((c.likeness for c in found.candidates), reverse=True)


def test_filters() -> None:
    found = nearest(world().graph(), "roles:a")
    assert found.options("tier") == {"registered": 1, "support": 1}
    assert found.options("sector") == {NOT_STATED: 2}
    assert [c.role.id for c in found.only({"tier": ["support"]})] == ["roles:b"]
    assert found.only({"tier": ["support"], "profile": ["full"]}) == []
    assert found.only({"tier": [], "sector": [NOT_STATED]}) == found.candidates


def test_reasons_are_the_same_items_and_those_of_exact_mappings() -> None:
    graph = world().graph()
    names = Names(graph)
    found = nearest(graph, "roles:a", names=names)
    candidate = next(c for c in found.candidates if c.role.id == "roles:b")
    both, pairs = reasons(graph, names.thing(to_iri("roles:a")), candidate, names=names)
    assert [(str(row["item"]), row["same_as"] and str(row["same_as"])) for row in both.rows] == [
        ("Doing matter 1 f", None), ("Doing matter 2 f", "Doing matter 2 g"),
    ]  # fmt: skip
    assert len(both.rows) == candidate.row["shared_count"]
    assert all(row["source"] and row["source_of_the_other"] for row in (*both.rows, *pairs.rows))
    assert len(pairs.rows) == len(pairs_of(str(candidate.row["alike"]))) > 0
    assert not isinstance(pairs.rows[0]["item"], str)


def test_pairs_with_marks_in_their_labels() -> None:
    assert pairs_of("Plan (care); review ~ Do; it (+0.010); A ~ B (0.5)") == [
        ("Plan (care); review", "Do; it", 0.01),
        ("A", "B", 0.5),
    ]
    assert pairs_of("") == []


def test_way_says_what_the_direct_move_asks() -> None:
    table = path(world().graph(), "roles:a", "roles:c")
    (figure,) = table.figures
    assert (figure.name, figure.count, figure.of) == ("new, direct move", 2, 6)
    assert figure.count == table.rows[0]["new_count"]


def test_role_of_which_too_little_is_stated() -> None:
    found = nearest(world().graph(), "roles:d")
    assert found.candidates == []
    assert "too little" in found.table.notes[0]
