"""What a target needs, and how far a role or a list gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from competence_graph.analysis.gap import gap
from competence_graph.analysis.held import read_held
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.errors import FormatError, NotFoundError, ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Table, Thing
from tests.strategies import World, bug

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
    record, _ = read_held_text(graph, "f:s1")
    with pytest.raises(ParameterError, match="not both"):
        gap(graph, "m:ward", role="roles:a", held=record)
    with pytest.raises(ParameterError, match="expected one of"):
        gap(graph, "m:ward", strictness="loose")
    with pytest.raises(NotFoundError):
        gap(graph, "f:s1")


def read_held_text(graph: Graph, *entries: str) -> tuple[object, list[str]]: ...


# ---- How far it is held


def needs(*items: str) -> World:
    made = world()
    for item in items:
        made.says("ModelNeed", "m:ward", item)
    return made
