"""Charts of answers, each with its text alternative.

Every function returns the chart and a text that says what it shows. Numbers and words stand beside every mark, so that
colour never carries meaning alone; the same figures always go into a table beside the chart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

import altair as alt

from competence_graph.errors import ParameterError
from competence_graph.views.style import BLUE, GREEN, GREY, ORANGE, PALE_BLUE, TEXT

LABEL_LIMIT = 320
COLUMN_LIMIT = 8
"""Most boxes in a column of a Sankey diagram, 'other' included."""
OTHER = "other"
_ROW = 30  # pixels
_WHOLE = alt.Axis(tickMinStep=1, format="d")
# The width follows the page, the height the rows; Streamlit would squeeze axis labels into the height.
_WIDTH_ONLY = alt.AutoSizeParams(type="fit-x", contains="padding")

Chart = TypeVar("Chart", alt.LayerChart, alt.VConcatChart)


def heatmap(rows: Iterable[tuple[str, str, int]]) -> tuple[alt.LayerChart, str]:
    """Return counts by role and area, with the number in every cell.

    Parameters
    ----------
    rows : iterable of (role, area, count)
        Roles and areas are shown in the order in which they first come; a pair that is absent counts 0.
    """
    counts: dict[tuple[str, str], int] = {}
    for role, area, count in rows:
        counts[role, area] = counts.get((role, area), 0) + count
    _needs_something(counts, "heatmap")
    roles, areas = (list(dict.fromkeys(key[i] for key in counts)) for i in (0, 1))
    data = [{"role": r, "area": a, "count": counts.get((r, a), 0)} for r in roles for a in areas]
    most = max(counts.values())
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("area:N", title=None, sort=areas, axis=alt.Axis(labelAngle=-35, orient="top")),
        y=alt.Y("role:N", title=None, sort=roles),
    )
    cells = base.mark_rect(stroke=GREY).encode(
        color=alt.Color(
            "count:Q", legend=None, scale=alt.Scale(domain=[0, max(most, 1)], range=["#ffffff", PALE_BLUE])
        ),
        tooltip=["role:N", "area:N", "count:Q"],
    )
    numbers = base.mark_text(fontSize=13, color=TEXT).encode(text="count:Q")
    top = max(counts, key=lambda key: counts[key])
    empty = sum(not row["count"] for row in data)
    says = (
        f"Heatmap of {_count(len(roles), 'role')} by {_count(len(areas), 'area')}, with the count in every cell, "
        f"from {min(int(str(row['count'])) for row in data)} to {most}. "
        f"Highest: {top[0]} in {top[1]}, {most}. {_count(empty, 'cell')} at 0."
    )
    return _readable(alt.LayerChart(layer=[cells, numbers], height=_ROW * len(roles), autosize=_WIDTH_ONLY)), says


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
            scale=alt.Scale(domain=[0, max(*results.values(), 1) * 1.2], nice=False),
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


def sankey_options(links: Sequence[Iterable[tuple[str, str, int]]]) -> tuple[dict[str, Any], str]:
    """Return the options of a Sankey diagram for ``st.echarts_chart``, and its text.

    Parameters
    ----------
    links : sequence of iterables of (left, right, count)
        One for each pair of neighbouring columns: two of them make three columns. A column shows its
        :data:`COLUMN_LIMIT` largest boxes at most, the last of them 'other' with everything else.
    """
    stages = [list(stage) for stage in links]
    if not any(count > 0 for stage in stages for *_, count in stage):
        _needs_something((), "flow diagram")
    weight: list[Counter[str]] = [Counter() for _ in range(len(stages) + 1)]
    for i, stage in enumerate(stages):
        left, right = Counter[str](), Counter[str]()
        for source, target, count in stage:
            left[source] += count
            right[target] += count
        weight[i] |= left  # a box is as tall as its taller side
        weight[i + 1] |= right
    kept = [_kept(column) for column in weight]
    flows: dict[tuple[str, str], int] = defaultdict(int)
    boxes: dict[str, int] = {}
    for i, stage in enumerate(stages):
        for source, target, count in stage:
            if count > 0:
                flows[_box(kept[i], source, i), _box(kept[i + 1], target, i + 1)] += count
    for i, column in enumerate(weight):
        for name, count in column.most_common():
            boxes.setdefault(_box(kept[i], name, i), 0)
            boxes[_box(kept[i], name, i)] += count
    colours = (BLUE, GREEN, ORANGE, GREY)
    nodes = [
        {
            "name": name, "depth": _column(name), "itemStyle": {"color": colours[_column(name) % len(colours)]},
            "label": {"formatter": f"{_plain(name)} ({count})"},
        }
        for name, count in boxes.items() if count
    ]  # fmt: skip
    joined = sorted(flows.items(), key=lambda pair: (_column(pair[0][0]), -pair[1], pair[0]))
    sizes = ", ".join(str(sum(1 for node in nodes if node["depth"] == i)) for i in range(len(weight)))
    largest = "; ".join(f"{_plain(s)} to {_plain(t)}: {n}" for (s, t), n in sorted(joined, key=lambda p: -p[1])[:3])
    says = f"Flow diagram of {len(weight)} columns with {sizes} boxes. Largest flows: {largest}."
    options: dict[str, Any] = {
        "animation": False,
        "tooltip": {"trigger": "item"},
        "textStyle": {"color": TEXT, "fontSize": 14},
        "series": [
            {
                "type": "sankey", "data": nodes, "nodeAlign": "left", "draggable": False, "right": 190,
                "links": [{"source": s, "target": t, "value": n} for (s, t), n in joined],
                "label": {"color": TEXT, "fontSize": 13, "width": 180, "overflow": "break"},
                "lineStyle": {"color": GREY, "opacity": 0.35},
                "emphasis": {"focus": "adjacency"},
            }
        ],
    }  # fmt: skip
    return options, says


# A box of a Sankey diagram needs a name of its own in the whole diagram. The same words may stand in several columns,
# so each name ends in as many invisible characters as its column has before it.
_INVISIBLE = "\u200b"


def _box(kept: AbstractSet[str], name: str, column: int) -> str:
    """Return the name of the box of something; braces would be read as a template."""
    shown = name if name in kept else OTHER
    return shown.replace("{", "(").replace("}", ")").replace(_INVISIBLE, "") + _INVISIBLE * column


def _column(name: str) -> int:
    return name.count(_INVISIBLE)


def _plain(name: str) -> str:
    return name.replace(_INVISIBLE, "")


def _kept(column: Counter[str]) -> set[str]:
    """Return what has a box of its own."""
    ranked = sorted((name for name in column if column[name] > 0), key=lambda name: (-column[name], name))
    return set(ranked if len(ranked) <= COLUMN_LIMIT else ranked[: COLUMN_LIMIT - 1])


def _result_colour(word: str) -> str:
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


def _readable(chart: Chart) -> Chart:
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
