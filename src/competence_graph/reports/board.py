"""What a paper for a board needs, made from answers: one structure, which the Word and the PDF writer both draw.

Order: the summary in plain words, the cautions, the rows in groups, how it was worked out, the sources, the data version.
Numbers the sources cannot carry are not repeated: where they say too little of a role, the paper holds the list and says so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.errors import ParameterError
from competence_graph.query.strictness import IN_WORDS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing, percent

LANGUAGE = "en-GB"
MAKER = "Competence Graph"
DETAIL = ("stated_as", "start_source", "mapped_to")
"""Columns that a paper leaves out unless asked for them: they are in the workbook."""
WITHIN = (", part of it", ", example of it")
"""Ends of a group's name whose rows stay below the item that they are part of."""
STATUS_WORDS = {
    "attested": "stated in the source",
    "curated": "our judgement",
    "inferred": "worked out",
    "interim": "placeholder",
    "suggested": "machine suggestion",
}
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
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NARROWEST, _WIDEST, _LONGEST_WORD = 7.0, 34.0, 16
_WORTH_SAYING_ONCE, _SHORT = 3, 80
_UPRIGHT = 5
"""Most columns on an upright page of a paper under one summary."""
LINKED = "The same answer on the web:"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a paper's table: heading, whether it holds numbers, width relative to the others."""

    heading: str
    numeric: bool
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; every row has as many cells as there are columns.

    Parameters
    ----------
    heading : str
        Empty means none.
    same : str
        What is the same in every row and so has no column, as a sentence; may be empty.
    columns, rows : tuple
        What the table holds.
    """

    heading: str
    same: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One answer: its question as heading, what was found in plain words, words where there are no rows, its groups."""

    heading: str
    summary: tuple[str, ...]
    empty: str
    groups: tuple[Group, ...]

    @property
    def wide(self) -> bool:
        """Whether a table of this section needs a page on its side."""
        return self.widest > 4

    @property
    def widest(self) -> int:
        """Columns of the widest table of this section."""
        return max((len(group.columns) for group in self.groups), default=0)


@dataclass(frozen=True, slots=True)
class Report:
    """A paper.

    Parameters
    ----------
    title : str
        Title of the document.
    cautions, method, reading, sources : tuple of str
        Sentences, each one paragraph or list item: what to be careful with, what was counted and how, what the marks
        and columns mean, the documents behind it.
    sections : tuple of Section
        One for each answer, with its summary.
    data_version : str
        Hash of the data that answered; several, with commas, where the answers differ.
    made : date
        When the paper was made.
    lead : tuple of str
        The summary in sentences, in place of the summaries of the sections; empty where they stand for themselves.
    link : str
        Address of the page that reproduces the answer; empty where there is none.
    """

    title: str
    cautions: tuple[str, ...]
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    reading: tuple[str, ...]
    sources: tuple[str, ...]
    data_version: str
    made: dt.date
    lead: tuple[str, ...] = ()
    link: str = ""

    @property
    def turned(self) -> tuple[bool, ...]:
        """For each section whether its pages lie on their side; under one summary pages that do are not turned back."""
        if not self.lead:
            return tuple(section.wide for section in self.sections)
        first = next((i for i, section in enumerate(self.sections) if section.widest > _UPRIGHT), len(self.sections))
        return tuple(i >= first for i in range(len(self.sections)))

    @property
    def about(self) -> tuple[str, ...]:
        """What was used and when, in sentences."""
        version = self.data_version or "not known"
        return (f"Made on {self.made.day} {self.made:%B %Y} with {MAKER}.", f"Data version: {version}.")


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
        Names of the columns to show, in this order; default is all but those of :data:`DETAIL`. A column that is empty
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
    sources = _texts(source for table in tables for note in table.notes for source in _sources(note))
    if lead:  # one paper: its documents are numbered, and cited by number
        sources, tables = _numbered(sources, tables)
    return Report(
        title=_text(title or (tables[0].question if len(tables) == 1 else f"Answers to {len(tables)} questions")),
        cautions=_texts(cautions),
        sections=tuple(_section(table, columns) for table in tables),
        method=_texts(s for table in tables for s in _method(table, alone=len(tables) == 1 or bool(lead))),
        reading=_texts(s for table in tables for s in _reading(table, columns)),
        sources=sources,
        data_version=", ".join(versions),
        made=made or dt.datetime.now().astimezone().date(),
        lead=_texts(lead),
        link=_text(link),
    )


def clean(text: str) -> str:
    r"""Return a text without the characters that no XML document, and no page, can hold.

    Examples
    --------
    >>> clean("a\x00b\tc")
    'ab\tc'
    """
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def figure_sentence(figure: Figure) -> str:
    """Return a figure as a sentence: what is counted, how many, of how many, and the share or why there is none.

    Examples
    --------
    >>> figure_sentence(Figure("met", "needs that are met", 3, 12))
    'Needs that are met: 3 of 12 (25%).'
    >>> figure_sentence(Figure("met", "needs that are met", 1, 3, "under five items to divide by"))
    'Needs that are met: 1 of 3. No share is shown: under five items to divide by.'
    """
    counted = f"{_capital(figure.meaning)}: {figure.count}" + ("" if figure.of is None else f" of {figure.of}")
    if figure.withheld:
        return f"{counted}. No share is shown: {figure.withheld}."
    return f"{counted} ({percent(figure.share)})." if figure.share is not None else f"{counted}."


