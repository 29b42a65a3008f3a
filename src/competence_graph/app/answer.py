"""An answer on a page: figures in words, tables in groups, notes, how it was worked out, downloads, a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote, urlencode

import streamlit as st

from competence_graph.app.controls import STATUS_WORDS, escape
from competence_graph.app.frame import announce
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing, percent
from competence_graph.reports.text import to_csv
from competence_graph.reports.workbook import to_xlsx

PAGE_SIZE, PAGE_SIZE_OF_GROUP = 25, 10
NOTHING = "Nothing found. That no source in this graph says it does not mean that it is not so."
LONGEST_NAME = 70
MOST_CARDS, CARDS_IN_ROW = 8, 4
GROUP_WORDS = {
    "filling, stated": "Who has taken this role, as sources state it",
    "gate, stated": "Gates: registration and qualifications",
    "gate, worked out": "Gates, worked out",
    "gate": "Gates: registration and qualifications",
    "competences, stated": "Competences, as stated",
    "competences, worked out": "Competences, worked out through what the role does",
    "care functions, stated": "What the role does, as stated",
    "need": "What it needs",
    "site example": "What one site's service needs",
    "itself": "What it is",
    "statements": "What is said of it",
}


def show_answer(
    table: Table,
    *,
    key: str,
    columns: Sequence[str] = (),
    report: Callable[[], object] | None = None,
    page_size: int | None = None,
    figures: bool = True,
) -> None:
    """Draw an answer: figures, downloads, rows in groups, and how it was worked out.

    Parameters
    ----------
    table : Table
        The answer.
    key : str
        Start of the widget keys.
    columns : sequence of str
        Columns to show, in order; default is all that are not empty. Downloads have every column.
    report : callable, optional
        Makes the board report; where given, Word and PDF can be downloaded.
    page_size : int, optional
        Rows shown at a time; default 25, or 10 in each group where there are several.
    figures : bool, default True
        Whether to draw the figures; a page that shows them in a way of its own says no.
    """
    announce(f"{table.question} {len(table.rows)} rows.", key=key)
    if figures:
        show_figures(table, key=key)
    if not table.rows:
        st.info(escape(table.notes[0]) if table.notes else NOTHING)
    else:
        downloads(table, key=key, report=report)
    groups = _groups(table)
    size = page_size or (PAGE_SIZE_OF_GROUP if len(groups) > 1 else PAGE_SIZE)
    for number, (group, rows) in enumerate(groups):
        if group:
            st.header(f"{_words(group)} ({len(rows)})", anchor=False)
        alt = f"{table.question} {group}".strip()
        show_rows(table, rows, columns, key=f"{key}.{number}", alt=alt, what=_words(group), page_size=size)
    how_worked_out(table)


def how_worked_out(table: Table, title: str = "How this was worked out") -> None:
    """Draw, folded, what a reader must know to defend the answer: notes, data version, what was asked, the columns."""
    with st.expander(title):
        for note in table.notes:
            st.markdown("- " + escape(note))
        st.markdown(f"- Data version {table.data_version}")
        asked = "; ".join(f"{name} = {value}" for name, value in table.parameters.items())
        if asked:
            st.markdown("- Asked with: " + escape(asked))
        shown = [c for c in table.columns if c.meaning]
        if shown:
            st.markdown("- " + "\n- ".join(f"**{escape(heading(c))}**: {escape(c.meaning)}" for c in shown))


def show_figures(table: Table, *, key: str) -> None:
    """Draw the numbers that an answer leads with: a few as cards, many as a table; each with what it is a share of."""
    shown = [figure for figure in table.figures if figure.of != 0]
    if len(shown) <= MOST_CARDS:
        for start in range(0, len(shown), CARDS_IN_ROW):
            part = shown[start : start + CARDS_IN_ROW]
            across = st.columns(len(part) if len(shown) <= CARDS_IN_ROW else CARDS_IN_ROW)
            for number, (figure, column) in enumerate(zip(part, across, strict=False), start):
                with (
                    column,
                    st.container(border=True, key=f"figure-{key}-{number}".replace(".", "-"), height="stretch"),
                ):
                    st.markdown(
                        f"**{_count(figure)}**" + (f" · {percent(figure.share)}" if figure.share is not None else "")
                    )
                    st.markdown(escape(figure.meaning))
                    if figure.withheld:
                        st.caption(f"No share: {escape(figure.withheld)}")
        return
    shares = ["not shown: " + f.withheld if f.withheld else "" if f.share is None else percent(f.share) for f in shown]
    data = {
        "What is counted": [escape(figure.meaning) for figure in shown],
        "Count": [_count(figure) for figure in shown],
        "Share": [escape(share) for share in shares],
    }
    st.table(data, hide_index=True, alt=f"Counts and shares: {table.question}"[:250])


def _count(figure: Figure) -> str:
    return f"{figure.count:,} of {figure.of:,}" if figure.of is not None else f"{figure.count:,}"


def _words(group: str) -> str:
    """Return the heading of a group for a person."""
    return GROUP_WORDS.get(group, f"{group[:1].upper()}{group[1:]}")


def _groups(table: Table) -> list[tuple[str, list[Mapping[str, Cell]]]]:
    if not table.rows:
        return []
    if not table.group_by:
        return [("", list(table.rows))]

    def label(row: Mapping[str, Cell]) -> str:
        return ", ".join(str(row.get(name) or "") for name in table.group_by)

    return [(text, list(rows)) for text, rows in groupby(table.rows, key=label)]


def heading(column: TableColumn) -> str:
    """Return the heading of a column for a person: words, and the unit where it says more than they do."""
    name = column.name.removesuffix("_share").replace("_", " ")
    name = name[:1].upper() + name[1:]
    return f"{name} ({column.unit})" if column.unit in ("0-1", "0-100") else name


def cell_text(cell: Cell, column: str = "") -> str:
    """Return a cell as Markdown: a thing as a link to its page, a status in plain words, other text as it stands."""
    if isinstance(cell, Thing):
        if cell.kind == "framework":
            return f"[{escape(cell.label)}](browse?framework={quote(cell.id)})"
        return (
            f"[{escape(cell.label)}](item?id={quote(cell.id)})" if cell.kind and ":" in cell.id else escape(cell.label)
        )
    if cell is None:
        return ""
    text = str(cell)
    if column == "status" or column.endswith("basis"):
        words = [STATUS_WORDS.get(part.strip().split(" ")[0], part.strip()) for part in text.split(",")]
        return escape(", ".join(dict.fromkeys(words)))
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return escape(text)


def show_rows(
    table: Table,
    rows: Sequence[Mapping[str, Cell]],
    columns: Sequence[str] = (),
    *,
    key: str,
    alt: str,
    what: str = "",
    page_size: int = PAGE_SIZE,
) -> None:
    """Draw some rows of an answer as a table, a page at a time; columns with nothing in them are left out.

    ``alt`` says what the table holds; ``what``, shorter, names the rows where one turns their pages.
    """
    by_name = {c.name: c for c in table.columns}
    shown = [by_name[name] for name in columns if name in by_name] if columns else list(table.columns)
    shown = [
        c for c in shown if c.name not in table.group_by and any(row.get(c.name) not in (None, "") for row in rows)
    ]
    if not shown:
        return
    place = st.container()
    first = first_row(len(rows), key=key, what=what or alt, page_size=page_size)
    part = rows[first : first + page_size]
    data = {heading(c): [cell_text(row.get(c.name), c.name) for row in part] for c in shown}
    place.table(data, hide_index=True, alt=alt[:250])


def first_row(count: int, *, key: str, what: str, page_size: int) -> int:
    """Return the number, from 0, of the first row to show; draw a list to choose from where one page does not hold all.

    Not ``st.pagination``: its landmark has a fixed name, so two on a page could not be told apart (axe landmark-unique).
    """
    if count <= page_size:
        return 0
    words = {
        start: f"{start + 1} to {min(start + page_size, count)} of {count}" for start in range(0, count, page_size)
    }
    chosen: int = st.selectbox(
        f"Rows to show: {escape(what)}", list(words), format_func=lambda start: words[start], key=f"{key}.rows", width=420,
    )  # fmt: skip
    return chosen


def downloads(table: Table, *, key: str, report: Callable[[], object] | None = None) -> None:
    """Draw the downloads of an answer: every column and row, not only what is shown."""
    name = f"competence-graph-{file_words(table.question)}"
    with st.container(horizontal=True):
        st.download_button(
            "Download CSV",
            lambda: to_csv(table).encode("utf-8-sig"),
            f"{name}.csv",
            "text/csv",
            key=f"{key}.csv",
            on_click="ignore",
        )
        st.download_button(
            "Download Excel", lambda: to_xlsx(table), f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", key=f"{key}.xlsx", on_click="ignore",
        )  # fmt: skip
        if report is not None:
            from competence_graph.reports.paper import Report
            from competence_graph.reports.pdf import to_pdf
            from competence_graph.reports.word import to_docx

            def make() -> Report:
                made = report()
                assert isinstance(made, Report)
                return made

            st.download_button(
                "Download report (Word)", lambda: to_docx(make()), f"{name}.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document", key=f"{key}.docx", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                "Download report (PDF)",
                lambda: to_pdf(make()),
                f"{name}.pdf",
                "application/pdf",
                key=f"{key}.pdf",
                on_click="ignore",
            )


def file_words(question: str) -> str:
    """Return a question as part of a file's name: whole words only, no brackets, nothing that a file system minds."""
    words = re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)|['’]", "", question.lower()))
    name = ""
    for word in words:
        if name and len(name) + len(word) >= LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word
    return re.sub(r"(-(a|an|and|by|for|from|in|of|on|or|the|to|with))+$", "", name)[:LONGEST_NAME]


def share_link(
    path: str,
    parameters: Mapping[str, object],
    data_version: str,
    *,
    key: str = "",
    label: str = "Link to this page with these choices, to copy",
) -> None:
    """Show the address that reproduces this page with this data, ready to be copied.

    A text field and not ``st.code``: that would fetch half a megabyte of syntax highlighting for a line of text.
    """
    query = urlencode({k: v for k, v in {**parameters, "v": data_version}.items() if v}, doseq=True)
    here = (st.context.url or "").split("?")[0].rpartition("/")[0]
    st.session_state[f"{key or path}.link"] = f"{here}/{path}?{query}" if here else f"{path}?{query}"
    st.text_input(label, key=f"{key or path}.link")


def version_notice(data_version: str) -> None:
    """Say so where a link was made with other data than what is loaded."""
    asked = st.query_params.get("v")
    if asked and asked != data_version:
        st.warning(
            "This link was made with another version of the data, so numbers may differ from those you were sent."
        )
