"""Roles side by side: what stands to what, how the result hangs on mappings, what is never guessed."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal
from strategies import World, node

from competence_graph.analysis.overlap import overlap
from competence_graph.analysis.role_comparison import (
    Comparison,
    by_area,
    compare_roles,
    coverage,
    in_words,
    mappings_used,
    read_areas,
    strictness_profile,
)
from competence_graph.analysis.role_facts import Fact, RoleFacts, kinds_in_words, read_overlap_kind, read_role_facts
from competence_graph.analysis.role_names import short_names
from competence_graph.namespaces import CG, RDF
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

SKILLS = tuple(f"f:s{number}" for number in range(1, 9))
TWINS = tuple(f"g:s{number}" for number in range(1, 9))


def world() -> World:
    """Return roles a and b of five each: one item the same, one exact, one close, one broader, one apart; c has two of a's."""
    made = World()
    made.things(*SKILLS, *TWINS)
    for letter in "abc":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    made.map("f:s2", "exactMatch", "g:s2", reviewer="A practitioner")
    made.map("f:s3", "closeMatch", "g:s3")
    made.map("f:s4", "broadMatch", "g:s4")
    made.requires("roles:a", *SKILLS[:5])
    made.requires("roles:b", "f:s1", *TWINS[1:5])
    made.requires("roles:c", "f:s1", "f:s2", "f:s6", "f:s7", "f:s8")
    return made


def compared(made: World, roles: str = "ab", *, strictness: str = "close", attested_only: bool = False) -> Comparison:
    return compare_roles(
        made.graph(), [f"roles:{r}" for r in roles], strictness=strictness, attested_only=attested_only
    )


def test_profile_of_a_pair_shows_every_strictness() -> None:
    rows = strictness_profile(compared(world())).rows
    assert [[row[key] for key in ("what", "of", "same", "exact", "close", "broad")] for row in rows] == [
        ["Competences of A that B matches", 5, 1, 2, 3, 1],
        ["Competences of B that A matches", 5, 1, 2, 3, 1],
    ]


def test_profile_does_not_depend_on_the_strictness_chosen() -> None:
    each = {s: strictness_profile(compared(world(), strictness=s)).rows for s in ("same", "exact", "close", "broad")}
    assert all(rows == each["close"] for rows in each.values())


def test_profile_of_three_roles() -> None:
    rows = strictness_profile(compared(world(), "abc")).rows
    # s1 of all three; s2, g2 of all through the exact mapping; s3 and g3 of two through the close one.
    assert [[row[key] for key in ("what", "of", "same", "exact", "close")] for row in rows] == [
        ["Competences that at least one other role matches", 12, 2, 3, 5],
        ["Competences that all 3 roles match", 12, 1, 3, 3],
    ]


@pytest.mark.parametrize("strictness", ["close", "broad"])
def test_cells_are_the_figures_of_the_measure(strictness: str) -> None:
    made = world()
    found = compared(made, strictness=strictness)
    cells = [coverage(found.items, found.records, one, other) for one, other in ((0, 1), (1, 0))]
    table = overlap(made.graph(), ["roles:a", "roles:b"], strictness=strictness)
    assert [(c.count, c.of) for c in cells] == [(f.count, f.of) for f in table.figures] == [(3, 5), (3, 5)]
    assert coverage(found.items, found.records, 0, 0).count == 5


def test_share_of_under_five_is_withheld_in_words() -> None:
    made = world()
    made.role("roles:d", "partial", "Role d")
    made.things("f:do", kind="care function")
    made.requires("roles:d", "f:s1", "f:s2", "f:s3", "f:s4")
    made.performs("roles:d", "f:do")
    found = compared(made, "ad")
    competences = [i for i in found.items if i.side == "competences"]
    assert coverage(competences, found.records, 1, 0).withheld == "too few to give a share"
    assert coverage(competences, found.records, 0, 1).share == 0.8


def test_sources_that_say_too_little_give_words_only() -> None:
    made = world()
    made.role("roles:d", "partial", "Role d")
    made.requires("roles:d", "f:s1")
    found = compared(made, "ad")
    (said,) = in_words(found)
    assert said.startswith("The sources say too little about this role: Role d (1 of the 5 statements ")
    assert not strictness_profile(found).rows
    assert "too little" in coverage(found.items, found.records, 0, 1).withheld


def test_result_in_words() -> None:
    assert in_words(compared(world())) == ["Competences: Role b matches 3 of the 5 of Role a (60%); Role a matches 3 of the 5 of Role b (60%)."]  # fmt: skip
    assert in_words(compared(world(), "abc")) == ["Competences: 3 of 12 shared by all 3 roles, 2 by some, 7 stated of one role alone."]  # fmt: skip


def test_mappings_that_the_result_rests_on() -> None:
    assert mappings_used(compared(world())) == (2, 1)
    assert mappings_used(compared(world(), strictness="same")) == (0, 0)


def test_attested_only_uses_no_mapping() -> None:
    found = compared(world(), attested_only=True)
    assert found.strictness == "same"
    assert list(found.by_strictness) == ["same"]
    assert mappings_used(found) == (0, 0)


def test_reason_of_a_match() -> None:
    made = world()
    made.add("mapping:f.s3-closeMatch-g.s3", (CG.confidence, Literal("0.6")), (CG.reason, Literal("Both are about it")))
    table = overlap(made.graph(), ["roles:a", "roles:b"])
    why = {row["item"].id: row["why"] for row in table.rows if isinstance(row["item"], Thing)}
    assert why["f:s3"] == why["g:s3"] == "close match, confidence 0.6: Both are about it"
    assert why["f:s2"] == "exact match"
    assert why["f:s1"] == ""


