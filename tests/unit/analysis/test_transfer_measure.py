"""What one role gives another: directions, gates, parts, levels, words, shares."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.analysis.transfer import transfer
from competence_graph.errors import NotFoundError, ParameterError
from competence_graph.query.table import Cell, Figure, Table, Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))


def world(profile: str = "full") -> World:
    """Return two roles and eight skills; nothing is yet said."""
    made = World()
    made.things(*SKILLS)
    made.role("roles:a", profile, "Start")
    made.role("roles:b", "full", "Target")
    return made


def results(table: Table, *, compared: str = "competences", basis: str = "stated") -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for row in table.rows:
        if (row["compared"], row["basis"]) == (compared, basis):
            assert isinstance(row["item"], Thing)
            found[row["item"].id] = row["result"]
    return found


def figure(table: Table, name: str) -> Figure:
    return next(figure for figure in table.figures if figure.name == name)


def test_transfer_has_a_direction() -> None:
    made = world()
    made.requires("roles:a", *SKILLS[:5])
    made.requires("roles:b", *SKILLS)
    graph = made.graph()
    there, back = transfer(graph, "roles:a", "roles:b"), transfer(graph, "roles:b", "roles:a")
    met = "met, stated competences"
    assert (figure(there, met).count, figure(there, met).of, figure(there, met).share) == (5, 8, 0.625)
    assert (figure(back, met).count, figure(back, met).of, figure(back, met).share) == (5, 5, 1.0)
    assert CAUTION in there.notes


def test_a_role_is_not_compared_with_itself() -> None:
    graph = world().graph()
    with pytest.raises(ParameterError, match="same role"):
        transfer(graph, "roles:a", "Start")
    with pytest.raises(ParameterError, match="expected one of same, exact, close, broad"):
        transfer(graph, "roles:a", "roles:b", strictness="loose")
    with pytest.raises(NotFoundError):
        transfer(graph, "roles:a", "f:s1")


def test_nothing_is_said_of_either() -> None:
    table = transfer(world().graph(), "roles:a", "roles:b")
    assert (list(table.rows), list(table.figures)) == ([], [])
    assert "No source says who has taken the role Target." in table.notes


# ---- Gates


def test_a_gate_is_never_met_by_a_mapping_nor_part_of_a_share() -> None:
    made = world()
    made.things("f:registered", "g:registered", "g:licensed", kind="qualification")
    made.map("f:registered", "exactMatch", "g:registered")
    made.requires("roles:a", *SKILLS[:5], "g:registered", "g:licensed")
    made.requires("roles:b", *SKILLS[:5], "f:registered", "g:licensed")
    graph = made.graph()
    for strictness in ("same", "exact", "close", "broad"):
        table = transfer(graph, "roles:a", "roles:b", strictness=strictness)
        assert [row["compared"] for row in table.rows[:2]] == ["gate", "gate"]
        assert results(table, compared="gate") == {
            "f:registered": "gate: check registration or qualification",
            "g:licensed": "stated of Start too",
        }
        assert [(f.count, f.of) for f in table.figures] == [(5, 5)]


def test_a_compound_does_not_smuggle_a_gate_through_a_mapping() -> None:
    made = world()
    made.things("f:registered", "g:registered", kind="qualification")
    made.map("f:registered", "exactMatch", "g:registered")
    made.thing("f:whole", parts=["f:s1", "f:registered"])
    made.thing("g:whole", parts=["g:registered"])
    made.requires("roles:a", "f:s1", "g:whole")
    made.requires("roles:b", "f:whole")
    assert results(transfer(made.graph(), "roles:a", "roles:b"))["f:whole"] == "partly met"


def test_a_gate_that_is_only_worked_out_is_not_called_stated() -> None:
    made = world()
    made.thing("f:registered", "qualification")
    made.thing("f:do", "care function")
    made.says("FunctionNeed", "f:do", "f:registered")
    made.performs("roles:a", "f:do")
    made.requires("roles:b", "f:registered")
    assert "stated of" not in str(
        results(transfer(made.graph(), "roles:a", "roles:b"), compared="gate")["f:registered"]
    )


def test_a_gate_that_is_stated_and_worked_out_is_stated() -> None:
    made = world()
    made.thing("f:registered", "qualification")
    made.thing("f:do", "care function")
    made.says("FunctionNeed", "f:do", "f:registered")
    made.performs("roles:b", "f:do")
    made.says("Requirement", "roles:b", "f:registered", name="zz:last")
    assert results(transfer(made.graph(), "roles:a", "roles:b"), compared="gate").keys() == {"f:registered"}


# ---- Parts and examples


def parts_world() -> World:
    made = world()
    made.thing("f:whole", parts=SKILLS[:3])
    return made


@pytest.mark.parametrize(
    ("held", "result", "by"),
    [
        (SKILLS[:3], "met, level not known", "(all 3 parts)"),
        (SKILLS[1:3], "partly met", "(2 of 3 parts)"),
        (SKILLS[4:5], "missing", ""),
        (("f:whole",), "met, level not known", "f whole (same)"),
    ],
)
def test_a_compound_is_met_when_all_its_parts_are(held: tuple[str, ...], result: str, by: str) -> None:
    made = parts_world()
    made.requires("roles:a", *held)
    made.requires("roles:b", "f:whole")
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert results(table) == {"f:whole": result}
    assert str(table.rows[0]["by"]).endswith(by)


def test_parts_are_met_through_mappings_too() -> None:
    made = parts_world()
    made.things("g:s1")
    made.map("g:s1", "closeMatch", "f:s1")
    made.requires("roles:a", "g:s1", "f:s2", "f:s3")
    made.requires("roles:b", "f:whole")
    graph = made.graph()
    assert results(transfer(graph, "roles:a", "roles:b")) == {"f:whole": "met, level not known"}
    assert results(transfer(graph, "roles:a", "roles:b", strictness="exact")) == {"f:whole": "partly met"}


def test_a_held_compound_gives_its_parts_and_theirs() -> None:
    made = parts_world()
    made.thing("f:all", parts=["f:whole", "f:s4"])
    made.requires("roles:a", "f:all")
    made.requires("roles:b", "f:whole", *SKILLS[:4])
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert set(results(table).values()) == {"met, level not known"}
    assert {row["by"] for row in table.rows} == {"f all (same, as a part of it)"}
    assert all("page 1 " in str(row["start_source"]) for row in table.rows)


def test_parts_in_a_circle_come_to_an_end() -> None:
    made = world()
    made.thing("f:x", parts=["f:y"])
    made.thing("f:y", parts=["f:x", "f:s1"])
    made.requires("roles:a", "f:s2")
    made.requires("roles:b", "f:x")
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:x": "missing"}


@pytest.mark.parametrize("compound", ["a:whole", "z:whole"])
def test_what_is_held_itself_counts_before_a_compound_that_gives_it(compound: str) -> None:
    made = world()
    made.thing(compound, parts=["f:s1"])
    made.requires("roles:a", "f:s1", compound)
    made.requires("roles:b", "f:s1")
    assert transfer(made.graph(), "roles:a", "roles:b").rows[0]["by"] == "f s1 (same)"


@pytest.mark.parametrize("strictness", ["same", "close", "broad"])
def test_examples_never_settle_what_they_are_examples_of(strictness: str) -> None:
    made = world()
    made.thing("f:wide", examples=SKILLS[:2])
    made.requires("roles:a", *SKILLS[:2])
    made.requires("roles:b", "f:wide")
    graph = made.graph()
    table = transfer(graph, "roles:a", "roles:b", strictness=strictness)
    assert results(table) == {"f:wide": "partly met"}
    assert table.rows[0]["by"] == "f s1, f s2 (2 of 2 named examples)"
    assert set(results(transfer(graph, "roles:b", "roles:a", strictness=strictness)).values()) == {"may be met, check"}
    assert figure(table, "met, stated competences").count == 0


def test_an_example_of_a_part_of_what_is_held_names_its_source() -> None:
    made = world()
    made.thing("f:wide", examples=["f:s1"])
    made.thing("f:whole", parts=["f:wide", "f:s2"])
    made.requires("roles:a", "f:whole")
    made.requires("roles:b", "f:s1")
    row = transfer(made.graph(), "roles:a", "roles:b").rows[0]
    assert row["result"] == "may be met, check"
    assert "page 1 " in str(row["start_source"])


def test_a_part_that_is_only_to_be_checked_makes_nothing_partly_met() -> None:
    made = world()
    made.things("g:wide")
    made.thing("f:whole", parts=SKILLS[:2])
    made.map("f:s1", "broadMatch", "g:wide")
    made.requires("roles:a", "g:wide")
    made.requires("roles:b", "f:whole")
    assert results(transfer(made.graph(), "roles:a", "roles:b", strictness="broad")) == {"f:whole": "may be met, check"}


def test_broad_lists_narrower_and_broader_but_never_counts_them() -> None:
    made = world()
    made.things("g:wide", "g:narrow")
    made.map("f:s1", "broadMatch", "g:wide")
    made.map("g:narrow", "broadMatch", "f:s2")
    made.requires("roles:a", "g:wide", "g:narrow")
    made.requires("roles:b", *SKILLS[:2])
    graph = made.graph()
    assert set(results(transfer(graph, "roles:a", "roles:b")).values()) == {"missing"}
    table = transfer(graph, "roles:a", "roles:b", strictness="broad")
    assert results(table) == {"f:s1": "may be met, check", "f:s2": "partly met"}
    assert figure(table, "met, stated competences").count == 0


# ---- Levels


@pytest.mark.parametrize(
    ("held", "wanted", "result"),
    [
        ("l:2", "l:2", "met at level"),
        ("l:3", "l:2", "met at level"),
        ("l:1", "l:2", "below level"),
        ("", "l:2", "met, level not known"),
        ("l:2", "", "met, level not known"),
        ("", "", "met, level not known"),
        ("m:9", "l:2", "met, levels not comparable"),
    ],
)
def test_levels_compare_inside_one_scale(held: str, wanted: str, result: str) -> None:
    made = world()
    for position in (1, 2, 3):
        made.level(f"l:{position}", "l:scale", position)
    made.level("m:9", "m:scale", 9)
    made.requires("roles:a", "f:s1", level=held)
    made.requires("roles:b", "f:s1", level=wanted)
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert results(table) == {"f:s1": result}
    assert figure(table, "met, stated competences").count == (result != "below level")


def test_a_compound_is_at_the_level_of_its_weakest_part() -> None:
    made = parts_world()
    for position in (1, 2, 3):
        made.level(f"l:{position}", "l:scale", position)
        made.requires("roles:a", f"f:s{position}", level=f"l:{position}")
    made.requires("roles:b", "f:whole", level="l:3")
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:whole": "below level"}


@pytest.mark.parametrize(
    ("low", "high"),
    [("g:x", "g:y"), ("g:y", "g:x")],
)
def test_the_highest_of_equally_good_matches_counts(low: str, high: str) -> None:
    made = world()
    made.things("g:x", "g:y")
    for position in (1, 2, 3):
        made.level(f"l:{position}", "l:scale", position)
    made.map("f:s1", "closeMatch", "g:x")
    made.map("f:s1", "closeMatch", "g:y")
    made.requires("roles:a", low, level="l:1")
    made.requires("roles:a", high, level="l:3")
    made.requires("roles:b", "f:s1", level="l:2")
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:s1": "met at level"}


# ---- Silence is not lack of skill


@pytest.mark.parametrize(
    ("profile", "word"),
    [
        ("full", "missing"),
        ("local", "not in this employer's list"),
        ("partial", "not stated"),
        ("mentioned", "not stated"),
    ],
)
def test_what_is_not_met_is_worded_by_the_profile_of_the_start(profile: str, word: str) -> None:
    made = world(profile)
    made.requires("roles:a", *SKILLS[:5])
    made.requires("roles:b", *SKILLS[1:7])
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert {item: result for item, result in results(table).items() if result != "met, level not known"} == {
        "f:s6": word,
        "f:s7": word,
    }
    assert figure(table, f"{word}, stated competences").count == 2
    assert any("not the same as missing" in note for note in table.notes) is (word == "not stated")
    words = {f.name.partition(",")[0] for f in table.figures} | {str(row["result"]) for row in table.rows}
    assert ("missing" in words) is (word == "missing")


def test_a_role_without_a_profile_is_only_mentioned() -> None:
    made = World()
    made.things("f:s1")
    made.thing("roles:a", "role")
    made.role("roles:b")
    made.requires("roles:b", "f:s1")
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:s1": "not stated"}


@pytest.mark.parametrize(("of_a", "of_b", "withheld"), [(4, 8, "Start"), (8, 4, "Target"), (5, 5, "")])
def test_under_five_statements_there_is_no_share(of_a: int, of_b: int, withheld: str) -> None:
    made = world()
    made.requires("roles:a", *SKILLS[:of_a])
    made.requires("roles:b", *SKILLS[:of_b])
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert table.figures
    for one in table.figures:
        assert one.withheld == (f"{TOO_LITTLE}: {withheld}" if withheld else "")
        assert (one.share is None) is bool(withheld)
    assert any(TOO_LITTLE in note for note in table.notes) is bool(withheld)


def test_under_five_to_divide_by_there_is_no_share() -> None:
    made = world()
    made.requires("roles:a", *SKILLS)
    made.requires("roles:b", *SKILLS[:4])
    made.requires("roles:b", *SKILLS[4:8], necessity="desirable")
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert [(f.count, f.of, f.withheld) for f in table.figures] == [(4, 4, "under five items to divide by")]


# ---- Necessity, status, basis


def test_desirable_requirements_are_in_no_denominator() -> None:
    made = world()
    made.requires("roles:a", *SKILLS[:4])
    made.says("Performance", "roles:a", made.thing("f:do", "care function"))
    made.requires("roles:b", *SKILLS[:3])
    made.requires("roles:b", *SKILLS[3:5], necessity="not stated")
    made.requires("roles:b", *SKILLS[5:8], "f:s1", necessity="desirable")
    table = transfer(made.graph(), "roles:a", "roles:b")
    met = figure(table, "met, stated competences")
    assert (met.count, met.of) == (4, 5)
    assert "(3 essential, 2 without a stated necessity)" in met.meaning
    assert len(results(table)) == 8
    assert next(row for row in table.rows if str(row["item"]) == "f s1")["necessity"] == "essential"


def test_what_is_worked_out_stands_apart_with_its_weakest_premise() -> None:
    made = world()
    made.thing("f:do", "care function", "Doing")
    made.says("FunctionNeed", "f:do", "f:s1", status="curated")
    made.says("FunctionNeed", "f:do", "f:s2", necessity="desirable")
    made.performs("roles:b", "f:do")
    made.requires("roles:b", "f:s3")
    made.requires("roles:a", "f:s1")
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert results(table) == {"f:s3": "missing"}
    assert results(table, basis="worked out") == {"f:s1": "met, level not known"}
    assert results(table, compared="care functions") == {"f:do": "missing"}
    row = next(row for row in table.rows if row["basis"] == "worked out")
    assert row["status"] == "inferred (weakest premise curated)"
    assert str(row["source"]) == "A report (2014), page 3 (through 'Doing') | A report (2014), page 1", (
        "documents and all"
    )
    assert {f.name: f.of for f in table.figures if f.name.startswith("met")} == {
        "met, stated competences": 1,
        "met, worked out competences": 1,
        "met, stated care functions": 1,
    }


def test_what_is_worked_out_does_not_meet_what_is_stated() -> None:
    made = world()
    made.thing("f:do", "care function")
    made.says("FunctionNeed", "f:do", "f:s1")
    made.performs("roles:a", "f:do")
    made.requires("roles:b", "f:s1")
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:s1": "missing"}


@pytest.mark.parametrize("status", ["interim", "suggested"])
def test_placeholders_and_suggestions_are_in_no_answer(status: str) -> None:
    made = world()
    made.requires("roles:a", "f:s1", status=status)
    made.requires("roles:b", "f:s1")
    made.requires("roles:b", "f:s2", status=status)
    assert results(transfer(made.graph(), "roles:a", "roles:b")) == {"f:s1": "missing"}


@pytest.mark.parametrize(
    "status",
    ["interim", "suggested"],
)
def test_nothing_is_worked_out_from_placeholders_and_suggestions(status: str) -> None:
    made = world()
    made.thing("f:do", "care function")
    made.says("FunctionNeed", "f:do", "f:s1", status=status)
    made.performs("roles:b", "f:do")
    assert results(transfer(made.graph(), "roles:a", "roles:b"), basis="worked out") == {}


def test_attested_only_leaves_out_judgements_and_mappings() -> None:
    made = world()
    made.things("g:s1")
    made.map("g:s1", "exactMatch", "f:s1")
    made.requires("roles:a", "g:s1", "f:s2")
    made.requires("roles:b", "f:s1", "f:s2")
    made.requires("roles:b", "f:s3", status="curated")
    table = transfer(made.graph(), "roles:a", "roles:b", attested_only=True)
    assert results(table) == {"f:s1": "missing", "f:s2": "met, level not known"}
    assert (table.parameters["strictness"], table.parameters["attested_only"]) == ("same", "true")


def test_attested_only_says_how_much_it_hides() -> None:
    made = world()
    made.requires("roles:b", "f:s3", "f:s4", status="curated")
    assert any(
        "2 statements" in note for note in transfer(made.graph(), "roles:a", "roles:b", attested_only=True).notes
    )


def test_attested_only_keeps_what_follows_from_attested_premises_alone() -> None:
    made = world()
    made.thing("f:do", "care function")
    made.says("FunctionNeed", "f:do", "f:s1", status="attested")
    made.says("FunctionNeed", "f:do", "f:s2", status="curated")
    made.performs("roles:b", "f:do")
    table = transfer(made.graph(), "roles:a", "roles:b", attested_only=True)
    assert results(table, basis="worked out").keys() == {"f:s1"}


def test_attested_only_leaves_out_a_filling_that_is_our_judgement() -> None:
    made = world()
    made.says("Filling", "roles:a", "roles:b", status="curated")
    assert not results(transfer(made.graph(), "roles:a", "roles:b", attested_only=True), compared="filling")


def test_fillings_come_first_and_the_start_before_others() -> None:
    made = world()
    made.role("roles:c", label="Another")
    made.thing("f:registered", "qualification")
    made.requires("roles:b", "f:registered", "f:s1")
    made.says("Filling", "roles:c", "roles:b")
    made.says("Filling", "roles:a", "roles:b", place="Torbay", note="often")
    made.says("Filling", "roles:a", "roles:c")
    table = transfer(made.graph(), "roles:a", "roles:b")
    assert [row["compared"] for row in table.rows] == ["filling", "filling", "filling", "gate", "competences"]
    assert [row["result"] for row in table.rows[:3]] == [
        "people in this role have taken it",
        "people in another role have taken it",
        "people in this role have taken another role",
    ]
    assert table.rows[0]["by"] == "Start (Torbay; often)"
    assert not any("No source says who" in note for note in table.notes)


def test_a_filling_does_not_work_backwards() -> None:
    made = world()
    made.says("Filling", "roles:b", "roles:a")
    assert not transfer(made.graph(), "roles:a", "roles:b").rows
