"""Stepping stones on the page: the way as cards, what each step carries over and asks anew as bars, gates on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from competence_graph.analysis.paths import path
from competence_graph.analysis.role_names import undated
from competence_graph.app import state
from competence_graph.app.answer import cell_text, downloads, how_worked_out
from competence_graph.app.controls import escape, strictness
from competence_graph.query.table import Cell, Table, Thing
from competence_graph.views import ranking

IN_ROW = 3


def show_path(role: str, target: str) -> None:
    """Draw the stepping stones from one role to another."""
    st.header("Stepping stones", anchor=False)
    how = strictness()
    table = _way(role, target, how)
    if not table.rows:
        st.info(
            escape(table.notes[0]) + f" See [what the move asks](needs?{urlencode({'start': role, 'target': target})})."
        )
        return
    rows = list(table.rows)
    st.markdown(_result(table, rows))
    _cards(rows, how)
    if len(rows) > 1:
        _compared(_steps(table, rows))
    for number, row in enumerate(rows, start=1):
        if row["new"]:
            with st.expander(f"New in step {number} ({row['new_count']})"):
                st.markdown(escape(str(row["new"])))
    downloads(table, key="finder.path")
    how_worked_out(table, "How the stepping stones were worked out")


def _compared(steps: Sequence[tuple[str, int, int]]) -> None:
    """Draw what each step, and the direct move, carries over and asks anew."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        chart, words = ranking.step_bars(steps)
        st.altair_chart(chart, theme=None, alt=words)
    with right:
        st.table(
            {
                "Step": [escape(name) for name, _, _ in steps],
                "Carried over": [str(carried) for _, carried, _ in steps],
                "New": [str(new) for _, _, new in steps],
            },
            hide_index=True,
            alt="What each step carries over and what is new, and the direct move beside it",
        )
        st.caption(
            "Carried over: stated of the next role, and met by what is stated of the one before. New: the others, which for a "
            "role whose list is not whole means that no source says so."
        )


@st.cache_resource(show_spinner=False, max_entries=50)
def _way(role: str, target: str, how: str) -> Table:
    """Return the stepping stones between two roles, worked out once."""
    return path(state.graph(), role, target, strictness=how, names=state.names())


def _label(cell: Cell) -> str:
    return cell.label if isinstance(cell, Thing) else str(cell)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _result(table: Table, rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return in a sentence whether there is a role on the way, and what that spares."""
    gates = [row for row in rows if row["gates"]]
    gate = (
        f" {len(gates)} of the {len(rows)} steps pass a gate."
        if gates and len(rows) > 1
        else " A gate stands before it."
        if gates
        else ""
    )
    if len(rows) == 1:
        new, carried = rows[0]["new_count"], rows[0]["carried_count"]
        return f"**The direct move is best**: no role between the two makes it easier. It carries over {carried} and asks {new} that are new.{gate}"
    stones = " and ".join(escape(_label(row["to_role"])) for row in rows[:-1])
    largest = max(_number(row["new_count"]) for row in rows)
    direct = next((figure.count for figure in table.figures if figure.name == "new, direct move"), None)
    spared = f", where the direct move asks {direct} at once" if direct is not None else ""
    return f"**By way of {stones}**: the largest step asks {largest} that are new{spared}.{gate}"


def _cards(rows: Sequence[Mapping[str, Cell]], how: str) -> None:
    """Draw the roles in their order, each with what the step to it asks."""
    cards = [(rows[0]["from_role"], None), *((row["to_role"], row) for row in rows)]
    for start in range(0, len(cards), IN_ROW):
        part = cards[start : start + IN_ROW]
        across = st.columns(min(IN_ROW, len(cards)))
        for number, ((role, row), column) in enumerate(zip(part, across, strict=False), start):
            with column, st.container(border=True, height="stretch", key=f"finder-step-{number}"):
                if row is None:
                    st.markdown(f"**Start** · {cell_text(role)}")
                    continue
                arrow = "→ Target" if number == len(cards) - 1 else f"→ Step {number}"
                st.markdown(f"**{arrow}** · {cell_text(role)}")
                st.markdown(f"carried over **{row['carried_count']}** · new **{row['new_count']}**")
                st.markdown(f"Gates: {escape(str(row['gates']))}" if row["gates"] else "No gate stated")
                asked = urlencode({"start": _id(row["from_role"]), "target": _id(role), "strictness": how})
                st.markdown(f"[What this step asks](needs?{asked})")


def _id(cell: Cell) -> str:
    return cell.id if isinstance(cell, Thing) else ""


def _steps(table: Table, rows: Sequence[Mapping[str, Cell]]) -> list[tuple[str, int, int]]:
    """Return name, carried over and new of each step, and of the direct move where there are several."""
    names = undated([_label(row["to_role"]) for row in rows])
    steps = [
        (f"Step {number}: to {name}", _number(row["carried_count"]), _number(row["new_count"]))
        for number, (name, row) in enumerate(zip(names, rows, strict=True), start=1)
    ]
    direct = next((figure for figure in table.figures if figure.name == "new, direct move"), None)
    if len(rows) > 1 and direct is not None and direct.of is not None:
        steps.append((f"Directly to {names[-1]}", direct.of - direct.count, direct.count))
    return steps
