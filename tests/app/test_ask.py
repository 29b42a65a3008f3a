"""The page Ask: questions as links, forms with their defaults, bars, and the editor with its examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import alternatives, graph_in_use, link, opened, run, words

from competence_graph.app.ask import GROUPS
from competence_graph.app.editor import EXAMPLES
from competence_graph.query.catalogue import read_catalogue

CATALOGUE = read_catalogue()


@pytest.fixture(autouse=True, scope="module")
def shipped_graph_in_use(shipped_build: Path) -> Iterator[None]:
    with graph_in_use(shipped_build):
        yield


def test_every_question_can_be_read_before_choosing() -> None:
    text = words(opened("ask"))
    assert f"{len(CATALOGUE)} questions" in text
    for query in CATALOGUE.values():
        assert query.summary in text
        assert f"ask?question={query.name}" in text


def test_a_group_offers_its_questions_only() -> None:
    test = opened("ask", group="training")
    offered = {name for name, query in CATALOGUE.items() if query.group == "training"}
    assert set(test.selectbox(key="control.question").options) == {CATALOGUE[name].summary for name in offered}
    assert set(GROUPS) == {query.group for query in CATALOGUE.values()}


def test_the_link_has_the_question_and_every_parameter() -> None:
    asked = link(opened("ask", question="requirements-met"))
    assert set(CATALOGUE["requirements-met"].parameters) <= set(asked)


def test_counts_are_drawn_as_bars() -> None:
    test = opened("ask", question="most-required-standards")
    assert any(words_.startswith("Bars: Role count") for words_ in alternatives(test))


def test_a_question_opens_in_the_editor() -> None:
    test = opened("ask", question="roles-that-fill")
    test.button(key="ask.edit").click()
    run(test)
    text = str(test.text_area(key="ask.sparql").value)
    assert "SELECT" in text
    assert "care-coordinator" in text
    test.button(key="ask.run").click()
    run(test)
    assert not test.error
    assert any("From role" in table.value or "from_role" in table.value for table in test.table)


def test_every_example_of_the_editor_answers() -> None:
    test = opened("ask")
    for name in EXAMPLES:
        test.button(key=f"ask.example.{name}").click()
        run(test)
        assert test.text_area(key="ask.sparql").value == EXAMPLES[name]
        test.button(key="ask.run").click()
        run(test)
        assert not test.error, name
        assert test.table, name


def test_the_answer_stays_when_something_else_is_pressed() -> None:
    test = opened("ask")
    test.button(key="ask.run").click()
    run(test)
    rows = len(test.table[-1].value)
    run(test)
    assert len(test.table[-1].value) == rows > 0
