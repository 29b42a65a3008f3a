"""The page Compare frameworks: the decision table and the coverage of two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import alternatives, graph_in_use, link, opened, words


@pytest.fixture(autouse=True, scope="module")
def shipped_graph_in_use(shipped_build: Path) -> Iterator[None]:
    with graph_in_use(shipped_build):
        yield


def test_all_frameworks_with_what_is_known_of_them() -> None:
    text = words(opened("frameworks"))
    for said in ("Standing", "Mandate", "Licence", "Nations", "headings only"):
        assert said in text
    assert "1 to 12 of 35" in str(opened("frameworks").selectbox(key="frameworks.all.0.rows").options)


def test_a_need_is_covered_by_some_frameworks_more_than_by_others() -> None:
    test = opened("frameworks", target=["roles:case-manager", "oawip:virtual-wards"])
    assert any(alt.startswith("Bars: Held of 21 things") for alt in alternatives(test))
    assert link(test)["target"] == ["roles:case-manager", "oawip:virtual-wards"]
    assert "21" in words(test)


def test_filters_say_how_many_they_leave_out() -> None:
    text = words(opened("frameworks", standing="superseded"))
    assert "are left out by the filters" in text
    assert "The Care Certificate (15 standards)" in text
    assert "6Cs" not in text


def test_two_frameworks_and_what_is_not_counted() -> None:
    test = opened("frameworks", one="role-profiles", other="oawip")
    text = words(test)
    assert "have only a broader or narrower partner" in text
    assert "Unique: a partner was looked for and none found" in text
    assert "Not looked at yet" in text
    assert link(test)["one"] == ["role-profiles"]


def test_headings_give_no_share() -> None:
    text = words(opened("frameworks", one="care-certificate-2015", other="care-certificate-2025"))
    assert "No share: one of the two is held as headings only" in text


def test_one_framework_twice_is_told() -> None:
    test = opened("frameworks", one="oawip", other="oawip")
    assert [w.value for w in test.warning] == ["Choose two different frameworks."]
