"""Queries on the graph that ships: through the guard against in-process, a runaway, and the whole catalogue."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from benchmarks.timing import ROUNDS, Row, Section, clock, interleaved
from competence_graph.errors import QueryTimeoutError
from competence_graph.graph.store import Graph
from competence_graph.query.catalogue import read_catalogue
from competence_graph.query.guard import Guard
from competence_graph.query.names import Names
from competence_graph.query.run import run_query

TARGET, DEADLINE, GRACE, CALLS, SLOWEST = 1.2, 1.0, 1.0, 20, 5
PREFIX = "PREFIX cg: <https://w3id.org/competence-graph/ontology#> "
QUERIES = {
    "classes counted": PREFIX + "SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?kind } GROUP BY ?kind",
    "pairs of roles counted": PREFIX
    + "SELECT (COUNT(*) AS ?n) WHERE { ?one cg:requires ?item . ?other cg:requires ?item }",
    "20 best pairs": PREFIX
    + "SELECT ?one ?other (COUNT(DISTINCT ?item) AS ?n) WHERE { ?one cg:requires ?item . ?other cg:requires ?item"
    " FILTER(STR(?one) < STR(?other)) } GROUP BY ?one ?other ORDER BY DESC(?n) ?one ?other LIMIT 20",
    "every requirement": PREFIX + "SELECT DISTINCT ?role ?item WHERE { ?role cg:requires ?item }",
}
RUNAWAY = """
SELECT (COUNT(*) AS ?n) WHERE {
  { SELECT ?a WHERE { ?a ?b ?c } LIMIT 20000 } { SELECT ?d WHERE { ?d ?e ?f } LIMIT 20000 }
  { SELECT ?g WHERE { ?g ?h ?i } LIMIT 20000 }
}
"""
NEXT = "SELECT (COUNT(*) AS ?n) WHERE { ?thing a ?kind }"


def _plain(term: object) -> tuple[str, str]:
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return ("iri" if isinstance(term, ox.NamedNode) else "literal", term.value)


def repeated(job: Callable[[], object]) -> Callable[[], None]:
    """Return the job done several times, so that a round is no single call."""

    def run() -> None:
        for _ in range(CALLS):
            job()

    return run


def guarded(graph: Graph, store: Path) -> list[Row]:
    """Return a row for each query: through the guard, and in this process."""
    rows = []
    with Guard(store) as guard:
        for name, text in QUERIES.items():
            answer, plain = guard.run(text), graph.select(text)
            ours_terms = [{k: (t[0], t[1]) for k, t in row.items()} for row in answer.rows]
            theirs = [{k: _plain(t) for k, t in row.items()} for row in plain]
            assert not answer.truncated
            assert sorted(map(repr, ours_terms)) == sorted(map(repr, theirs))
            ours, base = interleaved(repeated(lambda: guard.run(text)), repeated(lambda: graph.select(text)))  # noqa: B023
            ours, base = [t / CALLS for t in ours], [t / CALLS for t in base]
            assert statistics.median(base) > 1e-3, f"{name} is no query of over 1 ms"
            said = f"{len(plain):,} row{'s' * (len(plain) != 1)}"
            rows.append(Row(f"guarded query: {name}", ours, base, "in-process", TARGET, said=said))
    return rows


def runaway(store: Path) -> list[Row]:
    """Return how long a runaway lives beyond its deadline, and the query after it."""
    stopped: list[float] = []
    after: list[float] = []
    with Guard(store, seconds=DEADLINE) as guard:
        guard.run(NEXT)

        def run_away() -> None:
            try:
                guard.run(RUNAWAY)
            except QueryTimeoutError:
                return
            raise AssertionError("the runaway ended by itself")

        for _ in range(ROUNDS):
            stopped.append(clock(run_away))
            after.append(clock(lambda: guard.run(NEXT)))
    limit = DEADLINE + GRACE
    return [
        Row("runaway query stopped", stopped, against=f"deadline {DEADLINE:g} s", wanted=f"each ≤ {limit:g} s",
            verdict=max(stopped) <= limit, said=f"slowest {max(stopped):.2f} s"),
        Row("the query after it, new worker", after, wanted="succeeds", verdict=True, said=f"{ROUNDS} of {ROUNDS}"),
    ]  # fmt: skip


def catalogue(graph: Graph, names: Names) -> Section:
    """Return the slowest queries of the catalogue, with their defaults, and all of them together."""
    queries = list(read_catalogue().values())
    times: dict[str, list[float]] = {query.name: [] for query in queries}
    counts: dict[str, int] = {query.name: len(run_query(graph, query, names=names).rows) for query in queries}
    for _ in range(ROUNDS):
        for query in queries:
            times[query.name].append(clock(lambda: run_query(graph, query, names=names)))  # noqa: B023 - called at once
    slowest = sorted(times, key=lambda name: -statistics.median(times[name]))[:SLOWEST]
    rows = [
        Row(f"`{name}`", times[name],
            said=f"{counts[name]:,} rows; {min(times[name]) * 1e3:.0f} – {max(times[name]) * 1e3:.0f} ms")
        for name in slowest
    ]  # fmt: skip
    together = [sum(times[name][i] for name in times) for i in range(ROUNDS)]
    middle = statistics.median(statistics.median(one) for one in times.values())
    rows.append(Row(f"all {len(queries)} together", together, said=f"the median query takes {middle * 1e3:.1f} ms"))
    return Section(f"Catalogue on the shipped graph: the slowest {SLOWEST}, defaults, rows as a table", rows)


def section(graph: Graph, store: Path) -> Section:
    """Return everything about the guard."""
    return Section("Guard, shipped graph", [*guarded(graph, store), *runaway(store)])
