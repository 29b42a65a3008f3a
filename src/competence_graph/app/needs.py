"""Transfer and training needs: from a role, or from held competences, to a role, care function or care model."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from pathlib import Path

import streamlit as st

from competence_graph.analysis.claims import RoleRecord
from competence_graph.analysis.gap import gap
from competence_graph.analysis.held import read_held
from competence_graph.analysis.transfer import transfer
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import attested_only, escape, pick, strictness
from competence_graph.errors import CompetenceGraphError
from competence_graph.query.table import Table
from competence_graph.reports.board import compose
from competence_graph.views import charts

NOTICE = "What you type or upload stays in this session: it is in no address, file or log, and is forgotten when you close the page."
STARTS = {"role": "A role", "typed": "Competences that I type or paste", "file": "Competences in a file"}
FEWEST = 5


def render() -> None:
    """Draw the page."""
    st.title("Transfer and training needs", anchor=False)
    version_notice(state.graph().data_version)
    targets = {**state.options("model"), **state.options("role"), **state.options("function")}
    target = pick("Target: a role, care model or care function", "target", targets)
    source = st.radio(
        "Start from", list(STARTS), format_func=lambda key: STARTS[key], horizontal=True, key="needs.from"
    )
    start, held = None, None
    if source == "role":
        start = pick("Role to start from", "start", state.options("role"))
    else:
        held = _held(typed=source == "typed")
    how = strictness()
    if target is None:
        st.info("Choose a target. Without a start the page lists what the target needs.")
        return
    try:
        table = _answer(target, start, held, how)
    except CompetenceGraphError as error:
        st.error(escape(str(error)))
        return
    unread = st.session_state.get("needs.unread", 0) if held else 0
    if unread:
        words = f"{unread} entries of the list could not be read; what they name may be shown as missing."
        table = dataclasses.replace(table, notes=[words, *table.notes])
    _bar(table)
    columns = ("of", "item", "necessity", "result", "by", "mapped_to", "status", "stated_as", "source")
    show_answer(table, key="needs", columns=columns, report=lambda: compose([table]))
    if held is None:
        share_link("needs", {"target": target, "start": start or "", "strictness": how}, table.data_version)


def _answer(target: str, start: str | None, held: RoleRecord | None, how: str) -> Table:
    is_role = state.names().resolve(target).kind == "role"
    if start and is_role:
        only = attested_only()
        return transfer(state.graph(), start, target, strictness=how, attested_only=only, names=state.names())
    return gap(state.graph(), target, role=start or "", held=held, strictness=how, names=state.names())


def _held(*, typed: bool) -> RoleRecord | None:
    """Return what was typed or uploaded, read in this session only."""
    st.caption(NOTICE)
    if typed:
        text = st.text_area(
            "One competence, care function or standard a line (name, code or identifier)", key="needs.typed"
        )
        data, name = text.encode(), "typed.txt"
    else:
        uploaded = st.file_uploader(
            "A text file with one competence a line, or a CSV file with a column 'competence'",
            type=["txt", "csv"],
            key="needs.file",
        )
        data, name = (uploaded.getvalue(), "uploaded" + Path(uploaded.name).suffix.lower()) if uploaded else (b"", "")
    if not data.strip():
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            record, problems = read_held(path, state.names())
        except CompetenceGraphError as error:
            st.error(escape(str(error)))
            return None
    for problem in problems[:20]:
        st.warning(escape(problem))
    st.success(f"{len(record.claims)} entries read, {len(problems)} not understood.")
    return record


def _bar(table: Table) -> None:
    """Draw how far the needs are met, where the answer may be drawn at all."""
    withheld = next((f.withheld for f in table.figures if "too little" in f.withheld), "")
    if withheld:
        st.info(f"No chart is shown: {escape(withheld)}. What is not stated is not the same as missing.")
        return
    counted = ("competences", "care functions", "need", "need of its staff")
    each = {
        (row["item"], row.get("compared", row.get("part"))): str(row["result"])
        for row in table.rows
        if row.get("result")
        and row.get("compared", row.get("part")) in counted
        and row.get("basis", "stated") == "stated"
    }
    results = Counter(each.values())
    if sum(results.values()) >= FEWEST:
        chart, words = charts.gap_bar(dict(results))
        st.altair_chart(chart, theme=None, alt=words)
        st.caption(escape(words))
