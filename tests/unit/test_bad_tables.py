"""Bad tables: every defect at once, each with its place and its mend; nothing is built and the last graph stays in use."""

from __future__ import annotations

import csv
import io
import shutil
import time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from competence_graph.cli import main
from competence_graph.graph import pointer
from competence_graph.graph.build import build, check
from competence_graph.graph.store import load
from competence_graph.importers import tabular, xlsx_workbook
from competence_graph.importers.tabular import MAX_ROWS
from competence_graph.model.columns import MAX_CELL
from competence_graph.model.report import Defect
from unit.damages import (
    SSSOM,
    Case,
    Place,
    as_workbook,
    bomb,
    both,
    cell,
    copy_row,
    drop_column,
    mapping,
    new_sheet,
    put,
    read_rows,
    rename_column,
    replace_workbook,
    second_workbook,
    spoil_bytes,
    text,
    without_anything,
    without_mappings,
    write_part,
    write_rows,
)

COUNTS: set[Place] = {
    ("count", "other/1/framework.toml", 0, "expected.competences"),
    ("count", "other/1/framework.toml", 0, "expected.roles"),
}
"""What a workbook that cannot be read brings with it: its rows are missing."""


def f(rule: str, row: int, column: str, table: str = "findings") -> set[Place]:
    """Return one place in a table of the tiny framework."""
    return {(rule, f"tiny/1/{table}.csv", row, column)}


def m(rule: str, row: int, column: str) -> set[Place]:
    """Return one place in the mapping set."""
    return {(rule, SSSOM, row, column)}


LEFT_OUT: set[Place] = {("count", "tiny/1/framework.toml", 0, "expected.statements")}
"""A row with a bad cell is left out, so that the passport's count of its table is missed too."""

FINDINGS, STATEMENTS, COMPETENCES = "tiny/1/findings.csv", "tiny/1/statements.csv", "tiny/1/competences.csv"
PASSPORT, OTHER_PASSPORT = "tiny/1/framework.toml", "other/1/framework.toml"

FILES = [
    Case("a byte of Windows-1252", text(FINDINGS, "Fewer admissions,", "Fewer admissions \x96"), f("encoding", 2, ""), "CSV UTF-8"),
    Case("a file in UTF-16", lambda d: (d / FINDINGS).write_bytes((d / FINDINGS).read_text("utf-8").encode("utf-16")), f("encoding", 1, ""), "CSV UTF-8"),
    Case("an empty file", lambda d: (d / FINDINGS).write_bytes(b""), f("empty-file", 0, ""), "template"),
    Case("a ragged row", lambda d: (d / FINDINGS).write_text((d / FINDINGS).read_text("utf-8") + "more,cells\n", "utf-8"), f("ragged-row", 3, ""), "quotes"),
    Case("a quote that is not closed", text(FINDINGS, "case reports\"", "case reports"), f("csv", 2, ""), "quot"),
    Case("a table that the schema does not have", lambda d: (d / FINDINGS).rename(d / "tiny/1/finding.csv"), f("unknown-table", 0, "", "finding"), "'findings'"),
    Case("two forms in one folder", both(without_mappings, lambda d: Workbook().save(d / "other/1/other.xlsx")), {("two-forms", "other/1", 0, "")}, "Remove"),
    Case("no framework", without_anything, {("no-framework", "", 0, "")}, "copy a framework"),
]  # fmt: skip

HEADERS = [
    Case("a column is missing", drop_column(FINDINGS, "kind"), f("missing-column", 1, "kind"), "Add the column"),
    Case("an unknown column, with the nearest", rename_column(FINDINGS, "unit", "units"), f("unknown-column", 1, "units"), "Rename it to 'unit'"),
    Case("an unknown column, with nothing near", rename_column(FINDINGS, "unit", "zzz"), f("unknown-column", 1, "zzz"), "Remove the column"),
    Case("a required column misspelt", rename_column(FINDINGS, "kind", "kinds"), f("unknown-column", 1, "kinds") | f("missing-column", 1, "kind"), "Rename it to 'kind'"),
    Case("a column twice", rename_column(FINDINGS, "unit", "value"), f("double-column", 1, "value"), "Remove one"),
]  # fmt: skip

