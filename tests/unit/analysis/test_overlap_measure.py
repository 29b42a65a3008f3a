"""What roles share: figures, bases, gates, what is withheld."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.analysis.overlap import overlap
from competence_graph.errors import ParameterError
from competence_graph.query.table import Table, Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))
TWINS = tuple(f"g:s{number}" for number in range(1, 9))


def world() -> World:
    made = World()
    made.things(*SKILLS, *TWINS)
    for letter in "abc":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    return made


def numbers(table: Table) -> dict[str, list[tuple[int, int | None]]]:
    found: dict[str, list[tuple[int, int | None]]] = {}
    for figure in table.figures:
        found.setdefault(figure.name, []).append((figure.count, figure.of))
    return found


def rows_of(table: Table, compared: str, basis: str = "stated") -> list[tuple[str, object]]:
    return [
        (row["item"].id, row["shared_count"])
        for row in table.rows
        if row["compared"] == compared and row["basis"] == basis and isinstance(row["item"], Thing)
    ]


def mapped() -> World:
    """Return two roles of five each: one item the same, one exact, one close, one broader, one apart."""
    made = world()
    made.map("f:s2", "exactMatch", "g:s2")
    made.map("f:s3", "closeMatch", "g:s3")
    made.map("f:s4", "broadMatch", "g:s4")
    made.requires("roles:a", *SKILLS[:5])
    made.requires("roles:b", "f:s1", *TWINS[1:5])
    return made


@pytest.mark.parametrize(
    ("strictness", "expected"),
    [
        ("same", {"shared, stated competences": [(1, 9)]}),
        ("exact", {"shared, stated competences": [(2, 8)]}),
        ("close", {"coverage, stated competences": [(3, 5), (3, 5)]}),
        ("broad", {"coverage, stated competences": [(3, 5), (3, 5)]}),
    ],
)
def test_figures_by_strictness(strictness: str, expected: dict[str, list[tuple[int, int]]]) -> None:
    table = overlap(mapped().graph(), ["roles:a", "roles:b"], strictness=strictness)
    assert numbers(table) == expected
    assert any(note.startswith(f"Strictness {strictness}: ") for note in table.notes)
    assert any("none of them is yet reviewed" in note for note in table.notes)


def test_broad_lists_what_it_does_not_count() -> None:
    table = overlap(mapped().graph(), ["roles:a", "roles:b"], strictness="broad")
    by_item = {row["item"].id: row for row in table.rows if isinstance(row["item"], Thing)}
    assert by_item["f:s4"]["shared_count"] == 1
    assert "may be met, check" in str(by_item["f:s4"]["matched_with"])
    assert "partly met" in str(by_item["g:s4"]["matched_with"])


def test_coverage_is_two_numbers_without_one_to_one_matching() -> None:
    made = world()
    for twin in TWINS[:4]:
        made.map("f:s1", "closeMatch", twin)
    made.requires("roles:a", *SKILLS[:5])
    made.requires("roles:b", *TWINS[:5])
    table = overlap(made.graph(), ["roles:a", "roles:b"])
    assert numbers(table) == {"coverage, stated competences": [(1, 5), (4, 5)]}
    assert "of Role a that have a match among those of Role b" in table.figures[0].meaning


def test_exact_counts_classes_not_items() -> None:
    made = world()
    made.map("f:s1", "exactMatch", "g:s1")
    made.requires("roles:a", "f:s1", "g:s1", "f:s2", "f:s3", "f:s4")
    made.requires("roles:b", "g:s1", "f:s2", "f:s5", "f:s6", "f:s7")
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness="exact")
    assert numbers(table) == {"shared, stated competences": [(2, 7)]}


def test_competences_and_functions_stated_and_worked_out_stand_apart() -> None:
    made = world()
    made.things("f:do", kind="care function")
    made.says("FunctionNeed", "f:do", "f:s8", status="curated")
    for role in ("roles:a", "roles:b"):
        made.performs(role, "f:do")
        made.requires(role, *SKILLS[:5])
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness="same")
    assert numbers(table) == {
        "shared, stated competences": [(5, 5)],
        "shared, worked out competences": [(1, 1)],
        "shared, stated care functions": [(1, 1)],
    }
    assert [figure.withheld for figure in table.figures] == ["", *["under five items to divide by"] * 2]
    assert rows_of(table, "competences", "worked out") == [("f:s8", 2)]
    assert rows_of(table, "care functions") == [("f:do", 2)]


def test_shared_items_come_first() -> None:
    made = world()
    made.requires("roles:a", "f:s1", "f:s2")
    made.requires("roles:b", "f:s2", "f:s3")
    assert rows_of(overlap(made.graph(), ["roles:a", "roles:b"]), "competences") == [
        ("f:s2", 2),
        ("f:s1", 1),
        ("f:s3", 1),
    ]


def test_three_roles_give_three_pairs() -> None:
    made = world()
    for role in ("roles:a", "roles:b", "roles:c"):
        made.requires(role, *SKILLS[:5])
    table = overlap(made.graph(), ["roles:a", "roles:b", "roles:c"], strictness="same")
    assert numbers(table) == {"shared, stated competences": [(5, 5)] * 3}
    assert {count for _, count in rows_of(table, "competences")} == {3}


def test_under_five_statements_the_sources_say_too_little() -> None:
    made = world()
    made.requires("roles:a", *SKILLS)
    made.requires("roles:b", *SKILLS[:4])
    made.requires("roles:c", *SKILLS)
    table = overlap(made.graph(), ["roles:a", "roles:b", "roles:c"])
    for figure in table.figures:
        assert figure.withheld == (f"{TOO_LITTLE}: Role b" if "Role b" in figure.meaning else "")
    assert sum(figure.share is not None for figure in table.figures) == 2
    assert "Role b: 4 statements; profile partial (the sources describe part of it): " in "\n".join(table.notes)


def test_inferred_statements_do_not_make_a_role_said_enough_of() -> None:
    made = world()
    made.things("f:do", kind="care function")
    for skill in SKILLS:
        made.says("FunctionNeed", "f:do", skill)
    for role in ("roles:a", "roles:b"):
        made.performs(role, "f:do")
    table = overlap(made.graph(), ["roles:a", "roles:b"])
    assert table.figures
    assert all(TOO_LITTLE in figure.withheld for figure in table.figures)


def test_gates_are_in_no_share() -> None:
    made = world()
    made.things("f:registered", kind="qualification")
    for role in ("roles:a", "roles:b"):
        made.requires(role, *SKILLS[:5], "f:registered")
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness="same")
    assert numbers(table) == {"shared, stated competences": [(5, 5)]}
    assert {item for item, _ in rows_of(table, "gate")} == {"f:registered"}


def test_a_gate_of_both_roles_is_one_row() -> None:
    made = world()
    made.things("f:registered", kind="qualification")
    made.requires("roles:a", "f:registered")
    made.requires("roles:b", "f:registered")
    assert rows_of(overlap(made.graph(), ["roles:a", "roles:b"]), "gate") == [("f:registered", 2)]


def test_attested_only_hides_and_says_how_many() -> None:
    made = world()
    made.map("f:s1", "exactMatch", "g:s1")
    made.things("f:do", kind="care function")
    made.says("FunctionNeed", "f:do", "f:s8", status="curated")
    made.requires("roles:a", *SKILLS[:5])
    made.performs("roles:a", "f:do")
    made.requires("roles:b", "g:s1", *SKILLS[1:5])
    made.requires("roles:b", "f:s6", "f:s7", status="curated")
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness="close", attested_only=True)
    assert table.parameters["strictness"] == "same"
    assert numbers(table)["shared, stated competences"] == [(4, 6)]
    assert rows_of(table, "competences", "worked out") == []
    assert any(note.startswith("Attested only: 3 statements ") for note in table.notes)


def test_what_a_source_says_of_the_overlap_comes_first() -> None:
    made = mapped()
    made.says("Overlap", "roles:c", "roles:a", note="horizontal")
    first = overlap(made.graph(), ["roles:a", "roles:b"]).rows[0]
    assert first["compared"] == "overlap that a source states"
    assert first["matched_with"] == "Role c – Role a: horizontal"


def test_parts_do_not_make_rows_and_figures_disagree() -> None:
    made = world()
    made.thing("f:whole", parts=["f:s1"])
    made.requires("roles:a", "f:whole", *SKILLS[1:5])
    made.requires("roles:b", *SKILLS[:5])
    graph = made.graph()
    close = overlap(graph, ["roles:a", "roles:b"], strictness="close")
    assert numbers(close) == {"coverage, stated competences": [(5, 5), (5, 5)]}
    assert sum(count == 2 for _, count in rows_of(close, "competences")) == 6


def test_what_meets_as_a_part_is_explained_by_the_mapping_of_the_part() -> None:
    made = world()
    made.thing("f:whole", parts=["f:s1", "f:s2"])
    made.map("f:s1", "closeMatch", "g:s1")
    made.map("f:whole", "narrowMatch", "g:s1")
    made.requires("roles:a", "f:whole", *SKILLS[2:7])
    made.requires("roles:b", *TWINS[:5])
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness="close")
    why = {row["item"].id: str(row["why"]) for row in table.rows if isinstance(row["item"], Thing) and row["why"]}
    assert why["g:s1"].startswith("its part 'f s1': close match")
    assert "narrower" not in why["g:s1"]


@pytest.mark.parametrize("roles", [[], ["roles:a"], ["roles:a"] * 7, ["roles:a", "Role a"]])
def test_two_to_six_different_roles(roles: list[str]) -> None:
    with pytest.raises(ParameterError):
        overlap(world().graph(), roles)


def test_reviewed_mappings_are_counted() -> None:
    made = world()
    made.map("f:s1", "closeMatch", "g:s1", reviewer="A practitioner")
    made.map("f:s2", "closeMatch", "g:s2")
    table = overlap(made.graph(), ["roles:a", "roles:b"])
    assert any("holds 2 mappings between frameworks; 1 of them reviewed" in note for note in table.notes)
