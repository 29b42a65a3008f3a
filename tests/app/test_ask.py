"""The page Ask: questions as links, forms with their defaults, bars, and the editor with its examples."""

from __future__ import annotations

import pytest
from app_pages import alternatives, link, opened, run, words

from competence_graph.app import state
from competence_graph.app.ask import GROUPS, OF_THE_PAGE
from competence_graph.app.editor import EXAMPLES, LINK, LONGEST_LINK, from_link, in_link
from competence_graph.app.lost import near_pages
from competence_graph.query.catalogue import CatalogueQuery, read_catalogue
from competence_graph.query.names import labels_of
from competence_graph.query.refusals import MAX_CHARACTERS

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

CATALOGUE = read_catalogue()
MANAGER = "roles:case-manager"


def test_every_question_can_be_read_before_choosing() -> None:
    text = words(opened("ask"))
    assert f"{len(CATALOGUE)} questions" in text
    for query in CATALOGUE.values():
        assert query.summary in text
        assert f"ask?question={query.name}" in text


def test_a_group_offers_its_questions_only() -> None:
    test = opened("ask", about="training")
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


# What a form offers


@pytest.mark.parametrize("query", [q for q in CATALOGUE.values() if q.parameters], ids=lambda query: query.name)
def test_a_form_offers_what_the_question_takes_and_nothing_else(query: CatalogueQuery) -> None:
    test = opened("ask", question=query.name)
    for parameter in query.parameters.values():
        if not parameter.kinds:
            continue
        box = test.selectbox(key=f"control.{parameter.name}")
        things = state.names().of_kinds(parameter.kinds)
        assert {thing.kind for thing in things} <= labels_of(parameter.kinds)
        assert len(box.options) == len(things)
        assert [option.partition(" · ")[0] for option in box.options] == [thing.label for thing in things], "by label"
        assert len(set(box.options)) == len(box.options), "two that look alike say whose they are"
        assert box.value == parameter.default
        if len(parameter.kinds) > 1:
            assert all(" · " in option for option in box.options), "several kinds: each says which it is"


def test_the_care_model_virtual_wards_is_offered() -> None:
    offered = opened("ask", question="functions-and-carriers").selectbox(key="control.caller").options
    assert any(option.startswith("Virtual wards · ") and "model" in option for option in offered)


def test_an_answer_for_the_default_is_said_to_be_an_example() -> None:
    assert "An example, answered for Blood transfusion." in words(opened("ask", question="learning-for-competence"))
    asked = opened("ask", question="learning-for-competence", competence="oawip:blood-transfusion")
    assert "An example" not in words(asked)


def test_no_parameter_bears_a_name_of_the_page_itself() -> None:
    """Two controls of one name cannot be drawn, and the address could not tell them apart."""
    assert not {name for query in CATALOGUE.values() for name in query.parameters} & set(OF_THE_PAGE)


# Links that are wrong


def test_a_near_name_is_offered_for_one_that_nothing_bears() -> None:
    said = words(opened("ask", question="learning-for-competence", competence="Case managment skill"))
    assert "There is no such choice" in said
    assert "An example, answered for Blood transfusion." in said
    assert "[Case management skills · skill](?question=learning-for-competence&competence=oawip%3A" in said


def test_a_near_question_is_offered_and_nothing_is_where_nothing_is_near() -> None:
    said = words(opened("ask", question="requirement-of-role"))
    assert "question=requirements-of-role" in said
    assert "Choose from the list." in words(opened("ask", question="zzqqxx"))


def test_a_parameter_that_the_question_does_not_take_is_said_to_be_left_out() -> None:
    said = words(opened("ask", question="learning-for-competence", competense="oawip:blood-transfusion"))
    assert "“competense”, which this question does not take" in said
    assert "[competence](?question=learning-for-competence&competence=oawip%3Ablood-transfusion)" in said
    assert "does not take" not in words(opened("ask", question="learning-for-competence", v="0", about="training"))


def test_near_pages() -> None:
    assert [page.path for page in near_pages("thing")] == ["item"]
    assert near_pages("Compare-Roles")[0].path == "compare"
    assert near_pages("xyzzy") == []


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("", {"q": "zzqqxx zzqqyy"}),
        ("ask", {"question": "principle-chain", "principle": MANAGER}),
        ("ask", {"question": "zzqqxx"}),
        ("needs", {"target": "zzqqxx"}),
        ("item", {"id": "zzqqxx"}),
        ("compare", {"role": "zzqqxx"}),
    ],
)
def test_no_message_speaks_of_the_command_line(path: str, given: dict[str, str | list[str]]) -> None:
    test = opened(path, **given)
    said = "\n".join(str(part.value) for part in (*test.info, *test.warning, *test.error))
    assert said
    assert "competence-graph" not in said.replace("\\", "")
    assert "--" not in said.replace("\\", "")


def test_home_offers_browse_where_nothing_is_found() -> None:
    assert any("[Browse](browse)" in str(info.value) for info in opened("", q="zzqqxx zzqqyy").info)


# The link of a query of one's own


@pytest.mark.parametrize(
    "text", ["ASK {}", 'SELECT * { ?ä ?p "“" }\n# é\n', "x" * MAX_CHARACTERS, "語" * MAX_CHARACTERS]
)
def test_a_query_comes_back_from_its_link(text: str) -> None:
    code = in_link(text)
    assert from_link(code) == text
    assert code.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "code", ["", "!", "abc", in_link("ASK {}")[:-4], in_link("x" * (MAX_CHARACTERS + 1)), in_link("x" * 10**7)]
)
def test_a_link_that_holds_no_query_gives_none(code: str) -> None:
    assert from_link(code) is None


def test_a_query_of_a_link_does_not_run_until_somebody_presses() -> None:
    text = EXAMPLES["Where a statement comes from"]
    test = opened("ask", **{LINK: in_link(text)})
    assert test.text_area(key="ask.sparql").value == text
    assert "came with the link" in words(test)
    assert "ask?question=" not in words(test), "the query stands at the top, not below the list of questions"
    assert not test.table
    test.button(key="ask.run").click()
    run(test)
    assert test.table
    assert "came with the link" not in words(test)
    assert link(test)[LINK] == [in_link(text)]


def test_a_link_that_cannot_be_read_is_said_to_be_so() -> None:
    test = opened("ask", **{LINK: "abc"})
    assert "cannot be read" in words(test)
    assert test.text_area(key="ask.sparql").value == EXAMPLES["Roles by name"]


def test_a_query_too_long_for_a_link_is_said_to_be_so() -> None:
    test = opened("ask")
    noise = "".join(f"# {hash((number, 'x')) & 0xFFFFFFFF:x}\n" for number in range(900))
    test.text_area(key="ask.sparql").set_value("ASK {}\n" + noise)
    test.button(key="ask.run").click()
    run(test)
    assert len(in_link("ASK {}\n" + noise)) > LONGEST_LINK
    assert "too long for a link" in words(test)
    assert not [field for field in test.text_input if str(field.key) == "ask.own.link"]
