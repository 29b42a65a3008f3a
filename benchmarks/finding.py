"""Search: the program's against SPARQL CONTAINS, by words of a label and by a label with two pairs of letters swapped.

A query is drawn from the label of one thing; it is found when something with that label is among the first ten. The
baseline is again the best of its kind: a store with nothing but names, and the shortest names first.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyoxigraph as ox

from benchmarks.synthetic import swapped
from benchmarks.timing import ROUNDS, Row, Section, clock
from competence_graph.graph.store import Graph
from competence_graph.namespaces import SKOS, to_iri
from competence_graph.query.name_index import NameIndex
from competence_graph.query.names import Names
from competence_graph.query.search import search
from competence_graph.query.table import Thing

A_ROUND, FIRST = 20, 10
FASTER, P95, RECALL = 1 / 20, 0.020, 0.95
CONTAINS = (
    "SELECT ?thing (MIN(STRLEN(?name)) AS ?n) WHERE {{ ?thing ?p ?name"
    " FILTER(CONTAINS(LCASE(STR(?name)), {words})) }} GROUP BY ?thing ORDER BY ?n LIMIT 10"
)
Found = Callable[[str], list[str]]
"""From words to the labels of the first ten things."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the label that it should find."""

    words: str
    label: str


def drawn(names: Names, *, swaps: bool) -> list[Asked]:
    """Return the queries: two words of a label that stand side by side, or a whole label with two swaps."""
    draw = np.random.default_rng([11, swaps])
    labels = sorted({t.label for t in names.things.values() if t.kind and 2 <= len(t.label.split()) <= 8})
    chosen = [labels[i] for i in draw.choice(len(labels), ROUNDS * A_ROUND, replace=False)]
    asked = []
    for label in chosen:
        words = label.split()
        start = int(draw.integers(len(words) - 1))
        asked.append(Asked(swapped(label, draw) if swaps else " ".join(words[start : start + 2]), label))
    return asked


def by_search(graph: Graph, names: Names) -> Found:
    """Return the program's search."""

    def found(words: str) -> list[str]:
        rows = search(graph, words, limit=FIRST, names=names).rows
        return [thing.label for row in rows if isinstance(thing := row["thing"], Thing)]

    return found


def by_contains(names: Names) -> Found:
    """Return SPARQL CONTAINS over labels and other names."""
    store = ox.Store()
    for thing in names.things.values():
        node = ox.NamedNode(to_iri(thing.id))
        store.add(ox.Quad(node, SKOS.prefLabel, ox.Literal(thing.label)))
        store.extend([ox.Quad(node, SKOS.altLabel, ox.Literal(other)) for other in names.others(thing)])
    store.optimize()

    def found(words: str) -> list[str]:
        rows = store.query(CONTAINS.format(words=str(ox.Literal(words.lower()))))
        assert isinstance(rows, ox.QuerySolutions)
        return [names.thing(row["thing"].value).label for row in rows]

    return found


def compared(name: str, graph: Graph, names: Names, *, swaps: bool) -> list[Row]:
    """Return the rows of one kind of query on one graph: medians, the slow end, and recall."""
    asked = drawn(names, swaps=swaps)
    sides = (by_search(graph, names), by_contains(names))
    times: tuple[list[float], list[float]] = ([], [])
    hits = [0, 0]
    for find in sides:
        find("warm up")
    for number, one in enumerate(asked):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for side in order:
            answer: list[str] = []
            times[side].append(clock(lambda: answer.extend(sides[side](one.words))))  # noqa: B023 - called at once
            hits[side] += one.label.lower() in (label.lower() for label in answer)
    ours, base = ([statistics.median(t[i::ROUNDS]) for i in range(ROUNDS)] for t in times)
    slow = [float(np.percentile(t, 95)) for t in times]
    recall = [h / len(asked) for h in hits]
    what = f"{'two letter swaps' if swaps else 'two words'}, {name}"
    said = f"{len(names.things):,} things; p50 of {len(asked)} queries"
    target = FASTER if name == "L" else None
    rows = [Row(f"search, {what}", ours, base, "CONTAINS", target, said=said)]
    rows.append(
        Row(
            f"search p95, {what}",
            [slow[0]],
            against=f"{slow[1] * 1e3:.3g} ms CONTAINS",
            limit=P95,
        )
    )
    rows.append(
        Row(
            f"recall@{FIRST}, {what}", ours, against=f"{recall[1]:.2f} CONTAINS", shown=f"{recall[0]:.2f}",
            wanted=f"≥ {RECALL}" if swaps else "", verdict=recall[0] >= RECALL if swaps else None,
        )
    )  # fmt: skip
    return rows


def section(graphs: dict[str, tuple[Graph, Names]]) -> Section:
    """Return everything about search; the ratio was set for L, the seconds and the recall hold at every size."""
    rows = []
    for name, (graph, names) in graphs.items():
        for swaps in (False, True):
            rows += compared(name, graph, names, swaps=swaps)
        made = [clock(lambda: NameIndex(graph, names)) for _ in range(ROUNDS)]  # noqa: B023 - called at once
        rows.append(Row(f"the index, made at the first search, {name}", made))
    return Section("Search", rows)
