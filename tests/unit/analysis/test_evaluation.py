"""Measures held against a truth table: pools, groups, and files that are not right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from competence_graph.analysis.evaluation import Truth, evaluate_similar, read_pairs, report, scores
from competence_graph.analysis.holdings import from_csv
from competence_graph.errors import FormatError

TRUTH = Truth({"a": {"b"}, "b": {"a"}}, {"a": "both", "b": "both"})
ITEMS = """pool,role,item,label
1,a,w,Wound care
1,a,d,Dressing wounds
1,b,v,Care of wounds
1,c,t,Team meetings
2,a,w,
2,b,v,
2,c,t,
2,d,x,Diet advice
"""


def written(folder: Path, text: str, name: str = "items.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_scores_of_a_ranking_that_is_known() -> None:
    matrix = np.array([[1.0, 0.2, 0.5], [0.2, 1.0, 0.1], [0.5, 0.1, 1.0]])
    found = scores(matrix, "abc", "abc", TRUTH)
    assert found == {"a": [(0.5, 0.0, 0.2, 1.0)], "b": [(1.0, 1.0, 0.2, 1.0)]}


def test_roles_are_ranked_within_their_pool_and_every_measure_gets_the_same(tmp_path: Path) -> None:
    pools = from_csv(written(tmp_path, ITEMS))
    assert [held.roles for held in pools] == [["a", "b", "c"], ["a", "b", "c", "d"]]
    assert pools[1].labels == ["Team meetings", "Care of wounds", "Wound care", "Diet advice"]
    table = evaluate_similar(pools, TRUTH)
    rows = {row["measure"]: row for row in table.rows}
    assert list(rows)[:4] == ["likeness (ours)", "Jaccard", "IDF-cosine", "TF-IDF of texts"]
    assert rows["likeness (ours)"]["map_share"] == 1.0
    assert table.notes[0].endswith("in 1 groups that stand or fall together.")
    assert table.to_dict() == evaluate_similar(pools, TRUTH).to_dict()


def test_what_is_drawn_anew_are_groups() -> None:
    ours = {"a": [(1.0, 1.0, 0.2, 1.0)] * 3, "b": [(0.0, 0.0, 0.0, 0.0)], "c": [(0.0, 0.0, 0.0, 0.0)]}
    truth = Truth({query: {"x"} for query in ours}, {"a": "one", "b": "one", "c": "two"})
    table = report({"ours": ours, "same": ours}, "ours", "?", truth, "")
    assert table.rows[0]["map_share"] == 0.6
    assert table.rows[0]["map_interval"] == "0.000 to 0.750", "the group of three hits and a miss comes whole"
    assert table.rows[1]["ours_above"] == "+0.000 (+0.000 to +0.000)"
    assert any("intervals are wide" in note for note in table.notes)


@pytest.mark.parametrize(("text", "hint"), [
    ("role,item\na,w\n", "lacks the column label"), ("role,item,label\na,w,\n", "no row gives a label of 'w'"),
    ("role,item,label,level\na,w,Wound care,3\n", "line 2: level '3'"),
    ("role,item,label,importance\na,w,Wound care,much\n", "line 2: importance 'much'"),
])  # fmt: skip
def test_items_that_are_not_right(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(FormatError, match=hint):
        from_csv(written(tmp_path, text))


def test_pairs_with_and_without_groups(tmp_path: Path) -> None:
    truth = read_pairs(written(tmp_path, "query,relevant,group\na,b,g\nb,a,g\n"))
    assert truth == Truth({"a": {"b"}, "b": {"a"}}, {"a": "g", "b": "g"})
    assert read_pairs(written(tmp_path, "query,relevant\na,b\n")).groups == {"a": "a"}
    with pytest.raises(FormatError, match="holds no pair"):
        read_pairs(written(tmp_path, "query,relevant\n"))
    with pytest.raises(FormatError, match="lacks the column relevant"):
        read_pairs(written(tmp_path, "query\na\n"))
