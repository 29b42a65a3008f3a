"""Charts of the role finder: how like other roles are, and what each step of a way asks; each with its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from competence_graph.errors import ParameterError
from competence_graph.views.labels import LINE, in_lines, lines, wrapped
from competence_graph.views.style import BLUE, GREEN, ORANGE, TEXT

LABEL_WIDTH = 38
_ROW = 30
_FIT = alt.AutoSizeParams(type="fit-x", contains="padding")


def likeness_bars(likenesses: Mapping[str, float]) -> tuple[alt.LayerChart, str]:
    """Return a bar for each role, its likeness as a number beside it.

    Parameters
    ----------
    likenesses : mapping of name to likeness
        0 to 1, in the order shown.
    """
    if not likenesses:
        raise ParameterError("There is nothing to draw: no role is alike. Show the table's notes instead.")
    labels = {name: wrapped(f"{place} {name}", LABEL_WIDTH) for place, name in enumerate(likenesses, start=1)}
    data = [{"role": labels[name], "likeness": value, "words": f"{value:.2f}"} for name, value in likenesses.items()]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("role:N", title=None, scale=alt.Scale(domain=list(labels.values())), axis=alt.Axis(**in_lines())),
        x=alt.X("likeness:Q", title="Likeness, 0 to 1", axis=alt.Axis(tickCount=3, format=".1f"), scale=alt.Scale(domain=[0, min(1.0, max(likenesses.values()) * 1.25)], nice=False)),
    )  # fmt: skip
    bars = base.mark_bar(color=BLUE).encode(tooltip=["role:N", "words:N"])
    numbers = base.mark_text(align="left", dx=6, fontSize=13, color=TEXT).encode(text="words:N")
    height = len(labels) * max(_ROW, max(map(lines, labels.values())) * LINE + 12)
    says = f"Bars of likeness, nearest first: {'; '.join(f'{name} {value:.2f}' for name, value in likenesses.items())}."
    return _readable(alt.LayerChart(layer=[bars, numbers], height=height, autosize=_FIT)), says


def step_bars(steps: Sequence[tuple[str, int, int]]) -> tuple[alt.LayerChart, str]:
    """Return for each step, and for the direct move, how many items are carried over and how many are new.

    Parameters
    ----------
    steps : sequence of (name, carried over, new)
        In order; names differ.
    """
    if not steps:
        raise ParameterError("There is nothing to draw: there is no step. Show the table's notes instead.")
    parts = {"● Carried over": GREEN, "▶ New": ORANGE}
    labels = [wrapped(name, LABEL_WIDTH) for name, _, _ in steps]
    data = [
        {"step": label, "part": part, "order": place, "count": step[1 + place]}
        for label, step in zip(labels, steps, strict=True)
        for place, part in enumerate(parts)
    ]
    ends = [{"step": label, "total": carried + new, "words": f"● {carried}  ▶ {new}"} for label, (_, carried, new) in zip(labels, steps, strict=True)]  # fmt: skip
    longest = max(carried + new for _, carried, new in steps)
    y = alt.Y("step:N", title=None, scale=alt.Scale(domain=labels), axis=alt.Axis(**in_lines()))
    scale = alt.Scale(domain=[0, max(longest, 1) * 1.3], nice=False)
    whole = alt.Axis(tickMinStep=1, format="d")
    bars = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(stroke="#ffffff")
        .encode(
            y=y, x=alt.X("count:Q", title="Items of the next role", stack="zero", scale=scale, axis=whole), order="order:Q",
            color=alt.Color(
                "part:N", title=None, scale=alt.Scale(domain=list(parts), range=list(parts.values())),
                legend=alt.Legend(orient="top", columns=2),
            ),
            tooltip=["step:N", "part:N", "count:Q"],
        )
    )  # fmt: skip
    words = (
        alt.Chart(alt.InlineData(values=ends))
        .mark_text(align="left", dx=6, fontSize=13, color=TEXT)
        .encode(y=y, x=alt.X("total:Q", title="Items of the next role", scale=scale, axis=whole), text="words:N")
    )
    height = len(labels) * max(_ROW + 6, max(map(lines, labels)) * LINE + 14)
    says = "Stacked bars of what each step asks: " + "; ".join(f"{name}: {carried} carried over, {new} new" for name, carried, new in steps) + "."  # fmt: skip
    return _readable(alt.LayerChart(layer=[bars, words], height=height, autosize=_FIT)), says


def _readable(chart: alt.LayerChart) -> alt.LayerChart:
    text: dict[str, Any] = {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 13, "titleFontSize": 13}
    chart.config = alt.Config(
        axis=alt.AxisConfig(**text, labelOverlap=False), legend=alt.LegendConfig(**text, symbolType="square"),
        view=alt.ViewConfig(stroke=None),
    )  # fmt: skip
    return chart
