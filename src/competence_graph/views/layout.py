"""Where the nodes of a network stand: rings around the centre, one kind beside the next, and no label over another.

Positions are made here and not in the browser, so that the same network always looks the same and is drawn at once.
A network of one step is laid out on ellipses, kind by kind; of more steps by a spring layout. Then boxes as large as a
label are pushed apart until none covers another (the idea of [1]_, on rectangles, with the centre held fast).

References
----------
.. [1] Dwyer, Marriott and Stuckey (2005), Fast node overlap removal, doi:10.1007/11618058_15
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

BOX = (150.0, 76.0)
"""Width and height in pixels that a symbol with its label of three lines takes up."""
FIRST_RING, RING_STEP = 150.0, 125.0
WIDER = 1.15
"""Drawings are wider than high by about this."""
_SEED, _ROUNDS = 7, 400
Positions = dict[str, tuple[float, float]]


def place(nodes: Sequence[tuple[str, str]], edges: Sequence[tuple[str, str]], *, radius: int) -> Positions:
    """Return the position of every node in pixels, the centre at (0, 0).

    Parameters
    ----------
    nodes : sequence of (identifier, kind)
        The first is the centre.
    edges : sequence of (identifier, identifier)
        What joins them; used where the network reaches further than one step.
    radius : int
        Steps from the centre.
    """
    if not nodes:
        return {}
    start = _rings(nodes[1:]) if radius == 1 else _springs([node for node, _ in nodes], edges)
    keys = [node for node, _ in nodes]
    points = np.array([start.get(key, (0.0, 0.0)) for key in keys])
    points = _apart(points - points[0])
    return {key: (round(float(x), 1), round(float(y), 1)) for key, (x, y) in zip(keys, points, strict=True)}


def _rings(around: Sequence[tuple[str, str]]) -> Positions:
    """Return places on one ellipse, or on two or three where there are many, so that kinds stand together."""
    order = sorted(around, key=lambda node: node[1])
    # Which ring each goes to in turn: an outer ring has room for more.
    turns = (0,) if len(order) <= 10 else (1, 0, 1) if len(order) <= 26 else (2, 1, 2, 0, 1, 2)
    found = {}
    for number, (key, _) in enumerate(order):
        angle = 2 * math.pi * number / len(order) - math.pi / 2
        distance = FIRST_RING + RING_STEP * turns[number % len(turns)]
        found[key] = (WIDER * distance * math.cos(angle), distance * math.sin(angle))
    return found


def _springs(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> Positions:
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(keys)
    drawn.add_edges_from(edges)
    size = 80 * len(keys) ** 0.5
    places = nx.spring_layout(drawn, seed=_SEED, scale=size, k=1.5 / len(keys) ** 0.5, iterations=80)
    return {key: (WIDER * float(x), float(y)) for key, (x, y) in places.items()}


def _apart(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Push boxes apart, along the side where they overlap less, until none covers another; the first stays in place."""
    points = points.copy()
    width, height = BOX
    for _ in range(_ROUNDS):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        over_x, over_y = width - np.abs(dx), height - np.abs(dy)
        overlapping = (over_x > 0.5) & (over_y > 0.5)
        np.fill_diagonal(overlapping, val=False)
        if not overlapping.any():
            break
        # Two at the very same place are told apart by their order.
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        sideways = overlapping & (over_x / width <= over_y / height)
        upright = overlapping & ~sideways
        side_x, side_y = np.where(dx == 0, order, np.sign(dx)), np.where(dy == 0, order, np.sign(dy))
        move = np.stack(
            [(sideways * over_x * side_x).sum(axis=1), (upright * over_y * side_y).sum(axis=1)], axis=1
        ) / np.maximum(overlapping.sum(axis=1, keepdims=True), 1)
        move[0] = 0
        points += 0.6 * move
    return points
