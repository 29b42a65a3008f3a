"""One question asked in SPARQL, through a matrix and in plain Python has one answer."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import FUNCTION, Spec, specs

from competence_graph.analysis.claims import read_roles
from competence_graph.analysis.gap import gap
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.overlap import overlap
from competence_graph.analysis.similarity import similar
from competence_graph.analysis.transfer import transfer
from competence_graph.graph.store import Graph
from competence_graph.query.catalogue import CatalogueQuery, find
from competence_graph.query.names import Names
from competence_graph.query.run import run_query
from competence_graph.query.strictness import STRICTNESS
from competence_graph.query.table import Table, Thing

QUICK = settings(max_examples=25, deadline=None, database=None)
NONE = ("missing", "not in this employer's list", "not stated")
strictnesses = st.sampled_from(tuple(STRICTNESS))


def identifier(cell: object) -> str:
    assert isinstance(cell, Thing)
    return cell.id


@cache
def query(name: str) -> CatalogueQuery:
    return find(name)


@pytest.mark.parametrize(("name", "column", "functions"), [
    ("shared-requirements", "item", False), ("shared-functions", "function", True),
])  # fmt: skip
@QUICK
@given(spec=specs(), strictness=strictnesses)
def test_shared_items_by_query_and_by_overlap(
    name: str, column: str, functions: bool, spec: Spec, strictness: str
) -> None:
    graph = spec.world().graph()
    names = Names(graph)
    one, other = spec.roles[:2]
    given_ = {"role": one, "other": other, "match": strictness}
    rows = run_query(graph, query(name), given_, names=names).rows
    pairs = {(identifier(row[column]), identifier(row[f"other_{column}"])) for row in rows}
    first, second = read_roles(graph, names, [names.resolve(one), names.resolve(other)])
    ours, theirs = (record.items(functions=functions, stated=True) for record in (first, second))
    assert {thing.id for thing in ours} == spec.stated(one, functions=functions)
    matching = Matching(graph, names)
    matches = {item: matching.meets(item, theirs, strictness) for item in ours}
    assert {item.id for item, match in matches.items() if match} == {item for item, _ in pairs}
    met = {item.id for item, match in matches.items() if match and match.extent == "met"}
    if strictness != "broad":
        both = {(item.id, o.id) for item in ours for o in theirs if o.id in matching.partners(item, strictness)}
        assert both == pairs
        assert met == {item for item, _ in pairs}
    table = overlap(graph, [one, other], strictness=strictness, names=names)
    label = f"stated {'care functions' if functions else 'competences'}"
    figures = [figure for figure in table.figures if figure.name.endswith(f", {label}")]
    if not ours and not theirs:
        assert figures == []
    elif strictness in ("same", "exact"):
        mine, yours = ({frozenset(matching.partners(i, strictness)) for i in side} for side in (ours, theirs))
        assert [(f.count, f.of) for f in figures] == [(len(mine & yours), len(mine | yours))]
    else:
        back = {
            o for item in theirs if (m := matching.meets(item, ours, strictness)) and m.extent == "met" for o in [item]
        }
        assert [(f.count, f.of) for f in figures] == [(len(met), len(ours)), (len(back), len(theirs))]
    shared = {
        identifier(row["item"])
        for row in table.rows
        if f"{row['basis']} {row['compared']}" == label and row["shared_count"] == 2 and identifier(row["item"]) in spec.stated(one)
    }  # fmt: skip
    assert shared == met


@QUICK
@given(spec=specs(), strictness=strictnesses)
def test_requirements_met_by_query_and_by_transfer(spec: Spec, strictness: str) -> None:
    graph = spec.world().graph()
    names = Names(graph)
    start, target = spec.roles[:2]
    given_ = {"start": start, "target": target, "match": strictness}
    rows = run_query(graph, query("requirements-met"), given_, names=names).rows
    asked = {identifier(row["item"]) for row in rows}
    answered = {identifier(row["item"]) for row in rows if row.get("met_by") is not None}
    table = transfer(graph, start, target, strictness=strictness, names=names)
    body = [row for row in table.rows if (row["compared"], row["basis"]) == ("competences", "stated")]
    assert len(body) == len(asked)
    assert {identifier(row["item"]) for row in body} == asked == spec.stated(target, functions=False)
    assert {identifier(row["item"]) for row in body if row["result"] not in NONE} == answered
    if strictness != "broad":
        settled = ("met at level", "met, level not known", "below level", *NONE)
        assert all(row["result"] in settled for row in body)
    words = {identifier(row["item"]): set[str]() for row in rows}
    for row in rows:
        words[identifier(row["item"])].add(str(row["necessity"]))
    strongest = {i: next(w for w in ("essential", "not stated", "desirable") if w in said) for i, said in words.items()}
    assert {identifier(row["item"]): row["necessity"] for row in body} == strongest
    counted = [item for item, word in strongest.items() if word != "desirable"]
    assert {f.of for f in table.figures if f.name.endswith("stated competences")} <= {len(counted)}


def classes(spec: Spec) -> dict[str, set[frozenset[str]]]:
    """Return what is stated of each role, as classes of exact mappings, by plain union."""
    member = {item: frozenset({item}) for item in spec.items}
    for one, predicate, other in spec.mappings:
        if predicate == "exactMatch":
            union = member[one] | member[other]
            member.update(dict.fromkeys(union, union))
    return {role: {member[item] for item in spec.stated(role)} for role in spec.roles}


@settings(QUICK, max_examples=40)
@given(spec=specs(gates=False, items_each=(5, 6), said_of_each=(6, 14), roles=4))
def test_similar_roles_by_matrix_and_by_sets(spec: Spec) -> None:
    graph = spec.world().graph()
    sets = classes(spec)
    ranked = {role: own for role, own in sets.items() if len(own) >= 5}
    for role, own in sets.items():
        rows = similar(graph, role).rows
        found = {identifier(r["role"]): (r["shared_count"], r["either_count"]) for r in rows}
        expected = {
            other: (len(own & theirs), len(own | theirs))
            for other, theirs in ranked.items()
            if role in ranked and other != role
        }
        # Roles that share nothing are ranked too where their words are alike; none that shares something is left out.
        assert (
            {other: counts for other, counts in expected.items() if counts[0]}.items()
            <= found.items()
            <= expected.items()
        )
        for row in rows:
            shared, either = expected[identifier(row["role"])]
            assert row["jaccard_share"] == pytest.approx(shared / either, abs=1e-4)
            assert len([part for part in str(row["shared"]).split("; ") if part]) == shared
        likeness = [float(str(row["likeness_share"])) for row in rows]
        assert likeness == sorted(likeness, reverse=True)
        assert all(0 < value <= 1 for value in likeness)


def answers(graph: Graph, spec: Spec) -> list[dict[str, Any]]:
    """Return every measure's answer about a world, and every query's."""
    names = Names(graph)
    one, other = spec.roles[:2]
    tables: list[Table] = [similar(graph, one, names=names), overlap(graph, spec.roles, names=names)]
    tables.append(overlap(graph, [one, other], attested_only=True, names=names))
    for strictness in STRICTNESS:
        tables.append(overlap(graph, [one, other], strictness=strictness, names=names))
        tables.append(transfer(graph, one, other, strictness=strictness, names=names))
        roles = {"role": one, "other": other, "match": strictness}
        tables += [
            run_query(graph, query(name), roles, names=names) for name in ("shared-requirements", "shared-functions")
        ]
        met = {"start": one, "target": other, "match": strictness}
        tables.append(run_query(graph, query("requirements-met"), met, names=names))
    for target in [one, *(item for item, kind in spec.items.items() if kind == FUNCTION)][:2]:
        tables += [gap(graph, target, names=names), gap(graph, target, role=other, names=names)]
    for name in ("requirements-of-role", "functions-of-role"):
        tables.append(run_query(graph, query(name), {"role": one}, names=names))
    return [table.to_dict() for table in tables]


@settings(QUICK, max_examples=12)
@given(spec=specs(parts=True), seed=st.integers(min_value=0, max_value=99))
def test_the_order_of_statements_does_not_matter(spec: Spec, seed: int) -> None:
    world = spec.world()
    assert answers(world.graph(), spec) == answers(world.graph(shuffled=seed), spec)


@settings(QUICK, max_examples=8)
@given(spec=specs(parts=True, said_of_each=(1, 5)))
def test_everything_said_in_a_second_graph_too_changes_nothing(spec: Spec) -> None:
    world = spec.world()
    assert answers(world.graph(), spec) == answers(world.graph(twice=True), spec)
