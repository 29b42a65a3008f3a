"""Which framework to follow, and how far two cover each other, on the shipped graph."""

from __future__ import annotations

from itertools import pairwise

import pytest

from competence_graph.analysis.coverage import area_pairs, compare
from competence_graph.analysis.framework_choice import choices, served
from competence_graph.analysis.framework_fit import (
    AUDIENCES,
    NOT_STATED,
    OTHERS,
    audiences_of,
    covers,
    fits,
    in_words,
    may_fit,
    usefulness,
)
from competence_graph.errors import NotFoundError, ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Table

MANAGER, WARD = "roles:case-manager", "oawip:virtual-wards"


def row(table: Table, framework: str) -> dict[str, object]:
    return dict(next(row for row in table.rows if getattr(row["framework"], "id", "") == framework))


def test_the_document_that_states_the_needs_covers_all_of_them(shipped_graph: Graph, shipped_names: Names) -> None:
    table = choices(shipped_graph, [MANAGER, WARD], names=shipped_names)
    report = row(table, "oawip")
    assert report["covered_count"] == report["needed_count"] == 21
    assert report["covered_share"] == 1
    assert table.rows[0]["framework"] == report["framework"]


def test_headings_give_no_share(shipped_graph: Graph, shipped_names: Names) -> None:
    table = choices(shipped_graph, [MANAGER, WARD], names=shipped_names)
    for found in table.rows:
        assert (found["covered_share"] is None) == (found["depth"] == "headings only"), found["framework"]
        assert int(str(found["covered_count"])) <= int(str(found["needed_count"]))
    assert row(table, "six-cs-2012")["withheld"] == "held as headings only"


def test_stricter_covers_no_more(shipped_graph: Graph, shipped_names: Names) -> None:
    target = ["roles:community-nurse-nhs-professionals-2020"]
    counts = [
        {str(r["framework"]): r["covered_count"] for r in choices(shipped_graph, target, strictness=how, names=shipped_names).rows}
        for how in ("same", "exact", "close")
    ]  # fmt: skip
    for stricter, looser in pairwise(counts):
        assert all(int(str(stricter[key])) <= int(str(looser[key])) for key in stricter)
    assert counts[0] != counts[2]


def test_passports_stand_beside_it_and_later_editions_are_named(shipped_graph: Graph, shipped_names: Names) -> None:
    table = choices(shipped_graph, names=shipped_names)
    assert "covered_count" not in {column.name for column in table.columns}
    old = row(table, "care-certificate-2015")
    assert (old["standing"], old["depth"]) == ("superseded", "headings only")
    assert getattr(old["replaced_by"], "id", "") == "care-certificate-2025"
    assert "interim-principles" not in {getattr(r["framework"], "id", "") for r in table.rows}


@pytest.mark.parametrize("bad", [{"targets": ["roles:no-such"]}, {"targets": [MANAGER], "strictness": "loose"}])
def test_wrong_use_is_told(shipped_graph: Graph, shipped_names: Names, bad: dict[str, object]) -> None:
    with pytest.raises((NotFoundError, ParameterError)):
        choices(shipped_graph, names=shipped_names, **bad)  # type: ignore[arg-type]


def test_broader_partners_are_listed_and_never_counted(shipped_graph: Graph, shipped_names: Names) -> None:
    for how in ("close", "broad"):
        table = compare(shipped_graph, "role-profiles", "oawip", strictness=how, names=shipped_names)
        results = [row["result"] for row in table.rows]
        assert results.count("broader or narrower only") > 50
        assert sum(figure.count for figure in table.figures) == results.count("covered")


def test_what_was_looked_at_is_of_this_pair_of_frameworks(shipped_graph: Graph, shipped_names: Names) -> None:
    table = compare(shipped_graph, "knowsley", "dementia-principles-2011", names=shipped_names)
    assert {row["result"] for row in table.rows} <= {"not looked at"}, "no file maps these two"
    mapped = compare(shipped_graph, "care-certificate-2015", "care-certificate-2025", names=shipped_names)
    assert "not looked at" not in {
        row["result"] for row in mapped.rows if row["side"] == "The Care Certificate (15 standards)"
    }


def test_areas_that_meet_add_up_to_what_is_covered(shipped_graph: Graph, shipped_names: Names) -> None:
    joined = area_pairs(shipped_graph, "oawip", "nos", names=shipped_names)
    table = compare(shipped_graph, "oawip", "nos", names=shipped_names)
    covered = sum(row["result"] == "covered" and row["side"] == table.rows[0]["side"] for row in table.rows)
    assert 0 < covered <= sum(joined.values())
    assert all(count > 0 for count in joined.values())


