"""A grid of counts, roles by areas: numbers in cells, nothing where there is nothing, every label whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from competence_graph.errors import ParameterError
from competence_graph.views.labels import LINE, in_lines, lines, wrapped
from competence_graph.views.style import BLUE, GREY, PALE_BLUE, TEXT

FEW_COLUMNS = 7
"""Up to this many areas have their names above the grid; more are numbered, for a legend beside it."""
ROW_LABEL, COLUMN_LABEL = 54, 17  # characters of a line
LEAST_ROW = 28  # pixels


def area_grid(
    rows: Sequence[str], columns: Sequence[str], counts: Mapping[tuple[int, int], int]
) -> tuple[alt.LayerChart, str]:
    """Return counts by role and area, with the number in every cell that is not 0.

    Parameters
    ----------
    rows, columns : sequence of str
        Roles and areas, in the order shown; each is another.
    counts : mapping of (row, column) to int
        By their places; a pair that is absent counts 0.

    Returns
    -------
    (chart, str)
        With more than :data:`FEW_COLUMNS` areas the columns are headed 1, 2, 3 …, by place.
    """
    filled = {key: count for key, count in counts.items() if count}
    if not filled:
        raise ParameterError("There is nothing to draw: the grid has no count. Show the table's notes instead.")
    numbered = len(columns) > FEW_COLUMNS
    names = [wrapped(label, ROW_LABEL) for label in rows]
    heads = [str(i) for i, _ in enumerate(columns, 1)] if numbered else [wrapped(c, COLUMN_LABEL) for c in columns]
    data = [
        {
            "role": names[i], "area": heads[j], "of role": label, "in area": area, "items": counts.get((i, j), 0),
            "shown": str(counts[i, j]) if counts.get((i, j)) else "",
        }
        for i, label in enumerate(rows)
        for j, area in enumerate(columns)
    ]  # fmt: skip
    most = max(filled.values())
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("area:N", title=None, sort=heads, axis=alt.Axis(labelAngle=0, orient="top", **in_lines(above=True))),
        y=alt.Y("role:N", title=None, sort=names, axis=alt.Axis(**in_lines())),
    )
    cells = base.mark_rect(stroke=GREY, strokeOpacity=0.35).encode(
        color=alt.Color(
            "items:Q", legend=None, scale=alt.Scale(domain=[0, most], range=["#ffffff", PALE_BLUE], interpolate="rgb")
        ),
        tooltip=["of role:N", "in area:N", "items:Q"],
    )
    numbers = base.mark_text(fontSize=13, color=TEXT).encode(text="shown:N")
    height = len(names) * max(max(map(lines, names)) * LINE + 6, LEAST_ROW)
    chart = alt.LayerChart(
        layer=[cells, numbers], height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    text: dict[str, Any] = {"labelColor": TEXT, "labelFontSize": 13}
    chart.config = alt.Config(axis=alt.AxisConfig(**text, labelOverlap=False), view=alt.ViewConfig(stroke=None))
    top = max(filled, key=lambda key: (filled[key], -key[0], -key[1]))
    says = (
        f"Grid of {len(rows)} roles by {len(columns)} areas with the number of items in each cell, up to {most}; "
        f"{len(rows) * len(columns) - len(filled)} cells are empty, for 0. Highest: {rows[top[0]]} in {columns[top[1]]}, {most}."
    )
    return chart, says


def bars(counts: Mapping[str, int], ends: Sequence[str], *, title: str, most: int | None = None) -> alt.LayerChart:
    """Return a horizontal bar for every count, with words at its end.

    Parameters
    ----------
    counts : mapping of label to int
        In the order shown.
    ends : sequence of str
        What is written at the end of each bar.
    title : str
        What the axis counts.
    most : int, optional
        Where the axis ends; default is the largest count.
    """
    if not any(counts.values()):
        raise ParameterError("There is nothing to draw: every count is 0. Show the table's notes instead.")
    names = [wrapped(label, ROW_LABEL) for label in counts]
    data = [
        {"what": name, "count": count, "words": words}
        for name, count, words in zip(names, counts.values(), ends, strict=True)
    ]
    axis = alt.Axis(**in_lines())
    scale = alt.Scale(domain=[0, (most or max(counts.values())) * 1.25], nice=False)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("what:N", title=None, sort=names, axis=axis),
        x=alt.X("count:Q", title=title, scale=scale, axis=alt.Axis(tickMinStep=1, tickCount=6, format="d", grid=False)),
    )
    layers = [
        base.mark_bar(color=BLUE).encode(tooltip=["what:N", "words:N"]),
        base.mark_text(align="left", dx=6, fontSize=13, color=TEXT).encode(text="words:N"),
    ]
    height = len(names) * max(max(map(lines, names)) * LINE + 8, LEAST_ROW)
    chart = alt.LayerChart(layer=layers, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    text: dict[str, Any] = {"labelColor": TEXT, "labelFontSize": 13, "titleColor": TEXT, "titleFontSize": 13}
    chart.config = alt.Config(axis=alt.AxisConfig(**text, labelOverlap=False), view=alt.ViewConfig(stroke=None))
    return chart
