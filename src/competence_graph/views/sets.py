"""Charts of what roles share: UpSet plot for three to six, stacked bars for two; each with its text alternative.

Labels are wrapped, never cut. Colour never carries meaning alone; the same figures always stand in a table beside.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from competence_graph.errors import ParameterError
from competence_graph.views.style import BLUE, GREEN, GREY, ORANGE, TEXT

COMBINATIONS = 9
"""Most bars of an UpSet plot."""
MOST_BARS = 12
"""Most bars of a stacked chart, the last of them the sum of all others."""
LABEL_WIDTH = 30
"""Most characters of a line of a label."""
_LINE, _COLUMN = 15, 34  # pixels
_WHOLE = alt.Axis(tickMinStep=1, format="d")
_LINES = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLineHeight=_LINE, labelLimit=340, ticks=False, domain=False)  # fmt: skip


def upset(
    memberships: Sequence[Sequence[int]], names: Sequence[str], sizes: Sequence[int]
) -> tuple[alt.VConcatChart, str]:
    """Return how 3 to 6 roles overlap: a bar for every combination, dots for who is in it.

    Parameters
    ----------
    memberships : sequence of sequences of int
        For each item the places of the roles that have it; an item counts once, in the combination of exactly those.
    names : sequence of str
        What the roles are called; each is another.
    sizes : sequence of int
        How many items each role has itself; fewer than its dots add up to, where items of others match its own.

    Raises
    ------
    ParameterError
        Fewer than 3 or more than 6 roles, or no item in any of them.
    """
    if not 3 <= len(names) <= 6:
        raise ParameterError(f"There are {len(names)} roles to compare; this chart takes 3 to 6.")
    combinations = Counter(tuple(sorted(places)) for places in memberships if places)
    if not combinations:
        raise ParameterError("There is nothing to draw: no role has an item. Show the table's notes instead.")
    labels = [_wrapped(f"{name}: {size}") for name, size in zip(names, sizes, strict=True)]
    ranked = sorted(combinations.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))
    shown = ranked[:COMBINATIONS]
    everyone = tuple(range(len(names)))
    if everyone in combinations and everyone not in dict(shown):
        shown = [*shown[:-1], (everyone, combinations[everyone])]
    bars, dots, lines = [], [], []
    for i, (who, n) in enumerate(shown):
        key = f"{i:02d}"
        bars.append({"k": key, "roles": " + ".join(names[place] for place in who), "count": n})
        lines.append({"k": key, "first": labels[who[0]], "last": labels[who[-1]]})
        dots += [
            {"k": key, "role": label, "member": "yes" if place in who else "no", "count": n}
            for place, label in enumerate(labels)
        ]
    x = alt.X("k:N", axis=None)
    width = _COLUMN * len(shown)
    base = alt.Chart(alt.InlineData(values=bars)).encode(x=x, y=alt.Y("count:Q", title="Items", axis=_WHOLE))
    top = alt.LayerChart(
        layer=[
            base.mark_bar(color=BLUE).encode(tooltip=["roles:N", "count:Q"]),
            base.mark_text(dy=-8, fontSize=13, color=TEXT).encode(text="count:Q"),
        ],
        height=110,
        width=width,
    )
    order = alt.Scale(domain=labels)
    y = alt.Y("role:N", title=None, scale=order, axis=_LINES)
    member = alt.datum.member == "yes"
    circles = (
        alt.Chart(alt.InlineData(values=dots))
        .mark_circle(opacity=1)
        .encode(
            x=x, y=y, size=alt.condition(member, alt.value(170), alt.value(30)),
            color=alt.condition(member, alt.value(BLUE), alt.value(GREY)), tooltip=["role:N", "member:N", "count:Q"],
        )
    )  # fmt: skip
    rules = (
        alt.Chart(alt.InlineData(values=lines))
        .mark_rule(color=BLUE, strokeWidth=3)
        .encode(x=x, y=alt.Y("first:N", title=None, scale=order, axis=_LINES), y2="last:N")
    )
    row = max(label.count("\n") + 1 for label in labels) * _LINE + 10
    matrix = alt.LayerChart(layer=[rules, circles], height=row * len(names), width=width)
    chart = alt.vconcat(top, matrix, spacing=6).resolve_scale(x="shared")
    chart.config = _config()
    largest = "; ".join(f"{' + '.join(names[place] for place in who)}: {n}" for who, n in shown[:3])
    left = len(ranked) - len(shown)
    says = (
        f"UpSet plot of {len(names)} roles: "
        f"{'; '.join(f'{name} {size}' for name, size in zip(names, sizes, strict=True))}. "
        f"Of all roles: {combinations[everyone]}. Largest combinations: {largest}."
        + (f" {left} smaller combination{'' if left == 1 else 's'} not shown." if left else "")
    )
    return chart, says


def stacked(
    both: Mapping[str, int], only_a: Mapping[str, int], only_b: Mapping[str, int], *, a: str = "A", b: str = "B", what: str = "area",
) -> tuple[alt.LayerChart, str]:  # fmt: skip
    """Return what two roles share and do not, by area.

    Parameters
    ----------
    both, only_a, only_b : mapping of area to count
        Areas are shown in the order in which they first come; from :data:`MOST_BARS` on they are summed in one bar.
    a, b : str
        What the two are called.
    what : str
        What the bars are, one of them.
    """
    counted = [dict(both), dict(only_a), dict(only_b)]
    areas = list(dict.fromkeys(area for part in counted for area in part))
    if not areas:
        raise ParameterError("There is nothing to draw: neither role has an item. Show the table's notes instead.")
    if len(areas) > MOST_BARS:
        rest = areas[MOST_BARS - 1 :]
        summed = f"{len(rest)} other {what}s"
        counted = [{**part, summed: sum(part.get(area, 0) for area in rest)} for part in counted]
        areas = [*areas[: MOST_BARS - 1], summed]
    parts = {"● Both": (counted[0], BLUE), f"◀ Only {a}": (counted[1], GREEN), f"▶ Only {b}": (counted[2], ORANGE)}
    labels = {area: _wrapped(area) for area in areas}
    data = [
        {"area": labels[area], "part": part, "order": i, "count": counts.get(area, 0)}
        for area in areas
        for i, (part, (counts, _)) in enumerate(parts.items())
        if counts.get(area, 0)
    ]
    ends = [
        {
            "area": labels[area],
            "total": sum(c.get(area, 0) for c, _ in parts.values()),
            "words": "  ".join(f"{part[0]} {c.get(area, 0)}" for part, (c, _) in parts.items()),
        }
        for area in areas
    ]
    longest = max(int(str(row["total"])) for row in ends)
    y = alt.Y("area:N", title=None, scale=alt.Scale(domain=[labels[area] for area in areas]), axis=_LINES)
    scale = alt.Scale(domain=[0, max(longest, 1) * 1.4], nice=False)
    bars = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(stroke="#ffffff")
        .encode(
            y=y, x=alt.X("count:Q", title="Items", stack="zero", scale=scale, axis=_WHOLE), order="order:Q",
            color=alt.Color(
                "part:N", title=None, sort=list(parts),
                scale=alt.Scale(domain=list(parts), range=[colour for _, colour in parts.values()]),
                legend=alt.Legend(orient="top", columns=1, labelLimit=600),
            ),
            tooltip=["area:N", "part:N", "count:Q"],
        )
    )  # fmt: skip
    words = (
        alt.Chart(alt.InlineData(values=ends))
        .mark_text(align="left", dx=6, fontSize=13, color=TEXT)
        .encode(y=y, x=alt.X("total:Q", title="Items", scale=scale, axis=_WHOLE), text="words:N")
    )
    row = max(label.count("\n") + 1 for label in labels.values()) * _LINE + 12
    chart = alt.LayerChart(layer=[bars, words], height=row * len(areas), autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))  # fmt: skip
    chart.config = _config()
    totals = [sum(counts.values()) for counts in (both, only_a, only_b)]
    summed_up = len(areas) < len({*both, *only_a, *only_b})
    more = f" Areas after the first {MOST_BARS - 1} are one bar." if summed_up else ""
    says = (
        f"Stacked bars by {what}: both {totals[0]}, only {a} {totals[1]}, only {b} {totals[2]}. "
        + "; ".join(
            f"{area}: both {counted[0].get(area, 0)}, only {a} {counted[1].get(area, 0)}, only {b} {counted[2].get(area, 0)}"
            for area in areas
        )
        + "."
        + more
    )
    return chart, says


def _wrapped(label: str) -> str:
    """Return a label in lines; it is never cut."""
    return "\n".join(textwrap.wrap(label, LABEL_WIDTH, break_long_words=False)) or label


def _config() -> alt.Config:
    text: dict[str, Any] = {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 13, "titleFontSize": 13}
    return alt.Config(
        axis=alt.AxisConfig(**text, labelOverlap=False),
        legend=alt.LegendConfig(**text, symbolType="square"),
        view=alt.ViewConfig(stroke=None),
    )
