"""A paper for a board, made from answers.

Order: the summary in plain words, the cautions, the rows in groups, how it was worked out, the sources, the data version.
Numbers the sources cannot carry are not repeated: where they say too little of a role, the paper holds the list and says so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.query.strictness import IN_WORDS
from competence_graph.query.table import Cell, Figure, Table, percent
from competence_graph.reports.paper import Report, Section, capital, line, lines
from competence_graph.reports.paper_tables import columns_of, filled, groups_of, heading_of

STATUS_MEANING = {
    "attested": "Stated in the source: the document says it.",
    "curated": "Our judgement: this project reads it so, with a recorded reason.",
    "inferred": "Worked out: it follows from other statements by a named rule. It is counted apart from what is stated.",
    "interim": "Placeholder: it stands in until the real wording is held.",
    "suggested": "Machine suggestion: no person has looked at it yet.",
}
NOTHING = (
    "Nothing was found. The sources in this graph do not say anything that answers this question; that does not mean "
    "that the answer is no. Check the spelling of the names, allow broader matches, or look at what is loaded."
)
NO_ROWS = "There is nothing to list. The summary says what that means."
SILENCE = "What is not stated is not the same as missing."
_SOURCES = re.compile(r"Rests on \d+ documents?: (?P<list>.*?)\.(?: (?P<oldest>The oldest is of [^ ]+\.))?$", re.DOTALL)
_CITED, _DATED = " – cited as ", re.compile(r" \(\d{4}[-0-9]*\)$")
_NEXT_SOURCE = re.compile(r"; (?=\S+ = )")


def compose(
    tables: Sequence[Table],
    *,
    title: str = "",
    columns: Sequence[str] | None = None,
    made: dt.date | None = None,
    lead: Sequence[str] = (),
    link: str = "",
) -> Report:
    """Return the paper that one or several answers make.

    Parameters
    ----------
    tables : sequence of Table
        The answers, in the order of the paper.
    title : str, optional
        Default is the question of a single answer, or how many there are.
    columns : sequence of str, optional
        Names of the columns to show, in this order; default is all but those of :data:`competence_graph.reports.paper_tables.DETAIL`. A column that is empty
        throughout a group, or heads it, is left out.
    made : date, optional
        Date on the paper; default today.
    lead : sequence of str, optional
        The summary in sentences; default is what each answer leads with.
    link : str, optional
        Address of the page that reproduces the answer.

    Raises
    ------
    ParameterError
        No table was given, or a column that none of the tables has.
    """
    if not tables:
        raise ParameterError("A paper needs at least one answer; none was given.")
    known = {column.name for table in tables for column in table.columns}
    if unknown := [name for name in columns or () if name not in known]:
        raise ParameterError(
            f"No answer has the column {', '.join(map(repr, unknown))}; there are {', '.join(sorted(known))}."
        )
    versions = list(dict.fromkeys(table.data_version for table in tables if table.data_version))
    cautions = [note for table in tables for note in table.notes if _is_caution(note)]
    if any(_says_too_little(table) for table in tables) and not any("not the same as missing" in c for c in cautions):
        cautions.append(SILENCE)
    if len(versions) > 1:
        cautions.append("The answers come from different versions of the data and should not be compared.")
    cautions.sort(key=lambda note: note != CAUTION)
    sources = lines(source for table in tables for note in table.notes for source in _sources(note))
    if lead:  # one paper: its documents are numbered, and cited by number
        sources, tables = _numbered(sources, tables)
    return Report(
        title=line(title or (tables[0].question if len(tables) == 1 else f"Answers to {len(tables)} questions")),
        cautions=lines(cautions),
        sections=tuple(_section(table, columns) for table in tables),
        method=lines(s for table in tables for s in _method(table, alone=len(tables) == 1 or bool(lead))),
        reading=lines(s for table in tables for s in _reading(table, columns)),
        sources=sources,
        data_version=", ".join(versions),
        made=made or dt.datetime.now().astimezone().date(),
        lead=lines(lead),
        link=line(link),
    )


def figure_sentence(figure: Figure) -> str:
    """Return a figure as a sentence: what is counted, how many, of how many, and the share or why there is none.

    Examples
    --------
    >>> figure_sentence(Figure("met", "needs that are met", 3, 12))
    'Needs that are met: 3 of 12 (25%).'
    >>> figure_sentence(Figure("met", "needs that are met", 1, 3, "under five items to divide by"))
    'Needs that are met: 1 of 3. No share is shown: under five items to divide by.'
    """
    counted = f"{capital(figure.meaning)}: {figure.count}" + ("" if figure.of is None else f" of {figure.of}")
    if figure.withheld:
        return f"{counted}. No share is shown: {figure.withheld}."
    return f"{counted} ({percent(figure.share)})." if figure.share is not None else f"{counted}."


def _is_caution(note: str) -> bool:
    return note == CAUTION or "not the same as missing" in note


def _says_too_little(table: Table) -> bool:
    return any(TOO_LITTLE in figure.withheld for figure in table.figures) or any(TOO_LITTLE in n for n in table.notes)


def _summary(table: Table) -> Iterable[str]:
    """Yield what was found; figures that rest on too little are replaced by the words that say so."""
    if not table.rows:
        yield NOTHING
        return
    little = [figure.withheld for figure in table.figures if TOO_LITTLE in figure.withheld]
    shown = [figure for figure in table.figures if TOO_LITTLE not in figure.withheld]
    for reason in dict.fromkeys(little):
        yield f"{capital(reason)}. No numbers are drawn from it; read the list."
    yield from map(figure_sentence, shown)
    if not table.figures:
        count = len(table.rows)
        yield f"The answer has {count:,} row{'' if count == 1 else 's'}."


def _method(table: Table, *, alone: bool) -> Iterable[str]:
    """Yield what counts as the same, what is known of each role, and what was asked."""
    strictness = table.parameters.get("strictness", "")
    notes = [note for note in table.notes if not _is_caution(note) and not _SOURCES.match(note)]
    if strictness in IN_WORDS and not any(note.startswith("Strictness") for note in notes):
        yield f"Strictness {strictness}: {IN_WORDS[strictness]}."
    yield from map(capital, notes)
    if table.parameters:
        asked = "; ".join(f"{name.replace('_', ' ')} = {value}" for name, value in table.parameters.items())
        yield f"Asked with: {asked}." if alone else f"‘{table.question}’ was asked with: {asked}."


def _reading(table: Table, chosen: Sequence[str] | None) -> Iterable[str]:
    """Yield what the marks and the columns mean, and what is not shown."""
    if not table.rows:
        return
    if any(column.name == "status" for column in table.columns):
        used = " ".join(str(row.get("status") or "") for row in table.rows)
        yield from (meaning for word, meaning in STATUS_MEANING.items() if word in used)
    shown, left_out = columns_of(table, chosen)
    for column in shown:
        if column.meaning and any(filled(row.get(column.name)) for row in table.rows):
            yield f"Column ‘{heading_of(column)}’: {column.meaning}."
    if left_out:
        names = ", ".join(f"‘{heading_of(column)}’" for column in left_out)
        yield f"Not shown here, but in the workbook of the same answer: {names}."


def _sources(note: str) -> Iterable[str]:
    found = _SOURCES.match(note)
    if found is None:
        return
    for source in _NEXT_SOURCE.split(found["list"]):
        key, mark, label = source.partition(" = ")
        yield f"{label}{_CITED}{key}" if mark else source
    if found["oldest"]:
        yield found["oldest"]


def _numbered(sources: Sequence[str], tables: Sequence[Table]) -> tuple[tuple[str, ...], list[Table]]:
    """Return the documents with a number each, and the answers with the number in place of the title."""
    told = [source for source in sources if _CITED in source]
    numbers: dict[str, str] = {}
    listed = []
    for number, source in enumerate(told, start=1):
        label = source.rpartition(_CITED)[0]
        numbers[label] = numbers[_DATED.sub("", label)] = f"[{number}]"  # rows name it with its year, or without
        listed.append(f"[{number}] {label}")

    def cited(text: Cell) -> Cell:
        if not isinstance(text, str):
            return text
        places = text.split(" | ")
        for place, part in enumerate(places):
            title = next(
                (title for title in sorted(numbers, key=len, reverse=True) if part.startswith(f"{title}, ")), ""
            )
            places[place] = f"{numbers[title]} {part.removeprefix(title)[2:]}" if title else part
        return " | ".join(places)

    changed = [
        dataclasses.replace(
            table,
            rows=[{**row, **{n: cited(row[n]) for n in ("source", "start_source") if n in row}} for row in table.rows],
        )
        for table in tables
    ]
    return (*listed, *(source for source in sources if source not in told)), changed


def _section(table: Table, chosen: Sequence[str] | None) -> Section:
    empty = "" if table.rows else NO_ROWS
    return Section(line(table.question), lines(_summary(table)), empty, groups_of(table, chosen))
