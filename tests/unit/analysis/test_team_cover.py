"""In whose lists a need stands, and what of it may leave the session."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.held import read_list
from competence_graph.analysis.needs_rows import AS_UNDERSTOOD
from competence_graph.analysis.needs_words import in_words, plain
from competence_graph.analysis.team import HIDDEN, NeedCover, shown_count
from competence_graph.analysis.training_needs import TrainingNeeds, training_needs
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

ITEM = Thing("f:s", "S", "skill")


def needed(people: dict[str, str]) -> TrainingNeeds:
    """Return the answer for lists of identifiers, with levels after a slash."""
    made = World()
    made.things(*(f"f:s{n}" for n in range(1, 7)))
    made.thing("f:whole", parts=["f:s5", "f:s6"])
    made.things("f:licence", kind="qualification")
    made.thing("m:ward", "whole-system", "Ward")
    for position in (1, 2):
        made.level(f"v:{position}", "v:scale", position)
    for item in ("f:s1", "f:s2", "f:s3", "f:whole", "f:licence"):
        made.says("ModelNeed", "m:ward", item, level="v:2" if item == "f:s2" else "")
    rows = [
        f"{person},{item.partition('/')[0]},{item.partition('/')[2]}"
        for person, items in people.items()
        for item in items.split()
    ]
    graph = made.graph()
    names = Names(graph)
    held = read_list(("person,competence,level\n" + "\n".join(rows)).encode(), ".csv", names)
    return training_needs(graph, "m:ward", held=held, names=names)


def test_each_need_says_who_has_it_at_level_below_or_in_part() -> None:
    answer = needed({"Ann": "f:s1 f:s2/v:2 f:s5", "Bob": "f:s1 f:s2/v:1", "Cy": "f:s1 f:licence"})
    found = {cover.item.id: cover for cover in answer.team}
    assert set(found) == {"f:s1", "f:s2", "f:s3", "f:whole"}  # a gate is no matter of cover
    assert (found["f:s1"].people, found["f:s1"].single) == (["Ann", "Bob", "Cy"], False)
    assert (found["f:s2"].people, found["f:s2"].short, found["f:s2"].single) == (["Ann"], ["Bob"], True)
    assert found["f:s3"].people == []
    assert found["f:whole"].short == ["Ann"]
    assert found["f:s2"].results["Ann"] == "met at level"


def test_what_leaves_has_no_name_and_no_small_number() -> None:
    answer = needed({"Ann": "f:s1 f:s2", "Bob": "f:s1", "Cy": "f:s1"})
    assert not any(name in repr((answer.table, answer.learning, answer.parts)) for name in ("Ann", "Bob"))
    assert {row.get("listed_for") or HIDDEN for row in answer.table.rows} == {HIDDEN}
    assert "fewer than 5 people" in " ".join(answer.table.notes)
    assert "3 people" not in " ".join(answer.table.notes)


def test_large_enough_counts_are_given() -> None:
    answer = needed({f"P{n}": "f:s1 f:s3" if n < 6 else "f:s1" for n in range(12)})
    shown = {str(row["item"]): row.get("listed_for") for row in answer.table.rows if row.get("listed_for")}
    assert shown == {"f s3": "6 of 12", "f s1": HIDDEN, "f s2": HIDDEN, "f whole": HIDDEN}
    assert "The list names 12 people" in " ".join(answer.table.notes)


@pytest.mark.parametrize("of", range(1, 25))
def test_no_count_that_is_shown_lets_fewer_than_five_be_read(of: int) -> None:
    for count in range(of + 1):
        if shown_count(count, of) != HIDDEN:
            assert count >= 5
            assert of - count >= 5


def test_cover_by_one_person() -> None:
    assert NeedCover(ITEM, {"Ann": "met, level not known", "Bob": "missing"}).single
    assert not NeedCover(ITEM, {"Ann": "missing", "Bob": "below level"}).single


def test_people_without_an_understood_row_are_told_of_with_the_true_reason() -> None:
    answer = needed({**{f"P{n}": "f:s1" for n in range(4)}, "Zed": "f:nothing"})
    notes = " ".join(answer.table.notes)
    assert "The list names 5 people, of whom 1 has no row that was understood and is in no count." in notes
    assert "That leaves fewer than 5 lists, so a download or report gives no count of people." in notes
    assert "names fewer than" not in notes
    assert answer.people == 4
    assert answer.list_people in in_words(answer)
    assert "Zed" not in repr(answer.table) + " ".join(in_words(answer))


def test_rows_left_out_are_told_and_missing_is_qualified() -> None:
    answer = needed({"Ann": "f:s1 weaving", "Bob": "f:s1 bob's-skill"})
    words = " ".join(in_words(answer))
    assert "2 rows of the list were not understood and count as not held: row 3 (‘weaving’), row 5" in words
    assert "row 5 (a text with a person's name)" in words
    assert "ob's" not in words
    results = {row["result"] for row in plain(answer).rows}
    assert AS_UNDERSTOOD[0] in results
    assert "Missing" not in results
    assert any(AS_UNDERSTOOD[0].lower() in figure.name for figure in answer.table.figures)
    assert "Missing" in {row["result"] for row in plain(needed({"Ann": "f:s1"})).rows}
