"""Mapping sets in SSSOM/TSV: a commented YAML head, then a table with tabs."""

from __future__ import annotations

from pathlib import Path

import yaml

from competence_graph.model.mapping import (
    COLUMNS,
    CONFIDENCES,
    JUSTIFICATIONS,
    NO_TERM_FOUND,
    PREDICATES,
    REQUIRED,
    Mapping,
    MappingSet,
)
from competence_graph.model.report import Defect, Report

SUFFIX = ".sssom.tsv"
REQUIRED_METADATA = ("mapping_set_id", "mapping_set_title", "license", "curie_map")


def read_mapping_set(path: Path, name: str, report: Report) -> MappingSet:
    """Read one mapping set; every defect goes to ``report`` and a row with one is left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        report.add(Defect(name, 0, "", "bytes that are not UTF-8", "text in UTF-8", "Save it as UTF-8", "encoding"))
        return MappingSet(name)
    lines = text.replace("\r\n", "\n").split("\n")  # a line separator of Unicode is no new row
    head = [line[1:].removeprefix(" ") for line in lines if line.startswith("#")]
    metadata = _metadata(head, name, report)
    body = [line for line in lines if not line.startswith("#")]
    table = [line.split("\t") if line else [] for line in body]  # SSSOM quotes nothing
    header = table.pop(0) if table else []
    before = len(report)
    for column in REQUIRED:
        if column not in header:
            report.add(
                Defect(
                    name,
                    len(head) + 1,
                    column,
                    "no such column",
                    "the columns that SSSOM and we require",
                    f"Add {column}",
                    "missing-column",
                )
            )
    for column in header:
        if column not in COLUMNS:
            report.add(
                Defect(
                    name,
                    len(head) + 1,
                    column,
                    f"a column called {column!r}",
                    f"one of {', '.join(COLUMNS)}",
                    "Remove it",
                    "unknown-column",
                )
            )
    for column in sorted({c for c in header if header.count(c) > 1}):
        report.add(
            Defect(
                name,
                len(head) + 1,
                column,
                "the column twice",
                "each column once",
                "Remove one of them",
                "double-column",
            )
        )
    if len(report) > before:
        return MappingSet(name, metadata)
    mappings = []
    for number, cells in enumerate(table, start=len(head) + 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            report.add(
                Defect(name, number, "", f"{len(cells)} cells", f"{len(header)}", "Check the tabs", "ragged-row")
            )
            continue
        mapping = _mapping(dict(zip(header, cells, strict=True)), number, name, report)
        if mapping:
            mappings.append(mapping)
    return MappingSet(name, metadata, tuple(mappings))


def _metadata(head: list[str], name: str, report: Report) -> dict[str, object]:
    try:
        metadata = yaml.safe_load("\n".join(head)) or {}
    except yaml.YAMLError as error:
        report.add(
            Defect(
                name,
                1,
                "",
                f"a head that is not YAML ({error})".replace("\n", " "),
                "YAML after '#'",
                "Mend the head",
                "metadata",
            )
        )
        return {}
    if not isinstance(metadata, dict):
        report.add(
            Defect(name, 1, "", "a head that is no list of keys and values", "'# key: value' lines", "Mend the head", "metadata")
        )  # fmt: skip
        return {}
    for key in REQUIRED_METADATA:
        if key not in metadata:
            report.add(
                Defect(name, 1, key, "nothing", "a value in the commented head", f"Add '# {key}: …'", "metadata")
            )
    return dict(metadata)


def _mapping(cells: dict[str, str], number: int, name: str, report: Report) -> Mapping | None:
    before = len(report)
    found_none = cells["object_id"] == NO_TERM_FOUND

    def wrong(column: str, expected: str, mend: str) -> None:
        report.add(Defect(name, number, column, repr(cells.get(column, "")), expected, mend, "mapping-cell"))

    for column in REQUIRED:
        if not cells[column].strip():
            wrong(column, "a value", "A mapping without it cannot be defended; fill it in")
    if cells["predicate_id"] not in PREDICATES:
        wrong("predicate_id", f"one of {', '.join(PREDICATES)}", "Take the weaker claim in doubt")
    if cells["mapping_justification"] not in JUSTIFICATIONS:
        wrong(
            "mapping_justification", f"one of {', '.join(JUSTIFICATIONS)}", "Use the term that says how it was decided"
        )
    try:
        confidence = float(cells["confidence"])
    except ValueError:
        confidence = -1.0
    if confidence not in CONFIDENCES and not (found_none and 0 <= confidence <= 1):
        wrong("confidence", f"one of {', '.join(map(str, CONFIDENCES))}, by the rubric", "Use the rubric's value")
    if len(report) > before:
        return None
    return Mapping(**{**cells, "confidence": confidence, "row": number})  # type: ignore[arg-type]