CELLS = [
    Case("a formula", cell(FINDINGS, 2, "label", "=SUM(A1:A9)"), f("cell-text", 2, "label"), "not the formula"),
    Case("a formula that begins with @", cell(FINDINGS, 2, "note", "@cmd"), f("cell-text", 2, "note"), "not the formula"),
    Case("a bad choice", cell(FINDINGS, 2, "kind", "outcomes"), f("cell-choice", 2, "kind"), "these words"),
    Case("lines that are no numbers", cell(FINDINGS, 2, "lines", "p. 61"), f("cell-lines", 2, "lines"), "line numbers"),
    Case("lines backwards", cell(FINDINGS, 2, "lines", "61-60"), f("cell-lines", 2, "lines"), "line numbers"),
    Case("a share above one", cell(STATEMENTS, 2, "importance", "1.5"), f("cell-share", 2, "importance", "statements") | LEFT_OUT, "0.75"),
    Case("a share in words", cell(STATEMENTS, 2, "importance", "high"), f("cell-share", 2, "importance", "statements") | LEFT_OUT, "0.75"),
    Case("a share that is no number", cell(STATEMENTS, 2, "importance", "nan"), f("cell-share", 2, "importance", "statements") | LEFT_OUT, "0.75"),
    Case("a bad whole number", cell("tiny/1/placements.csv", 2, "position", "first"), f("cell-integer", 2, "position", "placements") | {("count", PASSPORT, 0, "expected.placements"), ("count", "tiny/1/areas.csv", 2, "expected")}, "digits"),
    Case("a bad identifier", cell(FINDINGS, 2, "id", "fewer admissions"), f("cell-identifier", 2, "id"), "permanent"),
    Case("a bad reference", cell(FINDINGS, 2, "source", "The report!"), f("cell-reference", 2, "source"), "Copy the identifier"),
    Case("references with commas", cell(FINDINGS, 2, "about", "case-hilltown, frailty"), f("cell-references", 2, "about"), "';'"),
    Case("a required cell is empty", cell(FINDINGS, 2, "stated_as", " "), f("cell-text", 2, "stated_as"), "own words"),
    Case("a cell as long as a page", cell(FINDINGS, 2, "note", "x" * (MAX_CELL + 1)), f("cell-text", 2, "note"), "Shorten"),
    Case("four in one row", both(cell(FINDINGS, 2, "kind", "outcomes"), cell(FINDINGS, 2, "lines", "x"), cell(FINDINGS, 2, "label", ""), cell(FINDINGS, 2, "unit", "=1")),
         f("cell-choice", 2, "kind") | f("cell-lines", 2, "lines") | f("cell-text", 2, "label") | f("cell-text", 2, "unit")),
]  # fmt: skip

