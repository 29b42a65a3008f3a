"""What a target needs, and how far a role or a list gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from strategies import World

from competence_graph.analysis.claims import RoleRecord
from competence_graph.analysis.gap import gap
from competence_graph.analysis.held import read_held
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.errors import FormatError, NotFoundError, ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Table, Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))


def world() -> World:
    """Return a model with a need, a service, staff, learning and a function; a role and a care function."""
    made = World()
    made.things(*SKILLS)
    made.things("f:do", kind="care function")
    made.thing("m:ward", "whole-system", "Virtual ward")
    made.thing("m:town", "service", "Town ward", instance_of="m:ward")
    made.thing("t:nurses", "staff group", "Ward nurses")
    made.thing("l:week", "learning offer", "Orientation week")
    made.role("roles:a", "partial", "Start")
    return made


def model() -> World:
    made = world()
    made.says("ModelNeed", "m:ward", "f:s1")
    made.says("ModelNeed", "m:ward", "f:do")
    made.says("ModelNeed", "m:town", "f:s2")
    made.says("Involvement", "m:ward", "t:nurses")
    made.requires("t:nurses", "f:s3")
    made.says("FunctionNeed", "f:do", "f:s4", status="curated")
    made.says("FunctionNeed", "f:do", "f:s5", necessity="desirable")
    made.says("Audience", "l:week", "t:nurses")
    made.says("Development", "l:week", "f:s3")
    return made


def cells(table: Table, *names: str) -> list[tuple[str, ...]]:
    def text(cell: object) -> str:
        return cell.id if isinstance(cell, Thing) else str(cell)

    return [tuple(text(row[name]) for name in names) for row in table.rows]


def held(graph: Graph, folder: Path, text: str, name: str = "held.txt") -> tuple[Table, list[str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    names = Names(graph)
    record, problems = read_held(path, names)
    return gap(graph, "m:ward", held=record, names=names), problems


# ---- Targets


def test_a_model_with_service_staff_learning_and_what_is_worked_out() -> None:
    table = gap(model().graph(), "Virtual ward")
    assert sorted(cells(table, "part", "of", "item")) == [
        ("learning", "t:nurses", "l:week"),
        ("need", "m:ward", "f:do"),
        ("need", "m:ward", "f:s1"),
        ("need of its staff", "t:nurses", "f:s3"),
        ("site example", "m:town", "f:s2"),
        ("worked out", "m:ward", "f:s4"),
    ]
    assert table.figures == []
    assert {row["result"] for row in table.rows} == {""}
    assert table.notes[0].startswith("Nothing was given to compare with")
    assert table.rows[-1]["by"] == "develops f s3"
    worked_out = next(row for row in table.rows if row["part"] == "worked out")
    assert worked_out["status"] == "inferred (weakest premise curated)"


def test_parts_in_the_order_nearest_first() -> None:
    parts = [part for (part,) in cells(gap(model().graph(), "m:ward"), "part")]
    assert list(dict.fromkeys(parts)) == ["need", "site example", "need of its staff", "worked out", "learning"]


def test_staff_of_a_service_count_as_its_staff() -> None:
    made = world()
    made.says("Involvement", "m:town", "t:nurses")
    made.requires("t:nurses", "f:s3")
    assert cells(gap(made.graph(), "m:ward"), "part", "item") == [("need of its staff", "f:s3")]


def test_learning_that_does_not_say_what_it_develops() -> None:
    made = world()
    made.says("Audience", "l:week", "m:ward")
    (row,) = gap(made.graph(), "m:ward").rows
    assert (row["part"], row["by"]) == ("learning", "what it develops is not stated")


def test_a_care_function() -> None:
    table = gap(model().graph(), "f:do", role="Start")
    assert cells(table, "item", "necessity", "result") == [
        ("f:s4", "essential", "not stated"),
        ("f:s5", "desirable", "not stated"),
    ]
    assert [(f.count, f.of) for f in table.figures] == [(0, 1)]


def test_a_role_for_a_role_is_the_transfer() -> None:
    made = model()
    made.role("roles:b", label="Target")
    made.requires("roles:b", "f:s1")
    graph = made.graph()
    assert gap(graph, "roles:b", role="roles:a").question == "What does 'Start' already give 'Target', and what not?"
    assert cells(gap(graph, "roles:b"), "part", "item") == [("need", "f:s1")]


def test_silence_of_the_sources_is_said() -> None:
    table = gap(world().graph(), "m:ward")
    assert (table.rows, table.notes[0]) == ([], "The sources in this graph do not say what 'Virtual ward' needs.")


def test_wrong_use() -> None:
    graph = world().graph()
    record = RoleRecord(Thing("held", "A list", "record"), "record")
    with pytest.raises(ParameterError, match="not both"):
        gap(graph, "m:ward", role="roles:a", held=record)
    with pytest.raises(ParameterError, match="expected one of"):
        gap(graph, "m:ward", strictness="loose")
    with pytest.raises(NotFoundError):
        gap(graph, "f:s1")


# ---- How far it is held


def needs(*items: str) -> World:
    made = world()
    for item in items:
        made.says("ModelNeed", "m:ward", item)
    return made


def results(table: Table) -> dict[str, str]:
    return {row[0]: row[1] for row in cells(table, "item", "result")}


def test_a_list_that_was_given_meets_misses_and_has_no_gates_by_mapping(tmp_path: Path) -> None:
    made = needs(*SKILLS[:6])
    made.things("f:registered", "g:registered", "f:licensed", kind="qualification")
    made.map("f:registered", "exactMatch", "g:registered")
    made.says("ModelNeed", "m:ward", "f:registered")
    made.says("ModelNeed", "m:ward", "f:licensed")
    table, problems = held(made.graph(), tmp_path, "f:s1\nf s2\ng:registered\nf:licensed\n")
    assert problems == []
    assert results(table) == {
        "f:registered": "gate: check registration or qualification",
        "f:licensed": "held",
        "f:s1": "met, level not known",
        "f:s2": "met, level not known",
        **dict.fromkeys(SKILLS[2:6], "missing"),
    }
    assert [part for (part,) in cells(table, "part")][:2] == ["gate", "gate"]
    assert [(f.count, f.of, f.withheld) for f in table.figures] == [(2, 6, "")]


def test_under_five_needs_there_is_no_share(tmp_path: Path) -> None:
    made = needs(*SKILLS[:4])
    for item in SKILLS[4:8]:
        made.says("ModelNeed", "m:ward", item, necessity="desirable")
    table, _ = held(made.graph(), tmp_path, "f:s1\nf:s8\n")
    assert [(f.count, f.of, f.withheld) for f in table.figures] == [(1, 4, "under five items to divide by")]


def test_site_examples_and_components_are_in_no_denominator(tmp_path: Path) -> None:
    made = needs("f:s1")
    made.thing("f:whole", parts=["f:s2", "f:s3"], examples=["f:s4"])
    made.says("ModelNeed", "m:ward", "f:whole")
    made.says("ModelNeed", "m:town", "f:s5")
    table, _ = held(made.graph(), tmp_path, "f:s2\n")
    assert cells(table, "part", "item", "result") == [
        ("need", "f:s1", "missing"),
        ("need", "f:whole", "partly met"),
        ("need, part of it", "f:s2", "met, level not known"),
        ("need, part of it", "f:s3", "missing"),
        ("need, example of it", "f:s4", "missing"),
        ("site example", "f:s5", "missing"),
    ]
    assert [(f.name, f.count, f.of) for f in table.figures] == [("met, need", 0, 2)]


def test_what_it_is_mapped_to_is_listed() -> None:
    made = needs("f:s1")
    made.things("g:x", "g:y")
    made.map("f:s1", "closeMatch", "g:x")
    made.map("g:y", "broadMatch", "f:s1")
    (row,) = gap(made.graph(), "m:ward").rows
    assert row["mapped_to"] == "g:x g x (close); g:y g y (narrower)"


@pytest.mark.parametrize("statements", [4, 5])
def test_a_role_that_the_sources_say_too_little_of(statements: int) -> None:
    made = needs(*SKILLS[:6])
    made.requires("roles:a", *SKILLS[:statements])
    table = gap(made.graph(), "m:ward", role="roles:a")
    (figure,) = table.figures
    assert (figure.count, figure.of, figure.withheld) == (statements, 6, TOO_LITTLE if statements < 5 else "")
    assert "missing" not in results(table).values()


def test_what_is_worked_out_of_a_role_does_not_meet_stated_needs() -> None:
    made = needs("f:s1")
    made.things("f:other", kind="care function")
    made.says("FunctionNeed", "f:other", "f:s1")
    made.performs("roles:a", "f:other")
    assert results(gap(made.graph(), "m:ward", role="roles:a")) == {"f:s1": "not stated"}


def test_levels_count_in_a_gap() -> None:
    made = world()
    for position in (1, 2):
        made.level(f"v:{position}", "v:scale", position)
    made.says("ModelNeed", "m:ward", "f:s1", level="v:2")
    made.says("ModelNeed", "m:ward", "f:s2", level="v:1")
    made.requires("roles:a", "f:s1", "f:s2", level="v:1")
    found = results(gap(made.graph(), "m:ward", role="roles:a"))
    assert found == {"f:s1": "below level", "f:s2": "met at level"}


def test_the_strongest_necessity_counts() -> None:
    made = world()
    made.says("ModelNeed", "m:ward", "f:s1", necessity="desirable")
    made.says("ModelNeed", "m:ward", "f:s1", necessity="essential")
    assert cells(gap(made.graph(), "m:ward"), "necessity") == [("essential",)]


def test_what_is_worked_out_of_a_service_is_not_the_models(tmp_path: Path) -> None:
    made = world()
    made.says("ModelNeed", "m:town", "f:do")
    made.says("FunctionNeed", "f:do", "f:s4")
    table, _ = held(made.graph(), tmp_path, "f:s1\n")
    assert table.figures == []


def test_a_desirable_function_makes_no_essential_need() -> None:
    made = world()
    made.says("ModelNeed", "m:ward", "f:do", necessity="desirable")
    made.says("FunctionNeed", "f:do", "f:s4")
    assert ("f:s4", "essential") not in cells(gap(made.graph(), "m:ward"), "item", "necessity")


def test_too_little_is_said_of_the_target_role(tmp_path: Path) -> None:
    made = world()
    for skill in SKILLS:
        made.says("FunctionNeed", "f:do", skill)
    made.performs("roles:a", "f:do")
    graph = made.graph()
    path = tmp_path / "held.txt"
    path.write_text("f:s1\n", encoding="utf-8")
    record, _ = read_held(path, Names(graph))
    assert all(figure.share is None for figure in gap(graph, "roles:a", held=record).figures)


# ---- The file


def test_a_text_file_with_unknown_and_ambiguous_entries(tmp_path: Path) -> None:
    made = world()
    made.thing("f:one", label="Twin")
    made.thing("g:one", label="Twin")
    path = tmp_path / "held.txt"
    path.write_text("\ufeff# mine\n\nF S1\nf:s9\n  f:do  \nTwin\nVirtual ward\n", encoding="utf-8")
    record, problems = read_held(path, Names(made.graph()))
    assert [(claim.kind, claim.object.id) for claim in record.claims] == [
        ("Requirement", "f:s1"),
        ("Performance", "f:do"),
    ]
    assert record.claims[1].where == "row 5"
    assert [problem.partition(":")[0] for problem in problems] == [f"held.txt, line {n}" for n in (4, 6, 7)]
    assert "f:one, g:one" in problems[1]
    assert (record.profile, record.says_too_little) == ("record", False)


def test_a_csv_file_with_people_names_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text('person,competence\nA Person,f:s1\n"Person, B",\nC Person,f:zz\nshort\n', encoding="utf-8")
    record, problems = read_held(path, Names(world().graph()))
    assert [claim.object.id for claim in record.claims] == ["f:s1"]
    assert [problem.partition(": ")[0] for problem in problems] == [f"team.csv, row {n}" for n in (3, 4, 5)]
    assert "Person" not in repr((record, problems))


def test_csv_rows_are_counted_as_spreadsheets_do(tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text('competence,note\n\nf:s1,"two\nlines"\nf:zz,\n', encoding="utf-8")
    _, problems = read_held(path, Names(world().graph()))
    assert [problem.partition(": ")[0] for problem in problems] == ["team.csv, row 4"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("held.txt", b"", "The file is empty"),
        ("held.txt", b"# only a remark\n\n", "holds no competence"),
        ("held.csv", b"competence\n", "holds no competence"),
        ("held.csv", b"", "The file is empty"),
        ("held.csv", b"skill,name\nx,y\n", "no column 'competence'"),
        ("held.txt", "f:s1".encode("utf-16"), "cannot be read as text"),
        ("held.xlsx", b"PK but no workbook", "cannot be read as an XLSX workbook"),
        ("held.txt", b"x" * (2 * 1024 * 1024 + 1), "at most 2 MB"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read_held(path, Names(world().graph()))
    assert said in str(caught.value)
    assert caught.value.path == path
