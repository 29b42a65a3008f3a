"""The paper on roles side by side: each role named once, with a letter; what is shared; how far each covers the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from competence_graph.analysis.needs_title import in_sentence
from competence_graph.analysis.notes import PROFILE_WORDS
from competence_graph.analysis.role_comparison import Comparison, coverage, in_words, strictness_profile, title_of
from competence_graph.analysis.role_names import ShortName, short_names
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, percent
from competence_graph.reports.board import compose
from competence_graph.reports.paper import Report

LETTERED = ("held_by", "matched_with")
"""Columns in which a letter stands for a role."""


def compare_paper(found: Comparison, names: Names) -> Report:
    """Return the paper of a comparison.

    Parameters
    ----------
    found : Comparison
        Two to six roles.
    names : Names
        For the titles of roles inside a sentence.
    """
    short = short_names([record.role.label for record in found.records])
    titles = [in_sentence(names, name.title.removesuffix(f" ({name.letter})")) for name in short]
    lead = [_role(found, place, name) for place, name in enumerate(short)] + in_words(found)
    tables = [table for table in (_covers(found, short), strictness_profile(found)) if table.rows]
    whole = _lettered(
        found.table, {record.role.label: n.letter for record, n in zip(found.records, short, strict=True)}
    )
    # What must be known to defend the answer stands once, with the table that it is said of.
    tables = [dataclasses.replace(table, parameters={}, notes=[]) for table in tables]
    whole = dataclasses.replace(whole, question="Item by item")
    title = (
        f"Roles compared: {'; '.join(titles)}" if len(titles) > 2 else f"Roles compared: {titles[0]} and {titles[1]}"
    )
    return compose([*tables, whole], title=title, lead=lead)


def _role(found: Comparison, place: int, name: ShortName) -> str:
    record = found.records[place]
    count = record.statement_count
    return f"{name.letter}: {record.role.label}; {PROFILE_WORDS[record.profile]}, {count} statement{'' if count == 1 else 's'}."


def _covers(found: Comparison, short: Sequence[ShortName]) -> Table:
    """Return how many of each role's items each other role holds or meets; no row where sources say too little."""
    columns = [TableColumn("what", ""), TableColumn("of", "The role whose items are counted")]
    columns += [TableColumn(f"matched_by_{name.letter}", "") for name in short]
    rows: list[dict[str, Cell]] = []
    for side, basis, items in found.parts() if not found.too_little else ():
        for one, name in enumerate(short):
            row: dict[str, Cell] = {"what": title_of(side, basis), "of": f"{name.letter}: {name.title}"}
            for other, column in enumerate(short):
                figure = coverage(items, found.records, one, other)
                share = "" if figure.share is None else f" ({percent(figure.share)})"
                row[f"matched_by_{column.letter}"] = "–" if one == other else f"{figure.count} of {figure.of}{share}"
            if figure.of:
                rows.append(row)
    return Table("How far each covers the others", {}, found.table.data_version, columns, rows)


def _lettered(table: Table, letters: Mapping[str, str]) -> Table:
    """Return the rows with a letter in place of each role's name."""

    def short(text: Cell) -> Cell:
        for label in sorted(letters, key=len, reverse=True) if isinstance(text, str) else ():
            text = str(text).replace(label, letters[label])
        return text

    return dataclasses.replace(
        table, rows=[{**row, **{name: short(row[name]) for name in LETTERED if name in row}} for row in table.rows]
    )
