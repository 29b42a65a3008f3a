"""Charts of what roles share: every number, every label whole, and the words that say the same."""

from __future__ import annotations

import pytest

from competence_graph.errors import ParameterError
from competence_graph.views import sets

from .test_chart_texts import inline

LONG = "A Community nurse, district nurse team, Very Long Named University Hospitals NHS Foundation Trust"


def test_upset_counts_each_item_once() -> None:
    chart, text = sets.upset([(0,), (0, 1), (0, 1, 2), (1,), (1,)], ["A", "B", "C"], [3, 4, 1])
    blocks = inline(chart.to_dict())
    bars = next(rows for rows in blocks if "roles" in rows[0])
    assert {row["roles"]: row["count"] for row in bars} == {"B": 2, "A": 1, "A + B": 1, "A + B + C": 1}
    dots = next(rows for rows in blocks if "member" in rows[0])
    assert sum(row["member"] == "yes" for row in dots) == 1 + 1 + 2 + 3
    assert "A 3; B 4; C 1" in text
    assert "Of all roles: 1" in text


def test_upset_labels_are_whole() -> None:
    chart, _ = sets.upset([(0,)], [LONG, "B", "C"], [1, 0, 0])
    label = next(rows for rows in inline(chart.to_dict()) if "member" in rows[0])[0]["role"]
    assert " ".join(label.split("\n")) == f"{LONG}: 1"
    assert max(len(line) for line in label.split("\n")) <= sets.LABEL_WIDTH


def test_upset_always_shows_what_all_share() -> None:
    many = [places for n in range(1, 4) for places in [(0,), (1,), (2,), (3,), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] * n]  # fmt: skip
    chart, text = sets.upset([*many, (0, 1, 2, 3)], ["A", "B", "C", "D"], [9] * 4)
    bars = next(rows for rows in inline(chart.to_dict()) if "roles" in rows[0])
    assert len(bars) == sets.COMBINATIONS
    assert bars[-1]["roles"] == "A + B + C + D"
    assert "2 smaller combinations not shown" in text


@pytest.mark.parametrize("number", [0, 2, 7])
def test_upset_refuses_too_few_and_too_many(number: int) -> None:
    with pytest.raises(ParameterError, match="3 to 6"):
        sets.upset([(0,)], [str(i) for i in range(number)], [1] * number)


def test_stacked_says_every_number_in_words() -> None:
    chart, text = sets.stacked({"Talking": 5}, {"Talking": 2, "Lifting": 1}, {}, a="Nurse", b="Porter")
    words = next(rows for rows in inline(chart.to_dict()) if "words" in rows[0])
    assert [row["words"] for row in words] == ["● 5  ◀ 2  ▶ 0", "● 0  ◀ 1  ▶ 0"]
    assert text.startswith("Stacked bars by area: both 5, only Nurse 3, only Porter 0.")
    assert "Talking: both 5, only Nurse 2, only Porter 0" in text


def test_stacked_sums_what_comes_after_the_largest() -> None:
    areas = {f"Area {i:02d}": 30 - i for i in range(20)}
    chart, text = sets.stacked(areas, {}, {})
    words = next(rows for rows in inline(chart.to_dict()) if "words" in rows[0])
    assert len(words) == sets.MOST_BARS
    assert words[-1]["area"] == "9 other areas"
    assert sum(int(row["total"]) for row in words) == sum(areas.values())
    assert "Areas after the first 11 are one bar." in text


def test_nothing_to_draw_is_said() -> None:
    for draw in (lambda: sets.stacked({}, {}, {}), lambda: sets.upset([], ["a", "b", "c"], [0, 0, 0])):
        with pytest.raises(ParameterError, match="nothing to draw"):
            draw()
