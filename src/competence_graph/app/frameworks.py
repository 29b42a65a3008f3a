"""Compare frameworks: which to follow, and how far two cover each other."""

from __future__ import annotations

import streamlit as st

from competence_graph.analysis.coverage import compare
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import pick, strictness
from competence_graph.query.lookup import info
from competence_graph.query.table import Table


def render() -> None:
    """Draw the page."""
    st.title("Compare frameworks", anchor=False)
    version_notice(state.graph().data_version)
    options = state.options("framework")
    one = pick("Framework", "one", options)
    other = pick("The other framework", "other", options)
    if one and other and one != other:
        how = strictness()
        table = compare(state.graph(), one, other, strictness=how, names=state.names())
        show_answer(table, key="frameworks", columns=("item", "area", "matched_with"))
        share_link("frameworks", {"one": one, "other": other, "strictness": how}, table.data_version)
        return
    if one and one == other:
        st.warning("Choose two different frameworks.")
    st.header("Which framework should we follow?", anchor=False)
    st.markdown(
        "Look first at its standing, at how whole and how deep our copy is, and at the licence. Then choose two above to see how far they cover each other."
    )
    every = info(state.graph(), names=state.names())
    rows = [row for row in every.rows if row["part"] == "frameworks"]
    table = Table("Which frameworks are there?", {}, every.data_version, every.columns, rows, every.notes)
    show_answer(
        table,
        key="frameworks.all",
        columns=("what", "version", "publisher", "standing", "completeness", "licence", "counts"),
    )
