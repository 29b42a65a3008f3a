"""Search: whole words first, then beginnings, definitions and what is spelt alike."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from strategies import World, en

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import SKOS
from competence_graph.query.name_index import NameIndex
from competence_graph.query.names import Names
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


VERBS = ("Assessing", "Supporting", "Planning", "Reviewing", "Recording")
THINGS = ("medication", "end of life care", "wound dressings", "falls prevention", "carers", "benefits advice")
WHERE = ("at home", "in the community", "on hospital wards")


@pytest.fixture(scope="module")
def many() -> Graph:
    made = World()
    labels = (f"{verb} {thing} {where}" for verb in VERBS for thing in THINGS for where in WHERE)
    for number, label in enumerate(labels):
        made.thing(f"f:s{number}", "skill", label, code=f"CH{number}", others=[f"Unit {number}: module"])
    return made.graph()


def swapped(text: str, draw: random.Random) -> str:
    letters = list(text)
    for _ in range(2):
        i = draw.choice([i for i in range(1, len(text)) if letters[i].isalpha() and letters[i - 1].isalpha()])
        letters[i - 1], letters[i] = letters[i], letters[i - 1]
    return "".join(letters)


def test_two_letter_swaps_and_another_order_are_found(many: Graph) -> None:
    names, draw = Names(many), random.Random(7)
    labels = {thing.id: thing.label for thing in names.things.values() if thing.id.startswith("f:")}
    assert len(labels) == len(VERBS) * len(THINGS) * len(WHERE)
    hits = [
        curie in found(search(many, swapped(label, draw), limit=10, names=names)) for curie, label in labels.items()
    ]
    assert sum(hits) / len(hits) >= 0.95
    for curie, label in labels.items():
        turned = " ".join(reversed(label.split()))
        assert found(search(many, turned, names=names))[0] == curie


@pytest.mark.parametrize(("words", "first", "score"), [
    ("CH7", "f:s7", 100), ("ch7", "f:s7", 100), ("Unit 7 module", "f:s7", 100), ("module unit 12", "f:s12", 100),
    ("assess wound comm", "f:s7", 95), ("falls prev plann ward", "f:s47", 95), ("endoflife care", "f:s39", 94),
    ("wuond dressinsg planning at hmoe", "f:s42", 89),
])  # fmt: skip
def test_codes_other_names_beginnings_and_mistakes(many: Graph, words: str, first: str, score: int) -> None:
    row = search(many, words).rows[0]
    assert (row["thing"].id, row["score"]) == (first, score)  # type: ignore[union-attr]


def test_definitions_come_after_names() -> None:
    made = World()
    made.thing("f:a", label="Discharge planning, from the first day on")
    made.thing("f:b", label="Leaving hospital")
    made.add("f:b", (SKOS.definition, en("Discharge planning")))
    table = search(made.graph(), "planning discharge")
    assert [(row["score"], row["found_in"]) for row in table.rows] == [(100, ""), (90, "Discharge planning")]
    assert found(table) == ["f:a", "f:b"]


def test_words_side_by_side_come_before_words_apart() -> None:
    made = World()
    made.thing("f:apart", label="Care, end of it")
    made.thing("f:together", label="Principles of end of life care")
    made.thing("f:long", label="Life, and care to the end of it, whatever")
    assert found(search(made.graph(), "end of life care")) == ["f:together", "f:long"]


def test_one_index_is_made_however_many_ask_at_once(many: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[NameIndex] = []

    def counted(graph: Graph, names: Names) -> NameIndex:
        made.append(NameIndex(graph, names))
        return made[-1]

    monkeypatch.setattr("competence_graph.query.search.NameIndex", counted)
    names = Names(many)
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(lambda words: search(many, words, names=names), ["carers at home"] * 16))
    assert len(made) == 1
    assert all(table.rows == tables[0].rows for table in tables)
