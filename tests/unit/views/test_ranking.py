from __future__ import annotations

import pytest

from competence_graph.errors import ParameterError
from competence_graph.views.ranking import likeness_bars, step_bars


def test_likeness_is_a_number_at_every_bar() -> None:
    chart, text = likeness_bars({"Nurse": 0.456, "A role with a name that is far too long to stand in one line": 0.1})
    (rows,) = chart.to_dict()["datasets"].values()
    assert [row["words"] for row in rows] == ["0.46", "0.10"]
    assert rows[1]["role"].startswith("2 A role")
    assert "\n" in rows[1]["role"]
    assert text == "Bars of likeness, nearest first: Nurse 0.46; A role with a name that is far too long to stand in one line 0.10."  # fmt: skip


def test_steps_carry_over_and_ask() -> None:
    chart, text = step_bars([("Step 1: to Nurse", 4, 2), ("Directly to Matron", 1, 9)])
    parts, ends = chart.to_dict()["datasets"].values()
    assert [(row["part"], row["count"]) for row in parts] == [("● Carried over", 4), ("▶ New", 2), ("● Carried over", 1), ("▶ New", 9)]  # fmt: skip
    assert [row["words"] for row in ends] == ["● 4  ▶ 2", "● 1  ▶ 9"]
    assert text == "Stacked bars of what each step asks: Step 1: to Nurse: 4 carried over, 2 new; Directly to Matron: 1 carried over, 9 new."  # fmt: skip


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ParameterError, match="nothing to draw"):
        likeness_bars({})
    with pytest.raises(ParameterError, match="nothing to draw"):
        step_bars([])
