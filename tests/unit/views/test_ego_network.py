from __future__ import annotations

import pytest

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.mapping import PREDICATES
from competence_graph.query.names import Names
from competence_graph.query.table import Thing
from competence_graph.views.network import MATCHES, PLACEMENT, RELATIONS, Edge, Network, Node, as_table, ego
from competence_graph.views.style import STYLES


@pytest.fixture(scope="module")
def tiny_names(tiny_graph: Graph) -> Names:
    return Names(tiny_graph)


def said(network: Network) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.relation, edge.target) for edge in network.edges}


def test_every_kind_of_statement_and_mapping_has_words() -> None:
    assert set(RELATIONS) | {"Placement"} == {kind.term for kind in STATEMENT_KINDS.values()} | set(PLACEMENT)
    assert {f"skos:{name}" for name in MATCHES} == set(PREDICATES)


def test_role_has_what_is_stated_of_it(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:case-manager"))
    assert said(network) >= {
        ("tiny:case-manager", "needs or has", "tiny:frailty-assessment"),
        ("tiny:case-manager", "carries out", "tiny:planning-care"),
        ("tiny:nurses", "have taken the role", "tiny:case-manager"),
        ("tiny:case-manager", "overlaps with", "tiny:care-co-ordinator"),
        ("tiny:virtual-ward", "involves", "tiny:case-manager"),
    }
    assert network.nodes[0] == network.centre == Node("tiny:case-manager", "Case manager", "role")
    assert network.left_out == 0
    edge = next(e for e in network.edges if e.target == "tiny:frailty-assessment" and e.source == "tiny:case-manager")
    assert edge.status == "attested"
    assert edge.where.endswith("section 1")


def test_neighbours_are_joined_among_themselves(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:case-manager"))
    assert ("tiny:care-co-ordinator", "carries out", "tiny:planning-care") in said(network)


def test_mappings_stand_in_words_and_suggestions_only_on_wish(tiny_graph: Graph, tiny_names: Names) -> None:
    frailty = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:frailty-assessment"))
    assert ("tiny:frailty-assessment", "close match", "other:assessing-frailty") in said(frailty)
    networking = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:networking"))
    assert ("tiny:networking", "broader match", "other:standard-7") in said(networking)
    planning = tiny_names.resolve("tiny:planning-care")
    suggestion = ("tiny:planning-care", "related match", "other:drawing-up-plans")
    assert suggestion not in said(ego(tiny_graph, tiny_names, planning))
    assert suggestion in said(ego(tiny_graph, tiny_names, planning, statuses=("suggested",)))


def test_no_term_found_is_no_node(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:mixed-item"), radius=3)
    assert not [node for node in network.nodes if node.id.startswith("sssom:")]


def test_parts_and_placements(tiny_graph: Graph, tiny_names: Names) -> None:
    things = [t for t in tiny_names.things.values() if t.id.startswith("tiny:")]
    relations = {
        edge.relation for t in things for edge in ego(tiny_graph, tiny_names, t).edges
    }  # fmt: skip
    with_places = {edge.relation for t in things for edge in ego(tiny_graph, tiny_names, t, placements=True).edges}
    assert {"has part", "has example"} & relations
    assert with_places - relations == {"is in the area"}


def test_kinds_limit_where_the_walk_goes(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:case-manager"), kinds=("role",), radius=2)
    assert {node.kind for node in network.nodes} == {"role"}
    assert len(network.nodes) > 1


def test_radius_reaches_further(tiny_graph: Graph, tiny_names: Names) -> None:
    centre = tiny_names.resolve("tiny:case-manager")
    near, far = (ego(tiny_graph, tiny_names, centre, radius=r) for r in (1, 2))
    assert {n.id for n in near.nodes} < {n.id for n in far.nodes}
    assert set(near.edges) <= set(far.edges)


def test_limit_keeps_the_nearest_and_best_joined_and_says_how_many_not(tiny_graph: Graph, tiny_names: Names) -> None:
    centre = tiny_names.resolve("tiny:case-manager")
    whole = ego(tiny_graph, tiny_names, centre, radius=2)
    cut = ego(tiny_graph, tiny_names, centre, radius=2, limit=4)
    assert cut.nodes == whole.nodes[:4]
    assert cut.left_out == len(whole.nodes) - 4
    assert f"{cut.left_out} more did not fit" in cut.description
    ids = {node.id for node in cut.nodes}
    assert set(cut.edges) == {e for e in whole.edges if e.source in ids and e.target in ids}
    assert cut == ego(tiny_graph, tiny_names, centre, radius=2, limit=4)


def test_network_gets_the_same_places_each_time(tiny_graph: Graph, tiny_names: Names) -> None:
    centre = tiny_names.resolve("tiny:case-manager")
    first, second = (ego(tiny_graph, tiny_names, centre) for _ in range(2))
    assert first.positions == second.positions
    assert set(first.positions) == {node.id for node in first.nodes}
    assert first.positions[first.centre.id] == (0, 0)


def test_table_says_what_the_network_says(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:case-manager"), radius=2)
    table = as_table(network)
    rows = []
    for row in table.rows:
        source, target = row["from"], row["to"]
        assert isinstance(source, Thing)
        assert isinstance(target, Thing)
        rows.append(Edge(source.id, target.id, str(row["relation"]), str(row["status"]), str(row["source"])))
    assert tuple(rows) == network.edges
    assert table.data_version == tiny_graph.data_version
    assert {c.name for c in table.columns} == set(table.rows[0])


def test_thing_without_links_is_alone(tiny_graph: Graph, tiny_names: Names) -> None:
    network = ego(tiny_graph, tiny_names, Thing("tiny:nothing", "Nothing", ""))
    assert [node.id for node in network.nodes] == ["tiny:nothing"]
    assert network.edges == ()
    assert as_table(network).rows == []


@pytest.mark.parametrize(
    "wrong", [{"radius": 0}, {"radius": 4}, {"limit": 0}, {"kinds": ("ghost",)}, {"statuses": ("true",)}]
)
def test_wrong_choice_is_refused(tiny_graph: Graph, tiny_names: Names, wrong: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        ego(tiny_graph, tiny_names, tiny_names.resolve("tiny:case-manager"), **wrong)  # type: ignore[arg-type]


def test_no_two_kinds_look_alike() -> None:
    looks = [(style.shape, style.colour) for style in STYLES.values()]
    assert len(set(looks)) == len(looks)
