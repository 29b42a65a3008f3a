"""Charts of answers, each with its text alternative.

Every function returns the chart and a text that says what it shows. Numbers and words stand beside every mark, so that
colour never carries meaning alone; the same figures always go into a table beside the chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from competence_graph.errors import ParameterError
from competence_graph.views.style import BLUE, GREEN, GREY, ORANGE, TEXT

LABEL_LIMIT = 320
_ROW = 30  # pixels
_WHOLE = alt.Axis(tickMinStep=1, format="d")
# The width follows the page, the height the rows; Streamlit would squeeze axis labels into the height.
_WIDTH_ONLY = alt.AutoSizeParams(type="fit-x", contains="padding")


def gap_bar(results: Mapping[str, int]) -> tuple[alt.LayerChart, str]:
    """Return how many needs came to each result, a bar each with its word and number.

    Parameters
    ----------
    results : mapping of result to count
        As in the column ``result`` of a training-needs answer; shown in this order.
    """
    _needs_something(results, "chart of results")
    total = sum(results.values())
    data = [{"result": word, "count": n, "words": f"{n} of {total}"} for word, n in results.items()]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("result:N", title=None, sort=list(results)),
        x=alt.X(
            "count:Q",
            title="Needs",
            axis=_WHOLE,
            scale=alt.Scale(domain=[0, max(*results.values(), 1) * 1.45], nice=False),
        ),
    )
    bars = base.mark_bar().encode(
        color=alt.Color(
            "result:N", legend=None,
            scale=alt.Scale(domain=list(results), range=[_result_colour(word) for word in results]),
        ),
        tooltip=["result:N", "count:Q"],
    )  # fmt: skip
    numbers = base.mark_text(align="left", dx=6, fontSize=13, color=TEXT).encode(text="words:N")
    says = f"Bars of {_count(total, 'need')} by result: {'; '.join(f'{word} {n}' for word, n in results.items())}."
    return _readable(alt.LayerChart(layer=[bars, numbers], height=_ROW * len(results), autosize=_WIDTH_ONLY)), says


def _result_colour(word: str) -> str:
    word = word.lower()
    if word.startswith(("met", "held")):
        return GREEN
    if word.startswith(("missing", "not in")):
        return ORANGE
    return GREY if word.startswith("not stated") else BLUE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _needs_something(items: Iterable[object], what: str) -> None:
    if not any(True for _ in items):
        raise ParameterError(f"There is nothing to draw: the {what} has no rows. Show the table's notes instead.")


def _readable(chart: alt.LayerChart) -> alt.LayerChart:
    """Return the chart with dark labels that are neither cut nor dropped."""
    axis: dict[str, Any] = {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "labelLimit": LABEL_LIMIT,
    }
    chart.config = alt.Config(
        axis=alt.AxisConfig(**axis, labelOverlap=False),
        legend=alt.LegendConfig(**axis, symbolType="square"),
        view=alt.ViewConfig(stroke=None),
    )
    return chart
