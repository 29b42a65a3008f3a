"""The page Overview: each of its views, what can be chosen, and that charts and tables say the same."""

from __future__ import annotations

import re

import pytest
from app_pages import alternatives, link, opened, run, table, words
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

VIEWS = ("areas", "needs", "scarce", "frameworks")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_chart_with_words_and_a_table(view: str) -> None:
    test = opened("overview", view=view)
    assert not test.warning
    told = [*alternatives(test), *(chart.proto.alt for chart in test.get("echarts_chart"))]
    assert told
    assert all(told)
    assert test.table
    assert link(test)["view"] == [view]


def test_areas_are_numbered_with_a_legend() -> None:
    test = opened("overview")
    assert "1. Clinical Health Skills (225 items)" in words(test)
    rows = table(test, "Area")
    assert all(int(n) <= int(of) for n, of in zip(rows["Item count"], rows["Of"], strict=True))
    assert "the 16 roles that reach most, of 52" in words(test)
    assert "in our judgement, needs the item" in words(test)


def test_areas_that_no_shown_role_reaches_are_counted_and_not_drawn() -> None:
    test = opened("overview")
    found = re.search(
        r"the (\d+) areas that these roles reach most, of (\d+); .* (\d+) areas that none of these roles reaches",
        words(test),
    )
    assert found
    shown, every, empty = (int(number) for number in found.groups())
    assert shown == size_of_grid(test)[1] <= every - empty


def size_of_grid(test: AppTest) -> tuple[int, int]:
    found = re.search(r"Grid of (\d+) roles by (\d+) areas", alternatives(test)[0])
    assert found
    return int(found[1]), int(found[2])


def test_framework_and_basis_can_be_chosen() -> None:
    test = opened("overview", framework="oawip")
    assert test.selectbox(key="control.basis").value == "stated"
    stated = size_of_grid(test)
    test.selectbox(key="control.basis").set_value("matched")
    run(test)
    matched = size_of_grid(test)
    assert all(more > few > 1 for more, few in zip(matched, stated, strict=True)), (matched, stated)
    assert link(test)["basis"] == ["matched"]


def test_basis_that_a_framework_does_not_have_is_said_to_be_unknown() -> None:
    assert opened("overview", framework="nos", basis="stated").warning


def test_from_a_need_to_roles() -> None:
    test = opened("overview", view="needs")
    (chart,) = test.get("echarts_chart")
    assert "9 care models" in chart.proto.alt
    rows = table(test, "Carried out by")
    assert all(rows["Source"])
    known = list(zip(rows["Matched as"], rows["Status"], strict=True))
    assert all(status == "Our judgement" for matched, status in known if matched), "a mapping carries it"
    called, carried = re.findall(r"(\d+) care functions are called for; of (\d+) somebody is stated", words(test))[0]
    assert int(carried) < int(called)


def test_start_without_anyone_has_a_table_and_no_chart() -> None:
    test = opened("overview", view="needs", **{"from": "oawip:case-barking-and-dagenham"})
    assert not test.get("echarts_chart")
    assert "No source states who carries out" in words(test)
    assert set(table(test, "Carried out by")["Carried out by"]) == {"nobody is stated"}


def test_scarce_counts_add_up_and_follow_the_strictness() -> None:
    counts = {}
    for how in ("same", "close"):
        test = opened("overview", view="scarce", strictness=how)
        found = re.findall(r"(One role|Two roles|Three roles|Four roles|Five and more roles) (\d+) of (\d+)", alternatives(test)[0])  # fmt: skip
        counts[how] = [int(n) for _, n, _ in found]
        assert sum(counts[how]) == int(found[0][2])
    assert counts["close"][0] < counts["same"][0]


def test_scarce_of_a_framework_and_a_number_of_roles() -> None:
    test = opened("overview", view="scarce", framework="oawip", roles="2", strictness="same")
    rows = table(test, "Roles")
    assert rows["Item"]
    assert all(cell.count(";") == 1 for cell in rows["Roles"])
    assert all("item?id=oawip" in cell for cell in rows["Item"])
    assert "not what people can do" in words(test)


def test_scarce_care_functions() -> None:
    assert "Bars of care functions" in alternatives(opened("overview", view="scarce", what="care functions"))[0]


def test_frameworks_at_a_glance() -> None:
    test = opened("overview", view="frameworks")
    rows = table(test, "Our copy")
    first = {head: cells[0] for head, cells in rows.items()}
    assert first["Items"] == "1,878 competences"
    assert re.fullmatch(r"1,965 stated, [34]\d\d worked out", first["Statements"])
    assert len(rows["Framework"]) == 12
    assert re.search(r"\d\d of 1,878 \([34]%\)", alternatives(test)[0])
