from __future__ import annotations

from typing import Any

import pytest

from competence_graph.errors import ParameterError
from competence_graph.views import charts


def inline(spec: Any) -> list[list[dict[str, Any]]]:
    """Return every block of data in a chart, wherever it is."""
    found = []
    if isinstance(spec, dict):
        if isinstance(spec.get("data"), dict) and "values" in spec["data"]:
            found.append(spec["data"]["values"])
        found += [block for value in spec.values() for block in inline(value)]
    elif isinstance(spec, list):
        found += [block for value in spec for block in inline(value)]
    return found + ([list(rows) for rows in spec.get("datasets", {}).values()] if isinstance(spec, dict) else [])


def test_heatmap_has_a_number_in_every_cell() -> None:
    chart, text = charts.heatmap([("Nurse", "Talking", 3), ("Nurse", "Lifting", 9), ("Porter", "Lifting", 4)])
    spec = chart.to_dict()
    rows = {(row["role"], row["area"]): row["count"] for row in inline(spec)[0]}
    assert rows == {("Nurse", "Talking"): 3, ("Nurse", "Lifting"): 9, ("Porter", "Talking"): 0, ("Porter", "Lifting"): 4}  # fmt: skip
    assert text == (
        "Heatmap of 2 roles by 2 areas, with the count in every cell, from 0 to 9. "
        "Highest: Nurse in Lifting, 9. 1 cell at 0."
    )
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rect", "text"}
    assert spec["config"]["axis"]["labelColor"] == "#212b32"
    assert spec["config"]["axis"]["labelOverlap"] is False
    assert spec["config"]["axis"]["labelLimit"] >= 260


def test_gap_bar_has_words_and_numbers() -> None:
    chart, text = charts.gap_bar({"met": 7, "missing": 5, "not stated": 0})
    rows = inline(chart.to_dict())[0]
    assert [(row["result"], row["words"]) for row in rows] == [("met", "7 of 12"), ("missing", "5 of 12"), ("not stated", "0 of 12")]  # fmt: skip
    assert text == "Bars of 12 needs by result: met 7; missing 5; not stated 0."


def test_sankey_keeps_eight_boxes_a_column_and_every_count() -> None:
    links = [[("N", f"F{i}", i + 1) for i in range(12)], [(f"F{i}", "R", i + 1) for i in range(12)]]
    options, text = charts.sankey_options(links)
    series = options["series"][0]
    depths = [node["depth"] for node in series["data"]]
    assert [depths.count(i) for i in range(3)] == [1, 8, 1]
    assert sum(link["value"] for link in series["links"]) == 2 * sum(range(1, 13))
    names = {node["name"] for node in series["data"]}
    assert len(names) == len(series["data"])
    assert {link[end] for link in series["links"] for end in ("source", "target")} <= names
    assert any(node["label"]["formatter"] == "other (15)" for node in series["data"])
    assert "3 columns with 1, 8, 1 boxes" in text


def test_sankey_may_have_the_same_words_in_two_columns() -> None:
    options, _ = charts.sankey_options([[("Care", "Care", 2)]])
    link = options["series"][0]["links"][0]
    assert link["source"] != link["target"]


def test_sankey_label_is_no_template() -> None:
    options, _ = charts.sankey_options([[("{b}", "x", 1)]])
    assert "{" not in options["series"][0]["data"][0]["label"]["formatter"]


@pytest.mark.parametrize(
    "draw", [lambda: charts.heatmap([]), lambda: charts.gap_bar({}), lambda: charts.sankey_options([])]
)  # fmt: skip
def test_nothing_to_draw_is_said(draw: Any) -> None:
    with pytest.raises(ParameterError, match="nothing to draw"):
        draw()
