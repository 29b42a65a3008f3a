"""Overlap: one role to all and all pairs, through a sparse matrix and in SPARQL.

The baseline gets the best that SPARQL can be given: a store in memory with nothing in it but one triple a link, in the
default graph. The matrix is there before, as it is in a running server; so is the store. Both sides hand over Python
objects, and their numbers must be the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox
from scipy import sparse

from benchmarks.timing import ROUNDS, Row, Section, interleaved
from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.measures import jaccard
from competence_graph.namespaces import CG, to_iri

ASKED = 10
LEAST = 3
ONE_TO_ALL, PAIRS_AT_M, PAIRS_AT_L, OVER_SCIPY = 1 / 1_000, 1 / 40, 1 / 100, 1.2
PREFIX = "PREFIX cg: <https://w3id.org/competence-graph/ontology#> "
SHARED = (
    PREFIX
    + "SELECT ?other (COUNT(?item) AS ?n) WHERE { <ROLE> cg:requires ?item . ?other cg:requires ?item } GROUP BY ?other"
)
BOTH = PREFIX + (
    "SELECT ?other ?n ?size WHERE {"
    " { SELECT ?other (COUNT(?item) AS ?n) WHERE { <ROLE> cg:requires ?item . ?other cg:requires ?item } GROUP BY ?other }"
    " { SELECT ?other (COUNT(?item) AS ?size) WHERE { ?other cg:requires ?item } GROUP BY ?other } }"
)
ALL = PREFIX + (
    "SELECT ?one ?other (COUNT(?item) AS ?n) WHERE { ?one cg:requires ?item . ?other cg:requires ?item"
    " FILTER(STR(?one) < STR(?other)) } GROUP BY ?one ?other HAVING (COUNT(?item) >= 3)"
)
Vector = npt.NDArray[Any]


@dataclass
class Sides:
    """One table of holdings, as a matrix and as a store."""

    name: str
    held: Holdings
    binary: sparse.csr_array = field(init=False)
    counts: Vector = field(init=False)
    store: ox.Store = field(init=False)
    place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.binary = sparse.csr_array((self.held.stated > 0).astype(float))
        self.counts = self.held.counts
        roles = [ox.NamedNode(to_iri(role)) for role in self.held.roles]
        items = [ox.NamedNode(to_iri(item)) for item in self.held.items]
        self.place = {role.value: i for i, role in enumerate(roles)}
        self.store = ox.Store()
        rows, columns = self.binary.nonzero()
        self.store.bulk_extend(
            ox.Quad(roles[i], CG.requires, items[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        )
        self.store.optimize()

    def rows(self, text: str) -> list[list[str]]:
        """Return the rows of a SELECT as text."""
        found = self.store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return [[term.value for term in row] for row in found]

    def shared(self, role: int) -> Vector:
        """Return how many items each role shares with one."""
        return np.asarray(self.binary @ self.binary[[role], :].toarray().ravel())

    def shared_in_sparql(self, role: int) -> Vector:
        """Return the same from the store."""
        numbers = np.zeros(len(self.place))
        for other, n in self.rows(SHARED.replace("ROLE", to_iri(self.held.roles[role]))):
            numbers[self.place[other]] = int(n)
        return numbers

    def likeness(self, role: int) -> Vector:
        """Return the row of the Jaccard matrix of one role."""
        shared = self.shared(role)
        return np.asarray(shared / np.maximum(self.counts + self.counts[role] - shared, 1))

    def likeness_in_sparql(self, role: int) -> Vector:
        """Return the same from the store."""
        numbers = np.zeros(len(self.place))
        for other, n, size in self.rows(BOTH.replace("ROLE", to_iri(self.held.roles[role]))):
            numbers[self.place[other]] = int(n) / (int(size) + self.counts[role] - int(n))
        return numbers

    def pairs(self) -> tuple[Vector, Vector, Vector]:
        """Return all pairs that share three items or more, and how many."""
        product = sparse.coo_array(self.binary @ self.binary.T)
        kept = (product.row < product.col) & (product.data >= LEAST)
        return product.row[kept], product.col[kept], product.data[kept]


def one_to_all(sides: Sides, target: float | None) -> list[Row]:
    """Return the rows of one role against all: how many items are shared, and Jaccard's share."""
    able = np.flatnonzero(sides.counts > 0)
    asked = np.random.default_rng(7).choice(able, ASKED, replace=False).tolist()
    whole = jaccard(sides.held)
    for role in asked:
        assert np.array_equal(sides.shared(role), sides.shared_in_sparql(role))
        assert np.allclose(sides.likeness(role), whole[role], rtol=0, atol=1e-12)
        assert np.allclose(sides.likeness_in_sparql(role), whole[role], rtol=0, atol=1e-12)
    rows = []
    for what, ours, theirs in (
        ("shared counts", sides.shared, sides.shared_in_sparql),
        ("Jaccard", sides.likeness, sides.likeness_in_sparql),
    ):
        times, base = interleaved(lambda: [ours(r) for r in asked], lambda: [theirs(r) for r in asked])  # noqa: B023
        rows.append(
            Row(
                f"one role to all, {what}, {sides.name}", [t / ASKED for t in times], [t / ASKED for t in base], "SPARQL", target,
                said=f"{len(sides.place):,} roles, {sides.binary.nnz:,} links; same numbers",
            )
        )  # fmt: skip
    return rows


def all_pairs(sides: Sides, target: float | None, *, rounds: int = ROUNDS) -> Row:
    """Return the row of all pairs in SPARQL; its numbers are compared in the rounds themselves."""
    one, other, n = sides.pairs()
    names = [to_iri(role) for role in sides.held.roles]
    expected = {
        (*sorted((names[i], names[j])), int(k))
        for i, j, k in zip(one.tolist(), other.tolist(), n.tolist(), strict=True)
    }
    answers: list[list[list[str]]] = []
    times, base = interleaved(
        sides.pairs, lambda: answers.append(sides.rows(ALL)), rounds=rounds, warm=rounds == ROUNDS
    )
    assert {(a, b, int(k)) for a, b, k in answers[-1]} == expected
    said = f"{len(expected):,} pairs that share {LEAST} or more; same pairs and numbers"
    return Row(f"all pairs, A @ A.T, {sides.name}", times, base, "SPARQL", target, said=said)


def whole_measure(sides: Sides, target: float | None) -> Row:
    """Return the row of the Jaccard matrix that the program makes, against the bare product."""
    times, base = interleaved(lambda: jaccard(sides.held), lambda: sides.binary @ sides.binary.T)
    said = "ours makes the roles × roles table of shares, dense"
    return Row(f"measures.jaccard, {sides.name}", times, base, "bare A @ A.T", target, said=said)


def section(tables: list[Sides]) -> Section:
    """Return one role against all; the target was set at L."""
    rows = [row for sides in tables for row in one_to_all(sides, ONE_TO_ALL if sides.name == "L" else None)]
    return Section("Overlap of one role with all: matrix against SPARQL", rows)


def all_section(tables: list[Sides]) -> Section:
    """Return all pairs; at L they take SPARQL minutes, so there is one round of them."""
    rows = []
    for sides in tables:
        target = {"M": PAIRS_AT_M, "L": PAIRS_AT_L}.get(sides.name)
        rows.append(all_pairs(sides, target, rounds=1 if sides.name == "L" else ROUNDS))
        rows.append(whole_measure(sides, OVER_SCIPY if sides.name == "L" else None))
    return Section("Overlap of all pairs: matrix against SPARQL", rows)
