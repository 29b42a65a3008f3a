"""The paper on training needs, and the template of a list."""

from __future__ import annotations

import io

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from strategies import World, en, node

from competence_graph.analysis.held import held_things, read_list
from competence_graph.analysis.notes import CAUTION
from competence_graph.analysis.training_needs import TrainingNeeds, asked_of, training_needs
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG, DCTERMS, RDF, SKOS, to_iri
from competence_graph.query.names import Names
from competence_graph.query.table import Table, TableColumn
from competence_graph.reports.held_template import held_template
from competence_graph.reports.needs_paper import how_far, needs_paper
from competence_graph.reports.pdf import to_pdf
from competence_graph.reports.word import to_docx

LINK = "http://127.0.0.1:8501/needs?target=roles%3Ab&start=roles%3Aa"
QUESTIONS = Table("Questions to ask a provider of training", {}, "v", (TableColumn("question", "The question"),), [{"question": "How long?"}])  # fmt: skip


def world() -> Graph:
    made = World()
    made.things(*(f"f:s{n}" for n in range(1, 9)))
    made.things("f:licence", kind="qualification")
    for letter in "ab":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    made.requires("roles:a", *(f"f:s{n}" for n in range(1, 6)))
    made.requires("roles:b", *(f"f:s{n}" for n in range(3, 9)), "f:licence")
    made.says("Filling", "roles:a", "roles:b", place="Here")
    made.thing("l:course", "learning offer", "A course")
    made.says("Development", "l:course", "f:s8")
    return made.graph()


def answer() -> TrainingNeeds:
    return training_needs(world(), "roles:b", role="roles:a")


def test_sections_stand_in_the_order_in_which_a_board_reads() -> None:
    paper = needs_paper(answer(), QUESTIONS, link=LINK)
    assert [section.heading for section in paper.sections] == [
        "Gates: registration and qualifications (1)", "Who has taken this role, as sources state it", "How far each result goes",
        "To learn or check (3)", "Already there (3)", "Learning that sources name for what is left",
        "Questions to ask a provider of training",
    ]  # fmt: skip
    assert paper.lead[0] == "Role a gives 3 of the 6 competences that are stated of Role b."
    assert paper.cautions[0] == CAUTION
    assert any(line.startswith("Strictness close") for line in paper.method)
    assert any(line.startswith("Asked with: start = roles:a; target = roles:b") for line in paper.method)


def test_sources_are_numbered_and_cited_by_number() -> None:
    paper = needs_paper(answer(), QUESTIONS)
    assert [source.partition(" – ")[0] for source in paper.sources] == ["[1] A report (2014)"], "its year, once"
    learn = paper.sections[3].groups[0]
    place = [column.heading for column in learn.columns].index("Source")
    assert all(row[place].startswith("[1] page ") for row in learn.rows)


def test_a_document_that_no_row_cites_is_no_source() -> None:
    """What the start has beyond what is asked is in no row, so neither is its document among the sources."""
    made = World()
    made.things(*(f"f:s{n}" for n in range(1, 9)))
    for letter in "ab":
        made.role(f"roles:{letter}", "partial", f"Role {letter}")
    made.add("doc:other", (RDF.type, CG.SourceDocument), (SKOS.prefLabel, en("Another report, of a town")))
    made.requires("roles:a", *(f"f:s{n}" for n in range(1, 6)))
    made.requires("roles:b", *(f"f:s{n}" for n in range(2, 7)))
    only = made.says("Requirement", "roles:a", "f:s8")
    asked = made.says("Requirement", "roles:b", "f:s7")
    for said, expected in ((only, 1), (asked, 2)):
        made.quads = [q for q in made.quads if (q.subject, q.predicate) != (node(said), DCTERMS.source)]
        made.add(said, (DCTERMS.source, node("doc:other")))
        paper = needs_paper(training_needs(made.graph(), "roles:b", role="roles:a"), QUESTIONS)
        assert sum(source.startswith("[") for source in paper.sources) == expected
    assert any("Another report, of a town" in source for source in paper.sources)


