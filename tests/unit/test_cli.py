"""Every command on the tiny graph: what it prints in every form, its exit code, and how it speaks of mistakes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import typer

from competence_graph import __version__
from competence_graph.cli import Format, app, main
from competence_graph.graph import pointer
from competence_graph.importers.tabular import to_records
from competence_graph.importers.xlsx_workbook import read_tables
from competence_graph.model.columns import columns_of
from competence_graph.model.records import RECORDS
from competence_graph.model.report import Report
from competence_graph.reports.text import FORMATS
from competence_graph.resources import BUILD_FOLDER_VARIABLE


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0 if code is None else 1, said.out, said.err)

    return command


ANSWERS = {
    "info": (["info"], "tiny"),
    "list": (["list", "role"], "tiny:case-manager"),
    "show": (["show", "tiny:case-manager"], "tiny:frailty-assessment"),
    "search": (["search", "fraility", "asessment"], "tiny:frailty-assessment"),
    "catalogue": (["query"], "requirements-of-role"),
    "query": (["query", "requirements-of-role", "--param", "role=tiny:case-manager"], "tiny:signs-of-frailty"),
    "overlap": (["overlap", "tiny:case-manager", "tiny:care-co-ordinator"], "tiny:planning-care"),
    "transfer": (["transfer", "tiny:case-manager", "tiny:care-co-ordinator"], "tiny:frailty-assessment"),
    "gap": (["gap", "--target", "tiny:virtual-ward", "--role", "tiny:case-manager"], "tiny:networking"),
    "similar": (["similar", "tiny:case-manager"], ""),
}
"""For each command that answers, arguments and an identifier that stands in the answer."""
OTHERS = {"build", "check", "template", "serve", "path", "compare"}


def test_every_command_is_tried() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert commands == {arguments[0] for arguments, _ in ANSWERS.values()} | OTHERS | {"evaluate"}
    assert set(FORMATS) == {form.value for form in Format}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_table(run: Any, tiny_in_use: Path, name: str) -> None:
    arguments, holds = ANSWERS[name]
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    # A table may break a long identifier over lines.
    assert holds in "".join(ran.out.split()) or name in ("transfer", "gap")
    assert "?" in ran.out.splitlines()[0] or ran.out.startswith("Every")
    assert max(map(len, ran.out.splitlines())) <= 140


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_json(run: Any, tiny_in_use: Path, name: str) -> None:
    arguments, holds = ANSWERS[name]
    ran = run(*arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert set(answer) >= {"question", "parameters", "data_version", "columns", "rows", "notes"}
    assert answer["question"].strip()
    current = pointer.read(tiny_in_use)
    assert current is not None
    if name != "catalogue":  # the catalogue is of the program, not of the data
        assert answer["data_version"] == current.data_version
    assert answer["columns"]
    names = [column["name"] for column in answer["columns"]]
    for column in answer["columns"]:
        assert set(column) == {"name", "meaning", "unit"}
        assert column["meaning"].strip(), column["name"]
    assert len(names) == len(set(names))
    for row in answer["rows"]:
        assert list(row) == names
    assert holds in ran.out
    assert all(isinstance(note, str) and note for note in answer["notes"])
    for figure in answer.get("figures", []):
        assert figure["of"] is None or figure["count"] <= figure["of"]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_csv(run: Any, tiny_in_use: Path, name: str) -> None:
    arguments, holds = ANSWERS[name]
    ran = run(*arguments, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    header, *rows = list(csv.reader(io.StringIO(ran.out)))
    assert len(header) == len(set(header))
    assert all(len(row) == len(header) for row in rows)
    as_json = json.loads(run(*arguments, "--format", "json").out)
    assert len(rows) == len(as_json["rows"])
    assert holds in ran.out


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_markdown(run: Any, tiny_in_use: Path, name: str) -> None:
    arguments, holds = ANSWERS[name]
    ran = run(*arguments, "--format", "md")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# ")
    table = [line for line in ran.out.splitlines() if line.startswith("|")]
    bars = {line.replace("\\|", "").count("|") for line in table}
    assert len(bars) == 1, "every row has the cells of the header"
    assert holds in ran.out


def test_an_answer_names_things_by_identifier_label_and_kind(run: Any, tiny_in_use: Path) -> None:
    rows = json.loads(run("list", "role", "--framework", "tiny", "--format", "json").out)["rows"]
    assert rows[0]["thing"] == {"id": "tiny:care-co-ordinator", "label": "Care co-ordinator", "kind": "role"}
    assert len(rows) == 3
    more = json.loads(run("list", "role", "--framework", "tiny", "--include-interim", "--format", "json").out)["rows"]
    assert len(more) == 4


def test_a_name_does_as_well_as_an_identifier(run: Any, tiny_in_use: Path) -> None:
    by_id = run("show", "tiny:case-manager", "--format", "json")
    for name in ("Case manager", "case-manager", "care manager"):
        assert run("show", name, "--format", "json") == by_id


def test_strictness_and_attested_only_are_passed_on(run: Any, tiny_in_use: Path) -> None:
    base = ("transfer", "tiny:case-manager", "tiny:care-co-ordinator", "--format", "json")
    same = json.loads(run(*base, "--strictness", "same").out)
    assert same["parameters"]["strictness"] == "same"
    worked_out = [row for row in json.loads(run(*base).out)["rows"] if row["status"].startswith("inferred")]
    attested = [
        row for row in json.loads(run(*base, "--attested-only").out)["rows"] if row["status"].startswith("inferred")
    ]
    assert worked_out
    assert not attested


def test_gap_of_a_list_that_someone_holds(run: Any, tiny_in_use: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.txt"
    held.write_text("tiny:networking\nPlanning care\n", encoding="utf-8")
    ran = run("gap", "--target", "tiny:virtual-ward", "--held", str(held), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert len(json.loads(ran.out)["rows"]) >= 2
    held.write_text("tiny:networking\ntiny:plannin-care\n", encoding="utf-8")
    ran = run("gap", "--target", "tiny:virtual-ward", "--held", str(held), "--format", "json")
    assert ran.code == 1, "the answer is given, and what could not be used is a finding"
    assert json.loads(ran.out)["rows"]
    assert "held.txt, line 2" in ran.err
    assert "tiny:planning-care" in ran.err


def test_a_query_of_ones_own(run: Any, tiny_in_use: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", encoding="utf-8")
    ran = run("query", str(own), "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["rows"][0]["n"] > 100
    own.write_text("SELECT nonsense", encoding="utf-8")
    ran = run("query", str(own))
    assert ran.code == 1
    assert "SPARQL" in ran.err


WRONG_USE = {
    "a misspelt role": (["show", "tiny:case-managr"], "tiny:case-manager"),
    "a misspelt role of an overlap": (["overlap", "tiny:case-managr", "tiny:care-co-ordinator"], "tiny:case-manager"),
    "a misspelt role of a transfer": (
        ["transfer", "tiny:case-manager", "tiny:care-coordinatr"],
        "tiny:care-co-ordinator",
    ),
    "a misspelt target": (["gap", "--target", "tiny:virtal-ward", "--role", "tiny:case-manager"], "tiny:virtual-ward"),
    "a misspelt role to be like": (["similar", "tiny:case-managr"], "tiny:case-manager"),
    "a misspelt query": (["query", "requirement-of-role"], "requirements-of-role"),
    "a misspelt parameter": (["query", "requirements-of-role", "-p", "rol=tiny:case-manager"], "role"),
    "a misspelt value": (["query", "requirements-of-role", "-p", "role=tiny:case-managr"], "tiny:case-manager"),
    "a parameter without a sign": (["query", "requirements-of-role", "-p", "role"], "name=value"),
    "an unknown kind": (["list", "roles"], "role"),
    "no such file": (["query", "missing.rq"], "missing.rq"),
    "no such list": (["gap", "--target", "tiny:virtual-ward", "--held", "missing.txt"], "missing.txt"),
    "a name that several bear": (["show", "report"], "tiny:report"),
    "an unknown form": (["info", "--format", "xml"], "json"),
    "an unknown strictness": (["similar", "tiny:case-manager", "--strictness", "x"], "strictness"),
    "an unknown command": (["inof"], "inof"),
    "one role only": (["overlap", "tiny:case-manager"], "two"),
}


@pytest.mark.parametrize("name", sorted(WRONG_USE))
def test_wrong_use_ends_with_two_and_says_what_to_do(run: Any, tiny_in_use: Path, name: str) -> None:
    arguments, hint = WRONG_USE[name]
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert hint.lower() in ran.err.lower()
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", sorted(n for n in ANSWERS if n != "catalogue"))
def test_without_a_built_graph_every_command_says_so(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tmp_path / "nothing"))
    ran = run(*ANSWERS[name][0])
    assert ran.code == 1
    assert "Run 'competence-graph build'" in ran.err


def test_the_catalogue_needs_no_built_graph(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tmp_path / "nothing"))
    assert run("query").code == 0


def test_a_store_that_is_spoilt_is_said_to_be(
    run: Any, tiny_frameworks: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tmp_path / "out"))
    run("build", "--frameworks", str(tiny_frameworks))
    for path in (tmp_path / "out").glob("*/store/CURRENT"):
        path.unlink()
    ran = run("info")
    assert ran.code == 1
    assert "build --force" in ran.err


def test_build_check_and_build_again(
    run: Any, tiny_frameworks: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tmp_path / "out"))
    first = run("build", "--frameworks", str(tiny_frameworks))
    assert (first.code, first.out) == (0, "")
    assert "Built: " in first.err
    second = run("build", "--frameworks", str(tiny_frameworks))
    assert second.code == 0
    assert "Nothing has changed: " in second.err
    third = run("build", "--frameworks", str(tiny_frameworks), "--force")
    assert "Built: " in third.err


def test_check_has_no_findings_in_the_tiny_frameworks(run: Any, tiny_frameworks: Path) -> None:
    ran = run("check", "--frameworks", str(tiny_frameworks))
    assert "No findings." in ran.err
    assert ran.code == 0
    as_json = json.loads(run("check", "--frameworks", str(tiny_frameworks), "--format", "json").out)
    assert as_json["rows"] == []
    assert as_json["notes"] == ["No findings."]


def test_check_finds_what_a_shape_forbids(run: Any, tiny_frameworks: Path) -> None:
    path = tiny_frameworks / "other" / "1" / "roles.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("words of the report", "words " * 60), encoding="utf-8")
    ran = run("check", "--frameworks", str(tiny_frameworks), "--format", "json")
    assert ran.code == 1
    (row,) = json.loads(ran.out)["rows"]
    assert row["rule"] == "Warning:PhraseShape"
    assert row["found"].startswith("other:nurse-co-ordinator")
    assert row["mend"]


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_findings_come_in_every_form(run: Any, tiny_frameworks: Path, form: str) -> None:
    path = tiny_frameworks / "other" / "1" / "roles.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("partial", "whole"), encoding="utf-8")
    for command in ("check", "build"):
        ran = run(command, "--frameworks", str(tiny_frameworks), "--format", form)
        assert ran.code == 1
        assert "cell-choice" in ran.out
        assert "other/1/roles.csv" in ran.out


def test_help_and_version(run: Any) -> None:
    assert run("--version") == Ran(0, __version__ + "\n", "")
    ran = run("--help")
    assert ran.code == 0
    for command in ("build", "check", "transfer", "template"):
        assert command in ran.out


def test_the_template_is_a_workbook_that_the_reader_takes(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    ran = run("template", str(path))
    assert ran.code == 0
    assert str(path) in ran.err.replace("\n", "")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Read me", *RECORDS]
    for name, record in RECORDS.items():
        for column, heading in zip(columns_of(record), book[name][1], strict=True):
            assert heading.value == column.name
            assert heading.font.bold == column.required
            assert heading.comment is not None
            assert column.meaning in heading.comment.text
    book.close()
    report = Report()
    tables = read_tables(path, "mine.xlsx", report)
    assert [t.name for t in tables] == list(RECORDS)
    assert to_records(tables, "mine", report) == dict.fromkeys(RECORDS, ())
    assert list(report) == []


def test_a_filled_template_can_be_built(
    run: Any, tmp_path: Path, tiny_frameworks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tmp_path / "out"))
    version = tiny_frameworks / "other" / "1"
    run("template", str(version / "other.xlsx"))
    book = openpyxl.load_workbook(version / "other.xlsx")
    for table in sorted(version.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                book[table.stem].append([row.get(str(heading.value)) for heading in book[table.stem][1]])
        table.unlink()
    book.save(version / "other.xlsx")
    book.close()
    ran = run("build", "--frameworks", str(tiny_frameworks))
    assert ran.code == 0, ran.err
    assert "other:nurse-co-ordinator" in run("list", "role").out


def test_the_template_overwrites_nothing(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"precious")
    ran = run("template", str(path))
    assert ran.code == 2
    assert "exists already" in ran.err
    assert path.read_bytes() == b"precious"


def test_the_template_is_a_workbook_by_name(run: Any, tmp_path: Path) -> None:
    ran = run("template", str(tmp_path / "mine.csv"))
    assert ran.code == 2
    assert ".xlsx" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"), [(["list", "role", "-f", "csv"], 0), (["show", "tiny:case-managr"], 2), (["info"], 0)]
)
def test_as_a_program(tiny_build: Path, arguments: list[str], code: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from competence_graph.cli import main; main()", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
        env={**os.environ, BUILD_FOLDER_VARIABLE: str(tiny_build), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert bool(ran.stdout) == (code == 0)


@pytest.mark.parametrize("built", [True, False])
def test_measures_are_evaluated_on_items_of_ones_own_with_or_without_a_graph(
    run: Any, tiny_in_use: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: bool
) -> None:
    items, pairs = tmp_path / "items.csv", tmp_path / "pairs.csv"
    items.write_text("role,item,label\na,w,Wound care\nb,v,Care of wounds\nc,t,Team meetings\n", encoding="utf-8")
    pairs.write_text("query,relevant\na,b\nb,a\n", encoding="utf-8")
    if not built:
        monkeypatch.setenv("COMPETENCE_GRAPH_BUILD", str(tmp_path / "nothing"))
    ran = run("evaluate", "similar", "--pairs", str(pairs), "--items", str(items), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    rows = json.loads(ran.out)["rows"]
    assert (rows[0]["measure"], rows[0]["map_share"]) == ("likeness (ours)", 1.0)