ROWS = [
    Case("an identifier twice", cell(FINDINGS, 2, "id", "networking"), f("duplicate-identifier", 2, "id"), "Rename one"),
    Case("a dangling reference, with the nearest", cell(STATEMENTS, 2, "object", "frailty-asessment"), f("dangling-reference", 2, "object", "statements"), "Did you mean 'tiny:frailty-assessment'?"),
    Case("a dangling reference, with nothing near", cell(STATEMENTS, 2, "object", "qqqq"), f("dangling-reference", 2, "object", "statements"), "Add the row"),
    Case("a dangling reference among several", cell(FINDINGS, 2, "about", "frailty; nowhere-near-it"), f("dangling-reference", 2, "about")),
    Case("a reference to the wrong table", cell("tiny/1/attributes.csv", 2, "subject", "networking"), f("reference-kind", 2, "subject", "attributes"), "Name another thing"),
    Case("broader in a loop", cell(COMPETENCES, 2, "broader", "frailty-assessment"), f("cycle", 2, "broader", "competences"), "Remove one"),
    Case("broader than itself", cell(COMPETENCES, 2, "broader", "assessment-skills"), f("cycle", 2, "broader", "competences"), "Remove one"),
    Case("parts in a loop", cell(COMPETENCES, 5, "parts", "co-ordinating-skills"), f("cycle", 4, "parts", "competences"), "Remove one"),
    Case("roles in a loop", cell("tiny/1/roles.csv", 2, "broader", "case-manager-hilltown"), f("cycle", 2, "broader", "roles"), "Remove one"),
    Case("models in a loop", cell("tiny/1/models.csv", 2, "broader", "hilltown-ward"), f("cycle", 2, "broader", "models"), "Remove one"),
    Case("a statement of the wrong kind, by its subject", cell(STATEMENTS, 2, "subject", "planning-care"), f("statement-kind", 2, "subject", "statements"), "another kind"),
    Case("a statement of the wrong kind, by its object", cell(STATEMENTS, 5, "object", "networking"), f("statement-kind", 5, "object", "statements"), "another kind"),
    Case("a term of the wrong kind", cell(STATEMENTS, 18, "object", "nurses"), f("statement-kind", 18, "object", "statements"), "another kind"),
    Case("no necessity", cell(STATEMENTS, 2, "necessity", ""), f("necessity", 2, "necessity", "statements"), "'not stated'"),
    Case("curated without reason", cell(STATEMENTS, 8, "reason", ""), f("reason", 8, "reason", "statements"), "Say why"),
    Case("interim without reason", cell("tiny/1/roles.csv", 5, "reason", ""), f("reason", 5, "reason", "roles"), "Say why"),
    Case("a statement twice", both(copy_row(STATEMENTS, 2, id="s0099"), text(PASSPORT, "statements = 18", "statements = 19")), f("duplicate-statement", 20, "", "statements"), "Remove one"),
    Case("a placement twice", both(copy_row("tiny/1/placements.csv", 2, position="3"), text(PASSPORT, "placements = 2", "placements = 3"), cell("tiny/1/areas.csv", 2, "expected", "3")), f("duplicate-placement", 4, "item", "placements"), "Remove one"),
    Case("a tier that is none", cell("tiny/1/attributes.csv", 2, "value", "middle"), f("tier", 2, "value", "attributes"), "these words"),
    Case("a wrong count of a table", text(PASSPORT, "competences = 8", "competences = 9"), {("count", PASSPORT, 0, "expected.competences")}, "the source decides"),
    Case("a wrong count of a kind", text(PASSPORT, '"kinds.skill" = 4', '"kinds.skill" = 5'), {("count", PASSPORT, 0, "expected.kinds.skill")}, "the source decides"),
    Case("a wrong count of an area", cell("tiny/1/areas.csv", 2, "expected", "15"), f("count", 2, "expected", "areas"), "placements.csv"),
]  # fmt: skip

