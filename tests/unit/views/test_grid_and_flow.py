"""The grid, the bars and the flow diagram: every number, whole labels, the words that say the same."""

from __future__ import annotations

from typing import Any

import pytest

from competence_graph.errors import ParameterError
from competence_graph.views import area_grid, flow

from .test_chart_texts import inline


def test_grid_has_a_number_in_every_cell_that_is_not_0() -> None:
    chart, text = area_grid.area_grid(["Nurse", "Porter"], ["Talking", "Lifting"], {(0, 0): 3, (0, 1): 9, (1, 1): 4})
    spec = chart.to_dict()
    cells = {(row["of role"], row["in area"]): (row["items"], row["shown"]) for row in inline(spec)[0]}
    assert cells == {("Nurse", "Talking"): (3, "3"), ("Nurse", "Lifting"): (9, "9"), ("Porter", "Talking"): (0, ""), ("Porter", "Lifting"): (4, "4")}  # fmt: skip
    assert text == (
        "Grid of 2 roles by 2 areas with the number of items in each cell, up to 9; 1 cells are empty, for 0. "
        "Highest: Nurse in Lifting, 9."
    )
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rect", "text"}
    assert spec["config"]["axis"] == {"labelColor": "#212b32", "labelFontSize": 13, "labelOverlap": False}


def test_many_columns_are_numbered() -> None:
    few, many = ([f"Area {i}" for i in range(n)] for n in (area_grid.FEW_COLUMNS, area_grid.FEW_COLUMNS + 1))
    for columns, numbered in ((few, False), (many, True)):
        chart, _ = area_grid.area_grid(["Nurse"], columns, {(0, 0): 1})
        heads = [row["area"] for row in inline(chart.to_dict())[0]]
        assert heads == ([str(i) for i in range(1, len(columns) + 1)] if numbered else columns)


def test_bars_have_their_words() -> None:
    chart = area_grid.bars({"One role": 5, "Two roles": 0}, ["5 of 5 (100%)", "0 of 5 (0%)"], title="Competences")
    rows = inline(chart.to_dict())[0]
    assert [(row["count"], row["words"]) for row in rows] == [(5, "5 of 5 (100%)"), (0, "0 of 5 (0%)")]


def test_flow_keeps_so_many_boxes_a_column_and_every_count() -> None:
    links = [[("N", f"F{i}", i + 1) for i in range(16)], [(f"F{i}", "R", i + 1) for i in range(16)]]
    options, text, hso_many = flow.flow_options(links, ("models", "functions", "roles"))
    series = options["series"][0]
    depths = [node["depth"] for node in series["data"]]
    assert [depths.count(i) for i in range(3)] == [1, flow.COLUMN_LIMIT, 1]
    assert sum(link["value"] for link in series["links"]) == 2 * sum(range(1, 17))
    names = {node["name"] for node in series["data"]}
    assert len(names) == len(series["data"])
    assert {link[end] for link in series["links"] for end in ("source", "target")} <= names
    assert any(node["label"]["formatter"] == "5 other functions" for node in series["data"])
    assert text.startswith("Flow diagram from left to right: 1 models, 16 functions, 1 roles. Largest flows: ")
    assert hso_many >= 8 * series["nodeGap"]


def test_labels_of_a_flow_are_whole_and_do_not_reach_the_next() -> None:
    long = "Integration and communication with other community teams and the acute sector, day and night"
    options, _, _ = flow.flow_options([[("N", f"{long} {i}", 1) for i in range(8)]])
    labels = [node["label"]["formatter"] for node in options["series"][0]["data"] if node["depth"] == 1]
    assert {" ".join(label.split("\n")) for label in labels} == {f"{long} {i}" for i in range(8)}
    tallest = max(label.count("\n") + 1 for label in labels) * options["series"][0]["label"]["lineHeight"]
    assert options["series"][0]["nodeGap"] >= tallest
    assert "backgroundColor" not in options["series"][0]["label"], "a box behind a label cuts the flows"


def test_flow_may_have_the_same_words_in_two_columns() -> None:
    options, _, _ = flow.flow_options([[("Care", "Care", 2)]])
    link = options["series"][0]["links"][0]
    assert link["source"] != link["target"]


def test_label_of_a_flow_is_no_template() -> None:
    options, _, _ = flow.flow_options([[("{b}", "x", 1)]])
    assert "{" not in options["series"][0]["data"][0]["label"]["formatter"]


@pytest.mark.parametrize(
    "draw", [lambda: area_grid.area_grid([], [], {}), lambda: area_grid.bars({"a": 0}, [""], title="x"), lambda: flow.flow_options([])]
)  # fmt: skip
def test_nothing_to_draw_is_said(draw: Any) -> None:
    with pytest.raises(ParameterError, match="nothing to draw"):
        draw()
