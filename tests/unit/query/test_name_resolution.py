"""From what a person types to the thing that is meant."""

from __future__ import annotations

import pytest
from strategies import World

from competence_graph.analysis.claims import read_claims
from competence_graph.errors import AmbiguousNameError, NotFoundError
from competence_graph.namespaces import to_iri
from competence_graph.query.description import show
from competence_graph.query.names import Names


@pytest.fixture(scope="module")
def names() -> Names:
    made = World()
    made.thing("f:care-planning", "skill", "Care planning: people’s goals", others=["Planning of care"], code="SFHXX17")
    made.thing("f:listening", "behaviour", "Listening")
    made.thing("g:listening", "knowledge", "Listening")
    made.thing("f:advocacy", "skill", "Advocacy")
    made.thing("g:speaking-up", "care function", "advocacy")
    made.role("roles:care-coordinator", label="Care co-ordinator")
    made.role("roles:advocacy", label="Advocate")
    return Names(made.graph())


@pytest.mark.parametrize(
    "typed",
    [
        "f:care-planning",
        to_iri("f:care-planning"),
        "care-planning",
        "care planning",
        "Care planning: people’s goals",
        "CARE PLANNING: PEOPLE’S GOALS",
        "Planning of care",
        "planning-of-care",
        "SFHXX17",
        "sfhxx17",
        "  SFHXX17 ",
    ],
)
def test_every_way_to_say_it(names: Names, typed: str) -> None:
    assert names.resolve(typed).id == "f:care-planning"


@pytest.mark.parametrize("typed", [
    pytest.param("care planning; people’s goals", id="another mark"),
    pytest.param("care planning people’s goals", id="no mark"),
    pytest.param("Planning, of care", id="a comma more"),
    pytest.param("Planning  of care", id="two blanks"),
])  # fmt: skip
def test_punctuation_and_blanks_do_not_matter(names: Names, typed: str) -> None:
    assert names.resolve(typed).id == "f:care-planning"


def test_a_name_of_several_things_lists_them(names: Names) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        names.resolve("Listening")
    assert caught.value.candidates == ("f:listening", "g:listening")
    assert caught.value.name == "Listening"


def test_the_exact_wording_decides(names: Names) -> None:
    assert names.resolve("Advocacy").id == "f:advocacy"
    assert names.resolve("g:listening").id == "g:listening"


def test_kinds_narrow_it(names: Names) -> None:
    assert names.resolve("advocacy", ("function",)).id == "g:speaking-up"
    assert names.resolve("advocacy", ("role",)).id == "roles:advocacy"
    with pytest.raises(NotFoundError, match="No role is called 'f:advocacy'"):
        names.resolve("f:advocacy", ("role",))


@pytest.mark.parametrize("typed", ["Care coordinater", "roles:care-cordinator", to_iri("roles:care-coordinators")])
def test_a_near_miss_suggests(names: Names, typed: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        names.resolve(typed, ("role",))
    assert caught.value.suggestions[0] == "roles:care-coordinator"
    assert "Did you mean roles:care-coordinator" in str(caught.value)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "zzzzqqqq", ":", "http://elsewhere.example/x"])
def test_nothing_is_called_that(names: Names, typed: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        names.resolve(typed)
    assert not str(caught.value).startswith("No thing is called.")


def test_others_and_unlabelled(names: Names) -> None:
    assert names.others(names.resolve("f:care-planning")) == ["Planning of care", "SFHXX17"]
    assert names.thing(to_iri("f:nowhere")).label == "f:nowhere"
    assert [thing.id for thing in names.of_kind("role")] == ["roles:advocacy", "roles:care-coordinator"]


def test_year_of_a_document_stands_beside_what_rests_on_it(names: Names) -> None:
    assert names.resolve("A report").label == names.resolve("A report (2014)").label == "A report (2014)"
    made = World()
    made.role("roles:nurse")
    made.things("f:listening")
    made.requires("roles:nurse", "f:listening")
    graph = made.graph()
    told = [row["source"] for row in show(graph, "roles:nurse").rows if row.get("source")]
    claims = read_claims(graph, Names(graph), ("Requirement",))
    assert told
    assert all(str(text).startswith("A report (2014), ") for text in (*told, *(claim.where for claim in claims)))