def test_reason_of_a_chain_names_both_mappings() -> None:
    made = World()
    made.things("f:x", "g:x", "h:x")
    made.map("f:x", "exactMatch", "g:x")
    made.map("g:x", "closeMatch", "h:x")
    for role, item in (("roles:a", "f:x"), ("roles:b", "h:x")):
        made.role(role, "partial", role)
        made.requires(role, item)
    rows = overlap(made.graph(), ["roles:a", "roles:b"]).rows
    assert {row["why"] for row in rows} == {"exact match and close match", "close match and exact match"}


def test_by_area_and_by_kind() -> None:
    made = world()
    found = compared(made)
    assert by_area(found, {}) == ("kind", [{"skill": 5}, {"skill": 2}, {"skill": 2}])
    area = Thing("f:area", "An area", "competence area")
    use, parts = by_area(found, {"f:s1": [area], "f:s5": [area]})
    assert use == "area"
    assert parts == [
        {"An area": 1, "in no area": 4},
        {"An area": 1, "in no area": 1},
        {"An area": 0, "in no area": 2},
    ]


def test_areas_are_read() -> None:
    made = world()
    made.add("f:area", (RDF.type, CG.CompetenceArea))
    made.add("f:s1", (CG.inArea, node("f:area")))
    graph = made.graph()
    assert {item: [a.id for a in areas] for item, areas in read_areas(graph, Names(graph)).items()} == {
        "f:s1": ["f:area"]
    }


# How two roles stand to each other


def told(label: str, tier: str = "", profession: str = "") -> RoleFacts:
    facts = {"tier": tier, "profession": profession}
    return RoleFacts(Thing(f"r:{label}", label, "role"), {k: (Fact(v, "attested"),) for k, v in facts.items() if v})


@pytest.mark.parametrize(
    ("one", "other", "kind", "why"),
    [
        (("registered", "nurse"), ("registered", "dietitian"), "horizontal", "different professions (nurse; dietitian), one tier"),
        (("registered", "nurse"), ("support", ""), "vertical", "X is a registered role, Y a support role"),
        (("support", ""), ("registered", ""), "vertical", "Y is a registered role, X a support role"),
        (("registered", "nurse"), ("registered", "nurse"), "neither", "one profession (nurse)"),
        (("manager", ""), ("support", ""), "neither", "the tiers differ"),
        (("registered", "nurse"), ("registered", ""), "not known", "the profession of Y is not stated"),
        (("registered", "nurse"), ("registered", "nurse or social worker"), "not known", "may be the same"),
        (("", "nurse"), ("registered", "dietitian"), "not known", "the tier of X is not stated"),
        (("", ""), ("", ""), "not known", "the tier of X and of Y is not stated"),
    ],
)  # fmt: skip
def test_kind_of_overlap(one: tuple[str, str], other: tuple[str, str], kind: str, why: str) -> None:
    reading = read_overlap_kind(told("X", *one), told("Y", *other))
    assert reading.kind == kind
    assert why in reading.why


def test_two_tiers_of_one_role_are_not_guessed_from() -> None:
    both = RoleFacts(Thing("r:z", "Z", "role"), {"tier": (Fact("support", "attested"), Fact("registered", "curated"))})
    assert read_overlap_kind(both, told("X", "registered", "nurse")).kind == "not known"


def test_kinds_of_several_roles_in_words() -> None:
    facts = [told("X", "registered", "nurse"), told("Y", "support"), told("Z")]
    readings = [read_overlap_kind(facts[i], facts[j]) for i, j in ((0, 1), (0, 2), (1, 2))]
    assert kinds_in_words(readings, facts) == [
        ("vertical", "A and B: A is a registered role, B a support role"),
        ("not known", "A and C, B and C: the tier of C is not stated"),
    ]


def test_facts_are_read_with_status_and_source() -> None:
    made = world()
    made.add(
        "fact:1", (RDF.type, CG.RoleAttribute), (CG.ofRole, node("roles:a")), (CG.attribute, Literal("tier")),
        (CG.attributeValue, Literal("support")), (CG.status, CG.Curated), (CG.locator, Literal("title")),
    )  # fmt: skip
    made.add(
        "fact:2", (RDF.type, CG.RoleAttribute), (CG.ofRole, node("roles:a")), (CG.attribute, Literal("sector")),
        (CG.attributeValue, Literal("guess")), (CG.status, CG.Suggested),
    )  # fmt: skip
    graph = made.graph(twice=True)
    names = Names(graph)
    one, other = read_role_facts(graph, names, [names.resolve("roles:a"), names.resolve("roles:b")])
    assert one.words("tier") == "support (our judgement)"
    assert one.words("sector") == other.words("tier") == "not stated"
    assert one.facts["tier"][0].locator == "title"


def test_short_names_are_unique() -> None:
    names = short_names(["Care co-ordinator (East, October 2020)", "Care co-ordinator (East, May 2021)", "Nurse (NMC 2018) (standard 7, version 1)"])  # fmt: skip
    assert [(n.title, n.rest) for n in names] == [
        ("Care co-ordinator (A)", "East, October 2020"),
        ("Care co-ordinator (B)", "East, May 2021"),
        ("Nurse", "NMC 2018, standard 7, version 1"),
    ]
