"""Every page of the registry, run by Streamlit's own test runner: headings, links that reproduce, links that are wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from app_pages import alternatives, link, opened, run, words

from competence_graph.app import PAGES

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

NURSE, MATRON = "roles:community-nurse-nhs-professionals-2020", "roles:community-matron-gstt-2020"
ASSISTANT = "roles:assistant-practitioner-community-nursing-elht-2020"
MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"
LITTLE = "roles:volunteer-coordinator-midhurst"
"""A role of which the sources state one thing."""
WARD = "oawip:virtual-wards"
HEADINGS = {page.path: page.title for page in PAGES} | {"": "Competence Graph"}
BAD = {
    "unknown": "no:such-thing",
    "markup": "<script>alert(1)</script>](http://evil.example) ![x](http://evil.example/x.png)",
}
LINKS: dict[str, tuple[str, ...]] = {
    "browse": ("framework",), "compare": ("role", "strictness"), "needs": ("target", "start", "strictness"),
    "finder": ("role", "target"), "frameworks": ("one", "other"), "graph": ("id", "steps"), "overview": ("framework",),
    "ask": ("question",), "item": ("id",),
}  # fmt: skip
"""For each page the parts of its address that name something."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_page_has_its_heading(page: Any) -> None:
    test = opened(page.path)
    assert [title.value for title in test.title] == [HEADINGS[page.path]]
    assert not test.error
    assert not test.warning


def test_titles_and_paths_differ() -> None:
    assert len({page.title for page in PAGES}) == len({page.path for page in PAGES}) == len(PAGES)


def test_home_has_a_door_to_every_question() -> None:
    text = words(opened(""))
    for page in PAGES:
        assert not page.door or f"]({page.path})" in text


def test_home_finds() -> None:
    test = opened("")
    test.text_input(key="home.q").set_value("case manager")
    run(test)
    assert test.query_params["q"] in ("case manager", ["case manager"])
    assert MANAGER in words(test)
    assert MANAGER in words(opened("", q="case manager"))


def test_home_finds_nothing() -> None:
    assert opened("", q="zzqqxx zzqqyy").info


# Links that are wrong


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in LINKS.items() for name in names])
def test_wrong_link_is_said_to_be_wrong(path: str, name: str, bad: str) -> None:
    given: dict[str, str | list[str]] = {"role": MANAGER} if (path, name) == ("finder", "target") else {}
    if (path, name) == ("finder", "strictness"):
        given["target"] = COORDINATOR
    test = opened(path, **given, **{name: bad})
    assert [title.value for title in test.title] == [HEADINGS[path]]
    assert any(re.search(r"not in this data|no such choice", str(warning.value)) for warning in test.warning)
    said = "\n".join(str(warning.value) for warning in test.warning)
    assert "](http" not in said
    assert not re.search(r"(?<!\\)<script", said)


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "x" * 5000, "'\"\\{}", "\x00"])
def test_odd_searches(query: str) -> None:
    assert "<script>" not in "".join(str(m.value) for m in opened("", q=query).markdown)


def test_long_address() -> None:
    test = opened("compare", role=["x" * 5000] * 50, strictness="y" * 5000)
    assert test.warning
    assert all(len(str(warning.value)) < 2000 for warning in test.warning)


def test_known_and_unknown_roles_in_one_link() -> None:
    test = opened("compare", role=[NURSE, "no:such", MATRON])
    assert "no:such" in words(test)
    assert test.multiselect(key="control.role").value == [NURSE, MATRON]


def test_more_roles_than_fit() -> None:
    from competence_graph.app import state

    assert len(opened("compare", role=list(state.options("role"))[:9]).multiselect(key="control.role").value) == 6


def test_link_of_other_data() -> None:
    assert "another version of the data" in words(opened("compare", v="old"))


def test_role_compared_with_itself() -> None:
    assert "same role" in words(opened("needs", start=MANAGER, target=MANAGER)).lower()


def test_framework_compared_with_itself() -> None:
    assert "two different frameworks" in words(opened("frameworks", one="oawip", other="oawip"))


# Links that reproduce the page

