"""The paper on roles side by side."""

from __future__ import annotations

from competence_graph.analysis.role_comparison import compare_roles
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.reports.compare_paper import compare_paper
from competence_graph.reports.paper import Report

NURSE = "roles:community-nurse-nhs-professionals-2020"
ROLES = [NURSE, "roles:care-coordinator-pcn-essex-primary-care-2020", "roles:reablement-practitioner-hampshire-2020"]


def paper(graph: Graph, roles: list[str]) -> Report:
    names = Names(graph)
    return compare_paper(compare_roles(graph, roles, names=names), names)


def cells(made: Report) -> list[str]:
    return [cell for part in made.sections for group in part.groups for line in group.rows for cell in line]


def test_each_role_is_named_once_and_has_a_letter(shipped_graph: Graph) -> None:
    made = paper(shipped_graph, ROLES)
    assert made.title == "Roles compared: community nurse, district nurse team; care co-ordinator in a PCN; reablement practitioner"  # fmt: skip
    for label in ("(NHS Professionals, October 2020)", "(Essex Primary Care, November 2020)"):
        assert sum(label in sentence for sentence in made.lead) == 1
        assert not any(label in cell for cell in cells(made))
    covers = made.sections[0]
    assert covers.heading == "How far each covers the others"
    assert [column.heading for column in covers.groups[0].columns][-3:] == ["Matched by A", "Matched by B", "Matched by C"]  # fmt: skip
    assert made.method, "what defends the answer is in it"


def test_every_source_is_cited_by_a_row_and_every_row_cites_a_source(shipped_graph: Graph) -> None:
    """The community matron's advert stands behind what is worked out of the nurse: the row says so."""
    made = paper(shipped_graph, ROLES)
    numbers = [source.partition(" ")[0] for source in made.sources if source.startswith("[")]
    matron = next(source for source in made.sources if "community matron" in source).partition(" ")[0]
    assert all(any(number in cell for cell in cells(made)) for number in numbers)
    assert sum(matron in cell for cell in cells(made)) == 1
    items = made.sections[-1]
    for group in items.groups:
        place = [column.heading for column in group.columns].index("Source")
        assert all(line[place].startswith("[") for line in group.rows)


def test_two_roles_and_roles_of_which_little_is_said(shipped_graph: Graph) -> None:
    assert paper(shipped_graph, ["roles:case-manager", "roles:care-coordinator"]).title == "Roles compared: case manager and care co-ordinator"  # fmt: skip
    little = paper(shipped_graph, ["roles:case-manager", "roles:volunteer-coordinator-midhurst"])
    assert [part.heading for part in little.sections] == ["Item by item"]
    assert any("too little" in sentence for sentence in little.lead)
