"""Similar roles: who is ranked, how, and when nothing is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from strategies import World

from competence_graph.analysis.holdings import from_graph
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.analysis.similarity import similar
from competence_graph.errors import ParameterError
from competence_graph.namespaces import CG, XSD
from competence_graph.query.names import Names
from competence_graph.query.table import Table, Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 10))


def world() -> World:
    made = World()
    made.things(*SKILLS)
    for letter in "abcd":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    made.requires("roles:a", *SKILLS[:5])
    return made


def ranking(table: Table) -> list[tuple[str, object, object]]:
    return [(r["role"].id, r["shared_count"], r["either_count"]) for r in table.rows if isinstance(r["role"], Thing)]


def test_nearest_first_with_what_both_have() -> None:
    made = world()
    made.requires("roles:b", *SKILLS[2:7])
    made.requires("roles:c", *SKILLS[:6])
    made.requires("roles:d", *SKILLS[4:9])
    table = similar(made.graph(), "Role a")
    assert ranking(table) == [("roles:c", 5, 6), ("roles:b", 3, 7), ("roles:d", 1, 9)]
    assert [row["jaccard_share"] for row in table.rows] == [0.8333, 0.4286, 0.1111]
    assert table.rows[1]["shared"] == "f s3; f s4; f s5"
    assert ranking(similar(made.graph(), "Role a", top=1)) == [("roles:c", 5, 6)]


def test_exact_mappings_join_and_close_ones_do_not() -> None:
    made = world()
    twins = tuple(f"g:s{number}" for number in range(1, 6))
    made.things(*twins)
    for number, twin in enumerate(twins, start=1):
        made.map(f"f:s{number}", "exactMatch" if number < 3 else "closeMatch", twin)
    made.requires("roles:b", *twins)
    assert ranking(similar(made.graph(), "roles:a")) == [("roles:b", 2, 8)]


def test_only_what_is_stated_counts() -> None:
    made = world()
    made.things("f:do", kind="care function")
    made.says("FunctionNeed", "f:do", "f:s1")
    made.performs("roles:b", "f:do")
    made.requires("roles:b", *SKILLS[1:5])
    made.requires("roles:b", "f:s6", status="interim")
    made.requires("roles:b", "f:s7", status="suggested")
    assert ranking(similar(made.graph(), "roles:a")) == [("roles:b", 4, 6)]


def test_a_role_that_the_sources_say_too_little_of_is_not_ranked() -> None:
    made = world()
    made.requires("roles:b", *SKILLS[:4])
    graph = made.graph()
    table = similar(graph, "roles:b")
    assert (table.rows, table.notes[0]) == ([], f"Role b: {TOO_LITTLE}; roles are not ranked.")
    other = similar(graph, "roles:a")
    assert other.rows == []
    assert other.notes[0] == "No other role that the sources say enough about is like 'Role a'."
    assert other.notes[1].startswith("1 of 2 roles have at least 5 stated items")
    assert not similar(graph, "roles:d").rows, "nothing is said of it"


def test_staff_groups_are_not_ranked_with_roles() -> None:
    made = world()
    made.thing("terms:nurses", "staff group")
    made.requires("terms:nurses", *SKILLS[:5])
    assert similar(made.graph(), "roles:a").rows == []


def test_roles_of_one_list_are_wholly_alike_by_every_measure() -> None:
    made = world()
    made.requires("roles:b", *SKILLS[:5])
    (row,) = similar(made.graph(), "roles:a").rows
    assert (row["likeness_share"], row["jaccard_share"], row["idf_cosine_share"]) == (1.0, 1.0, 1.0)


def test_pairs_that_are_alike_are_named_with_how_alike() -> None:
    made = world()
    made.map("f:s1", "closeMatch", "f:s6")
    made.requires("roles:b", "f:s6", *SKILLS[1:5])
    (row,) = similar(made.graph(), "roles:a").rows
    assert str(row["alike"]).startswith("f s1 ~ f s6 (+0."), "a close match adds more than words do"
    assert row["likeness_share"] > row["jaccard_share"]  # type: ignore[operator]
    assert 0 < row["shared_adds_share"] < row["likeness_share"]  # type: ignore[operator]
    assert [part.rpartition(" ")[0] for part in str(row["parts"]).split(", ")] == ["words", "related words", "links"]


def test_gates_are_not_mixed_in() -> None:
    made = world()
    made.things("f:registered", "g:registered", kind="qualification")
    made.map("f:registered", "exactMatch", "g:registered")
    made.requires("roles:a", "f:registered")
    made.requires("roles:b", *SKILLS[4:9], "g:registered")
    assert ranking(similar(made.graph(), "roles:a")) == [("roles:b", 1, 9)]


def test_an_empty_graph_and_a_wrong_number() -> None:
    made = World()
    made.role("roles:a")
    assert similar(made.graph(), "roles:a").rows == []
    with pytest.raises(ParameterError, match="expected 1 or more"):
        similar(made.graph(), "roles:a", top=0)


def test_an_importance_and_a_level_weigh_less_than_the_highest() -> None:
    made = world()
    for position in (1, 2, 4):
        made.level(f"f:level-{position}", "f:scale", position)
    made.requires("roles:b", *SKILLS[:4])
    made.requires("roles:b", SKILLS[4], level="f:level-2")
    said = made.says("Requirement", "roles:c", SKILLS[0])
    made.add(said, (CG.importance, ox.Literal("0.5", datatype=XSD.decimal)))
    graph = made.graph()
    held = from_graph(graph, Names(graph))
    table = held.stated.toarray()
    stated = {(held.roles[i], held.items[j]): float(table[i, j]) for i, j in zip(*table.nonzero(), strict=True)}
    assert stated["roles:b", SKILLS[4]] == pytest.approx(2 / 3)
    assert stated["roles:c", SKILLS[0]] == 0.5
    assert {stated["roles:a", skill] for skill in SKILLS[:5]} == {1.0}
    (row,) = similar(graph, "roles:a").rows
    assert 0.9 < float(str(row["likeness_share"])) < 1.0