MAPPINGS = [
    Case("a skill mapped to knowledge", mapping(8, object_id="other:knowing-frailty"), m("cross-kind-mapping", 8, "object_id"), "function need"),
    Case("a function mapped to a competence", mapping(11, object_id="other:assessing-frailty"), m("cross-kind-mapping", 11, "object_id"), "function need"),
    Case("a qualification mapped", mapping(8, subject_id="tiny:nursing-degree"), m("unmappable", 8, "subject_id"), "statement"),
    Case("a team mapped", mapping(8, subject_id="tiny:frailty-team"), m("unmappable", 8, "subject_id"), "statement"),
    Case("a dangling identifier", mapping(8, object_id="other:asessing-frailty"), m("dangling-reference", 8, "object_id"), "Correct it"),
    Case("a pair twice", mapping(9, subject_id="tiny:frailty-assessment", object_id="other:assessing-frailty"), m("duplicate-mapping", 9, "object_id"), "Remove one"),
    Case("a predicate that is none", mapping(8, predicate_id="skos:broader"), m("mapping-cell", 8, "predicate_id"), "weaker claim"),
    Case("a confidence off the rubric", mapping(8, confidence="0.7"), m("mapping-cell", 8, "confidence"), "rubric"),
    Case("a confidence in words", mapping(8, confidence="high"), m("mapping-cell", 8, "confidence"), "rubric"),
    Case("a justification that is none", mapping(8, mapping_justification="semapv:Guess"), m("mapping-cell", 8, "mapping_justification"), "how it was decided"),
    Case("a mapping without its reason", mapping(8, comment=""), m("mapping-cell", 8, "comment"), "fill it in"),
    Case("three in one row", mapping(8, predicate_id="x", confidence="2", author_label=""), m("mapping-cell", 8, "predicate_id") | m("mapping-cell", 8, "confidence") | m("mapping-cell", 8, "author_label")),
    Case("a row with too few tabs", text(SSSOM, "\tThe same wording.", ""), m("ragged-row", 9, ""), "tabs"),
    Case("metadata missing", text(SSSOM, "# license: CC0-1.0\n", ""), m("metadata", 1, "license"), "# license"),
    Case("metadata missing and a bad row", both(mapping(8, predicate_id="x"), text(SSSOM, "# license: CC0-1.0\n", "")), m("metadata", 1, "license") | m("mapping-cell", 7, "predicate_id")),
    Case("a head that is not YAML", text(SSSOM, "# license: CC0-1.0", "# license: [CC0-1.0"), {("metadata", SSSOM, 1, c) for c in ("", "mapping_set_id", "mapping_set_title", "license", "curie_map")} - {("metadata", SSSOM, 1, c) for c in ("mapping_set_id", "mapping_set_title", "license", "curie_map")}, "Mend the head"),
    Case("an unknown column", text(SSSOM, "\tmapping_tool", "\tmapping_tols"), m("unknown-column", 7, "mapping_tols"), "Remove it"),
    Case("a missing column", text(SSSOM, "\tcomment\n", "\tmapping_tool_version\n"), m("missing-column", 7, "comment") | m("unknown-column", 7, "mapping_tool_version"), "Add comment"),
    Case("a column of mappings twice", text(SSSOM, "\tmapping_tool\t", "\tmapping_date\t"), m("double-column", 7, "mapping_date"), "Remove one"),
    Case("a mapping set that is not UTF-8", text(SSSOM, "The same wording.", "The same \x96 wording."), m("encoding", 0, ""), "UTF-8"),
]  # fmt: skip

PASSPORTS = [
    Case("no passport", both(without_mappings, lambda d: (d / OTHER_PASSPORT).unlink()), {("passport", OTHER_PASSPORT, 0, "")}, "Copy one"),
    Case("a passport that is not TOML", both(without_mappings, text(OTHER_PASSPORT, 'title = "Other', "title = Other")), {("passport", OTHER_PASSPORT, 0, "")}, "Mend the line"),
    Case("a passport with six defects", both(
        without_mappings, text(OTHER_PASSPORT, "licence =", "license ="), text(OTHER_PASSPORT, '"partial"', '"mostly"'),
        text(OTHER_PASSPORT, "roles = 1", "roles = -1"), text(OTHER_PASSPORT, "[expected]", 'nations = "Wales"\n[expected]'),
        text(OTHER_PASSPORT, 'publisher = "Tiny Trust"', 'publisher = " "'),
    ), {("passport", OTHER_PASSPORT, 0, c) for c in ("license", "licence", "completeness", "expected", "nations", "publisher")}),
    Case("a reading with more wrong than read", both(without_mappings, text(OTHER_PASSPORT, "[expected]", "[verification]\nsample = 5\nwrong = 4\ndebatable = 2\n[expected]")), {("passport", OTHER_PASSPORT, 0, "verification")}, "Correct the value"),
    Case("a reading that does not say how many were wrong", both(without_mappings, text(OTHER_PASSPORT, "[expected]", "[verification]\nsample = 5\n[expected]")), {("passport", OTHER_PASSPORT, 0, "verification")}, "Correct the value"),
    Case("a version that is no part of an address", both(without_mappings, text(OTHER_PASSPORT, 'version = "1"', 'version = "1 draft"')), {("passport", OTHER_PASSPORT, 0, "version")}, "folder"),
    Case("a version that is not its folder's", both(without_mappings, lambda d: shutil.copytree(d / "other/1", d / "other/2")), {("passport", "other/2/framework.toml", 0, "version")}, "folder"),
    Case("a folder name that is no part of an address", both(without_mappings, lambda d: (d / "other").rename(d / "my other")), {("framework-name", "my other/1", 0, "")}, "Rename the folder"),
]  # fmt: skip

