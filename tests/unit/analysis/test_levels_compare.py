"""Levels of two scales."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.levels import Levels


@pytest.fixture(scope="module")
def levels() -> Levels:
    made = World()
    for scale in "lm":
        for position in (1, 2, 3):
            made.level(f"{scale}:{position}", f"{scale}:scale", position)
    return Levels(made.graph())


def test_the_highest_held_meets_the_highest_wanted(levels: Levels) -> None:
    assert levels.result(["l:1", "l:3"], ["l:2"]) == "met at level"
    assert levels.result(["l:2"], ["l:1", "l:3"]) == "below level"
    assert levels.result(["l:2", "m:1"], ["l:1"]) == "met at level"


def test_an_unknown_level_is_no_level(levels: Levels) -> None:
    assert levels.result(["x:1"], ["l:1"]) == "met, level not known"
    assert levels.result(["l:1"], ["x:1"]) == "met, level not known"


def test_below_in_one_of_two_scales_is_below(levels: Levels) -> None:
    wanted = ["l:2", "m:2"]
    assert [levels.result(held, wanted) for held in (["l:3", "m:1"], ["l:1", "m:3"])] == ["below level"] * 2
