"""Graph: what is around one thing, drawn and as the same table; a stand-alone copy to keep."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import escape, pick
from competence_graph.errors import NotFoundError
from competence_graph.query.names import KINDS
from competence_graph.views.network import as_table, ego
from competence_graph.views.stand_alone import to_html

SHOWN = ("role", "competence", "function", "principle", "model", "case", "group", "learning", "cohort")
WORDS = {"role": "Roles", "competence": "Competences", "function": "Care functions", "principle": "Principles", "model": "Care models", "case": "Case studies", "group": "Staff groups and teams", "learning": "Learning", "cohort": "Cohorts and need states"}  # fmt: skip


def render() -> None:
    """Draw the page."""
    st.title("Graph", anchor=False)
    version_notice(state.graph().data_version)
    things = {t.id: f"{t.label} · {t.kind}" for kind in SHOWN for t in state.names().of_kind(kind)}
    centre = pick("Centre on", "id", things)
    radius = int(pick("Steps from the centre", "steps", {"1": "1 step", "2": "2 steps"}, default="1") or 1)
    kinds = st.multiselect("Show", SHOWN, default=SHOWN, format_func=lambda key: WORDS[key], key="graph.kinds")
    derived = st.checkbox("Show what is worked out too", key="graph.derived")
    if centre is None:
        st.info("Choose what stands in the middle.")
        return
    try:
        thing = state.names().resolve(centre)
    except NotFoundError as error:
        st.warning(escape(str(error)))
        return
    statuses = ("attested", "curated", "inferred") if derived else ("attested", "curated")
    network = ego(
        state.graph(),
        state.names(),
        thing,
        radius=radius,
        kinds=[k for k in kinds if k in KINDS],
        statuses=statuses,
        limit=120,
    )
    from competence_graph.app.graph_component.network_component import show

    clicked = show(network, key="graph.network")
    if clicked:  # told once only: kept, or the button below would be gone before its press is seen
        st.session_state["graph.chosen"] = clicked
    chosen_id = st.session_state.get("graph.chosen")
    if chosen_id != centre and chosen_id in {node.id for node in network.nodes}:
        chosen = state.names().resolve(str(chosen_id))
        with st.container(horizontal=True):
            st.markdown(f"Chosen: **[{escape(chosen.label)}](item?id={quote(chosen.id)})**")
            st.button("Put it in the middle", key="graph.centre", on_click=_centre_on, args=(chosen.id,))
    st.download_button(
        "Download this graph (stand-alone page)",
        lambda: to_html(network, f"Around {thing.label}").encode(),
        "competence-graph-network.html",
        "text/html",
        key="graph.html",
        on_click="ignore",
    )
    st.header("The same as a table", anchor=False)
    table = as_table(network)
    show_answer(table, key="graph.table")
    share_link("graph", {"id": centre, "steps": str(radius)}, state.graph().data_version)


def _centre_on(identifier: str) -> None:
    st.query_params["id"] = identifier
