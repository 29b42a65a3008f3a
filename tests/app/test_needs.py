"""Transfer and training needs: the result, what is not stated, lists that are given, a team, what leaves the page."""

from __future__ import annotations

import io
import re
from urllib.parse import parse_qs

import openpyxl
import pytest
from app_pages import alternatives, link, opened, run, table, words
from streamlit.testing.v1 import AppTest

from competence_graph.analysis.held import read_list
from competence_graph.analysis.training_needs import asked_of, training_needs
from competence_graph.app import state
from competence_graph.app.answer import file_words
from competence_graph.app.needs import EXAMPLES
from competence_graph.reports.held_template import held_template

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"
NURSE, ASSISTANT = "roles:community-nurse-nhs-professionals-2020", "roles:assistant-practitioner-community-nursing-elht-2020"  # fmt: skip
LITTLE, WARD = "roles:volunteer-coordinator-midhurst", "oawip:virtual-wards"
PEOPLE = ("Wilhelmina", "Quackenbush", "Fernsby")


def asked(target: str = MANAGER) -> list[str]:
    """Return identifiers of what a target asks, gates left out."""
    groups = asked_of(state.graph(), state.names(), target)
    return [thing.id for title, things in groups.items() if "qualification" not in title for thing in things]


def typed(text: str) -> AppTest:
    test = opened("needs", **{"target": MANAGER, "from": "typed"})
    test.text_area(key="needs.typed").set_value(text)
    return run(test)


def uploaded(name: str, data: bytes) -> AppTest:
    test = opened("needs", **{"target": MANAGER, "from": "file"})
    test.file_uploader(key="needs.file").set_value((name, data, "text/plain"))
    return run(test)


def headers(test: AppTest) -> list[str]:
    return [str(header.value) for header in test.header]


def results(test: AppTest) -> set[str]:
    return {str(cell) for found in test.table if "Source" in found.value and "Result" in found.value for cell in found.value["Result"]}  # fmt: skip


def test_result_stands_in_a_sentence_and_agrees_with_the_table() -> None:
    test = opened("needs", start=COORDINATOR, target=MANAGER)
    answer = training_needs(state.graph(), MANAGER, role=COORDINATOR, names=state.names())
    first, second = (part for part in answer.parts if part.stated)
    assert (
        f"gives {first.met} of the {first.total} competences and {second.met} of the {second.total} care functions"
        in words(test)
    )
    counts = table(test, "Care functions")
    column = [int(cell.split(" of ")[0]) for cell in counts["Care functions"]]
    assert sum(column) == second.total
    assert f"{len(answer.to_learn())} to learn or check" in words(test)


def test_gates_come_first_and_who_has_taken_it_is_one_line() -> None:
    test = opened("needs", start=COORDINATOR, target=MANAGER)
    assert headers(test)[0] == "Gates: registration and qualifications (1)"
    assert headers(test)[1:4] == ["How far", "To learn or check (7)", "Already there (5)"]
    (line,) = [e.label for e in test.expander if "who has taken this role" in e.label]
    assert "Community matron" in line
    assert "none says it of people in the role Care co" in re.sub(r"\\", "", line)
    assert "Took" in table(test, "Who")


def test_not_stated_is_not_missing() -> None:
    test = opened("needs", start=COORDINATOR, target=MANAGER)
    assert "Not stated" in results(test)
    assert "Missing" not in results(test)
    assert "not the same as missing" in words(test)
    assert "Not stated 4" in alternatives(test)[0]
    assert "issing" not in alternatives(test)[0]


def test_employers_list_is_called_so() -> None:
    test = opened("needs", start=ASSISTANT, target=NURSE)
    assert "Not in this employer's list" in results(test)
    assert "Missing" not in results(test)
    assert len(alternatives(test)) == 1  # one competence is stated of the target: no chart of that
    assert "no share and no chart" in words(test)


def test_role_with_little_stated_gets_lists_only() -> None:
    test = opened("needs", start=LITTLE, target=MANAGER)
    assert not alternatives(test)
    assert "How far" not in headers(test)
    assert "too little" in words(test)
    assert any(header.startswith("To learn or check") for header in headers(test))


def test_rows_have_sources_and_status_in_words() -> None:
    tables = [t.value for t in opened("needs", start=COORDINATOR, target=MANAGER).table if "Source" in t.value]
    assert len(tables) >= 5
    for found in tables:
        assert all(found["Source"].astype(bool))
        assert "Status" not in found or set(found["Status"]) <= {"Stated in the source", "Our judgement", "Worked out"}


def test_without_a_start_the_page_lists_what_is_asked() -> None:
    test = opened("needs", target="oawip:administering-medication")
    assert "What it asks (3)" in headers(test)
    assert "asks 3 competences" in words(test)


