"""Lists of what is held: every row is read or named, people are told apart, nobody's name gets into anything."""

from __future__ import annotations

import io

import openpyxl
import pytest
from strategies import World

from competence_graph.analysis.held import HeldList, open_list, read_list
from competence_graph.analysis.held_files import MAX_ROWS, read_entries
from competence_graph.errors import FormatError, MissingColumnError
from competence_graph.query.names import Names


def world() -> World:
    made = World()
    made.thing("f:plan", label="Planning care")
    made.thing("f:listen", label="Listening, and hearing")
    made.thing("f:twin", label="Twin")
    made.thing("g:twin", label="Twin")
    made.things("f:do", kind="care function")
    for position in (1, 2):
        made.level(f"v:{position}", "v:scale", position)
    return made


def read(text: str, suffix: str = ".csv", asked: tuple[str, ...] = ()) -> HeldList:
    return read_list(text.encode(), suffix, Names(world().graph()), asked=asked)


def book(*rows: tuple[object, ...], title: str = "list") -> bytes:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Read me"
    made.worksheets[0].append(["competence"])
    made.worksheets[0].append(["not a row"])
    sheet = made.create_sheet(title)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def problems(held: HeldList) -> list[tuple[int, str]]:
    return [(problem.row, problem.found) for problem in held.unread]


def test_people_are_told_apart_and_their_names_stand_in_no_claim() -> None:
    held = read("Person,Competence\nAnn Lee,f:plan\nann  lee,f:do\nBob,Planning care\n")
    assert {name: [c.object.id for c in record.claims] for name, record in held.people.items()} == {"Ann Lee": ["f:plan", "f:do"], "Bob": ["f:plan"]}  # fmt: skip
    assert [claim.object.id for claim in held.record.claims] == ["f:plan", "f:do"]
    assert "Ann" not in repr((held.record, held.people["Ann Lee"]))
    assert held.rows == 3


def test_one_person_is_no_team() -> None:
    assert read("person,competence\nAnn,f:plan\nAnn,f:do\n").people == {}


def test_every_row_is_read_or_named() -> None:
    held = read("person,competence,level\nAnn,f:plan,\n,f:do,\nBob,,\nBob,f:zz,\nBob,f:do,v:9\n\nBob,f:do,v:2\n")
    assert problems(held) == [(3, "no person"), (4, "an empty cell"), (5, "‘f:zz’"), (6, "the level ‘v:9’")]
    assert held.rows == 3
    assert [claim.level for claim in held.people["Bob"].claims] == ["", "v:2"]
    assert len(held.unread) + held.rows == 7  # a row with an unknown level is in both


def test_a_row_given_twice_is_counted() -> None:
    held = read("competence\nf:plan\nPlanning care\nf:do\n")
    assert (held.rows, held.twice, len(held.items)) == (3, 1, 2)


def test_nearest_name_is_suggested() -> None:
    assert [p.suggestion for p in read("competence\nPlaning caer\n").unread] == ["Planning care (f:plan)"]


def test_of_several_things_of_one_name_the_one_asked_for_is_meant() -> None:
    held = read("competence\nTwin\n", asked=("g:twin",))
    assert [claim.object.id for claim in held.record.claims] == ["g:twin"]
    assert held.chosen == 1
    (unread,) = read("competence\nTwin\n").unread
    assert "f:twin, g:twin" in unread.suggestion


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("competence\nListening, and hearing\n", ".csv"),
        ('person,competence\nAnn,"Listening, and hearing"\n', ".csv"),
        ("person;competence\nAnn;Listening, and hearing\n", ".csv"),
        ("person\tcompetence\nAnn\tListening, and hearing\n", ".txt"),
        ("# a remark\nListening, and hearing\n", ".txt"),
    ],
)
def test_forms_of_a_table(text: str, suffix: str) -> None:
    assert [claim.object.id for claim in read(text, suffix).record.claims] == ["f:listen"]


def test_windows_spreadsheets_are_read() -> None:
    entries, unread = read_entries("competence\nCafé care – daily\n".encode("cp1252"), ".csv")
    assert [entry.competence for entry in entries] == ["Café care – daily"]
    assert unread == []


