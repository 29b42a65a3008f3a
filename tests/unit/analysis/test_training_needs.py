"""Transfer and gap in one form: the same numbers, lists that leave nothing out, learning through mappings."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.gap import gap
from competence_graph.analysis.held import held_things
from competence_graph.analysis.learning import read_covers, training_questions
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.needs_rows import EXAMPLES, FILLINGS, GATES, LEARN, OFFERS, THERE, WORKED_OUT, wholes
from competence_graph.analysis.needs_words import in_words, plain
from competence_graph.analysis.training_needs import TrainingNeeds, asked_of, training_needs
from competence_graph.analysis.transfer import transfer
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_iri
from competence_graph.query.names import Names

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))


def world() -> World:
    made = World()
    made.things(*SKILLS, "g:near", "g:wide")
    made.things("f:do", "f:act", kind="care function")
    made.things("f:licence", kind="qualification")
    made.thing("f:whole", parts=["f:s7", "f:s8"])
    for letter in "abc":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    made.map("f:s4", "closeMatch", "g:near")
    made.requires("roles:a", *SKILLS[:3], "f:s7", "g:near")
    made.performs("roles:a", "f:do")
    made.requires("roles:b", *SKILLS[:5], "f:whole", "f:licence")
    made.requires("roles:b", "f:s6", necessity="desirable")
    made.performs("roles:b", "f:do", "f:act")
    made.says("Filling", "roles:a", "roles:b", place="Here")
    made.says("Filling", "roles:c", "roles:b", place="There")
    made.says("Filling", "roles:c", "roles:b", place="Elsewhere")
    made.thing("l:course", "learning offer", "A course")
    made.thing("l:part", "learning offer", "Half a course")
    made.says("Development", "l:course", "f:s5", status="curated")
    made.says("Development", "l:part", "f:s8")
    return made


def answer(start: str = "roles:a", target: str = "roles:b", **options: object) -> TrainingNeeds:
    return training_needs(world().graph(), target, role=start, **options)  # type: ignore[arg-type]


def items(found: TrainingNeeds, name: str) -> list[tuple[str, str]]:
    return [(str(row["item"]), str(row["result"])) for row in found.rows(name)]


def test_numbers_are_those_of_transfer() -> None:
    found = answer()
    counts = {f.name: (f.count, f.of, f.withheld) for f in transfer(world().graph(), "roles:a", "roles:b").figures}
    for figure in found.table.figures:
        if figure.name in counts:
            assert (figure.count, figure.of) == counts[figure.name][:2]
    assert [(p.title, p.met, p.total, p.desirable) for p in found.parts] == [
        ("competences", 4, 6, 1),
        ("care functions", 1, 2, 0),
    ]
    assert found.table.figures[0].share == pytest.approx(4 / 6)


def test_lists_stand_in_order_and_leave_nothing_out() -> None:
    found = answer()
    assert items(found, GATES) == [("f licence", "gate: check registration or qualification")]
    # The furthest from met first, competences after care functions; desirable ones last.
    assert [name for name, _ in items(found, LEARN)] == ["f s5", "f whole", "f act", "f s6"]
    assert len(items(found, THERE)) == 5
    assert len(found.table.rows) == len(transfer(world().graph(), "roles:a", "roles:b").rows)


def test_fillings_are_a_row_for_each_role() -> None:
    rows = answer().fillings
    assert [(str(row["who"]), row["where"]) for row in rows] == [("Role a", "Here"), ("Role c", "There; Elsewhere")]
    assert str(rows[1]["source"]).count(" | ") == 1
    assert len(answer().rows(FILLINGS)) == 3


def test_a_list_is_told_who_has_taken_the_role() -> None:
    graph = world().graph()
    names = Names(graph)
    found = training_needs(graph, "roles:b", held=held_things([names.thing(to_iri("f:s1"))]), names=names)
    assert len(found.rows(FILLINGS)) == 3
    assert {result for _, result in items(found, LEARN)} == {"missing"}


def test_learning_covers_wholly_in_part_and_through_mappings() -> None:
    found = answer()
    assert sorted((c.offer.id, c.need.id, c.extent) for c in found.covers) == [
        ("l:course", "f:s5", "covers it"), ("l:part", "f:whole", "covers part of it"),
    ]  # fmt: skip
    rows = {str(row["item"]): row.get("learning") for row in found.rows(LEARN)}
    assert rows["f s5"] == "A course"
    assert rows["f whole"] == "Half a course (covers part of it)"
    assert answer(attested_only=True).covers[0].offer.id == "l:part"


@pytest.mark.parametrize(("strictness", "covered"), [("same", []), ("exact", []), ("close", ["l:near"])])
def test_learning_is_matched_as_strictly_as_asked(strictness: str, covered: list[str]) -> None:
    made = world()
    made.thing("l:near", "learning offer", "Near")
    made.says("Development", "l:near", "g:near")
    made.says("Development", "l:near", "f:licence")
    graph = made.graph()
    names = Names(graph)
    needs = [names.thing(to_iri(one)) for one in ("f:s4", "f:licence")]
    found = read_covers(graph, names, needs, Matching(graph, names), strictness)
    assert [cover.offer.id for cover in found] == covered  # and no learning closes a gate


def ward() -> Graph:
    made = world()
    made.thing("m:ward", "whole-system", "Ward")
    made.thing("m:town", "service", "Town ward", instance_of="m:ward")
    made.thing("t:staff", "staff group", "Staff")
    for item in ("f:s1", "f:whole", "f:do"):
        made.says("ModelNeed", "m:ward", item)
    made.says("ModelNeed", "m:town", "f:s2")
    made.says("Involvement", "m:ward", "t:staff")
    made.requires("t:staff", "f:s1")
    made.says("Audience", "l:course", "t:staff")
    return made.graph()


def test_parts_stand_below_their_whole_and_are_counted_nowhere() -> None:
    found = training_needs(ward(), "m:ward", role="roles:c")
    learn = [(str(row["item"]), row["kind"]) for row in found.rows(LEARN)]
    place = learn.index(("f whole", "competence"))
    assert learn[place + 1 : place + 3] == [("f s7", "part of the item above"), ("f s8", "part of the item above")]
    assert wholes(found.rows(LEARN)) == len(found.to_learn()) == 3
    assert {(p.title, p.total) for p in found.parts} == {
        ("competences", 2),
        ("care functions", 1),
    }
    # What is asked of the target and of its staff is one need, and says so.
    assert [(row["kind"], row["of"]) for row in found.rows(LEARN) if str(row["item"]) == "f s1"] == [
        ("competence, also of its staff", "Staff")
    ]
    assert [str(row["item"]) for row in found.rows(EXAMPLES)] == ["f s2"]
    assert [str(row["of"]) for row in found.rows(OFFERS)] == ["Staff"]
    assert len(found.table.rows) == len(gap(ward(), "m:ward", role="roles:c").rows) - 1


def test_a_compound_that_is_met_is_not_taken_apart() -> None:
    graph = ward()
    names = Names(graph)
    held = held_things([names.thing(to_iri(one)) for one in ("f:s7", "f:s8")])
    found = training_needs(graph, "m:ward", held=held, names=names)
    assert ("f whole", "met, level not known") in items(found, THERE)
    assert not any(row["kind"] == "part of the item above" for row in found.rows(THERE) + found.rows(LEARN))


def test_what_can_be_ticked_is_what_is_stated() -> None:
    graph = world().graph()
    asked = asked_of(graph, Names(graph), "roles:b")
    assert list(asked) == ["competences", "care functions", "registration and qualifications"]
    assert [len(things) for things in asked.values()] == [7, 2, 1]


def test_words_say_what_is_met_left_and_covered() -> None:
    said = in_words(answer())
    assert said[0] == "Role a gives 4 of the 6 competences and 1 of the 2 care functions that are stated of Role b."
    assert "4 to learn or check; for 2 of them a source names learning." in said
    assert said[-1] == "1 gate to check first, which no learning plan closes."
    assert any("not the same as missing" in sentence for sentence in said)


def test_too_little_is_said_and_no_share_given() -> None:
    found = answer(start="roles:c")
    assert in_words(found)[0] == "The sources say too little about Role c: there are lists, but no share and no chart."
    assert all(figure.share is None for figure in found.table.figures)


def test_worked_out_needs_have_counts_of_their_own() -> None:
    made = world()
    made.says("FunctionNeed", "f:act", "f:s8", status="curated")
    found = training_needs(made.graph(), "roles:b", role="roles:a")
    assert [str(row["item"]) for row in found.rows(LEARN + WORKED_OUT)] == ["f s8"]
    assert [(p.title, p.total) for p in found.parts if not p.stated] == [("competences", 1)]
    assert "Worked out from what it does: 0 of 1 competence." in in_words(found)


def test_plain_words() -> None:
    assert {str(row["result"]) for row in plain(answer()).rows if row["list"] == LEARN} == {
        "Not stated",
        "Partly met",
    }


def test_without_the_report_there_are_no_questions() -> None:
    graph = world().graph()
    assert not training_questions(graph, Names(graph)).rows
