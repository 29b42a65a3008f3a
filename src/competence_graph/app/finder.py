"""Role finder: the nearest roles with reasons, and stepping stones to a target."""

from __future__ import annotations

import streamlit as st

from competence_graph.analysis.paths import path
from competence_graph.analysis.similarity import similar
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import pick, strictness


def render() -> None:
    """Draw the page."""
    st.title("Role finder", anchor=False)
    version_notice(state.graph().data_version)
    roles = state.options("role")
    role = pick("Role", "role", roles)
    target = pick("Where to, for stepping stones (may stay empty)", "target", roles)
    if role is None:
        st.info("Choose a role to see the roles nearest to it, and why.")
        return
    nearest = similar(state.graph(), role, top=15, names=state.names())
    show_answer(nearest, key="finder.similar", columns=("role", "likeness_share", "shared", "alike", "profile"))
    if target and target != role:
        st.header("Stepping stones", anchor=False)
        how = strictness()
        table = path(state.graph(), role, target, strictness=how, names=state.names())
        show_answer(table, key="finder.path")
    share_link("finder", {"role": role, "target": target or ""}, nearest.data_version)
