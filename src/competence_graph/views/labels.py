"""Labels of charts in several lines: whole, and in the middle of what they name."""

from __future__ import annotations

import textwrap
from typing import Any

LINE = 15
"""Height of a line in pixels, at 13 pixels of type."""
MOST_LINES, PADDING = 6, 4


def wrapped(label: str, width: int) -> str:
    r"""Return a label in lines; it is never cut, and a word that is longer than a line stays whole.

    >>> wrapped("Community nurse, district nurse team", 20)
    'Community nurse,\ndistrict nurse team'
    """
    return "\n".join(textwrap.wrap(label, width, break_long_words=False)) or label


def lines(label: str) -> int:
    """Return how many lines a wrapped label has."""
    return label.count("\n") + 1


def in_lines(*, above: bool = False) -> dict[str, Any]:
    """Return what an Altair axis needs to draw wrapped labels.

    Parameters
    ----------
    above : bool, default False
        Whether the labels head columns: then they grow upwards; otherwise they stand around the middle of their row.
    """
    step = LINE if above else -LINE / 2
    return {
        "labelExpr": "split(datum.label, '\\n')",
        "labelLineHeight": LINE,
        "labelLimit": 420,
        "ticks": False,
        "domain": False,
        "labelPadding" if above else "labelOffset": {
            "condition": [
                {
                    "test": f"length(split(datum.label, '\\n')) === {number}",
                    "value": PADDING * above + step * (number - 1),
                }
                for number in range(2, MOST_LINES + 1)
            ],
            "value": PADDING * above,
        },
    }