def heading_of(column: TableColumn) -> str:
    """Return a column's heading for a reader, its unit with it; shares are shown in percent.

    Examples
    --------
    >>> heading_of(TableColumn("shared_count", "How many both have", "items"))
    'Shared (items)'
    """
    words = _capital(column.name.removesuffix("_count").removesuffix("_share").replace("_", " "))
    unit = "%" if column.name.endswith("_share") else column.unit
    return f"{words} ({unit})" if unit else words


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(text: str) -> str:
    """Return a text for one paragraph: printable, white space single."""
    return " ".join(clean(text).split())


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(_text, texts) if text))


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
        yield f"{_capital(reason)}. No numbers are drawn from it; read the list."
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
    yield from map(_capital, notes)
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
    shown, left_out = _chosen(table, chosen)
    for column in shown:
        if column.meaning and any(_filled(row.get(column.name)) for row in table.rows):
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


def _chosen(table: Table, chosen: Sequence[str] | None) -> tuple[list[TableColumn], list[TableColumn]]:
    """Return the columns shown, and those with something in them that are not."""
    by_name = {column.name: column for column in table.columns}
    if chosen is None:
        names = [name for name in by_name if name not in DETAIL]
    else:
        # The columns that head groups need not be asked for.
        names = [
            *(name for name in table.group_by if name not in chosen),
            *(name for name in chosen if name in by_name),
        ]
    rest = [c for c in table.columns if c.name not in names]
    return [by_name[n] for n in names if n in by_name], [
        c for c in rest if any(_filled(row.get(c.name)) for row in table.rows)
    ]


def _section(table: Table, chosen: Sequence[str] | None) -> Section:
    shown, _ = _chosen(table, chosen)
    doubles = _same_label(table)
    groups: dict[str, list[Mapping[str, Cell]]] = {}
    for row in table.rows:
        groups.setdefault(_group_of(row, table.group_by), []).append(row)
    made = tuple(_group(heading, rows, shown, table.group_by, doubles) for heading, rows in groups.items())
    return Section(_text(table.question), _texts(_summary(table)), "" if table.rows else NO_ROWS, made)


def _group_of(row: Mapping[str, Cell], group_by: Sequence[str]) -> str:
    """Return the heading of a row: a part stays with that of which it is a part."""
    names = [str(row.get(name) or "") for name in group_by]
    for end in WITHIN:
        names = [name.removesuffix(end) for name in names]
    return _capital(_text(", ".join(name for name in names if name))) or ("Other" if group_by else "")


def _group(
    heading: str,
    rows: Sequence[Mapping[str, Cell]],
    shown: Sequence[TableColumn],
    group_by: Sequence[str],
    doubles: frozenset[str],
) -> Group:
    kept = [
        column
        for column in shown
        if any(_filled(row.get(column.name)) for row in rows)
        # What heads the group is said once, unless parts stand among the whole.
        and (column.name not in group_by or len({row.get(column.name) for row in rows}) > 1)
    ]
    same = _same_throughout(rows, kept, doubles)
    kept = [column for column in kept if column.name not in same]
    cells = tuple(tuple(_shown(row.get(column.name), column, doubles) for column in kept) for row in rows)
    columns = tuple(
        Column(
            heading_of(column),
            all(isinstance(row.get(column.name), int | float | None) for row in rows),
            _width(heading_of(column), [line[position] for line in cells]),
        )
        for position, column in enumerate(kept)
    )
    said = "; ".join(f"{heading_of(c)}: {same[c.name]}" for c in shown if c.name in same)
    return Group(
        f"{heading} ({len(rows):,})" if heading else "",
        f"The same in every row: {said}." if said else "",
        columns,
        cells,
    )


def _same_throughout(
    rows: Sequence[Mapping[str, Cell]], columns: Sequence[TableColumn], doubles: frozenset[str]
) -> dict[str, str]:
    """Return what every row of a long enough group says, by column; two columns at least stay, the item among them."""
    same: dict[str, str] = {}
    for column in columns if len(rows) >= _WORTH_SAYING_ONCE else ():
        texts = {_shown(row.get(column.name), column, doubles) for row in rows}
        short = len(text := texts.pop()) <= _SHORT if len(texts) == 1 else False
        if short and column.name != "item" and len(columns) - len(same) > 2:
            same[column.name] = text
    return same


def _width(heading: str, texts: Sequence[str]) -> float:
    """Return a width in letters: wide enough for most words, more where there is much to read."""
    bold = 3  # headings are set bold, and a heading broken inside a word reads badly
    word = max((len(w) for text in texts for w in text.split()), default=0)
    word = max(word, *(len(w) + bold for w in heading.split()))
    mean = sum(map(len, texts)) / max(1, len(texts))
    return min(_WIDEST, max(_NARROWEST, min(word, _LONGEST_WORD), 3 * math.sqrt(mean)))


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _same_label(table: Table) -> frozenset[str]:
    """Return the labels that several things of an answer bear; their identifiers are shown with them."""
    ids: dict[str, set[str]] = {}
    for row in table.rows:
        for cell in row.values():
            if isinstance(cell, Thing):
                ids.setdefault(cell.label, set()).add(cell.id)
    return frozenset(label for label, found in ids.items() if len(found) > 1)


def _shown(cell: Cell, column: TableColumn, doubles: frozenset[str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Thing):
        return _text(f"{cell.label} ({cell.id})" if cell.label in doubles else cell.label)
    if isinstance(cell, float):
        return percent(cell) if column.name.endswith("_share") else f"{cell:g}"
    if isinstance(cell, int):
        return percent(cell) if column.name.endswith("_share") else f"{cell:,}"
    if column.name == "status":
        for word, words in STATUS_WORDS.items():
            cell = re.sub(rf"\b{word}\b", words, cell)
        cell = cell.replace("weakest premise", "rests on what is")
    return _text(cell)