REPRODUCED: list[tuple[str, dict[str, str | list[str]]]] = [
    ("compare", {"role": [NURSE, MATRON, ASSISTANT], "strictness": "exact", "attested": "1"}),
    ("needs", {"start": COORDINATOR, "target": MANAGER, "strictness": "broad"}),
    ("needs", {"target": WARD}),
    ("finder", {"role": MANAGER, "target": COORDINATOR}),
    ("frameworks", {"one": "oawip", "other": "role-profiles", "strictness": "exact"}),
    ("graph", {"id": MANAGER, "steps": "1"}),
    ("ask", {"question": "requirements-of-role", "role": MANAGER}),
]


@pytest.mark.parametrize(("path", "query"), REPRODUCED, ids=[path for path, _ in REPRODUCED])
def test_link_reproduces_the_page(path: str, query: dict[str, str | list[str]]) -> None:
    first = opened(path, **query)
    assert not first.warning
    offered = link(first)
    for name, value in query.items():
        assert offered[name] == (value if isinstance(value, list) else [value])
    again = opened(path, **offered)
    assert words(again) == words(first)
    assert alternatives(again) == alternatives(first)
    assert [s.value for s in again.selectbox] == [s.value for s in first.selectbox]


def test_browse_link() -> None:
    test = opened("browse", framework="oawip", kind="care function")
    assert test.selectbox(key="control.framework").value == "oawip"
    assert test.multiselect(key="control.kind").value == ["care function"]
    assert "Publisher" in words(test)


def test_choice_goes_into_the_address() -> None:
    test = opened("compare")
    test.multiselect(key="control.role").set_value([NURSE, MATRON])
    run(test)
    assert test.query_params["role"] == [NURSE, MATRON]
    test.checkbox(key="control.attested").check()
    run(test)
    assert test.query_params["attested"] in ("1", ["1"])
    test.multiselect(key="control.role").set_value([])
    run(test)
    assert "role" not in test.query_params


def test_browse_filters() -> None:
    test = opened("browse", framework="oawip", kind="competence")
    before = len(words(test))
    test.text_input(key="browse.words").set_value("assessment")
    run(test)
    assert len(words(test)) < before
    assert "assessment" in words(test).lower()


def test_long_answer_is_shown_in_parts() -> None:
    test = opened("frameworks", one="oawip", other="role-profiles")
    lists = [s for s in test.selectbox if s.label.startswith("Rows to show")]
    assert lists
    before = words(test)
    lists[0].set_value(10)
    run(test)
    assert words(test) != before


# What is not known is not called missing


@pytest.mark.parametrize("other", [COORDINATOR, NURSE])
def test_role_with_little_stated_gets_no_chart_and_no_share(other: str) -> None:
    for test in (
        opened("compare", role=[LITTLE, other]),
        opened("needs", start=other, target=LITTLE),
        opened("needs", start=LITTLE, target=other),
    ):
        assert not alternatives(test)
        assert "too little" in words(test)
        assert not re.search(r"\d ?%", words(test))


def test_role_with_little_stated_says_so_on_its_page() -> None:
    text = words(opened("item", id=LITTLE))
    assert "too little" in text
    assert "not the same as missing" in text


def test_two_roles_get_bars_and_three_an_upset() -> None:
    assert len(alternatives(opened("compare", role=[NURSE, MATRON]))) == 1
    assert "UpSet" in alternatives(opened("compare", role=[NURSE, MATRON, ASSISTANT]))[0]


@pytest.mark.parametrize(("path", "query"), [("compare", {"role": [NURSE, MATRON]}), ("overview", {}), ("needs", {"start": COORDINATOR, "target": MANAGER})], ids=["compare", "overview", "needs"])  # fmt: skip
def test_charts_have_an_alternative_and_a_table(path: str, query: dict[str, str | list[str]]) -> None:
    test = opened(path, **query)
    assert all(alternatives(test))
    assert alternatives(test)
    assert test.table
    assert all(element.proto.alt for element in test.get("echarts_chart"))


# Ask


def test_query_of_ones_own_is_guarded() -> None:
    test = opened("ask")
    test.text_area(key="ask.sparql").set_value("DROP ALL")
    test.button(key="ask.run").click()
    run(test)
    assert test.error
    test.text_area(key="ask.sparql").set_value("ASK { ?s ?p ?o }")
    test.button(key="ask.run").click()
    run(test)
    assert [s.value for s in test.success] == ["Yes"]
