"""The closures that the rules write, against a closure in plain Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import Spec, World, specs

from competence_graph.analysis.matching import Matching
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names

Pairs = set[tuple[str, str]]
QUICK = settings(max_examples=30, deadline=None, database=None)


def written(graph: Graph, predicate: str) -> Pairs:
    text = f"SELECT DISTINCT ?a ?b WHERE {{ ?a <https://w3id.org/competence-graph/ontology#{predicate}> ?b }}"
    return {(to_curie(row["a"].value), to_curie(row["b"].value)) for row in graph.select(text)}


def closures(spec: Spec) -> tuple[Pairs, Pairs, Pairs]:
    """Return the exact, close and broader pairs by the definitions, worked out by repetition."""
    exact: Pairs = {(item, item) for item in spec.items}
    steps = {(a, b) for a, p, b in spec.mappings if p == "exactMatch"}
    exact |= steps | {(b, a) for a, b in steps}
    while more := {(a, d) for a, b in exact for c, d in exact if b == c} - exact:
        exact |= more

    inside: Pairs = set(spec.broader)
    while more := {(a, d) for a, b in inside for c, d in inside if b == c} - inside:
        inside |= more

    def wrapped(middle: Pairs) -> Pairs:
        return {(a, d) for a, b in exact for c, e in middle if b == c for f, d in exact if e == f}

    near = {(a, b) for a, p, b in spec.mappings if p == "closeMatch"}
    up = {(a, b) for a, p, b in spec.mappings if p == "broadMatch"} | inside
    up |= {(b, a) for a, p, b in spec.mappings if p == "narrowMatch"}
    return exact, exact | wrapped(near | {(b, a) for a, b in near}), wrapped(up)


@QUICK
@given(specs())
def test_rules_write_the_closure_of_the_definitions(spec: Spec) -> None:
    graph = spec.world().graph()
    exact, close, broader = closures(spec)
    assert written(graph, "matchesSame") == {(item, item) for item in spec.items}
    assert written(graph, "matchesExact") == exact
    assert written(graph, "matchesClose") == close
    assert written(graph, "matchesBroader") == broader
    assert written(graph, "matchesNarrower") == {(b, a) for a, b in broader}


@QUICK
@given(specs(parts=True))
def test_each_strictness_takes_in_the_stricter_ones(spec: Spec) -> None:
    graph = spec.world().graph()
    names = Names(graph)
    matching = Matching(graph, names)
    for item in spec.items:
        thing = names.resolve(item)
        found = [matching.partners(thing, strictness) for strictness in ("same", "exact", "close", "broad")]
        assert found[0] == {item}
        assert found[0] <= found[1] <= found[2] <= found[3]
        for other in spec.items:
            held = [names.resolve(other)]
            extents = [matching.meets(thing, held, s) for s in ("same", "exact", "close", "broad")]
            met = [match is not None and match.extent == "met" for match in extents]
            assert met == sorted(met), "what is met at one strictness is met at each wider one"
            assert met[2] == met[3], "broad adds partly met and to be checked, never met"


def chain(*steps: str) -> Graph:
    world = World()
    world.things(*(f"f{number}:x" for number in range(len(steps) + 1)))
    for number, step in enumerate(steps):
        world.map(f"f{number}:x", step, f"f{number + 1}:x")
    return world.graph()


@pytest.mark.parametrize(
    ("steps", "exact", "close", "broader"),
    [
        (("exactMatch", "exactMatch"), True, True, False),
        (("exactMatch", "closeMatch"), False, True, False),
        (("closeMatch", "exactMatch"), False, True, False),
        (("closeMatch", "closeMatch"), False, False, False),
        (("broadMatch", "narrowMatch"), False, False, False),
        (("broadMatch", "broadMatch"), False, False, False),
        (("broadMatch", "closeMatch"), False, False, False),
        (("exactMatch", "broadMatch"), False, False, True),
        (("broadMatch", "exactMatch"), False, False, True),
        (("relatedMatch",), False, False, False),
    ],
)
def test_chains_of_two_mappings(steps: tuple[str, ...], exact: bool, close: bool, broader: bool) -> None:
    graph = chain(*steps)
    ends = ("f0:x", f"f{len(steps)}:x")
    assert (ends in written(graph, "matchesExact")) is exact
    assert (ends[::-1] in written(graph, "matchesExact")) is exact
    assert (ends in written(graph, "matchesClose")) is close
    assert (ends[::-1] in written(graph, "matchesClose")) is close
    assert (ends in written(graph, "matchesBroader")) is broader


def test_broader_links_of_one_framework_chain_and_chain_with_no_mapping_but_exact_ones() -> None:
    world = World()
    world.thing("f:whole")
    world.thing("f:part", broader=["f:whole"])
    world.thing("f:detail", broader=["f:part"])
    world.thing("f:other", broader=["f:whole"])
    world.things("g:same", "g:wide", "g:narrow")
    world.map("f:detail", "exactMatch", "g:same")
    world.map("f:whole", "broadMatch", "g:wide")
    world.map("g:narrow", "broadMatch", "f:part")
    broader = written(world.graph(), "matchesBroader")
    assert broader == {
        ("f:detail", "f:part"), ("f:detail", "f:whole"), ("f:part", "f:whole"), ("f:other", "f:whole"),
        ("g:same", "f:part"), ("g:same", "f:whole"),
        ("f:whole", "g:wide"), ("g:narrow", "f:part"),
    }, "no item of a part matches its neighbour; a broader mapping takes no link along, before or after it"  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "how", "back"),
    [
        ("exactMatch", "closeMatch", "exact", "exact"),
        ("closeMatch", "broadMatch", "close", "close"),
        ("broadMatch", "broadMatch", "broader", "narrower"),
        ("narrowMatch", "narrowMatch", "narrower", "broader"),
    ],
)
def test_the_nearest_of_several_mappings_counts(one: str, other: str, how: str, back: str) -> None:
    world = World()
    world.things("f:x", "g:x")
    world.map("f:x", one, "g:x")
    world.map("f:x", other, "g:x")
    graph = world.graph()
    names = Names(graph)
    matching = Matching(graph, names)
    x, y = names.resolve("f:x"), names.resolve("g:x")
    assert (matching.compare(x, y), matching.compare(y, x), matching.compare(x, x)) == (how, back, "same")
    assert matching.mapped(x) == [(how, y)]