def test_learning_is_named_where_a_source_names_it() -> None:
    test = opened("needs", start=MANAGER, target=WARD)
    assert "Case management training across all disciplines" in words(test)
    assert "Sources name learning for" in words(test)
    covers = table(test, "Covers")
    assert all(covers["Source"])


def test_where_no_learning_is_named_the_seven_questions_of_the_report_stand() -> None:
    text = words(opened("needs", start=COORDINATOR, target=MANAGER))
    rows = state.graph().select(
        "PREFIX cg: <https://w3id.org/competence-graph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?label WHERE { ?q cg:inArea <https://w3id.org/competence-graph/id/oawip/training-questions> ; "
        "a cg:Finding ; cg:findingKind 'question' ; skos:prefLabel ?label }"
    )
    assert len(rows) == 7
    assert all(row["label"].value in text for row in rows)


def test_examples_of_the_empty_page_work() -> None:
    text = "\n".join(str(part.value) for part in opened("needs").markdown)
    links = re.findall(r"\]\(needs\?([^)]*)\)", text)
    assert len(links) == len(EXAMPLES) == 6
    for query in links:
        test = opened("needs", **{name: value[0] for name, value in parse_qs(query).items()})
        assert not test.warning
        assert not test.error


def test_attested_only_is_in_the_link() -> None:
    test = opened("needs", start=COORDINATOR, target=MANAGER, attested="1")
    assert link(test)["attested"] == ["1"]
    assert "hidden" in words(test)


# Lists that are given


def test_ticked() -> None:
    test = opened("needs", **{"target": MANAGER, "from": "ticked"})
    assert len(test.checkbox) == len(asked()) + 1  # and a gate
    for box in test.checkbox[:2]:
        box.check()
    run(test)
    assert "The list that was given gives 2 of the" in words(test)
    assert f"{len(asked()) - 2} to learn or check" in words(test)
    assert not any(str(field.key).endswith(".link") for field in test.text_input)
    assert "tick" not in " ".join(test.query_params).lower()


def test_ticked_besides_what_is_asked() -> None:
    test = opened("needs", **{"target": MANAGER, "from": "ticked"})
    test.multiselect(key="needs.more").set_value([asked()[0], asked()[-1]])
    run(test)
    assert f"{len(asked()) - 2} to learn or check" in words(test)


def test_typed_with_what_is_not_understood() -> None:
    test = typed("\n".join([*asked()[:3], "Quantum basket weaving", "comunication skils"]))
    assert "3 entries read, 2 not understood" in words(test)
    unread = table(test, "Perhaps")
    assert unread["Row"] == ["4", "5"]
    assert unread["Found"][0] == "‘Quantum basket weaving’"
    assert "Communication skills" in unread["Perhaps"][1]
    assert "Not in the list as far as it was understood" in results(test)
    assert "Missing" not in results(test)
    assert (
        "2 rows of the list were not understood and count as not held: row 4 (‘Quantum basket weaving’), row 5"
        in words(test)
    )
    assert not any(str(field.key).endswith(".link") for field in test.text_input)
    assert not any("Quantum" in str(value) for value in test.query_params.values())


def test_what_was_meant_is_chosen_and_undone() -> None:
    test = typed("\n".join([*asked()[:3], "comunication skils", "comunication skils", "Quantum basket weaving"]))
    before = words(test)
    (choice,) = [box for box in test.selectbox if box.label.startswith("‘comunication")]
    assert choice.value == ""
    assert "(2 rows)" in choice.label
    choice.set_value(next(option for option in choice.options if "Communication skills" in option))
    run(test)
    assert "5 entries read, 1 not understood: 4 different items" in words(test)
    assert "2 entries read as you chose below" in words(test)
    test.button(key="needs.guess.undo").click()
    run(test)
    assert words(test) == before
    assert not any("omunication" in str(value) for value in test.query_params.values())


def test_counts_of_a_care_model_are_the_same_everywhere() -> None:
    """Six competences and four care functions; one of these is asked of its staff only, three of both."""
    assert "asks 6 competences and 4 care functions" in words(opened("needs", target=WARD))
    test = opened("needs", target=WARD, start=MANAGER)
    assert "gives 0 of the 6 competences and 0 of the 4 care functions" in words(test)
    assert "10 to learn or check" in words(test)
    assert "To learn or check (10)" in headers(test)
    learn = table(test, "Learning")
    assert len(learn["Item"]) == len(set(learn["Item"]))


def test_pager_counts_as_the_heading_does() -> None:
    test = opened("needs", target=MANAGER)
    assert "What it asks (12)" in headers(test)
    assert not any(" of 14" in option for box in test.selectbox for option in box.options)
    part = [kind for kind in table(test, "Kind")["Kind"] if kind == "part of the item above"]
    assert len(table(test, "Kind")["Item"]) - len(part) == 12


