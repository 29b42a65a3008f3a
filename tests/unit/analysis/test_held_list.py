"""Lists of what is held: every row is read or named, people are told apart, nobody's name gets into anything."""

from __future__ import annotations

import io

import openpyxl
import pytest
from strategies import World

from competence_graph.analysis.held import HeldList, read_list
from competence_graph.analysis.held_files import MAX_ROWS, read_entries
from competence_graph.errors import FormatError
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
