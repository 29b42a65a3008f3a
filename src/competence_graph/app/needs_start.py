"""Where training needs start from: a role, what is ticked, typed or pasted, or a file. What people give stays in their session."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from competence_graph.analysis.held import HeldList, held_things
from competence_graph.analysis.held_files import MAX_MEGABYTES, MAX_ROWS
from competence_graph.analysis.training_needs import asked_of
from competence_graph.app import state
from competence_graph.app.controls import escape, pick
from competence_graph.app.needs_list import forget_given, read_given
from competence_graph.namespaces import to_iri
from competence_graph.query.table import Thing
from competence_graph.reports.held_template import HEADER, held_template

STARTS = {"role": "A role", "ticked": "Tick a list", "typed": "Type or paste", "file": "Upload a file"}
NOTICE = (
    "What you tick, type or upload stays in this session: it is in no address, file or log, and is forgotten when you "
    "close the page."
)
LETTERS = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose_start(target: str | None) -> tuple[str, str | None, HeldList | None]:
    """Draw the choice of a start; return which kind it is, the role, and what was given."""
    asked = st.query_params.get("from")
    if st.session_state.get("needs.from.asked", ...) != asked or "needs.from" not in st.session_state:
        st.session_state["needs.from"] = asked if asked in STARTS else "role"
    st.session_state["needs.from.asked"] = asked
    kind: str = st.radio(
        "Start from", list(STARTS), format_func=lambda key: STARTS[key], horizontal=True, key="needs.from", on_change=_remember
    )  # fmt: skip
    if kind == "role":
        forget_given()
        return kind, pick("Role to start from", "start", state.options("role")), None
    if kind == "ticked":
        forget_given()
        held = _ticked(target)
    elif kind == "typed":
        held = _typed(target)
    else:
        held = _file(target)
    st.caption(NOTICE)
    return kind, None, held


def _remember() -> None:
    kind = st.session_state["needs.from"]
    if kind == "role":
        st.query_params.pop("from", None)
    else:
        st.query_params["from"] = kind
        st.query_params.pop("start", None)
    st.session_state["needs.from.asked"] = None if kind == "role" else kind


def _asked(target: str | None) -> dict[str, list[Thing]]:
    return asked_of(state.graph(), state.names(), target) if target else {}


def _ticked(target: str | None) -> HeldList | None:
    """Draw what the target asks as boxes to tick, and a search for anything else; return what is ticked."""
    groups = _asked(target)
    ticked: list[Thing] = []
    if groups:
        with st.container(height=260, border=True, key="needs-ticks"):
            for title, things in groups.items():
                st.markdown(f"**{title.capitalize()}** ({len(things)})")
                for thing in things:
                    if st.checkbox(escape(thing.label), key=f"needs.tick.{target}.{thing.id}"):
                        ticked.append(thing)
    else:
        st.info(
            "Choose a target to tick what it asks." if target is None else "The sources state nothing that it asks."
        )
    labels = {**state.options("competence"), **state.options("function")}
    more = st.multiselect(
        "Anything else that is held", list(labels), format_func=lambda key: labels[key], key="needs.more",
        placeholder="Search all competences and care functions",
    )  # fmt: skip
    chosen = {thing.id: thing for thing in ticked}
    for one in more:
        chosen.setdefault(one, state.names().thing(to_iri(one)))
    return held_things(chosen.values()) if chosen else None


def _typed(target: str | None) -> HeldList | None:
    text = st.text_area(
        "One competence, care function or standard a line (name, code or identifier)", key="needs.typed", height=150,
        max_chars=LETTERS, help="Rows pasted from a spreadsheet work too, with 'competence' as the head of a column.",
    )  # fmt: skip
    if not text.strip():
        forget_given()
        return None
    return read_given(text.encode(), ".txt", target, _asked(target))


def _file(target: str | None) -> HeldList | None:
    uploaded = st.file_uploader(
        "CSV, Excel or text file", type=["csv", "txt", "xlsx"], key="needs.file", max_upload_size=MAX_MEGABYTES,
        help=f"A column 'competence'; 'person' makes it a team's; 'level' may stay empty. A text file has one competence a "
        f"line. At most {MAX_ROWS:,} rows and {MAX_MEGABYTES} MB.",
    )  # fmt: skip
    st.caption(
        "Columns: competence; person (for a team) and level may be left out."
        + (" The Excel template lists what the target asks on its second sheet, to copy from." if target else "")
    )
    with st.container(horizontal=True):
        label = state.names().thing(to_iri(target)).label if target else ""
        st.download_button(
            "Template (Excel)", lambda: held_template(_asked(target), label), "competences-held.xlsx", XLSX, key="needs.template.xlsx", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Template (CSV)", ",".join(HEADER) + "\n", "competences-held.csv", "text/csv", key="needs.template.csv", on_click="ignore",
        )  # fmt: skip
    if uploaded is None:
        forget_given()
        return None
    return read_given(uploaded.getvalue(), Path(uploaded.name).suffix.lower(), target, _asked(target))
