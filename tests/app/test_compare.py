"""The page Compare roles: the head, the coverage, what hangs on mappings, the charts and the lists."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from app_pages import alternatives, link, opened, run, table, words

from competence_graph.analysis.role_comparison import compare_roles, coverage
from competence_graph.app import state

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

NURSE, MATRON = "roles:community-nurse-nhs-professionals-2020", "roles:community-matron-gstt-2020"
ASSISTANT = "roles:assistant-practitioner-community-nursing-elht-2020"
LITTLE = "roles:volunteer-coordinator-midhurst"
"""A role of which the sources state one thing."""
DIETITIAN = "roles:specialist-dietitian-nhs-professionals-2020"
CARE_WORKER, LEAD_WORKER = "roles:adult-care-worker-st0005", "roles:lead-adult-care-worker-st0006"
PATHWAY = "roles:care-or-support-worker-care-workforce-pathway"


def test_empty_page_offers_examples_that_work() -> None:
    text = "\n".join(str(part.value) for part in opened("compare").markdown)
    links = re.findall(r"\]\(compare\?([^)]*)\)", text)
    assert len(links) == 5
    for query in links:
        roles = parse_qs(query)["role"]
        test = opened("compare", role=roles)
        assert not test.warning
        assert len(table(test, "Key")["Role"]) == len(roles)


def test_one_role_is_not_enough() -> None:
    assert "one role more" in words(opened("compare", role=[NURSE]))


def test_head_says_who_the_roles_are() -> None:
    head = table(opened("compare", role=[NURSE, ASSISTANT]), "Key")
    assert head["Key"] == ["**A**", "**B**"]
    assert head["Tier"] == ["registered", "support (our judgement)"]
    assert head["Profession"] == ["nurse (our judgement)", "not stated"]
    assert head["Statements"] == [str(state.statement_counts()[role]) for role in (NURSE, ASSISTANT)]
    assert all("item?id=" in cell for cell in (*head["Role"], *head["Source"]))
    assert head["What is known"] == ["one employer's or area's whole list"] * 2


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ([NURSE, ASSISTANT], "Vertical overlap**: Community nurse, district nurse team is a registered role"),
        ([NURSE, DIETITIAN], "Horizontal overlap**: different professions (nurse; dietitian), one tier (registered)"),
        ([NURSE, MATRON], "Horizontal or vertical: not known**: the tier of Community matron is not stated"),
    ],
)
def test_kind_of_overlap_is_named(roles: list[str], said: str) -> None:
    text = words(opened("compare", role=roles))
    assert said in text
    assert "Nancarrow (2004)" in text


def test_coverage_of_two_is_that_of_the_measure() -> None:
    found = compare_roles(state.graph(), [CARE_WORKER, PATHWAY], names=state.names())
    figures = [coverage(found.items, found.records, one, 1 - one) for one in (0, 1)]
    cells = table(opened("compare", role=[CARE_WORKER, PATHWAY]), "Of whom")["Competences"]
    assert cells == [f"{f.count} of {f.of} · {f.share:.0%}" for f in figures]
    assert cells[0].startswith("3 of 28 ")


def test_coverage_under_five_is_withheld_in_words() -> None:
    cells = table(opened("compare", role=[NURSE, MATRON]), "Of whom")["Competences"]
    assert cells == ["0 of 1 · too few to give a share"] * 2


def test_matrix_of_three() -> None:
    matrix = table(opened("compare", role=[NURSE, MATRON, ASSISTANT]), "Matched by C")
    assert matrix["Care functions"][0] == "**A** Community nurse, district nurse team"
    assert [matrix[f"Matched by {letter}"][place] for place, letter in enumerate("ABC")] == ["all 25", "all 15", "all 17"]  # fmt: skip
    assert re.fullmatch(r"\d+ of 25 · \d+%", matrix["Matched by B"][0])


def test_counts_by_strictness_rise_with_mappings() -> None:
    test = opened("compare", role=[CARE_WORKER, PATHWAY])
    row = table(test, "Exact")
    assert (row["What"][0], row["Of"][0]) == ("Competences of A that B matches", "28")
    assert int(row["Same"][0]) <= int(row["Exact"][0]) < int(row["Close"][0]) == 3
    assert "none of them yet reviewed by a practitioner" in words(test)


def test_attested_only_has_no_mappings() -> None:
    test = opened("compare", role=[CARE_WORKER, PATHWAY], attested="1")
    assert not [t for t in test.table if "Exact" in t.value]
    assert table(test, "Of whom")["Competences"][0].startswith("0 of 28 ")
    assert "Only the very same item counts" in words(test)


def test_chart_of_two_is_by_area_and_says_when_there_is_none() -> None:
    assert "Stacked bars by area" in alternatives(opened("compare", role=[CARE_WORKER, LEAD_WORKER]))[0]
    test = opened("compare", role=[NURSE, MATRON])
    assert "Stacked bars by kind" in alternatives(test)[0]
    assert "None of these items stands in an area" in words(test)


def test_chart_of_three_has_its_numbers_as_a_table() -> None:
    test = opened("compare", role=[NURSE, MATRON, ASSISTANT])
    (text,) = alternatives(test)  # of care functions; under five competences are stated of each
    assert "A Community nurse, district nurse team, NHS Professionals 25" in text
    counts = table(test, "Of exactly these roles")
    assert sum(int(n) for n in counts["Items"]) == int(re.findall(r"\d+ of (\d+) shared", words(test))[1])
    assert "under five of each role: too few to give a share or a chart" in words(test)


def test_lists_give_what_matched_and_why() -> None:
    test = opened("compare", role=[CARE_WORKER, PATHWAY])
    rows = table(test, "Match and reason")
    assert "Shared by both (6)" in list(test.selectbox(key="control.list").options)
    assert all("close match, confidence" in cell and ": " in cell for cell in rows["Match and reason"])
    assert all(rows["Source"])
    assert set(rows["Status"]) == {"Stated in the source"}


def test_list_of_one_role_alone_is_not_called_missing() -> None:
    test = opened("compare", role=[NURSE, MATRON], list=NURSE)
    assert table(test, "Of roles")["Of roles"][0] == "A"
    assert "not in this employer's list" in words(test)
    assert "missing" not in words(test)
    assert link(test)["list"] == [NURSE]


def test_choice_of_list_goes_into_the_address() -> None:
    test = opened("compare", role=[NURSE, MATRON])
    test.selectbox(key="control.list").set_value(MATRON)
    run(test)
    assert test.query_params["list"] in (MATRON, [MATRON])


def test_gates_stand_in_the_head_and_have_a_list() -> None:
    test = opened("compare", role=[NURSE, MATRON])
    assert "NMC" in table(test, "Key")["Gates"][0]
    assert any(option.startswith("Gates (") for option in test.selectbox(key="control.list").options)


def test_what_sources_say_of_the_overlap_has_a_list() -> None:
    test = opened("compare", role=["roles:support-worker", "roles:nurse"], list="overlap")
    assert any("vertical substitution" in cell for cell in table(test, "Match and reason")["Match and reason"])


def test_role_of_which_little_is_said_gets_lists_only() -> None:
    test = opened("compare", role=[NURSE, LITTLE])
    assert not alternatives(test)
    assert not [t for t in test.table if "Of whom" in t.value]
    assert "too little" in words(test)
    assert table(test, "Source")


def test_link_names_everything_chosen() -> None:
    query = link(opened("compare", role=[NURSE, MATRON], strictness="broad", list="all"))
    assert query["role"] == [NURSE, MATRON]
    assert (query["strictness"], query["list"]) == (["broad"], ["all"])
