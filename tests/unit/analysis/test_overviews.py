"""What the overview counts: areas that roles reach, chains from needs, what stands with one role, frameworks."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal
from strategies import World

from competence_graph.analysis.claims import read_links
from competence_graph.analysis.framework_figures import framework_figures
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.needs_flow import NOBODY, columns_of, flow, read_chains
from competence_graph.analysis.role_areas import RoleAreas, as_table, role_areas, shown_areas
from competence_graph.analysis.role_names import undated
from competence_graph.analysis.scarcity import by_step, frameworks_of, read_held, scarcity
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, RDF, SKOS
from competence_graph.query.names import Names
from competence_graph.query.table import Table, Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))
AREA, OTHER = Thing("f:area", "Area", "competence area"), Thing("f:other", "Other", "competence area")


# Roles by area


def reached(made: World, basis: str) -> dict[tuple[str, str], list[str]]:
    found = counted(made, basis)
    return {(role.id, area.id): [item.id for item in items] for (role, area), items in found.items.items()}


def counted(made: World, basis: str) -> RoleAreas:
    graph = made.graph()
    names = Names(graph)
    areas = {names.resolve("f:s1"): [AREA], names.resolve("f:s2"): [AREA, OTHER], names.resolve("g:far"): [AREA]}
    links = read_links(graph, names, ("Requirement", "Performance"))
    return role_areas(links, areas, "f", basis, Matching(graph, names))


def roles_and_items() -> World:
    made = World()
    made.things(*SKILLS, "g:twin", "g:far")
    made.thing("f:do", "care function")
    made.map("f:s1", "closeMatch", "g:twin")
    made.map("f:s2", "broadMatch", "g:far")
    for role in ("a", "b", "c"):
        made.role(f"roles:{role}", "partial", f"Role {role}")
    made.requires("roles:a", *SKILLS[1:6])
    made.requires("roles:b", "g:twin", "g:far", *SKILLS[4:7])
    made.requires("roles:c", "f:s1")
    return made


def test_areas_are_those_that_the_shown_roles_reach_most() -> None:
    one, two, three = (Thing(f"f:{key}", key, "competence area") for key in ("one", "two", "three"))
    a, b = Thing("roles:a", "A", "role"), Thing("roles:b", "B", "role")
    made = {(a, one): [AREA], (a, two): [AREA, OTHER], (b, three): [AREA, OTHER, one], (b, one): [OTHER, two]}
    found = RoleAreas([a, b], [one, three, two], made, {}, 0)
    assert shown_areas(found, [a], 5) == [two, one], "none that is empty throughout"
    assert shown_areas(found, [a, b], 2) == [one, three]


def test_stated_items_count_in_each_of_their_areas() -> None:
    assert reached(roles_and_items(), "stated") == {
        ("roles:a", "f:area"): ["f:s2"],
        ("roles:a", "f:other"): ["f:s2"],
        ("roles:b", "f:area"): ["g:far"],
    }


def test_matched_counts_close_and_not_broader() -> None:
    made = roles_and_items()
    assert reached(made, "matched")["roles:b", "f:area"] == ["f:s1", "g:far"]
    assert ("roles:b", "f:other") not in reached(made, "matched")


def test_worked_out_stands_apart_from_stated() -> None:
    made = roles_and_items()
    made.says("FunctionNeed", "f:do", "f:s1", status="curated")
    made.performs("roles:a", "f:do")
    assert reached(made, "worked-out") == {("roles:a", "f:area"): ["f:s1"]}
    assert ("roles:a", "f:area") in reached(made, "stated")


def test_roles_of_which_little_is_said_are_left_out_and_counted() -> None:
    found = counted(roles_and_items(), "stated")
    assert "roles:c" not in {role.id for role in found.roles}
    assert found.left_out == 1
    assert found.sizes == {AREA: 3, OTHER: 1}
    table = as_table(found, Thing("f", "F", "framework"), "stated", "v")
    assert next((str(r["role"]), str(r["area"]), r["item_count"], r["of"]) for r in table.rows) == ("Role a", "Area", 1, 3)  # fmt: skip
    assert any("fewer than 5 statements are left out: 1" in note for note in table.notes)


# Needs to roles


def chain() -> Graph:
    made = World()
    for function in ("f:one", "f:two", "f:three", "g:two"):
        made.thing(function, "care function")
    made.map("f:two", "closeMatch", "g:two")
    for model in ("m:ward", "m:team"):
        made.add(model, (RDF.type, CG.PointModel), (SKOS.prefLabel, Literal(model, language="en")))
    made.add("n:frail", (RDF.type, CG.NeedState), (SKOS.prefLabel, Literal("Frail", language="en")))
    made.says("Service", "m:ward", "n:frail")
    made.says("ModelNeed", "m:ward", "f:one")
    made.says("ModelNeed", "m:ward", "f:two")
    made.says("ModelNeed", "m:ward", "f:three")
    made.says("ModelNeed", "m:team", "f:one")
    made.role("roles:a")
    made.role("roles:b")
    made.performs("roles:a", "f:one", "f:two")
    made.performs("roles:b", "g:two")
    return made.graph()


def flowed(start: str) -> Table:
    graph = chain()
    names = Names(graph)
    return flow(graph, names, Matching(graph, names), read_chains(graph, names), names.resolve(start))


def test_a_need_leads_through_its_models() -> None:
    graph = chain()
    names = Names(graph)
    chains = read_chains(graph, names)
    assert [start.id for start in chains.starts()] == ["n:frail", "m:team", "m:ward"]
    assert {str(row["model"]) for row in flowed("n:frail").rows} == {"m:ward"}


def test_flow_gives_who_carries_out_what_and_where_nobody_is_stated() -> None:
    rows = [(str(r["function"]), str(r["carried_out_by"]), r.get("matched_as")) for r in flowed("m:ward").rows]
    assert sorted(rows, key=str) == sorted(
        [
            ("f one", "roles a", ""),
            ("f two", "roles a", ""),
            ("f two", "roles b", "g two"),
            ("f three", NOBODY, None),
        ],
        key=str,
    )
    assert flowed("m:ward").rows[-1]["carried_out_by"] == NOBODY
    assert all(row["source"] for row in flowed("m:ward").rows)
    assert (
        flowed("m:ward")
        .notes[0]
        .startswith(
            "3 care functions are called for; of 2 somebody is stated to carry them out: of 2 the very same function, of 0 only one"
        )
    )
    assert {row["status"] for row in flowed("m:ward").rows if row.get("matched_as")} == {"curated"}


def test_columns_put_what_nobody_does_into_one_box() -> None:
    left, right = columns_of(flowed("m:ward"))
    assert ("m:ward", "1 care function that nobody is stated to carry out", 1) in left
    assert sum(count for *_, count in left) == 3
    assert sorted(right) == [("f one", "roles a", 1), ("f two", "roles a", 1), ("f two", "roles b", 1)]


# Scarcity


def scarce(strictness: str, framework: str = "") -> Table:
    made = roles_and_items()
    made.things("f:gate", kind="qualification")
    made.requires("roles:a", "f:gate")
    graph = made.graph()
    names = Names(graph)
    held = read_held(graph, names, "competences")
    return scarcity(graph, held, Matching(graph, names), what="competences", strictness=strictness, framework=framework)


def test_items_by_how_many_roles_hold_them() -> None:
    assert by_step(scarce("same")) == {"1": 7, "2": 2, "3": 0, "4": 0, "5": 0}
    # f:s1 of c and g:twin of b are one close mapping apart: each stands with two.
    assert by_step(scarce("close")) == {"1": 5, "2": 4, "3": 0, "4": 0, "5": 0}


def test_scarce_of_one_framework_counts_roles_of_all() -> None:
    rows = {row["item"].id: row for row in scarce("close", "g").rows if isinstance(row["item"], Thing)}
    assert set(rows) == {"g:twin", "g:far"}
    assert rows["g:twin"]["role_count"] == 2
    assert rows["g:twin"]["roles"] == "Role b; Role c (as 'f s1')"
    assert all(row["source"] for row in rows.values())


def test_gates_are_never_scarce() -> None:
    assert "f gate" not in {str(row["item"]) for row in scarce("same").rows}


def test_frameworks_of_held() -> None:
    graph = roles_and_items().graph()
    assert frameworks_of(read_held(graph, Names(graph), "competences")) == {"f": 7, "g": 2}


# Frameworks


def test_framework_figures_of_the_shipped_graph(shipped_graph: Graph, shipped_names: Names) -> None:
    rows = {row["framework"].id: row for row in framework_figures(shipped_graph, shipped_names).rows if isinstance(row["framework"], Thing)}  # fmt: skip
    assert len(rows) == 36
    assert rows["nos"]["competence_count"] == 1878
    assert rows["nos"]["area_count"] == 75
    assert rows["care-workforce-pathway"]["standing"] == "superseded"
    assert rows["care-workforce-pathway"]["roles"] == "4 full"
    assert str(rows["care-workforce-pathway"]["mapped"]).endswith("%)")
    assert rows["interim-principles"]["mapped"] == "no items"  # placeholders are not counted
    assert "%" not in str(rows["person-centred-approaches-2017"]["mapped"])  # four items: too few for a share


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Nurse (Trust, May 2020)", "Nurse (Trust, June 2020)"], ["Nurse (Trust, May 2020)", "Nurse (Trust, June 2020)"]),
        (["Nurse (Trust, May 2020)", "Nurse (Other, undated)"], ["Nurse (Trust)", "Nurse (Other)"]),
        (["Nurse (standard ST1, version 1)"], ["Nurse (standard ST1, version 1)"]),
    ],
)  # fmt: skip
def test_date_is_left_off_where_the_rest_is_unique(labels: list[str], expected: list[str]) -> None:
    assert undated(labels) == expected
