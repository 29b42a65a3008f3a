"""What a paper holds, whoever draws it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.query.strictness import IN_WORDS
from competence_graph.reports.board import NOTHING, SILENCE, compose
from competence_graph.reports.paper import Group
from unit.reports.answers import answer, empty, row, thing, too_little


def groups(**changes: object) -> list[Group]:
    (section,) = compose([answer(**changes)]).sections  # type: ignore[arg-type]
    return list(section.groups)


def headings(group: Group) -> list[str]:
    return [column.heading for column in group.columns]


def test_a_paper_says_what_was_found_with_its_denominators() -> None:
    paper = compose([answer()], made=dt.date(2026, 3, 1))
    assert paper.title == "What does 'A' already give 'B', and what not?"
    assert paper.sections[0].summary == (
        "Competences that A meets: 3 of 12 (25%).",
        "Gates: 1 of 3. No share is shown: under five items.",
    )
    assert paper.about == ("Made on 1 March 2026 with Competence Graph.", "Data version: abc123.")
    assert paper.cautions == (CAUTION,)


def test_where_the_sources_say_too_little_no_number_is_repeated() -> None:
    paper = compose([too_little()])
    (sentence,) = paper.sections[0].summary
    assert TOO_LITTLE in sentence.lower()
    assert "77" not in sentence
    assert SILENCE in paper.cautions


def test_the_method_gives_the_strictness_in_words_and_what_was_asked() -> None:
    paper = compose([answer()])
    assert f"Strictness close: {IN_WORDS['close']}." in paper.method
    assert "Asked with: start = t:a; target = t:b; strictness = close." in paper.method


def test_sources_are_a_list_and_not_repeated() -> None:
    sources = (
        "Best practice; a scoping (2014-04) – cited as t:doc",
        "Other (2013) – cited as u:doc",
        "The oldest is of 2013.",
    )
    assert compose([answer()]).sources == sources
    assert compose([answer(), answer(2)]).sources == sources


def test_empty_columns_and_those_that_head_the_group_are_left_out() -> None:
    first, second = groups()
    assert [first.heading, second.heading] == ["Care functions (2)", "Competences (2)"]
    for group in (first, second):
        assert not {"By", "Compared", "Stated as"} & set(headings(group))
        assert all(len(line) == len(group.columns) for line in group.rows)


def test_what_every_row_says_is_said_once() -> None:
    group = groups(rows=8)[0]
    assert group.same == "The same in every row: Status: stated in the source; Jaccard (%): 25%."
    assert "Status" not in headings(group)
    short = groups(rows=2)[0]
    assert short.same == ""
    assert "Status" in headings(short)


def test_chosen_columns_come_in_the_order_asked_for() -> None:
    (section,) = compose([answer(2)], columns=("stated_as", "item")).sections
    assert headings(section.groups[0]) == ["Stated as", "Item"]
    with pytest.raises(ParameterError, match="'colour'"):
        compose([answer()], columns=("colour",))


def test_what_is_left_out_is_said() -> None:
    assert "Not shown here, but in the workbook of the same answer: ‘Stated as’." in compose([answer()]).reading


def test_a_part_stays_below_its_whole() -> None:
    rows = [row(1, compared="need"), row(2, compared="need, part of it"), row(3, compared="need")]
    (section,) = compose([dataclasses.replace(answer(), rows=rows)]).sections
    (group,) = section.groups
    assert group.heading == "Need (3)"
    assert [line[0] for line in group.rows] == ["need", "need, part of it", "need"]


def test_worked_out_never_stands_among_the_stated() -> None:
    rows = [row(1, compared="site example"), row(2, compared="site example, worked out")]
    (section,) = compose([dataclasses.replace(answer(), rows=rows)]).sections
    assert [group.heading for group in section.groups] == ["Site example (1)", "Site example, worked out (1)"]


def test_things_of_one_name_are_told_apart() -> None:
    rows = [row(1, item=thing(1, "Nurse")), row(3, item=thing(3, "Nurse")), row(5, item=thing(5, "Midwife"))]
    (section,) = compose([dataclasses.replace(answer(), rows=rows)]).sections
    assert [line[0] for line in section.groups[0].rows] == ["Nurse (t:1)", "Nurse (t:3)", "Midwife"]


def test_status_is_in_the_words_of_the_screen() -> None:
    rows = [row(1, status="inferred (weakest premise curated)"), row(3)]
    paper = compose([dataclasses.replace(answer(), rows=rows)], columns=("item", "status"))
    shown = [line[-1] for line in paper.sections[0].groups[0].rows]
    assert shown == ["worked out (rests on what is our judgement)", "stated in the source"]
    assert any(line.startswith("Worked out:") for line in paper.reading)


def test_an_empty_answer_helps() -> None:
    paper = compose([empty()])
    assert paper.sections[0].summary == (NOTHING,)
    assert paper.sections[0].empty
    assert "does not mean that the answer is no" in NOTHING


def test_a_paper_of_nothing_is_refused() -> None:
    with pytest.raises(ParameterError, match="at least one"):
        compose([])


def test_different_data_versions_are_a_caution() -> None:
    paper = compose([answer(), answer(data_version="other")])
    assert paper.data_version == "abc123, other"
    assert any("different versions" in caution for caution in paper.cautions)
    assert paper.title == "Answers to 2 questions"
