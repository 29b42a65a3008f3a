"""One body of assertions for every reader: each form of the tiny frameworks gives the same records.

A new reader joins by one line in ``READERS`` and one maker here, which writes the CSV fixture in its form; without a
maker the test fails and says so. Forms that are binary are made, never committed.
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from openpyxl import Workbook

from competence_graph.graph.build import check
from competence_graph.graph.quads import (
    KIND_CLASSES,
    MAPPINGS_GRAPH,
    framework_graph,
    framework_quads,
    library_quads,
    mapping_quads,
)
from competence_graph.importers import READERS
from competence_graph.importers.library import MAPPINGS, read_library
from competence_graph.model.columns import columns_of
from competence_graph.model.framework import Framework, Library
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.mapping import COLUMNS, PREDICATES
from competence_graph.model.passport import FILE_NAME
from competence_graph.model.records import COMPETENCE_KINDS, RECORDS, Competence, Concept, Row, Statement
from competence_graph.model.report import Report
from competence_graph.namespaces import CG, RDF, SKOS, to_iri

TINY = Path(__file__).resolve().parent.parent / "fixtures" / "tiny"


def copy_csv(source: Path, target: Path) -> None:
    shutil.copytree(source, target)


def write_workbooks(source: Path, target: Path) -> None:
    """Write each framework version of a folder of CSV files as one workbook, a sheet per table."""
    for passport in sorted(source.glob(f"*/*/{FILE_NAME}")):
        version = target / passport.parent.relative_to(source)
        version.mkdir(parents=True)
        shutil.copy(passport, version / FILE_NAME)
        book = Workbook()
        notes = book.active
        assert notes is not None
        notes.title = "Read me"
        notes.cell(row=1, column=1, value="Made from the CSV files.")
        for table in sorted(passport.parent.glob("*.csv")):
            sheet = book.create_sheet(table.stem)
            with table.open(encoding="utf-8", newline="") as file:
                for row in csv.reader(file):
                    # As a person would have typed it: whole numbers become numbers, empty cells stay empty.
                    sheet.append([int(cell) if len(cell) < 10 and cell.isdigit() else cell or None for cell in row])
        book.save(version / f"{version.parent.name}.xlsx")
    shutil.copytree(source / MAPPINGS, target / MAPPINGS)


MAKERS: dict[str, Callable[[Path, Path], None]] = {"csv": copy_csv, "xlsx": write_workbooks}


@pytest.fixture(scope="module")
def tiny_library() -> Library:
    library, report = check(TINY / "csv")
    report.raise_for_defects()
    return library


@pytest.fixture(params=sorted(READERS))
def library_by_reader(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    form = request.param
    assert form in MAKERS, f"write a maker for the form {form!r} in {__file__}"
    MAKERS[form](TINY / "csv", tmp_path / form)
    assert list((tmp_path / form).glob(f"*/*/*.{form}")), f"the maker wrote no .{form} file"
    library, report = check(tmp_path / form)
    report.raise_for_defects()
    return library


def tables(framework: Framework) -> dict[str, tuple[Row, ...]]:
    return {name: framework.rows[name] for name in sorted(framework.rows)}


def test_there_are_readers_and_makers() -> None:
    assert len(READERS) >= 2
    assert set(MAKERS) == set(READERS)


def test_the_fixture_has_a_value_in_every_column_of_every_table(tiny_library: Library) -> None:
    tiny = next(f for f in tiny_library.frameworks if f.slug == "tiny")
    assert len(RECORDS) >= 15
    empty = [
        f"{name}.{column.name}"
        for name, record in RECORDS.items()
        for column in columns_of(record)
        if not any(getattr(row, column.name) for row in tiny.rows.get(name, ()))
    ]
    # Columns that several tables inherit need a value in one of them only.
    inherited = {c.name for c in columns_of(Concept)}
    assert [name for name in empty if name.rpartition(".")[2] not in inherited] == []
    rows = list(tiny.all_rows())
    assert [name for name in sorted(inherited) if not any(getattr(row, name, "") for row in rows)] == []


def test_the_fixture_has_every_kind_of_statement_and_most_kinds_of_competence(tiny_library: Library) -> None:
    statements = [row for f in tiny_library.frameworks for row in f.of(Statement)]
    assert {row.kind for row in statements} == set(STATEMENT_KINDS)
    kinds = {row.kind for f in tiny_library.frameworks for row in f.of(Competence)}
    assert kinds >= set(COMPETENCE_KINDS) - {"experience"}


def test_the_records_are_the_same(library_by_reader: Library, tiny_library: Library) -> None:
    assert [f.passport for f in library_by_reader.frameworks] == [f.passport for f in tiny_library.frameworks]
    for read, expected in zip(library_by_reader.frameworks, tiny_library.frameworks, strict=True):
        assert tables(read) == tables(expected)
    assert library_by_reader.mappings == tiny_library.mappings


def test_the_quads_are_the_same(library_by_reader: Library, tiny_library: Library) -> None:
    assert set(library_quads(library_by_reader)) == set(library_quads(tiny_library))


def test_every_row_becomes_one_node_of_its_class(library_by_reader: Library) -> None:
    assert len(library_by_reader.frameworks) == 2
    for framework in library_by_reader.frameworks:
        quads = set(framework_quads(framework))
        assert {q.graph_name for q in quads} == {framework_graph(framework)}
        typed = {(q.subject, q.object) for q in quads if q.predicate == RDF.type}
        assert len({node for node, _ in typed}) == len(typed), "a node with two classes"
        assert len(typed) == 1 + len(list(framework.all_rows())), "the framework itself, and a node for each row"
        classes = Counter(str(kind) for _, kind in typed)
        for name, count in Counter(row.kind for row in framework.of(Statement)).items():
            assert classes[str(CG[STATEMENT_KINDS[name].term])] == count
        for name, count in Counter(row.kind for row in framework.of(Competence)).items():
            assert classes[str(KIND_CLASSES[name])] == count


def test_a_placement_joins_its_item_to_its_area(tiny_library: Library) -> None:
    quads = [(q.subject, q.object) for q in library_quads(tiny_library) if q.predicate == CG.inArea]
    area = ox.NamedNode(to_iri("tiny:co-ordination"))
    assert sorted(quads, key=str) == [
        (ox.NamedNode(to_iri("tiny:co-ordinating-skills")), area),
        (ox.NamedNode(to_iri("tiny:networking")), area),
    ]


def test_the_order_of_rows_and_columns_does_not_matter(tmp_path: Path, tiny_library: Library) -> None:
    folder = Path(shutil.copytree(TINY / "csv", tmp_path / "turned"))
    turned = 0
    for path in folder.glob("*/*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(row[::-1] for row in [header, *rows[::-1]])
        turned += 1
    assert turned >= len(RECORDS)
    library, report = check(folder)
    report.raise_for_defects()
    assert set(library_quads(library)) == set(library_quads(tiny_library))


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path, tiny_library: Library) -> None:
    folder = Path(shutil.copytree(TINY / "csv", tmp_path / "windows"))
    for path in [*folder.glob("*/*/*.csv"), *folder.glob(f"{MAPPINGS}/*.tsv")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    library, report = check(folder)
    report.raise_for_defects()
    assert [tables(f) for f in library.frameworks] == [tables(f) for f in tiny_library.frameworks]
    assert library.mappings == tiny_library.mappings


def test_the_mapping_set_is_read_with_metadata_and_evidence() -> None:
    report = Report()
    (mapping_set,) = read_library(TINY / "csv", report).mappings
    assert report.ok
    assert mapping_set.file == "mappings/tiny--other.sssom.tsv"
    assert mapping_set.metadata["license"] == "CC0-1.0"
    assert len(mapping_set.mappings) == 5
    first = mapping_set.mappings[0]
    assert (first.subject_id, first.predicate_id, first.object_id) == (
        "tiny:frailty-assessment", "skos:closeMatch", "other:assessing-frailty",
    )  # fmt: skip
    assert (first.confidence, first.reviewer_label, first.comment, first.row) == (
        0.8, "R. Reviewer", "The same in other words.", 8,
    )  # fmt: skip
    assert [m.found for m in mapping_set.mappings] == [True, True, True, True, False]
    assert all(any(getattr(m, name) for m in mapping_set.mappings) for name in COLUMNS)


def test_only_mappings_that_a_person_made_and_found_become_triples(tiny_library: Library) -> None:
    (mapping_set,) = tiny_library.mappings
    quads = list(mapping_quads(mapping_set))
    assert {q.graph_name for q in quads} == {MAPPINGS_GRAPH}
    nodes = {q.subject for q in quads if q.predicate == RDF.type and q.object == CG.Mapping}
    assert len(nodes) == len(mapping_set.mappings)
    predicates = {ox.NamedNode(to_iri(p)) for p in PREDICATES}
    matches = {(q.subject, q.predicate, q.object) for q in quads if q.predicate in predicates}
    assert matches == {
        (ox.NamedNode(to_iri(m.subject_id)), ox.NamedNode(to_iri(m.predicate_id)), ox.NamedNode(to_iri(m.object_id)))
        for m in mapping_set.mappings[:3]
    }
    suggested = [q for q in quads if q.predicate == CG.status and q.object == CG.Suggested]
    assert len(suggested) == 1
    labels = {q.predicate for q in quads} & {SKOS.prefLabel}
    assert not labels
