"""What commands share: the forms of an answer, options, printing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from competence_graph.model.report import Report
from competence_graph.query.table import Table
from competence_graph.reports import text

SHOWN_FINDINGS = 50
PIPED_WIDTH = 140


class Format(StrEnum):
    """Forms in which an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


class Strictness(StrEnum):
    """How alike two items must be to count as the same."""

    same = "same"
    exact = "exact"
    close = "close"
    broad = "broad"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Form of the answer.")]
StrictnessOption = Annotated[
    Strictness,
    typer.Option(
        "--strictness",
        "-s",
        help="How alike two items must be: same, exact mappings, close mappings, or broader and narrower too.",
    ),
]
AttestedOption = Annotated[bool, typer.Option("--attested-only", help="Count only what sources say themselves.")]
FrameworksOption = Annotated[
    Path | None,
    typer.Option("--frameworks", help="Folder of frameworks; default is the one that ships.", show_default=False),
]


def print_answer(table: Table, form: Format) -> None:
    """Print an answer in a form."""
    if form is Format.table:
        Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(text.to_rich(table))
    else:
        sys.stdout.write(text.FORMATS[form.value](table).rstrip("\n") + "\n")


def say(message: str) -> None:
    """Print a message where it is in no answer's way."""
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)


def print_findings(report: Report, form: Format) -> None:
    """Print what a check found; of many findings the first, unless a form for machines is asked for."""
    from competence_graph.query.quality import findings_table

    table = findings_table(report)
    if form is not Format.table:
        print_answer(table, form)
        return
    for defect in list(report)[:SHOWN_FINDINGS]:
        say(str(defect))
    if len(report) > SHOWN_FINDINGS:
        say(f"… and {len(report) - SHOWN_FINDINGS:,} more; '--format csv' prints all of them.")
    say(table.notes[0])
