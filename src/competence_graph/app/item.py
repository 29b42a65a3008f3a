"""Item: everything known of one thing, with its neighbours as links and its evidence with locators."""

from __future__ import annotations

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import show_answer, version_notice
from competence_graph.app.controls import escape, link_to
from competence_graph.errors import AmbiguousNameError, NotFoundError
from competence_graph.query.lookup import show


def render() -> None:
    """Draw the page."""
    asked = st.query_params.get("id", "")
    if not asked:
        st.title("Item", anchor=False)
        st.info("This page shows one thing. Search for it on the [home page](./), or follow a link from a table.")
        return
    try:
        thing = state.names().resolve(asked)
    except (NotFoundError, AmbiguousNameError) as error:
        st.title("Item", anchor=False)
        st.warning(f"The link names something that is not in this data: {escape(repr(asked[:80]))}.")
        st.markdown(escape(str(error)))
        return
    st.title(escape(thing.label), anchor=False)
    version_notice(state.graph().data_version)
    st.markdown(f"{escape(thing.kind[:1].upper() + thing.kind[1:])} · `{thing.id}`")
    if thing.kind == "role":
        count = state.statement_counts().get(thing.id, 0)
        st.markdown(f"Profile: {state.profiles().get(thing.id, 'mentioned')}; {count} statements.")
        if count < 5:
            st.info(
                "The sources say too little about this role for shares or rankings. What they do not say is not the same as missing."
            )
        link_to("needs", "What does this role give another?", {"start": thing.id})
        link_to("compare", "Compare it with other roles", {"role": thing.id})
        link_to("finder", "Which roles are nearest?", {"role": thing.id})
    elif thing.kind in ("care function", "point model", "whole-system model", "service"):
        link_to("needs", "What does this need?", {"target": thing.id})
    link_to("graph", "See it in the graph", {"id": thing.id})
    show_answer(show(state.graph(), thing.id, names=state.names()), key="item")
