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


def test_gap_bar_has_words_and_numbers() -> None:
    chart, text = charts.gap_bar({"met": 7, "missing": 5, "not stated": 0})
    rows = inline(chart.to_dict())[0]
    assert [(row["result"], row["words"]) for row in rows] == [("met", "7 of 12"), ("missing", "5 of 12"), ("not stated", "0 of 12")]  # fmt: skip
    assert text == "Bars of 12 needs by result: met 7; missing 5; not stated 0."


@pytest.mark.parametrize(
    "draw", [lambda: charts.gap_bar({})]
)  # fmt: skip
def test_nothing_to_draw_is_said(draw: Any) -> None:
    with pytest.raises(ParameterError, match="nothing to draw"):
        draw()
