"""Seeded synthetic frameworks: roles, items and names, of three sizes.

How many roles hold an item falls off as a power law, and roles of one family draw two thirds of their items from one pool
(the shape of ESCO's occupations; its size is L). Names are made of 3,000 made-up words, frequent ones more often.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox
from scipy import sparse

from competence_graph.analysis.holdings import Holdings
from competence_graph.graph.store import Graph, in_memory
from competence_graph.namespaces import CG, GRAPHS, IDENTIFIERS, RDF, SKOS
from competence_graph.resources import data_folder

Vector = npt.NDArray[Any]
WORDS = 3_000
IN_FAMILY = 0.65


@dataclass(frozen=True, slots=True)
class Size:
    """How many roles and items there are, how many items a role has on average, and how many families of roles."""

    name: str
    roles: int
    items: int
    each: float
    families: int


SIZES = {
    size.name: size
    for size in (Size("S", 60, 300, 20, 8), Size("M", 800, 6_000, 25, 40), Size("L", 3_039, 13_939, 42.45, 120))
}


def _random(size: Size, purpose: int) -> np.random.Generator:
    return np.random.default_rng([20140401, size.roles, purpose])


def holdings(size: Size) -> Holdings:
    """Return who holds what."""
    draw = _random(size, 0)
    wanted = draw.permutation(1.0 / np.arange(1, size.items + 1) ** 0.9)
    wanted /= wanted.sum()
    pool = min(size.items, max(30, 4 * size.items // size.families))
    even = 0.5 * wanted + 0.5 / size.items
    pools = [draw.choice(size.items, pool, replace=False, p=even) for _ in range(size.families)]
    within = [np.sqrt(wanted[family]) / np.sqrt(wanted[family]).sum() for family in pools]
    many = np.clip(draw.gamma(4.0, size.each / 4.0, size.roles).round().astype(int), 3, size.items // 3)
    rows: list[int] = []
    columns: list[int] = []
    for role, count in enumerate(many.tolist()):
        family = pools[role % size.families]
        core = min(int(count * IN_FAMILY), pool)
        mine = set(draw.choice(family, core, replace=False, p=within[role % size.families]).tolist())
        while len(mine) < count:
            mine |= set(draw.choice(size.items, count - len(mine), p=wanted).tolist())
        rows += [role] * count
        columns += sorted(mine)
    stated = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size.roles, size.items))
    none = sparse.csr_array((size.items, size.items))
    return Holdings(
        [f"bench:role-{i}" for i in range(size.roles)], [f"bench:item-{i}" for i in range(size.items)],
        [f"item {i}" for i in range(size.items)], stated, sparse.csr_array(stated.shape), none, none,
    )  # fmt: skip


def named_graph(size: Size) -> Graph:
    """Return a graph in which every role and item has a label, three other names and a definition."""
    return in_memory(_names(size), data_version=f"synthetic-{size.name}")


def _names(size: Size) -> Iterator[ox.Quad]:
    draw = _random(size, 1)
    words = _words(draw)
    often = 1.0 / (np.arange(WORDS) + 20.0)
    often /= often.sum()

    def text(count: int) -> ox.Literal:
        return ox.Literal(" ".join(words[i] for i in draw.choice(WORDS, count, p=often)), language="en")

    where = ox.NamedNode(f"{GRAPHS}bench/1")
    for kind, cls, count in (("role", CG.Role, size.roles), ("item", CG.Competence, size.items)):
        for i in range(count):
            thing = ox.NamedNode(f"{IDENTIFIERS}bench/{kind}-{i}")
            yield ox.Quad(thing, RDF.type, cls, where)
            yield ox.Quad(thing, SKOS.prefLabel, text(4), where)
            for _ in range(3):
                yield ox.Quad(thing, SKOS.altLabel, text(3), where)
            yield ox.Quad(thing, SKOS.definition, text(25), where)
    for quad in ox.parse(path=str(data_folder("ontology") / "competence.ttl")):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(GRAPHS + "ontology"))


def _words(draw: np.random.Generator) -> list[str]:
    """Return made-up words of two to four syllables, each once."""
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        count = int(draw.integers(2, 5))
        found["".join(syllables[i] for i in draw.integers(0, len(syllables), count))] = None
    return list(found)


def swapped(text: str, draw: np.random.Generator, times: int = 2) -> str:
    """Return a text in which, at so many places, two letters that stand side by side in a word changed places."""
    letters = list(text)
    for _ in range(times):
        places = [i for i, (a, b) in enumerate(pairwise(letters)) if a.isalpha() and b.isalpha() and a != b]
        if places:
            i = places[int(draw.integers(len(places)))]
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters)
