"""Flow diagram (Sankey) of a few boxes a column, its labels whole and beside their boxes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from competence_graph.errors import ParameterError
from competence_graph.views.labels import lines, wrapped
from competence_graph.views.style import BLUE, GREEN, GREY, ORANGE, TEXT

COLUMN_LIMIT = 12
"""Most boxes in a column, the last of them what is left."""
LABEL_WIDTH = 36  # characters of a line
_LINE, _GAP, _BOXES = 16, 2, 170  # pixels


def flow_options(links: Sequence[Iterable[tuple[str, str, int]]], called: Sequence[str] = ()) -> tuple[dict[str, Any], str, int]:  # fmt: skip
    """Return the options of a flow diagram for ``st.echarts_chart``, its text, and its height in pixels.

    Parameters
    ----------
    links : sequence of iterables of (left, right, count)
        One for each pair of neighbouring columns: two of them make three columns. A column shows its
        :data:`COLUMN_LIMIT` largest boxes at most, the last of them everything else.
    called : sequence of str
        What the things of each column are called, for the box of what is left and for the text.
    """
    stages = [list(stage) for stage in links]
    if not any(count > 0 for stage in stages for *_, count in stage):
        raise ParameterError("There is nothing to draw: the flow diagram has no rows. Show the table's notes instead.")
    weight: list[Counter[str]] = [Counter() for _ in range(len(stages) + 1)]
    for i, stage in enumerate(stages):
        left, right = Counter[str](), Counter[str]()
        for source, target, count in stage:
            left[source] += count
            right[target] += count
        weight[i] |= left  # a box is as tall as its taller side
        weight[i + 1] |= right
    kept = [_kept(column) for column in weight]
    words = [*called, *["things"] * (len(weight) - len(called))]
    rest = [f"{len(+column) - len(here)} other {word}" for column, here, word in zip(weight, kept, words, strict=True)]
    flows: dict[tuple[str, str], int] = defaultdict(int)
    boxes: dict[str, int] = {}
    for i, stage in enumerate(stages):
        for source, target, count in stage:
            if count > 0:
                flows[_box(kept[i], source, i, rest[i]), _box(kept[i + 1], target, i + 1, rest[i + 1])] += count
    for i, column in enumerate(weight):
        for name, count in column.most_common():
            box = _box(kept[i], name, i, rest[i])
            boxes[box] = boxes.get(box, 0) + count
    colours = (BLUE, GREEN, ORANGE, GREY)
    last = len(weight) - 1
    nodes = []
    for name, count in boxes.items():
        if count:
            side = "left" if _column(name) == 0 else "right"
            nodes.append({
                "name": name, "depth": _column(name), "itemStyle": {"color": colours[_column(name) % len(colours)]},
                "label": {"formatter": wrapped(_plain(name), LABEL_WIDTH), "position": side, "align": "right" if side == "left" else "left"},
            })  # fmt: skip
    joined = sorted(flows.items(), key=lambda pair: (_column(pair[0][0]), -pair[1], pair[0]))
    columns = [[node for node in nodes if node["depth"] == i] for i in range(last + 1)]
    most = max(lines(wrapped(_plain(name), LABEL_WIDTH)) for name in boxes)
    gap = most * _LINE + _GAP  # no label reaches the next, however thin its box
    height = gap * max(len(column) for column in columns) + _BOXES
    largest = "; ".join(f"{_plain(s)} to {_plain(t)}: {n}" for (s, t), n in sorted(joined, key=lambda p: -p[1])[:3])
    counted = ", ".join(f"{len(+column)} {word}" for column, word in zip(weight, words, strict=True))
    says = f"Flow diagram from left to right: {counted}. Largest flows: {largest}."
    options: dict[str, Any] = {
        "animation": False,
        "tooltip": {"trigger": "item", "confine": True},
        "textStyle": {"color": TEXT, "fontSize": 13},
        "series": [
            {
                "type": "sankey", "data": nodes, "nodeAlign": "justify" if last < 2 else "left", "draggable": False,
                "left": 235, "right": 250, "top": 20, "bottom": 28, "nodeGap": gap, "nodeWidth": 14, "layoutIterations": 64,
                "links": [{"source": s, "target": t, "value": n} for (s, t), n in joined],
                "label": {
                    "color": TEXT, "fontSize": 13, "lineHeight": _LINE, "distance": 6,
                    "textBorderColor": "#ffffff", "textBorderWidth": 3,  # about the letters: a box would cut the flows
                },
                "lineStyle": {"color": GREY, "opacity": 0.35},
                "emphasis": {"focus": "adjacency"},
            }
        ],
    }  # fmt: skip
    return options, says, height


# A box needs a name of its own in the whole diagram. The same words may stand in several columns, so each name ends in
# as many invisible characters as its column has before it.
_INVISIBLE = "\u200b"


def _box(kept: AbstractSet[str], name: str, column: int, rest: str) -> str:
    """Return the name of the box of something; braces would be read as a template."""
    shown = name if name in kept else rest
    return shown.replace("{", "(").replace("}", ")").replace(_INVISIBLE, "") + _INVISIBLE * column


def _column(name: str) -> int:
    return name.count(_INVISIBLE)


def _plain(name: str) -> str:
    return name.replace(_INVISIBLE, "")


def _kept(column: Counter[str]) -> set[str]:
    """Return what has a box of its own."""
    ranked = sorted((name for name in column if column[name] > 0), key=lambda name: -column[name])  # else as they come
    return set(ranked if len(ranked) <= COLUMN_LIMIT else ranked[: COLUMN_LIMIT - 1])
