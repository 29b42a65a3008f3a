"""Bars: a number for each name, for counts that a table alone would make one read through."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from competence_graph.views.style import BLUE, TEXT

ROW = 30  # pixels
LONGEST_LABEL = 420  # pixels; longer names are cut by the chart, never by the table beside it


def bars(rows: Sequence[tuple[str, int]], *, counted: str) -> tuple[alt.LayerChart, str]:
    """Return a bar with its number for each name, in the order given, and the text alternative.

    Parameters
    ----------
    rows : sequence of (name, count)
        Each name once.
    counted : str
        What is counted, the title of the axis.
    """
    data = [{"name": name, "count": count} for name, count in rows]
    largest = max((count for _, count in rows), default=0)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("name:N", title=None, sort=[name for name, _ in rows], axis=alt.Axis(labelLimit=LONGEST_LABEL)),
        x=alt.X(
            "count:Q", title=counted, axis=alt.Axis(format="d", tickMinStep=1),
            scale=alt.Scale(domain=[0, max(1, largest) * 1.1], nice=False),
        ),
    )  # fmt: skip
    drawn = base.mark_bar(color=BLUE).encode(tooltip=["name:N", "count:Q"])
    numbers = base.mark_text(align="left", dx=6, fontSize=13, color=TEXT).encode(text="count:Q")
    words = f"Bars: {counted}. {'; '.join(f'{name} {count}' for name, count in rows)}."
    chart = alt.LayerChart(
        layer=[drawn, numbers],
        height=ROW * max(len(rows), 1),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure_axis(labelColor=TEXT, titleColor=TEXT, labelFontSize=13, titleFontSize=13)
    return chart, words
