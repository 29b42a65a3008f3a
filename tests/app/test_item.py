"""The page of one thing: a document with what rests on it, and the learning that covers an item."""

from __future__ import annotations

import re

import pytest
from app_pages import opened, table, words

from competence_graph.graph.store import Graph
from competence_graph.query.catalogue import read_catalogue
from competence_graph.query.description import show
from competence_graph.query.document import read_document
from competence_graph.query.names import Names
from competence_graph.query.run import run_query

pytestmark = pytest.mark.usefixtures("shipped_graph_in_use")

REPORT = "oawip:report"


def test_a_document_says_what_rests_on_it() -> None:
    test = opened("item", id=REPORT)
    text = words(test)
    for said in (
        "Publisher: Health Education West Midlands",
        "Published: 2014-04",
        "004_01221d1a678548af.txt",
        "“line 636” is a line",
    ):
        assert said in text
    found = re.search(
        r"\*\*([\d,]+) statements and ([\d,]+) items\*\* rest on this document. They speak of (\d+) roles", text
    )
    assert found
    rows = table(test, "Statements")
    cells = [int(cell.replace(",", "")) for head in rows if head != "Statements" for cell in rows[head]]
    assert sum(cells) == int(found[1].replace(",", "")) > 1000
    assert "No statement of any source" not in text
    assert "ask?question=statements-of-document&document=oawip%3Areport" in text
    assert "browse?framework=oawip" in text


def test_no_checksum_is_read_but_it_stays_in_the_download(shipped_graph: Graph, shipped_names: Names) -> None:
    (checksum,) = [
        r["what"] for r in show(shipped_graph, REPORT, names=shipped_names).rows if r["kind"] == "checksum of the file"
    ]
    assert re.fullmatch("[0-9a-f]{64}", str(checksum))
    assert str(checksum) not in words(opened("item", id=REPORT))


def test_counts_are_those_of_things_each_once(shipped_graph: Graph, shipped_names: Names) -> None:
    found = read_document(shipped_graph, shipped_names.resolve(REPORT))
    (row,) = shipped_graph.select(
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT (COUNT(DISTINCT ?item) AS ?n) WHERE { "
        "?item dcterms:source <https://w3id.org/competence-graph/id/oawip/report> ; skos:prefLabel ?label }"
    )
    assert found.count("items") == int(row["n"].value)
    query = read_catalogue()["statements-of-document"]
    listed = run_query(shipped_graph, query, {"document": REPORT}, names=shipped_names)
    assert found.count("statements") == len(listed.rows), "the question lists what the page counts"
    assert found.count("facts") > 0


def test_a_cited_document_was_not_opened_and_a_page_has_a_link() -> None:
    cited = words(opened("item", id="oawip:silver-book-2012"))
    assert "44 rows** of another document name this one" in cited
    assert "We did not open it" in cited
    page = opened("item", id="role-profiles:nhs-jobs-916224461")
    assert any("](https://www.jobs.nhs.uk/xi/vacancy/916224461)" in str(text.value) for text in page.markdown)


def test_learning_that_covers_an_item_directly_and_otherwise() -> None:
    text = words(opened("item", id="oawip:case-management-skills"))
    head = text.partition("**Directly**")[2].partition("**Through another item**")
    assert "Case management training across all disciplines" in head[0]
    assert "Orientation week" not in head[0]
    assert "Orientation week for case managers (Norfolk)" in head[2]
    assert "General case management skills and tools" in head[2]
    assert "Learning that covers it (2)" in text
    assert "Learning that covers it" not in words(opened("item", id="roles:case-manager"))
