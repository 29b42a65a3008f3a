"""The pages Browse and About: passports, filters, verification and checks, all from the data in use."""

from __future__ import annotations

import re

import pytest
from app_pages import link, opened, words

from competence_graph.graph.store import Graph
from competence_graph.importers.library import read_library
from competence_graph.model.report import Report
from competence_graph.query.lookup import items, readings
from competence_graph.query.names import Names
from competence_graph.resources import data_folder

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")


def test_frameworks_are_listed_and_filtered() -> None:
    assert "35 of 35 frameworks" in words(opened("browse"))
    assert "Not listed, as placeholders only: [Interim principles" in words(opened("browse"))
    superseded = words(opened("browse", standing="superseded"))
    assert "of 35 frameworks" in superseded
    assert "The Care Certificate (15 standards)" in superseded
    assert "6Cs" not in superseded


def test_home_says_why_its_counts_are_others() -> None:
    home = words(opened(""))
    assert "1 of them placeholders only, which Browse does not list" in home
    offered = len(opened("compare").multiselect(key="control.role").options)
    assert f"lists to choose from offer the {offered} of which" in home


def test_a_passport_says_what_is_known_and_what_is_left_out() -> None:
    text = words(opened("browse", framework="care-certificate-2015"))
    assert "superseded as at" in text
    assert "updated 2025" in text
    assert "Held as headings only" in text
    assert "Outcomes and assessment criteria" in text


def test_filters_stand_in_the_link() -> None:
    test = opened("browse", framework="oawip", kind=["skill"], status=["attested"], words="care")
    asked = link(test)
    assert (asked["framework"], asked["kind"], asked["status"], asked["words"]) == (
        ["oawip"],
        ["skill"],
        ["attested"],
        ["care"],
    )
    found = re.search(r"(\d+) of (\d+) items", words(test))
    assert found
    assert 0 < int(found[1]) < int(found[2])


def test_an_area_holds_what_annex_b_lists() -> None:
    text = words(
        opened("browse", framework="oawip", area="oawip:annex-b-clinical", kind=["skill", "competence", "knowledge"])
    )
    assert "items" in text


def test_placeholders_are_told() -> None:
    assert "These are placeholders" in words(opened("browse", framework="interim-principles"))


def test_items_count_roles_and_mappings(shipped_graph: Graph, shipped_names: Names) -> None:
    table = items(shipped_graph, "oawip", names=shipped_names)
    row = next(row for row in table.rows if getattr(row["item"], "id", "") == "oawip:interpersonal-skills")
    assert row["role_count"] == 1
    assert int(str(row["mapping_count"])) >= 4
    assert len({getattr(r["item"], "id", "") for r in table.rows}) == len(table.rows)


def test_the_last_reading_of_each_framework_is_that_of_its_readme(shipped_graph: Graph, shipped_names: Names) -> None:
    library = read_library(data_folder("frameworks"), Report())
    told = {getattr(r["framework"], "id", ""): r for r in readings(shipped_graph, names=shipped_names).rows}
    assert set(told) == {framework.slug for framework in library.frameworks}
    for framework in library.frameworks:
        readme = (data_folder("frameworks") / framework.folder / "README.md").read_text(encoding="utf-8")
        found = re.search(
            r"\*\*Last reading\*\*: (\d+) rows, (\d+) wrong, (?:(\d+) debatable|debatable rows not counted)\.", readme
        )
        assert found, framework.slug
        row = told[framework.slug]
        told_there = tuple(number and int(number) for number in found.groups())
        assert told_there == (row["sample_count"], row["wrong_count"], row["debatable_count"])
        assert int(found[2]) <= 0.02 * int(found[1]), "below 98 % right it is read again"


def test_about_tells_verification_checks_and_what_was_not_tested() -> None:
    text = words(opened("about"))
    for said in (
        "rows in 36 frameworks",
        "five rows of every framework, of which the README tells, are others",
        "no errors are found",
        "What was not tested",
        "Screen readers",
        "deploying body",
        "Cite the source",
    ):
        assert said in text, said