def test_title_begins_small_unless_it_is_a_name() -> None:
    made = World()
    made.role("roles:a", "partial", "Porter (Leeds)")
    made.role("roles:b", "partial", "Torbay worker")
    made.role("roles:c", "partial", "Night porter")
    made.role("roles:d", "partial", "GP")
    graph = made.graph()
    titles = [training_needs(graph, b, role=a).title for a, b in (("roles:a", "roles:b"), ("roles:d", "roles:a"))]
    assert titles == [
        "Training needs: from porter (Leeds) to Torbay worker",
        "Training needs: from GP to porter (Leeds)",
    ]


def test_pages_are_turned_once() -> None:
    turned = needs_paper(answer(), QUESTIONS).turned
    assert list(turned) == sorted(turned)


def test_word_has_a_link_and_header_rows() -> None:
    document = Document(io.BytesIO(to_docx(needs_paper(answer(), QUESTIONS, link=LINK))))
    assert [r.target_ref for r in document.part.rels.values() if r.is_external] == [LINK]
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in document.tables)
    assert document.core_properties.title == "Training needs: from Role a to Role b"


def test_pdf_has_the_same_link() -> None:
    pages = PdfReader(io.BytesIO(to_pdf(needs_paper(answer(), QUESTIONS, link=LINK)))).pages
    links = [note.get_object()["/A"]["/URI"] for page in pages for note in page.get("/Annots", ()) if "/A" in note.get_object()]  # fmt: skip
    assert LINK in links
    assert "Gates: registration" in pages[0].extract_text()


def test_what_each_result_means_stands_with_its_number() -> None:
    rows = how_far(answer()).rows
    assert [row["competences"] for row in rows] == ["3 of 6", "3 of 6"]
    assert str(rows[1]["result"]).startswith("Not stated: no source says it")


def test_paper_of_a_team_names_nobody() -> None:
    graph = world()
    names = Names(graph)
    held = read_list(b"person,competence\nAnn Lee,f:s3\nBob Ray,f:s3\nBob Ray,f:s4\n", ".csv", names)
    paper = needs_paper(training_needs(graph, "roles:b", held=held, names=names), QUESTIONS)
    text = repr(paper)
    assert "Ann" not in text
    assert "Ray" not in text
    assert "1 of 2" not in text
    assert "Listed for: not shown" in text or "not shown" in text


def test_paper_where_nothing_is_stated() -> None:
    made = World()
    made.role("roles:x", "mentioned", "Role x")
    graph = made.graph()
    paper = needs_paper(training_needs(graph, "roles:x"), QUESTIONS)
    assert paper.lead == ("The sources in this graph do not state what Role x asks.",)
    assert to_pdf(paper).startswith(b"%PDF")


def test_template_can_be_filled_in_and_read() -> None:
    graph = world()
    names = Names(graph)
    asked = asked_of(graph, names, "roles:b")
    book = openpyxl.load_workbook(io.BytesIO(held_template(asked, "Role b")))
    assert book.sheetnames == ["list", "what it asks", "read me"]
    assert [cell.value for cell in book["list"][1]] == ["person", "competence", "level"]
    identifiers = [row[1] for row in book["what it asks"].iter_rows(min_row=2, values_only=True)]
    assert [cell.value for cell in book["what it asks"][1]] == ["Role b asks", "identifier", "kind"]
    assert [cell.value for cell in book["what it asks"][2]] == ["f s3", "f:s3", "skill"]
    for identifier in identifiers:
        book["list"].append([None, identifier])
    book["list"].delete_cols(1)
    out = io.BytesIO()
    book.save(out)
    held = read_list(out.getvalue(), ".xlsx", names)
    assert held.items == {thing for things in asked.values() for thing in things}
    assert held.unread == ()
    assert held_things([names.thing(to_iri("f:s3"))]).rows == 1