def test_whom_a_framework_is_for_is_never_dropped(shipped_graph: Graph, shipped_names: Names) -> None:
    rows = choices(shipped_graph, names=shipped_names).rows
    for found in rows:
        assert bool(audiences_of(found)) == bool(found["audience"]), found["framework"]
        assert OTHERS not in audiences_of(found), f"no group of audiences has the words of {found['audience']!r}"
    assert {key for found in rows for key in audiences_of(found)} == AUDIENCES.keys() - {OTHERS}
    assert audiences_of({"audience": "astronauts"}) == {OTHERS}


def test_what_is_not_stated_is_kept_apart(shipped_graph: Graph, shipped_names: Names) -> None:
    table = choices(shipped_graph, names=shipped_names)
    assert fits(row(table, "oawip"), ["England"], []) is True  # type: ignore[arg-type]
    assert fits(row(table, "sqa-svq-units"), ["England"], []) is False  # type: ignore[arg-type]
    assert fits(row(table, "ahp-support-worker-2021"), ["England"], ["support-workers"]) is None  # type: ignore[arg-type]
    assert fits(row(table, "ahp-support-worker-2021"), [NOT_STATED], ["support-workers"]) is True  # type: ignore[arg-type]
    assert fits(row(table, "oawip"), [], ["support-workers"]) is False  # type: ignore[arg-type]
    for nations, audiences in ((["England"], []), ([], ["leads"]), (["Wales"], ["support-workers"])):
        found = [fits(r, nations, audiences) for r in table.rows]
        silent = [bool((nations and not r["nations"]) or (audiences and not r["audience"])) for r in table.rows]
        assert all(is_silent for fit, is_silent in zip(found, silent, strict=True) if fit is None)
        assert {True, None, False} >= set(found)
    apart = may_fit(table.rows, ["England"], ["support-workers"])
    neither = [not r["nations"] and not r["audience"] for r in apart]
    assert neither == sorted(neither)
    assert len(set(neither)) == 2


def test_most_useful_comes_first(shipped_graph: Graph, shipped_names: Names) -> None:
    rows = choices(shipped_graph, names=shipped_names).rows
    for one, other in pairwise(rows):
        assert usefulness(one) < usefulness(other)
    standings = [r["standing"] for r in rows if r["item_count"]]
    assert standings.index("superseded") > len(standings) - 1 - standings[::-1].index("unknown")
    assert row(choices(shipped_graph, names=shipped_names), "roles") not in [dict(r) for r in rows[:20]], "roles alone"
    counts = [int(str(r["covered_count"])) for r in choices(shipped_graph, [MANAGER, WARD], names=shipped_names).rows]
    assert counts == sorted(counts, reverse=True)


def test_answer_in_words_is_made_from_the_rows(shipped_graph: Graph, shipped_names: Names) -> None:
    rows = choices(shipped_graph, names=shipped_names).rows
    england = sum("England" in str(r["nations"]) for r in rows)
    silent = sum(not r["nations"] for r in rows)
    said = in_words(rows, ["England"], [], len(rows))
    assert (
        said[0]
        == f"Of {len(rows)} frameworks {england} are stated to be for England; none is both current and held in full."
    )
    assert said[1].startswith(f"{silent} more name no nation in what was read")
    assert (
        in_words(rows, ["England"], ["support-workers"], 35)[0]
        == "Of 35 frameworks 1 is stated to be for England, and for support workers or all care staff; none is both current and held in full."
    )
    assert (
        "none is stated to be for Northern Ireland" in in_words(rows, ["Northern Ireland"], ["support-workers"], 35)[0]
    )
    made = [{**rows[0], "standing": "current", "depth": "full"}, *rows[1:]]
    assert f"{rows[0]['framework']} is both current and held in full" in in_words(made, [], [], 35)[0]


def test_a_group_of_people_needs_what_its_models_need(shipped_graph: Graph, shipped_names: Names) -> None:
    assert "oawip:older-people" in {thing.id for thing in served(shipped_graph, shipped_names)}
    table = choices(shipped_graph, ["oawip:older-people"], names=shipped_names)
    ward = choices(shipped_graph, [WARD], names=shipped_names)
    assert int(str(table.rows[0]["needed_count"])) > int(str(ward.rows[0]["needed_count"])) > 5
    said = " ".join(in_words(table.rows, ["England"], ["support-workers"], 35))
    assert "because the needs are its own statements; but it is stated to be for others. Next is" in said


def test_few_things_needed_have_no_share(shipped_graph: Graph, shipped_names: Names) -> None:
    table = choices(shipped_graph, ["oawip:over-65s-in-the-poole-area"], names=shipped_names)
    assert covers(table.rows[0]) == "4 of 4"
