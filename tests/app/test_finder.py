"""Role finder: the ranking, its filters, why a role is near, and the way there."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from app_pages import alternatives, link, opened, run, table, words

from competence_graph.analysis.similarity import similar
from competence_graph.app import state

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"
WORKER, LEADER = "roles:care-or-support-worker-care-workforce-pathway", "roles:practice-leader-care-workforce-pathway"
LITTLE = "roles:volunteer-coordinator-midhurst"


def test_ranking_agrees_with_the_measure() -> None:
    test = opened("finder", role=MANAGER)
    found = similar(state.graph(), MANAGER, top=10, names=state.names()).rows
    shown = table(test, "Likeness")
    assert shown["Likeness"] == [f"{row['likeness_share']:.2f}" for row in found]
    assert all(f"(item?id={row['role'].id})" in cell for row, cell in zip(found, shown["Role"], strict=True))  # type: ignore[union-attr]
    assert f"0.{shown['Likeness'][0][2:]}" in alternatives(test)[0]
    assert all("compare?role=" in cell for cell in shown["Compare"])
    assert all("needs?start=" in cell for cell in shown["Transfer"])


def test_filter_keeps_what_fits_and_stands_in_the_link() -> None:
    test = opened("finder", role=MANAGER, tier="support")
    found = re.search(r"(\d+) of (\d+) roles that are at all alike", words(test))
    assert found
    assert 0 < int(found[1]) < int(found[2])
    assert link(test)["tier"] == ["support"]
    for cell in table(test, "Likeness")["Role"]:
        role = re.findall(r"id=([^)]*)\)", cell)[0]
        facts = words(opened("finder", role=MANAGER, tier="support", near=role))
        assert "tier: support" in facts


def test_filter_that_nothing_fits() -> None:
    test = opened("finder", role=MANAGER, tier="support", profile="full")
    assert "No role that is at all alike fits these filters" in words(test)


def test_reasons_have_sources() -> None:
    test = opened("finder", role=MANAGER, near=COORDINATOR)
    both = table(test, "Source of the other")
    rows = similar(state.graph(), MANAGER, top=200, names=state.names()).rows
    row = next(row for row in rows if row["role"] == state.names().resolve(COORDINATOR))
    assert f"**Both have** ({row['shared_count']})" in words(test)
    assert len(both["Item"]) == min(5, int(str(row["shared_count"])))
    assert all(both["Source"])
    assert all(both["Source of the other"])
    pairs = table(test, "Is alike")
    assert len(pairs["Item"]) == 3
    assert all(pairs["Source"])


def test_direct_move_is_said_to_be_best() -> None:
    text = words(opened("finder", role=MANAGER, target=COORDINATOR))
    assert "The direct move is best" in text
    assert "carried over **4** · new **12**" in text


def test_stepping_stones_and_the_direct_move_beside_them() -> None:
    test = opened("finder", role=WORKER, target=LEADER)
    steps = table(test, "Carried over")
    assert [name.split(" to ")[0] for name in steps["Step"]] == ["Step 1:", "Step 2:", "Directly"]
    new = [int(cell) for cell in steps["New"]]
    assert max(new[:2]) < new[2]
    assert f"the largest step asks {max(new[:2])} that are new, where the direct move asks {new[2]} at once" in words(
        test
    )
    assert "Gates: Oliver McGowan" in words(test)
    assert "Directly to" in alternatives(test)[1]


def test_role_with_little_stated_is_not_ranked() -> None:
    test = opened("finder", role=LITTLE)
    assert "too little" in words(test)
    assert not alternatives(test)
    assert not test.table


def test_role_to_itself() -> None:
    assert "same role" in words(opened("finder", role=MANAGER, target=MANAGER))


def test_examples_of_the_empty_page_work() -> None:
    text = "\n".join(str(part.value) for part in opened("finder").markdown)
    links = re.findall(r"\]\(finder\?([^)]*)\)", text)
    assert len(links) == 3
    for query in links:
        test = opened("finder", **{name: value[0] for name, value in parse_qs(query).items()})
        assert not test.warning
        assert alternatives(test)


def test_looking_at_another_role_goes_into_the_address() -> None:
    test = opened("finder", role=MANAGER)
    box = test.selectbox(key="control.near")
    box.select_index(1)
    run(test)
    (near,) = test.query_params["near"] if isinstance(test.query_params["near"], list) else [test.query_params["near"]]
    assert near == similar(state.graph(), MANAGER, top=2, names=state.names()).rows[1]["role"].id  # type: ignore[union-attr]
    assert link(test)["near"] == [near]
