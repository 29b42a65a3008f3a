"""The data dictionary: a page made from the schema, so that it cannot drift from the code."""

from __future__ import annotations

from collections.abc import Iterator

from competence_graph.model.columns import Column, columns_of
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.mapping import COLUMNS, CONFIDENCES, PREDICATES, REQUIRED
from competence_graph.model.records import RECORDS

INTRODUCTION = """# Data dictionary

Every framework is a folder `frameworks/<framework>/<version>/` with a passport `framework.toml` and tables: one CSV file
(UTF-8) each, or one XLSX workbook with a sheet each. `competence-graph template NAME.xlsx` writes an empty workbook.
This page is generated from the schema in `competence_graph.model.records` by `python tools/generate_docs.py`.
"""


def dictionary_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([INTRODUCTION, *_tables(), *_kinds(), *_mappings()]) + "\n"


def _tables() -> Iterator[str]:
    for name, record in RECORDS.items():
        yield f"## `{name}`\n\n{record.meaning}.\n"
        yield "| column | must | form | meaning | example |\n| --- | --- | --- | --- | --- |"
        for column in columns_of(record):
            yield f"| `{column.name}` | {'yes' if column.required else ''} | {_form(column)} | {column.meaning} | {_code(column.example)} |"
        yield ""


def _form(column: Column) -> str:
    if column.choices:
        return "one of " + ", ".join(f"`{c}`" for c in column.choices)
    return column.form + (f" to {', '.join(column.refers)}" if column.refers else "")


def _code(example: str) -> str:
    return f"`{example}`" if example else ""


def _kinds() -> Iterator[str]:
    yield "## Kinds of statement\n\nS is the subject, O the object.\n"
    yield "| kind | says | subject stands in | object stands in |\n| --- | --- | --- | --- |"
    for kind in STATEMENT_KINDS.values():
        yield f"| `{kind.name}` | {kind.meaning} | {', '.join(kind.subjects)} | {', '.join(kind.objects)} |"
    yield ""


def _mappings() -> Iterator[str]:
    yield "## Mappings\n\nCrosswalks between frameworks are SSSOM/TSV files, `frameworks/mappings/<subject>--<object>.sssom.tsv`."
    yield f"\nColumns: {', '.join(f'`{c}`' + (' (must)' if c in REQUIRED else '') for c in COLUMNS)}."
    yield f"\nPredicates: {', '.join(f'`{p}`' for p in PREDICATES)}; `sssom:NoTermFound` as the object says that none was found."
    yield f"\nConfidence, by rubric: {', '.join(map(str, CONFIDENCES))} (same wording or code; same meaning in other words; a reader would agree, the scope differs as the reason says; arguable, nothing nearer exists)."
