"""Home: what it is, search over everything, the questions as doors, what is loaded."""

from __future__ import annotations

import streamlit as st

from competence_graph.app import PAGES, state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import escape
from competence_graph.query.lookup import info
from competence_graph.query.search import search


def render() -> None:
    """Draw the page."""
    st.title("Competence Graph", anchor=False)
    st.markdown(
        "Plan from what people need: **need → care function → competence ← role**. Competence frameworks of UK health and "
        "social care, the roles that sources describe, and the care models they work in, joined in one graph. "
        "Every answer shows its source, what it is a share of, and how sure it is."
    )
    asked = st.query_params.get("q", "")
    words = st.text_input(
        "Search everything: roles, competences, standards, care models, learning",
        value=asked,
        key="home.q",
        placeholder="for example: falls, case manager, SFHCHS22",
    )
    if words != asked:
        if words:
            st.query_params["q"] = words
        else:
            st.query_params.pop("q", None)
    if words.strip():
        found = search(state.graph(), words, names=state.names(), limit=40)
        show_answer(found, key="home.search", columns=("thing", "kind", "framework"))
    st.header("What do you want to know?", anchor=False)
    doors = [page for page in PAGES if page.door]
    for start in range(0, len(doors), 2):
        for page, column in zip(doors[start : start + 2], st.columns(2), strict=False):
            with column, st.container(border=True):
                st.markdown(f"**[{escape(page.title)}]({page.path})**  \n{escape(page.answers)}")
    st.header("For example", anchor=False)
    st.markdown(
        "- [What does a care co-ordinator already give a case manager?](needs?start=roles:care-coordinator&target=roles:case-manager)\n"
        "- [What do three community roles share?](compare?role=roles:community-nurse-nhs-professionals-2020&role=roles:community-matron-gstt-2020&role=roles:assistant-practitioner-community-nursing-elht-2020)\n"
        "- [What do virtual wards need?](needs?target=oawip:virtual-wards)\n"
        "- [What is connected with the case manager?](graph?id=roles:case-manager)"
    )
    st.header("What is loaded", anchor=False)
    table = info(state.graph(), names=state.names())
    frameworks = [row for row in table.rows if row["part"] == "frameworks"]
    st.markdown(
        f"{len(frameworks)} frameworks and lists of roles; data version {table.data_version}. [Sources, licences and checks](about)."
    )
