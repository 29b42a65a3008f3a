"""The page Compare frameworks: the decision table and the coverage of two."""

from __future__ import annotations

import re

import pytest
from app_pages import alternatives, link, opened, table, words

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")


def test_all_frameworks_with_what_is_known_of_them() -> None:
    test = opened("frameworks")
    rows = table(test, "Who asks for it")
    assert {"Standing", "Nations", "For whom", "Our copy", "Licence"} <= rows.keys()
    assert "Of 35 frameworks all are shown" in words(test)
    assert "1 more holds placeholders only" in words(test)
    assert "1 to 12 of 35" in str(opened("frameworks").selectbox(key="frameworks.fit.rows").options)


def test_a_need_is_covered_by_some_frameworks_more_than_by_others() -> None:
    test = opened("frameworks", target=["roles:case-manager", "oawip:virtual-wards"])
    assert any(alt.startswith("Bars: Held of 21 things") for alt in alternatives(test))
    assert link(test)["target"] == ["roles:case-manager", "oawip:virtual-wards"]
    counts = [int(cell.partition(" of 21")[0]) for cell in table(test, "Covers")["Covers"]]
    assert counts[0] == 21
    assert counts == sorted(counts, reverse=True)


def test_no_bar_is_full_where_little_is_needed() -> None:
    test = opened("frameworks", target=["oawip:over-65s-in-the-poole-area"])
    assert not alternatives(test)
    assert table(test, "Covers")["Covers"][0] == "4 of 4"


def test_nation_and_audience_keep_what_is_not_stated_apart() -> None:
    test = opened("frameworks", nation="England", audience="support-workers", target="oawip:older-people")
    assert (link(test)["nation"], link(test)["audience"]) == (["England"], ["support-workers"])
    text = words(test)
    assert "1 is stated to be for England, and for support workers or all care staff" in text
    found = re.search(r"(\d+) more name no nation or no audience", text)
    assert found
    assert f"so they may fit ({found[1]})" in text
    fit, may_fit = (found.value for found in test.table if "Nations" in found.value)
    assert ["are workforce pathway" in name for name in fit["Framework"]] == [True]
    known = list(zip(may_fit["Nations"], may_fit["For whom"], strict=True))
    assert all("not stated" in pair and pair[0] in ("England", "not stated") for pair in known)


def test_a_nation_lists_those_that_state_it() -> None:
    test = opened("frameworks", nation="Scotland")
    rows = table(test, "Nations")["Nations"]
    assert rows
    assert all("Scotland" in cell for cell in rows)
    assert f"Stated to fit ({len(rows)})" in words(test)
    assert "Nation not stated, so they may fit" in words(test)


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