def test_typed_markup_is_shown_as_text() -> None:
    test = typed("<img src=x onerror=alert(1)>\n![x](http://evil.example/x.png)")
    cells = [str(cell) for found in test.table if "Perhaps" in found.value for cell in found.value["Found"]]
    assert len(cells) == 2
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(", "".join(cells))


def test_when_nothing_is_understood_nothing_is_compared() -> None:
    test = typed("Quantum basket weaving")
    assert "0 entries read, 1 not understood" in words(test)
    assert "What it asks (12)" in headers(test)


@pytest.mark.parametrize(
    ("name", "data"), [("held.txt", "{0}\n{1}\n"), ("held.csv", "who,competence\nAnn,{0}\nBob,{1}\n"), ("held.csv", "competence;level\n{0};\n{1};\n")]
)  # fmt: skip
def test_uploaded(name: str, data: str) -> None:
    test = uploaded(name, data.format(*asked()).encode())
    assert "2 entries read, 0 not understood" in words(test)
    assert f"{len(asked()) - 2} to learn or check" in words(test)
    assert "Who in the team" not in headers(test)


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    """Fill in the template."""
    book = openpyxl.load_workbook(
        io.BytesIO(held_template(asked_of(state.graph(), state.names(), MANAGER), "Case manager"))
    )
    for row in rows:
        book["list"].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def team() -> list[tuple[str, ...]]:
    items = asked()
    rows = [(person, items[0], "") for person in PEOPLE] + [(PEOPLE[0], items[1], ""), (PEOPLE[1], items[2], "")]
    return [*rows, (PEOPLE[2], "Quantum basket weaving", ""), ("", items[3], "")]


def test_uploaded_workbook_of_a_team() -> None:
    test = uploaded("held.xlsx", workbook(team()))
    assert "5 entries read, 2 not understood: 3 different items, of 3 people" in words(test)
    assert table(test, "Perhaps")["Row"] == ["7", "8"]
    cover = table(test, "In how many lists")
    assert cover["In how many lists"] == ["1 of 3 · **single cover**"] * 2 + ["3 of 3"] + ["0 of 3"] * 7
    assert f"**{len(asked()) - 3}** stand in no list of the 3 people, **2** in the list of one person only" in words(
        test
    )
    assert "Names are shown in this session only" in words(test)


def test_names_are_on_the_page_and_in_nothing_that_leaves_it() -> None:
    test = uploaded("held.xlsx", workbook(team()))
    assert all(person in words(test) for person in PEOPLE)
    held = read_list(workbook(team()), ".xlsx", state.names())
    answer = training_needs(state.graph(), MANAGER, held=held, names=state.names())
    assert not any(person in repr(answer.table) for person in PEOPLE)
    assert "fewer than 5 people" in repr(answer.table.notes)
    assert {str(row.get("listed_for") or "not shown") for row in answer.table.rows} == {"not shown"}


@pytest.mark.parametrize(("name", "data"), [("held.csv", b"name\nAnn\n"), ("held.txt", b"\xff\xfe\x00\x01"), ("held.csv", b"\x00\x00"), ("held.txt", b"# nothing\n"), ("held.xlsx", b"PK")])  # fmt: skip
def test_upload_that_cannot_be_read(name: str, data: bytes) -> None:
    test = uploaded(name, data)
    assert test.error
    assert "Ann" not in str(test.error[0].value)


def test_upload_without_the_column_is_told_which_there_are() -> None:
    test = uploaded("held.csv", b"name,skill\nAnn,nursing\n")
    said = re.sub(r"\\(.)", r"\1", str(test.error[0].value))
    assert "‘name’, ‘skill’" in said
    assert "'competence' (needed)" in said
    assert "The file is empty" in str(uploaded("held.csv", b" ").error[0].value)


def test_people_without_an_understood_row_stand_on_the_page() -> None:
    rows = "".join(f"{person},{asked()[0]}\n" for person in ("Ada", "Ben", "Cat", "Dov"))
    test = uploaded("held.csv", f"person,competence\n{rows}Eve,Quantum basket weaving\n".encode())
    assert "5 people, of whom 1 has no row that was understood and is in no count: Eve." in words(test)
    assert "4 of 4" in words(test)
    assert table(test, "Person")["Their list meets"][-1] == "no row was understood: in no count"


def test_start_that_is_unknown_is_a_role() -> None:
    assert opened("needs", **{"target": MANAGER, "from": "nonsense"}).radio(key="needs.from").value == "role"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Training needs: from care co-ordinator to case manager", "training-needs-from-care-co-ordinator-to-case-manager"),
        ("What do 'Community nurse, district nurse team (NHS Professionals, October 2020)' and 'Care co-ordinator in a PCN (E)' share?",
         "what-do-community-nurse-district-nurse-team-and-care-co-ordinator"),
        ("", ""),
    ],
)  # fmt: skip
def test_file_names_end_with_a_whole_word_and_hold_no_bracket(question: str, name: str) -> None:
    assert file_words(question) == name
