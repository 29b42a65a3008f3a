"""The build: unchanged against full, and the rules against the reasoner HermiT on the graph that ships."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import owlready2
import pyoxigraph as ox

from benchmarks.timing import ROUNDS, Row, Section, clock, interleaved
from competence_graph.graph import rules
from competence_graph.graph.build import build
from competence_graph.graph.reason import Reasoning, reason, rules_closure
from competence_graph.graph.store import Graph
from competence_graph.namespaces import GRAPHS

UNCHANGED, BY_RULES = 1 / 50, 1 / 20


def builds(folder: Path) -> Row:
    """Return the row of an unchanged build; the folder has a built graph afterwards."""

    def full() -> None:
        result = build(output=folder, force=True)
        result.report.raise_for_defects()
        assert result.stored

    def unchanged() -> None:
        assert not build(output=folder).stored

    full()
    ours, baseline = interleaved(unchanged, full, warm=False)
    full_time = f"a full build takes {min(baseline):.2f} – {max(baseline):.2f} s"
    return Row("unchanged build, shipped graph", ours, baseline, "full build", UNCHANGED, said=full_time)


def stated_quads(graph: Graph) -> list[ox.Quad]:
    """Return all that a build wrote before its rules ran."""
    return [
        quad
        for quad in graph.store
        if not (isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(f"{GRAPHS}rule/"))
    ]


def reasoning(graph: Graph, rounds: int = ROUNDS) -> list[Row]:
    """Return the rows of the rules against HermiT; both must derive the same."""
    quads = stated_quads(graph)
    all_rules = rules.read_rules()
    ours: list[float] = []
    memory: list[float] = []
    whole: list[float] = []
    alone: list[float] = []
    hermit = owlready2.sync_reasoner_hermit

    def timed_hermit(*arguments: Any, **options: Any) -> None:
        alone.append(clock(lambda: hermit(*arguments, **options)))

    for _ in range(rounds):
        closures: list[dict[str, set[tuple[str, str]]]] = []
        with tempfile.TemporaryDirectory() as folder:
            for store, times in ((ox.Store(folder), ours), (ox.Store(), memory)):
                store.bulk_extend(quads)
                times.append(clock(partial(rules.apply, store, all_rules)))
                closures.append(rules_closure(Graph(store, "rules")))
            del store
        found: list[Reasoning] = []
        with mock.patch.object(owlready2, "sync_reasoner_hermit", timed_hermit):
            whole.append(clock(lambda: found.append(reason(graph))))  # noqa: B023 - called at once
        assert found[0].consistent
        for by_rules in closures:
            assert found[0].derived == by_rules, "the rules and HermiT derive different statements"
    same = ", ".join(f"{len(pairs):,} {name}" for name, pairs in closures[0].items())
    said = f"identical closure ({same}); all {len(all_rules)} rules, with the matches that HermiT is not asked for"
    share = "HermiT and its Java alone, without writing and reading the view"
    what = ("rules in a store on disk, as in a build", ours), ("rules in a store in memory", memory)
    against = ("HermiT, whole check", whole, said), ("HermiT alone", alone, share)
    return [
        Row(f"{name}, shipped graph", times, base, side, BY_RULES, said=note)
        for name, times in what
        for side, base, note in against
    ]


def section(graph_folder: Path, graph: Graph) -> Section:
    """Return everything about the build."""
    rows = [builds(graph_folder), *reasoning(graph)]
    return Section("Build and rules", rows)
