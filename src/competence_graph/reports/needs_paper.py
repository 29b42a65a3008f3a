"""The paper on training needs: gates, who has taken the role, how far, what to learn, what is there, learning, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from competence_graph.analysis.needs_rows import (
    ASKED,
    EXAMPLES,
    FILLINGS,
    GATES,
    LEARN,
    OFFERS,
    THERE,
    WORKED_OUT,
    wholes,
)
from competence_graph.analysis.needs_words import in_words, plain
from competence_graph.analysis.training_needs import TrainingNeeds
from competence_graph.query.table import Cell, Table, TableColumn
from competence_graph.reports.board import compose
from competence_graph.reports.paper import Report

LISTS: dict[str, tuple[str, ...]] = {
    GATES: ("item", "result", "status", "source"),
    LEARN: ("item", "kind", "of", "necessity", "result", "by", "learning", "listed_for", "status", "source"),
    THERE: ("item", "kind", "of", "result", "by", "listed_for", "status", "source"),
    ASKED: ("item", "kind", "of", "necessity", "status", "source"),
    LEARN + WORKED_OUT: ("item", "result", "by", "status", "source"),
    THERE + WORKED_OUT: ("item", "result", "by", "status", "source"),
    ASKED + WORKED_OUT: ("item", "necessity", "status", "source"),
    EXAMPLES: ("item", "kind", "of", "result", "by", "status", "source"),
    OFFERS: ("item", "of", "by", "status", "source"),
}
"""The columns of each list."""
HEADINGS = {LEARN + WORKED_OUT: "Worked out from what it does: to learn or check", THERE + WORKED_OUT: "Worked out from what it does: already there", ASKED + WORKED_OUT: "Worked out from what it does"}  # fmt: skip
_FILLING_COLUMNS = (
    TableColumn("who", "The role whose people have taken it"),
    TableColumn("took", "The role taken, which may be a site's form of it"),
    TableColumn("where", "Where, and what the source adds"),
    TableColumn("status", "How the statement is known"),
    TableColumn("source", "Document and place"),
)


def how_far(answer: TrainingNeeds) -> Table:
    """Return how many needs came to each result, what it means beside it; without rows where nothing may be counted."""
    parts = [part for part in answer.parts if part.total] if not answer.too_little else []
    columns = [TableColumn("result", "How far the start gives it")]
    derived = sum(not part.stated for part in parts)
    names = [part.title if part.stated else f"worked out{f' {part.title}' if derived > 1 else ''}" for part in parts]
    columns += [TableColumn(name, "") for name in names]
    rows: list[dict[str, Cell]] = []
    for result, (words, meaning) in answer.words.items():
        if any(part.counts.get(result) for part in parts):
            counts = {n: f"{part.counts.get(result, 0)} of {part.total}" for n, part in zip(names, parts, strict=True)}
            rows.append({"result": f"{words}: {meaning[:1].lower()}{meaning[1:].removesuffix('.')}", **counts})
    return Table("How far each result goes", {}, answer.table.data_version, columns, rows)


def needs_paper(answer: TrainingNeeds, questions: Table, *, link: str = "") -> Report:
    """Return the paper of an answer.

    Parameters
    ----------
    answer : TrainingNeeds
        The answer; its table holds no person's name.
    questions : Table
        What to ask a provider, for where no source names learning.
    link : str, optional
        Address that reproduces the answer; none where a list was given.
    """
    return compose(list(_tables(answer, questions)), title=answer.title, lead=in_words(answer), link=link)


def _tables(answer: TrainingNeeds, questions: Table) -> Iterator[Table]:
    whole, version = plain(answer), answer.table.data_version
    by_name = {column.name: column for column in whole.columns}
    said = False  # what must be known to defend the answer stands with its first table

    def part(question: str, columns: Sequence[TableColumn], rows: Sequence[dict[str, Cell]]) -> Table:
        nonlocal said
        notes, asked = ([], {}) if said else (list(whole.notes), dict(whole.parameters))
        said = True
        return Table(question, asked, version, columns, rows, notes)

    def listed(name: str) -> Iterator[Table]:
        rows = [dict(row) for row in whole.rows if row["list"] == name]
        if rows:
            heading = HEADINGS.get(name, name)
            yield part(f"{heading} ({wholes(rows)})", [by_name[column] for column in LISTS[name]], rows)

    yield from listed(GATES)
    if answer.fillings:
        yield part(FILLINGS, _FILLING_COLUMNS, answer.fillings)
    counts = how_far(answer)
    if counts.rows:
        yield part(counts.question, counts.columns, [dict(row) for row in counts.rows])
    for name in (ASKED, LEARN, THERE):
        yield from listed(name)
    if answer.learning.rows:
        yield part(answer.learning.question, answer.learning.columns, [dict(row) for row in answer.learning.rows])
    yield from listed(OFFERS)
    if answer.to_learn() and len({cover.need for cover in answer.covers}) < len(answer.to_learn()) and questions.rows:
        yield part(questions.question, questions.columns, [dict(row) for row in questions.rows])
    for name in (ASKED + WORKED_OUT, LEARN + WORKED_OUT, THERE + WORKED_OUT, EXAMPLES):
        yield from listed(name)
    if not said:
        yield part(whole.question, whole.columns, [])