def test_a_workbook_is_read_from_its_first_sheet_with_the_column() -> None:
    data = book(
        (None, None), ("Person", "competence", "note"), ("Ann", "f:plan", 1), ("Bob", None, 2), ("Bob", 12.0, "")
    )
    held = read_list(data, ".xlsx", Names(world().graph()))
    assert [(claim.id, claim.object.id) for claim in held.record.claims] == [("held:3", "f:plan")]
    assert problems(held) == [(4, "an empty cell"), (5, "‘12’")]


def test_rows_beyond_the_limit_are_named() -> None:
    entries, unread = read_entries(("competence\n" + "f:plan\n" * (MAX_ROWS + 3)).encode(), ".csv")
    assert len(entries) == MAX_ROWS
    assert [(one.row, one.found) for one in unread] == [(MAX_ROWS + 2, "at least 3 rows more")]


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"Ann Lee,nursing\n", ".csv"), (b"PK\x03\x04 Ann Lee", ".xlsx"), (b"Ann\x00Lee", ".txt"), (b"Ann Lee", ".pdf"), (b"Ann Lee" * 400_000, ".txt")],
)  # fmt: skip
def test_no_error_repeats_what_the_file_holds(data: bytes, suffix: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_entries(data, suffix)
    assert "Ann" not in str(caught.value)
    assert caught.value.path is None


def test_people_of_whom_nothing_was_understood_are_named_and_in_no_count() -> None:
    held = read("person,competence\nAnn,f:plan\nBob,f:zz\nBob,\nCy,f:do\nCy,f:zz\n")
    assert list(held.people) == ["Ann", "Cy"]
    assert held.silent == ("Bob",)
    assert [row.row for row in held.left_out] == [3, 4, 6]
    assert "Bob" not in repr(held.unread)
    assert list(read("person,competence\nAnn,f:plan\nBob,f:zz\n").people) == ["Ann"]


def test_a_row_read_without_its_level_is_not_left_out() -> None:
    held = read("competence,level\nf:plan,v:9\nf:zz,\n")
    assert [row.row for row in held.unread] == [2, 3]
    assert [row.row for row in held.left_out] == [3]


def test_what_was_meant_can_be_chosen_for_every_row_and_undone() -> None:
    text = "person,competence\nAnn,Plaining caer\nBob,Plaining caer\nBob,f:do\n"
    reading = open_list(text.encode(), ".csv", Names(world().graph()))
    (guess,) = reading.guesses()
    assert (guess.text, guess.rows, guess.candidates[0].id) == ("Plaining caer", 2, "f:plan")
    chosen = reading.held({"Plaining caer": "f:plan"})
    assert {name: [c.object.id for c in r.claims] for name, r in chosen.people.items()} == {"Ann": ["f:plan"], "Bob": ["f:plan", "f:do"]}  # fmt: skip
    assert (chosen.guessed, chosen.unread) == (2, ())
    assert reading.held({"Plaining caer": ""}) == reading.held() == read(text)
    assert reading.held({"Plaining caer": "f:listen2"}).guessed == 0, "only what was offered can be chosen"
    assert reading.guesses() == [guess], "what was chosen can be chosen again"


def test_what_the_target_asks_is_offered_first() -> None:
    made = world()
    for letter in "hijk":
        made.thing(f"{letter}:twin", label="Twin")
    data = b"competence\nTwin\n"
    (guess,) = open_list(data, ".csv", Names(made.graph()), asked=("i:twin", "k:twin")).guesses()
    assert [thing.id for thing in guess.candidates] == ["i:twin", "k:twin", "f:twin", "g:twin", "h:twin", "j:twin"]
    assert guess.asked == 2


@pytest.mark.parametrize(
    ("data", "suffix"), [(b"name;skill\nAnn Lee;f:plan\n", ".csv"), (book(("name", "skill"), ("Ann Lee", "f:plan")), ".xlsx")]
)  # fmt: skip
def test_a_missing_column_is_told_with_those_that_there_are(data: bytes, suffix: str) -> None:
    with pytest.raises(MissingColumnError, match=r"'competence'.*'person' and 'level'") as caught:
        read_entries(data, suffix)
    assert caught.value.columns == ("name", "skill")


@pytest.mark.parametrize(("data", "suffix"), [(b"", ".csv"), (b"\n \n", ".txt"), (b"", ".xlsx"), (book(), ".xlsx")])
def test_an_empty_file_is_called_empty(data: bytes, suffix: str) -> None:
    with pytest.raises(FormatError, match="The file is empty"):
        read_entries(data, suffix)
