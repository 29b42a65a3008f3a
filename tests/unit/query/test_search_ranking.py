"""Search: whole words first, typing mistakes allowed."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.search import search
from competence_graph.query.table import Table, Thing

LONG = "Support individuals who live with dementia, and their families and carers, to plan for the time to come at home"


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = World()
    made.thing("f:medication", "skill", "Administering medication", code="SFHCHS3")
    made.thing("f:motivation", "behaviour", "Motivation")
    made.thing("g:give-medicines", "care function", "Giving medicines", others=["Medication rounds"])
    made.thing("f:problem-solving", "skill", "Problem-solving skills")
    made.thing("f:long", "competence", LONG)
    made.role("roles:technician", label="Medication technician")
    return made.graph()


def found(table: Table) -> list[str]:
    return [row["thing"].id for row in table.rows if isinstance(row["thing"], Thing)]


@pytest.mark.parametrize("words", ["medication", "Medication", "MEDICATION"])
def test_a_whole_word_is_found_in_every_name(graph: Graph, words: str) -> None:
    table = search(graph, words)
    whole = [row for row in table.rows if row["score"] == 100]
    assert {row["thing"].id for row in whole if isinstance(row["thing"], Thing)} == {
        "f:medication",
        "g:give-medicines",
        "roles:technician",
    }
    assert next(row for row in whole if str(row["thing"]) == "Giving medicines")["found_in"] == "Medication rounds"


@pytest.mark.parametrize(("words", "first"), [
    ("administering mediaction", "f:medication"), ("adminsitering mediaction", "f:medication"),
    ("mtoviation", "f:motivation"), ("problem solving", "f:problem-solving"), ("solving problem", "f:problem-solving"),
    ("SFHCHS3", "f:medication"), ("sfhchs3", "f:medication"), ("give-medicines", "g:give-medicines"),
])  # fmt: skip
def test_what_comes_first(graph: Graph, words: str, first: str) -> None:
    assert found(search(graph, words))[0] == first


def test_kind_framework_and_limit_narrow_it(graph: Graph) -> None:
    assert found(search(graph, "medication", kind="role")) == ["roles:technician"]
    assert found(search(graph, "medication", framework="g")) == ["g:give-medicines"]
    table = search(graph, "medication", limit=1)
    assert len(table.rows) == 1
    assert table.notes[0].endswith("the best 1 are shown.")


@pytest.mark.parametrize("words", ["", " ", "\t\n"])
def test_no_words(graph: Graph, words: str) -> None:
    with pytest.raises(ParameterError, match="no words"):
        search(graph, words)


@pytest.mark.parametrize("words", ["zzzzqqqq", "?!"])
def test_nothing_found_says_what_to_try(graph: Graph, words: str) -> None:
    table = search(graph, words)
    assert (table.rows, table.notes[0].partition(".")[0]) == ([], "Nothing is called that")


def test_one_word_of_a_long_label_is_found(graph: Graph) -> None:
    assert found(search(graph, "dementia")) == ["f:long"]


def test_an_unknown_kind_is_refused(graph: Graph) -> None:
    with pytest.raises(ParameterError):
        search(graph, "medication", kind="rolle")


def test_an_empty_graph() -> None:
    assert found(search(World().graph(), "medication")) == []
