"""Where nodes stand: no label over another, the centre in the middle, the same each time."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence_graph.views.layout import BOX, Positions, place

KINDS = ("role", "skill", "care function", "case study")


def star(size: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    nodes = [("centre", "role"), *((f"n{i}", KINDS[i % len(KINDS)]) for i in range(size))]
    return nodes, [("centre", name) for name, _ in nodes[1:]]


def covered(places: Positions) -> list[tuple[str, str]]:
    """Return the pairs of which one box lies on the other by more than a tenth of its side."""
    width, height = (0.9 * side for side in BOX)
    return [
        (a, b)
        for (a, (x, y)), (b, (u, v)) in combinations(places.items(), 2)
        if abs(x - u) < width and abs(y - v) < height
    ]


@pytest.mark.parametrize("radius", [1, 2])
@pytest.mark.parametrize("size", [1, 10, 24, 40, 80])
def test_no_label_lies_on_another(size: int, radius: int) -> None:
    places = place(*star(size), radius=radius)
    assert len(places) == size + 1
    assert covered(places) == []


def test_kinds_stand_together() -> None:
    nodes, edges = star(8)
    places = place(nodes, edges, radius=1)
    around = sorted(places.items(), key=lambda item: math.atan2(item[1][1], item[1][0]))
    kinds = [dict(nodes)[name] for name, _ in around if name != "centre"]
    changes = sum(a != b for a, b in zip(kinds, kinds[1:] + kinds[:1], strict=True))
    assert changes == len(KINDS)


@given(st.integers(0, 30), st.sampled_from([1, 2]))
def test_centre_in_the_middle_and_the_same_each_time(size: int, radius: int) -> None:
    first, second = (place(*star(size), radius=radius) for _ in range(2))
    assert first == second
    assert first["centre"] == (0, 0)


def test_nothing_is_placed_for_nothing() -> None:
    assert place([], [], radius=1) == {}