WORKBOOKS = [
    Case("a formula in a sheet", as_workbook(put("competences", 2, 9, "=1+1")), {("formula", "other/1/other.xlsx[competences]", 2, "I2")}, "not the formula"),
    Case("a bad cell in a sheet", as_workbook(put("roles", 2, 1, "two words")), {("cell-identifier", "other/1/other.xlsx[roles]", 2, "id"), ("dangling-reference", "other/1/other.xlsx[statements]", 2, "subject"), ("count", OTHER_PASSPORT, 0, "expected.roles")}, "permanent"),
    Case("a dangling reference in a sheet", as_workbook(put("statements", 2, 4, "tiny:netwrking")), {("dangling-reference", "other/1/other.xlsx[statements]", 2, "object")}, "tiny:networking"),
    Case("a cell beyond the header", as_workbook(put("competences", 2, 40, "lost")), {("ragged-row", "other/1/other.xlsx[competences]", 2, ""), ("count", OTHER_PASSPORT, 0, "expected.competences")}, ""),
    Case("an empty sheet", as_workbook(lambda sheets: new_sheet(sheets, "findings")), {("empty-file", "other/1/other.xlsx[findings]", 0, "")}, "template"),
    Case("a sheet that the schema does not have", as_workbook(lambda sheets: new_sheet(sheets, "Tabelle1").append(["x"])), {("unknown-table", "other/1/other.xlsx[Tabelle1]", 0, "")}, "Use one of"),
    Case("two workbooks with one table", second_workbook, {("double-table", "other/1/second.xlsx[roles]", 0, "")}, "one"),
    Case("no zip archive", replace_workbook(b"not a workbook"), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("a workbook with a password", replace_workbook(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("a zip bomb", replace_workbook(bomb()), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("a sheet cut short", write_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("a list of sheets cut short", write_part("xl/workbook.xml", b"<workbook"), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("an entity that would expand", write_part("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'), {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
    Case("bytes of a sheet lost", spoil_bytes, {("workbook", "other/1/other.xlsx", 0, ""), *COUNTS}, "Save it again"),
]  # fmt: skip

CASES = [*FILES, *HEADERS, *CELLS, *ROWS, *MAPPINGS, *PASSPORTS, *WORKBOOKS]


def place(defect: Defect, folder: Path) -> Place:
    return (defect.rule, defect.file.replace(str(folder), ""), defect.row, defect.column)


def by_name(case: Case) -> str:
    return case.name.replace(" ", "-")


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 85
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_every_defect_is_reported_with_its_place_and_its_mend(case: Case, tiny_frameworks: Path) -> None:
    case.damage(tiny_frameworks)
    _, report = check(tiny_frameworks)
    assert {place(d, tiny_frameworks) for d in report} == case.places, "\n".join(map(str, report))
    assert len(report) == len(case.places)
    for defect in report:
        assert defect.found.strip()
        assert defect.expected.strip()
        assert defect.mend.strip()
        assert "\n" not in str(defect), "one line each"
    assert any(case.mend in d.mend for d in report), [d.mend for d in report]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_last_good_graph_stays_in_use(
    case: Case, tiny_frameworks: Path, tiny_in_use: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = pointer.read(tiny_in_use)
    assert before is not None
    folders = sorted(p.name for p in tiny_in_use.iterdir())
    case.damage(tiny_frameworks)
    with pytest.raises(SystemExit) as ended:
        main(["build", "--frameworks", str(tiny_frameworks)])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "the last good graph, if there is one, is still in use" in said.err
    assert "Traceback" not in said.err
    for _, file, _, column in case.places:
        assert file in said.err
        assert column in said.err
    assert pointer.read(tiny_in_use) == before
    assert sorted(p.name for p in tiny_in_use.iterdir()) == folders
    graph = load(tiny_in_use)
    assert (graph.data_version, len(graph.store)) == (before.data_version, before.quad_count)


def test_defects_of_many_files_come_at_once(tiny_frameworks: Path) -> None:
    """What is wrong in one file does not hide what is wrong in another."""
    chosen = [
        FILES[0], CELLS[5], *(c for c in ROWS if c.name in ("a tier that is none", "broader in a loop", "no necessity")),
        *(c for c in MAPPINGS if c.name == "a confidence off the rubric"),
    ]  # fmt: skip
    chosen += [
        Case(
            "bad role",
            cell("other/1/roles.csv", 2, "profile", "whole"),
            {("cell-choice", "other/1/roles.csv", 2, "profile")},
        )
    ]
    for case in chosen:
        case.damage(tiny_frameworks)
    _, report = check(tiny_frameworks)
    found = {place(d, tiny_frameworks) for d in report}
    for case in chosen:
        # The row with a bad share is left out, so its missing necessity is not looked at.
        assert case.places <= found or case.name == "no necessity", case.name
    assert [d.file for d in report] == sorted(d.file for d in report)


def test_a_bad_row_leaves_the_good_ones(tiny_frameworks: Path) -> None:
    cell(COMPETENCES, 9, "kind", "skil")(tiny_frameworks)
    library, report = check(tiny_frameworks)
    tiny = next(framework for framework in library.frameworks if framework.slug == "tiny")
    assert len(tiny.rows["competences"]) == 7
    assert ("cell-choice", COMPETENCES, 9, "kind") in {place(d, tiny_frameworks) for d in report}


def test_the_lock_file_of_an_open_workbook_is_no_workbook(tiny_frameworks: Path) -> None:
    as_workbook(lambda sheets: None)(tiny_frameworks)
    (tiny_frameworks / "other" / "1" / "~$other.xlsx").write_bytes(b"owner")
    _, report = check(tiny_frameworks)
    assert list(map(str, report)) == []


def test_a_line_separator_inside_a_mapping_is_no_new_row(tiny_frameworks: Path) -> None:
    mapping(9, comment="The same\u2028wording.")(tiny_frameworks)
    _, report = check(tiny_frameworks)
    assert list(map(str, report)) == []


@pytest.mark.parametrize("head", ["# just words\n", "# - a\n# - list\n", ""])
def test_a_head_that_is_no_mapping_is_a_finding(tiny_frameworks: Path, head: str) -> None:
    lines = (tiny_frameworks / SSSOM).read_text(encoding="utf-8").split("\n")
    (tiny_frameworks / SSSOM).write_text(head + "\n".join(line for line in lines if line[:1] != "#"), encoding="utf-8")
    _, report = check(tiny_frameworks)
    assert report.by_rule().keys() == {"metadata"}


def test_a_scale_may_be_called_anything(tiny_frameworks: Path, tmp_path: Path) -> None:
    cell("tiny/1/levels.csv", 2, "scale", 'Bands <A> "new"')(tiny_frameworks)
    assert build(tiny_frameworks, output=tmp_path / "out").stored


def test_no_folder_of_frameworks(tmp_path: Path, tiny_in_use: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing"
    _, report = check(missing)
    assert [place(d, missing) for d in report] == [("no-folder", "", 0, "")]
    assert [d.mend for d in report] == ["Check the path"]
    for command in ("build", "check"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--frameworks", str(missing)])
        assert ended.value.code == 1
        assert str(missing) in capsys.readouterr().err
    assert load(tiny_in_use).data_version


def write_many(folder: Path, count: int, *, bad_every: int, source: str = "report") -> None:
    """Write a table of the other framework with so many rows."""
    without_mappings(folder)
    path = folder / "other" / "1" / "competences.csv"
    header, first, *rest = read_rows(path)
    places = {name: header.index(name) for name in ("id", "kind", "source")}
    rows = [header, first, *rest]
    for number in range(count - len(rows) + 1):
        row = list(first)
        row[places["id"]], row[places["source"]] = f"c{number}", source
        if bad_every and number % bad_every == 0:
            row[places["kind"]] = "skil"
        rows.append(row)
    write_rows(path, rows)


def test_a_hundred_thousand_rows_are_too_many_and_all_read(tiny_frameworks: Path) -> None:
    write_many(tiny_frameworks, 100_000, bad_every=1000)
    began = time.monotonic()
    _, report = check(tiny_frameworks)
    assert time.monotonic() - began < 30
    assert MAX_ROWS < 100_000
    assert report.by_rule() == {"too-many-rows": 1, "cell-choice": 100, "count": 1}
    too_many = next(d for d in report if d.rule == "too-many-rows")
    assert (too_many.file, too_many.row, too_many.found) == ("other/1/competences.csv", 0, "100,000 rows")
    assert too_many.mend
    assert {d.row for d in report if d.rule == "cell-choice"} == {5 + 1000 * n for n in range(100)}


def test_twenty_thousand_dangling_references_do_not_stall(tiny_frameworks: Path) -> None:
    """One misspelt source in every row: the nearest name is looked up once, not once a row."""
    write_many(tiny_frameworks, 20_000, bad_every=0, source="reprt")
    began = time.monotonic()
    _, report = check(tiny_frameworks)
    assert time.monotonic() - began < 20
    dangling = [d for d in report if d.rule == "dangling-reference"]
    assert len(dangling) == 20_000 - 3
    assert {d.mend for d in dangling} == {"Did you mean 'other:report'?"}


def test_a_workbook_with_too_many_rows_is_read_no_further(
    tiny_frameworks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (tabular, xlsx_workbook):
        monkeypatch.setattr(module, "MAX_ROWS", 300)

    def many(sheets: dict[str, Worksheet]) -> None:
        first = [c.value for c in sheets["functions"][2]]
        for number in range(1000):
            sheets["functions"].append([f"f{number}", *first[1:]])

    as_workbook(many)(tiny_frameworks)
    library, report = check(tiny_frameworks)
    assert report.by_rule() == {"too-many-rows": 1}
    assert next(iter(report)).file == "other/1/other.xlsx[functions]"
    other = next(framework for framework in library.frameworks if framework.slug == "other")
    assert len(other.rows["functions"]) == 301


def test_the_command_line_shows_fifty_and_says_how_to_see_all(
    tiny_frameworks: Path, tiny_in_use: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_many(tiny_frameworks, 200, bad_every=2)
    with pytest.raises(SystemExit) as ended:
        main(["build", "--frameworks", str(tiny_frameworks)])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.count("cell-choice") == 1, "the sum by rule"
    assert "and 50 more; '--format csv' prints all of them." in said
    with pytest.raises(SystemExit):
        main(["build", "--frameworks", str(tiny_frameworks), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 100
    assert set(rows[0]) == {"file", "row", "column", "found", "expected", "mend", "rule"}
